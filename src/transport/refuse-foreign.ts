// While a run is on loopback every socket may reach this machine, and none may reach any other: the real API least of all. A
// name is refused before anybody is asked for its address; of an address nobody is asked, and servers look theirs up.

import net from 'node:net'
import tls from 'node:tls'
import { Patches } from '#context/patches.ts'
import { isLocal } from './local.ts'
import {
  connectOptions,
  hostOf,
  refuseDatagrams,
  RefusedConnection,
  refuseNames,
  type Refuse,
  type Report,
} from './refuse-sockets.ts'

/** `watch` hears of the connections that are allowed. */
export function refuseForeign(report: Report, watch: (socket: net.Socket) => void): { restore(): void } {
  const refuse: Refuse = (host, via) => {
    report(host, via)
    return new RefusedConnection(host, via, 'on loopback it may only reach the addresses that `world` gives it')
  }
  const patches = new Patches()
  refuseConnections(patches, refuse, watch)
  refuseDatagrams(patches, refuse, isLocal)
  refuseNames(patches, refuse, asksNobody)
  patches.publish()
  return { restore: () => patches.restore() }
}

function asksNobody(host: string, name: string): boolean {
  return isLocal(host) || (name === 'lookup' && net.isIP(host) !== 0)
}

function refuseConnections(patches: Patches, refuse: Refuse, watch: (socket: net.Socket) => void): void {
  const real = net.Socket.prototype.connect as (this: net.Socket, ...args: unknown[]) => net.Socket
  patches.replace(net.Socket.prototype, 'connect', function connect(this: net.Socket, ...args: unknown[]) {
    const options = connectOptions(args)
    const via = this instanceof tls.TLSSocket ? 'node:tls' : 'node:net'
    if (!isLocal(hostOf(options))) {
      const error = refuse(hostOf(options), via)
      process.nextTick(() => this.destroy(error))
      return this
    }
    // A client may look names up in its own way, and ours lead where it says.
    this.on('lookup', (failure: Error | null, address?: string) => {
      if (failure || address === undefined || isLocal(address)) return
      this.destroy(refuse(hostOf({ host: address, port: options['port'] }), via))
    })
    watch(this)
    return real.apply(this, args)
  })
}
