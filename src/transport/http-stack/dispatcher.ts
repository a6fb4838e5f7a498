// What undici sends without a dispatcher of its own: the `undici` package, and a `fetch` that was captured before the run. Both
// take the dispatcher that is kept under a symbol, each major version under another; ours feeds the same wire.

import { isDead } from '#context/owner.ts'
import type { ServiceRequest } from '#server/service.ts'
import type { Caller, Exchange } from '../exchange.ts'
import { causeOf, fetchPatience, type Patience } from '../network-error.ts'
import { RefusedConnection } from '../refuse-sockets.ts'
import { send } from '../send.ts'
import type { Wire } from '../wire.ts'
import type { Asker, Askers } from './asker.ts'
import { Delivery, type Handler } from './delivery.ts'
import { bodyOf, headersOf, type DispatchOptions } from './dispatched.ts'

type Dispatch = (options: DispatchOptions, handler: Handler) => boolean
type Interceptor = (dispatch: Dispatch) => Dispatch

export function openDispatcher(wire: Wire, askers: Askers): { restore(): void } {
  const holder = globalThis as unknown as Record<symbol, unknown>
  // Node fills it only when one of the fetch classes is touched for the first time.
  void globalThis.Response
  const dispatch: Dispatch = (options, handler) => {
    begin(wire, askers.present(dispatch), options, handler)
    return true
  }
  const keys = ['1', '2'].map((version) => Symbol.for(`undici.globalDispatcher.${version}`))
  const undo = keys.map((key) => replace(holder, key, dispatcherOf(dispatch)))
  return {
    restore: () => {
      for (const restore of undo) restore()
    },
  }
}

function dispatcherOf(dispatch: Dispatch): object {
  const done = (): Promise<void> => Promise.resolve()
  return {
    dispatch,
    close: done,
    destroy: done,
    compose: (...given: (Interceptor | readonly Interceptor[])[]) => {
      const interceptors = given.flat()
      let composed = dispatch
      for (const interceptor of interceptors) composed = interceptor(composed)
      return dispatcherOf(composed)
    },
  }
}

/** It can be assigned but not redefined once undici has set it. */
function replace(holder: Record<symbol, unknown>, key: symbol, value: unknown): () => void {
  const original = holder[key]
  if (original !== undefined) {
    holder[key] = value
    return () => {
      holder[key] = original
    }
  }
  Object.defineProperty(holder, key, { value, writable: true, enumerable: false, configurable: true })
  return () => {
    Reflect.deleteProperty(holder, key)
  }
}

function begin(wire: Wire, asker: Asker, options: DispatchOptions, to: Handler): void {
  let exchange: Exchange | undefined
  const delivery = new Delivery(to, asker, (reason) => exchange?.abort(reason))
  delivery.begin()
  const go = async (): Promise<void> => {
    const url = urlOf(options)
    if (options.upgrade) return delivery.fail(refusal(wire, url, 'WebSocket', asker))
    const body = await bodyOf(options.body)
    if (wire.closed || isDead(asker.owner) || delivery.isOver) return
    const asked: ServiceRequest = {
      method: options.method,
      url,
      headers: headersOf(options.headers, body.type),
      body: body.text,
    }
    const handler = wire.handlerOf(url)
    if (!handler) {
      wire.refuse(url.host, 'undici', asker.owner)
      return delivery.fail(causeOf('ENOTFOUND', url))
    }
    const request = new Request(url, { method: options.method })
    exchange = send(wire, callerOf(asker, options, delivery), handler, asked, request, undefined)
  }
  go().catch((error: unknown) => delivery.fail(error))
}

function refusal(wire: Wire, { host }: URL, via: string, { owner }: Asker): Error {
  wire.refuse(host, via, owner)
  return new RefusedConnection(host, via)
}

function callerOf({ owner, from }: Asker, options: DispatchOptions, delivery: Delivery): Caller {
  return {
    owner,
    from,
    way: { redirected: false, type: 'basic' },
    patience: patienceOf(options),
    answered: (response) => delivery.answer(response),
    failed: (error) => delivery.fail(error instanceof Error ? (error.cause ?? error) : error),
    redirect: () => false,
    finished() {},
  }
}

/** 0 is no limit. */
function patienceOf({ headersTimeout, bodyTimeout }: DispatchOptions): Patience {
  const limit = (given: number | null | undefined, usual: number): number => (given ?? usual) || Infinity
  return {
    ...fetchPatience,
    headersMs: limit(headersTimeout, fetchPatience.headersMs),
    bodyMs: limit(bodyTimeout, fetchPatience.bodyMs),
  }
}

function urlOf({ origin, path, query }: DispatchOptions): URL {
  const url = new URL(`${String(origin).replace(/\/$/u, '')}${path}`)
  for (const [name, value] of Object.entries(query ?? {}))
    for (const each of [value].flat()) url.searchParams.append(name, String(each))
  return url
}
