// Where connections begin: the agents of `node:http` and `node:https`, which know which stack it is, and `connect` of
// `node:net` and `node:tls`.

import type http from 'node:http'
import type net from 'node:net'
import type tls from 'node:tls'

import { currentOwner } from '#context/owner.ts'
import type { Patches } from '#context/patches.ts'
import { causeOf } from '../network-error.ts'
import { connectOptions, type Options } from '../refuse-sockets.ts'
import type { Wire } from '../wire.ts'
import { originOf } from './destination.ts'
import { VirtualSocket, type Line } from './virtual-socket.ts'

/** `undefined` for what is not simulated. */
export type Connect = (
  options: Options,
  way: { readonly isSecure: boolean; readonly writesFirst: boolean },
) => VirtualSocket | undefined

type Create = (this: http.Agent, ...args: unknown[]) => unknown

export function patchAgents(
  wire: Wire,
  patches: Patches,
  connect: Connect,
  agents: readonly (readonly [via: string, prototype: object])[],
): void {
  for (const [via, prototype] of agents) {
    const isSecure = via === 'node:https'
    const { createConnection: original } = prototype as { readonly createConnection: Create }
    patches.replace(prototype, 'createConnection', function createConnection(this: http.Agent, ...args: unknown[]) {
      const options = connectOptions(args)
      const socket = connect(options, { isSecure, writesFirst: true })
      if (socket) return socket
      const url = originOf(options, isSecure)
      return url ? unknownHost(wire, url, via) : original.apply(this, args)
    })
  }
}

/** A host that is not simulated does not exist. */
function unknownHost(wire: Wire, url: URL, via: string): VirtualSocket {
  wire.refuse(url.host, via, currentOwner())
  const socket = new VirtualSocket({ host: url.hostname, port: Number(url.port) }, nowhere)
  process.nextTick(() => socket.broken(causeOf('ENOTFOUND', url)))
  return socket
}

const nowhere: Line = { wrote() {}, ended() {}, gone() {} }

export function patchConnects(patches: Patches, connect: Connect, plain: typeof net, secure: typeof tls): void {
  for (const [module, name, isSecure] of [
    [plain, 'connect', false],
    [plain, 'createConnection', false],
    [secure, 'connect', true],
  ] as const) {
    const original = (module as unknown as Record<string, Create>)[name] as Create
    patches.replace(module, name, function open(this: never, ...args: unknown[]) {
      const options = connectOptions(args)
      // A name alone is that of a local socket.
      const isNamed = options['port'] !== undefined && options['path'] === undefined
      const socket = isNamed ? connect(options, { isSecure, writesFirst: false }) : undefined
      if (!socket) return original.apply(this, args)
      const callback = args.at(-1)
      if (typeof callback === 'function') socket.once(isSecure ? 'secureConnect' : 'connect', callback as () => void)
      return socket
    })
  }
}
