// While a run is in virtual time no socket may reach anything real, loopback included: a real answer would come at a
// random virtual moment. What `fetch` and http-stack/ do not serve is refused with a sentence that says so, and is reported.
// Each patch sits where the stack cannot be told apart any more, so nothing is missed when a caller captured a function
// early. `restore` puts back exactly what was there.

import dgram from 'node:dgram'
import dns from 'node:dns'
import net from 'node:net'
import tls from 'node:tls'

import { Patches } from '#context/patches.ts'

/** Tells what was refused, and through which module. */
export type Report = (host: string, via: string) => void
export type Options = { readonly [name: string]: unknown }
type Callback = (error: Error) => void

const virtualOnly =
  'in virtual time there is only HTTP/1.1 to simulated hosts. Give the client under test a stand-in for what else it connects to'

export class RefusedConnection extends Error {
  override readonly name = 'RefusedConnection'
  readonly code = 'ERR_BROWNOUT_REFUSED'

  constructor(host: string, via: string, why = virtualOnly) {
    super(`${via} tried to reach ${host}, which is refused: ${why}.`)
  }
}

export function refuseSockets(report: Report): { restore(): void } {
  const refuse = (host: string, via: string): RefusedConnection => {
    report(host, via)
    return new RefusedConnection(host, via)
  }
  const patches = new Patches()
  refuseConnections(patches, refuse)
  refuseDatagrams(patches, refuse)
  refuseNames(patches, refuse)
  patches.publish()
  return { restore: () => patches.restore() }
}

export type Refuse = (host: string, via: string) => RefusedConnection

/** Every TCP, TLS or pipe connection of every stack ends here. */
function refuseConnections(patches: Patches, refuse: Refuse): void {
  patches.replace(net.Socket.prototype, 'connect', function connect(this: net.Socket, ...args: unknown[]) {
    const error = refuse(hostOf(connectOptions(args)), this instanceof tls.TLSSocket ? 'node:tls' : 'node:net')
    // A turn later, as real failures come: some callers listen only once they have the socket.
    process.nextTick(() => this.destroy(error))
    return this
  })
}

type Method = (this: unknown, ...args: unknown[]) => unknown
/** Whether something may pass: none may in virtual time. */
type Passes = (host: string, name: string) => boolean
const nothing: Passes = () => false

/** Where no host is named, a datagram goes where its socket was connected to, or to this machine. */
export function refuseDatagrams(patches: Patches, refuse: Refuse, passes: Passes = nothing): void {
  const target = dgram.Socket.prototype
  for (const [name, unnamed] of [
    ['send', 'a connected address'],
    ['connect', 'localhost'],
  ] as const) {
    const real = target[name] as Method
    patches.replace(target, name, function datagram(this: dgram.Socket, ...args: unknown[]) {
      const host = args.slice(1).find((arg) => typeof arg === 'string')
      if (passes(host ?? 'localhost', name)) return real.apply(this, args)
      return fail(this, args, refuse(host ?? unnamed, 'node:dgram'))
    })
  }
}

const records = ['4', '6', 'Any', 'Caa', 'Cname', 'Mx', 'Naptr', 'Ns', 'Ptr', 'Soa', 'Srv', 'Tlsa', 'Txt']
const lookups = ['lookup', 'lookupService', 'reverse', 'resolve', ...records.map((record) => `resolve${record}`)]

export function refuseNames(patches: Patches, refuse: Refuse, passes: Passes = nothing): void {
  for (const name of lookups) {
    replaceEach([dns, dns.Resolver.prototype], name, (error, rest) => {
      const callback = rest.at(-1) as Callback
      process.nextTick(() => callback(error))
    })
    replaceEach([dns.promises, dns.promises.Resolver.prototype], name, (error) => Promise.reject(error))
  }
  function replaceEach(
    targets: readonly object[],
    name: string,
    tell: (error: Error, rest: readonly unknown[]) => unknown,
  ): void {
    for (const target of targets.filter((one) => name in one)) {
      const real = (target as Record<string, Method>)[name] as Method
      patches.replace(target, name, function ask(this: unknown, host: unknown, ...rest: unknown[]) {
        if (passes(String(host), name)) return real.call(this, host, ...rest)
        return tell(refuse(String(host), 'node:dns'), rest)
      })
    }
  }
}

function fail(emitter: NodeJS.EventEmitter, args: readonly unknown[], error: Error): void {
  const callback = args.at(-1)
  process.nextTick(() =>
    typeof callback === 'function' ? (callback as Callback)(error) : emitter.emit('error', error),
  )
}

/** `connect(options)`, `connect(port, host, options)`, `connect(path)`, and the normalized array of Node's own callers. */
export function connectOptions(args: readonly unknown[]): Options {
  const given = Array.isArray(args[0]) ? (args[0] as unknown[]) : args
  const [first, second] = given
  const options = given.find((arg): arg is Options => typeof arg === 'object' && arg !== null)
  if (options && options === first) return options
  if (typeof first === 'number' || /^\d+$/u.test(String(first)))
    return { ...options, port: first, ...(typeof second === 'string' && { host: second }) }
  return { path: first }
}

export function hostOf(options: Options): string {
  const { path, host, hostname, servername, port } = options
  const name = host ?? hostname ?? servername
  if (typeof path === 'string' && port === undefined) return path
  return `${typeof name === 'string' ? name : 'localhost'}${port === undefined ? '' : `:${String(port)}`}`
}
