// The virtual transport: a `fetch` in process and in virtual time. Services answer through MSW handlers, faults and fleets
// decide what becomes of each exchange, and everything that could reach a real network is refused. What the client sees
// is what Node's own fetch shows (parity.test.ts).

import { currentOwner, isDead, type Owner } from '#context/owner.ts'
import { limits } from '#context/limits.ts'
import type { FaultReply } from '#fault/fault.ts'
import type { ServiceRequest } from '#server/service.ts'
import { Exchange, type Caller } from './exchange.ts'
import { toServiceRequest } from './handlers.ts'
import { Askers } from './http-stack/asker.ts'
import { openDispatcher } from './http-stack/dispatcher.ts'
import { openStacks } from './http-stack/stacks.ts'
import { causeOf, fetchFailed } from './network-error.ts'
import { follow, isRedirect } from './redirect.ts'
import { refuseProcesses } from './refuse-processes.ts'
import { refuseSockets } from './refuse-sockets.ts'
import { send } from './send.ts'
import { createSenders } from './sender.ts'
import type { Opened, Transport, TransportOptions } from './transport.ts'
import { Wire } from './wire.ts'

export const virtualTransport = { kind: 'virtual', open } as const satisfies Transport

/** Replaces the global `fetch` too, so that a client that uses it runs unchanged. */
function open(options: TransportOptions): Opened & { close(): void } {
  const wire = new Wire(options)
  const senders = options.root === undefined ? undefined : createSenders(options.root)
  const realFetch = globalThis.fetch
  const virtualFetch: typeof fetch = (input, init) => {
    if (wire.closed) return Promise.reject(new Error('This fetch belongs to a run that has ended.'))
    // A process that has died sends nothing, and waits for nothing.
    if (isDead(currentOwner())) return new Promise(() => {})
    const from = senders?.lineOf(virtualFetch)
    return new Promise((resolve, reject) => {
      new Call(wire, from, resolve, reject).begin(input, init, realFetch)
    })
  }
  const report = (host: string, via: string): void => wire.refuse(host, via, currentOwner())
  const sockets = refuseSockets(report)
  const askers = new Askers(senders)
  const stacks = openStacks(wire, askers)
  const dispatcher = openDispatcher(wire, askers)
  const processes = refuseProcesses(report)
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'fetch')
  Object.defineProperty(globalThis, 'fetch', { ...descriptor, value: virtualFetch })
  return {
    fetch: virtualFetch,
    urlOf: (host) => `https://${host}`,
    inFlight: () => wire.open.size,
    unread: () => wire.unread.size + stacks.unread(),
    escapes: () => wire.escapes(),
    drop: (life) => {
      stacks.drop(life)
      for (const exchange of wire.open) if (exchange.owner?.life === life) exchange.drop()
      for (const answer of wire.unread) if (answer.life === life) wire.unread.delete(answer)
    },
    commit: (effects) => wire.commit(effects, null),
    close: () => {
      if (wire.closed) return
      wire.close()
      if (descriptor) Object.defineProperty(globalThis, 'fetch', descriptor)
      dispatcher.restore()
      stacks.close()
      askers.close()
      processes.restore()
      sockets.restore()
    },
  }
}

/** One call of `fetch`: one exchange, or several when redirects are followed. */
class Call {
  readonly #wire: Wire
  readonly #from: string | undefined
  readonly #resolve: (response: Response) => void
  readonly #reject: (reason: unknown) => void
  readonly #owner: Owner | undefined = currentOwner()
  readonly #self = new WeakRef(this)
  /** A Request passes aborts on only as long as somebody holds it. */
  held: unknown
  #request: Request | undefined
  #signal: AbortSignal | undefined
  #streamedBody = false
  #exchange: Exchange | undefined
  #hops = 0
  #isForeign = false

  constructor(
    wire: Wire,
    from: string | undefined,
    resolve: (response: Response) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#wire = wire
    this.#from = from
    this.#resolve = resolve
    this.#reject = reject
  }

