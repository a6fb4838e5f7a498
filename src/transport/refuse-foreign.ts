// While a run is on loopback every socket may reach this machine, and none may reach any other: the real API least of all. A
// name is refused before anybody is asked for its address; of an address nobody is asked, and servers look theirs up.

import dns from 'node:dns'
import net from 'node:net'
import tls from 'node:tls'
import { Patches } from '#context/patches.ts'
import { isLocal } from './local.ts'
import { connectOptions, hostOf, RefusedConnection, type Report } from './refuse-sockets.ts'

type Callback = (error: Error) => void

const asksNobody = (host: string): boolean => isLocal(host) || net.isIP(host) !== 0

/** `watch` hears of the connections that are allowed. */
export function refuseForeign(report: Report, watch: (socket: net.Socket) => void): { restore(): void } {
  const refuse = (host: string, via: string): RefusedConnection => {
    report(host, via)
    return new RefusedConnection(host, via, 'on loopback it may only reach the addresses that `world` gives it')
  }
  const patches = new Patches()
  const realConnect = net.Socket.prototype.connect as (this: net.Socket, ...args: unknown[]) => net.Socket
  patches.replace(net.Socket.prototype, 'connect', function connect(this: net.Socket, ...args: unknown[]) {
    const host = hostOf(connectOptions(args))
    if (isLocal(host)) {
      watch(this)
      return realConnect.apply(this, args)
    }
    const error = refuse(host, this instanceof tls.TLSSocket ? 'node:tls' : 'node:net')
    process.nextTick(() => this.destroy(error))
    return this
  })
  const realLookup = dns.lookup as (host: string, ...rest: unknown[]) => void
  patches.replace(dns, 'lookup', (host: string, ...rest: unknown[]) => {
    if (asksNobody(host)) return realLookup(host, ...rest)
    const error = refuse(host, 'node:dns')
    process.nextTick(() => (rest.at(-1) as Callback)(error))
  })
  const realPromise = dns.promises.lookup as (host: string, ...rest: unknown[]) => Promise<unknown>
  patches.replace(dns.promises, 'lookup', (host: string, ...rest: unknown[]) =>
    asksNobody(host) ? realPromise(host, ...rest) : Promise.reject(refuse(host, 'node:dns')),
  )
  patches.publish()
  return { restore: () => patches.restore() }
}