  begin(input: RequestInfo | URL, init: RequestInit | undefined, realFetch: typeof fetch): void {
    const signal = signalOf(input, init)
    const request = new Request(input, withoutSignal(init))
    if (signal?.aborted) return this.#reject(signal.reason)
    // `data:` and `blob:` need no network, and other schemes fail without touching one.
    if (!/^https?:/u.test(request.url)) return this.#resolve(realFetch(request, { signal: signal ?? null }) as never)
    this.held = input
    this.#request = request
    this.#signal = signal
    if (signal) this.#listen(signal)
    const text = bodyText(request, init)
    if (text !== undefined) return this.#send(toServiceRequest(request, text), request)
    this.#streamedBody = init?.body instanceof ReadableStream
    request.text().then(
      (read) => {
        if (!signal?.aborted) this.#send(toServiceRequest(request, read), request)
      },
      (error) => this.#fail(fetchFailed(error)),
    )
  }

  #listen(signal: AbortSignal): void {
    signal.addEventListener('abort', this.#onAbort, { once: true })
    this.#wire.abortable.add(this.#self)
  }

  /** Nothing can be aborted any more. */
  finish(): void {
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#wire.abortable.delete(this.#self)
  }

  #send(asked: ServiceRequest, request: Request): void {
    const redirectOf = this.#exchange?.number
    const handler = this.#wire.handlerOf(asked.url)
    if (!handler) {
      this.#wire.refuse(asked.url.host, 'fetch', this.#owner)
      return this.#fail(fetchFailed(causeOf('ENOTFOUND', asked.url)))
    }
    this.#exchange = send(this.#wire, this.#caller(asked), handler, asked, request, redirectOf)
  }

  #caller(asked: ServiceRequest): Caller {
    return {
      owner: this.#owner,
      from: this.#from,
      way: { redirected: this.#hops > 0, type: this.#isForeign ? 'cors' : 'basic' },
      answered: (response) => this.#resolve(response),
      failed: this.#reject,
      redirect: (reply) => this.#redirect(asked, reply),
      finished: () => this.finish(),
    }
  }

  #redirect(asked: ServiceRequest, reply: FaultReply): boolean {
    const mode = this.#request?.redirect ?? 'follow'
    if (mode === 'manual' || !isRedirect(reply)) return false
    const next = this.#next(asked, reply, mode)
    if (next instanceof Error) {
      this.#fail(fetchFailed(next))
      return true
    }
    this.#hops += 1
    const { method, url, headers, body } = next
    this.#isForeign ||= url.origin !== asked.url.origin
    this.#send(next, new Request(url, { method, headers, ...(body !== '' && { body }) }))
    return true
  }

  #next(asked: ServiceRequest, reply: FaultReply, mode: 'follow' | 'error'): ServiceRequest | Error {
    if (mode === 'error') return new Error('unexpected redirect')
    if (this.#hops >= limits.redirects) return new Error('redirect count exceeded')
    return follow(asked, reply, this.#streamedBody)
  }

  #fail(error: unknown): void {
    this.finish()
    this.#reject(error)
  }

  readonly #onAbort = (): void => {
    this.finish()
    const reason: unknown = this.#signal?.reason
    this.#exchange?.abort(reason)
    this.#reject(reason)
  }
}

/** The caller's own signal: the one a Request derives from it may be collected before it fires. */
function signalOf(input: RequestInfo | URL, init: RequestInit | undefined): AbortSignal | undefined {
  const given = init?.signal
  if (given !== undefined) return given instanceof AbortSignal ? given : undefined
  return input instanceof Request ? input.signal : undefined
}

/** Spares each Request a listener of its own. Anything unusual is left to Request, which says what is wrong with it. */
function withoutSignal(init: RequestInit | undefined): RequestInit | undefined {
  if (!(init?.signal instanceof AbortSignal) || Object.getPrototypeOf(init) !== Object.prototype) return init
  return { ...init, signal: null }
}

/** The body when it is known without reading a stream. */
function bodyText(request: Request, init: RequestInit | undefined): string | undefined {
  const given = init?.body
  if (typeof given === 'string') return given
  if (given instanceof URLSearchParams) return String(given)
  return request.body === null ? '' : undefined
}
