// Who asks, over a stack that keeps connections: whoever made the request, not whoever opened its connection. Agents queue
// requests and hand sockets on, so it is noted when a request is made, where Node and undici publish that.

import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'

import { currentOwner, type Owner } from '#context/owner.ts'
import type { Senders } from '../sender.ts'

export type Asker = {
  readonly owner: Owner | undefined
  readonly from: string | undefined
  /** Runs in the context in which the request was made. */
  run(work: () => void): void
}

type Published = { readonly request: object; readonly socket?: object }

export class Askers {
  readonly #senders: Senders | undefined
  readonly #known = new WeakMap<object, Asker>()
  readonly #sent = new WeakMap<object, Asker[]>()

  constructor(senders: Senders | undefined) {
    this.#senders = senders
    subscribe('http.client.request.created', this.#created)
    subscribe('undici:request:create', this.#created)
    subscribe('undici:client:sendHeaders', this.#sending)
  }

  close(): void {
    unsubscribe('http.client.request.created', this.#created)
    unsubscribe('undici:request:create', this.#created)
    unsubscribe('undici:client:sendHeaders', this.#sending)
  }

  /** Whoever runs now, and has called `begin`. */
  present(begin?: (...args: never[]) => unknown): Asker {
    const from = begin && this.#senders?.lineOf(begin)
    const run = AsyncLocalStorage.snapshot()
    return { owner: currentOwner(), from, run: (work) => run(work) }
  }

  /** Of a request of `node:http`. */
  of(request: object): Asker | undefined {
    return this.#known.get(request)
  }

  /** Of the next request that undici has written on this socket. */
  next(socket: object): Asker | undefined {
    return this.#sent.get(socket)?.shift()
  }

  readonly #created = (message: unknown): void => {
    this.#known.set((message as Published).request, this.present(this.#created))
  }

  readonly #sending = (message: unknown): void => {
    const { request, socket } = message as Published
    const asker = this.#known.get(request)
    if (!asker || !socket) return
    const sent = this.#sent.get(socket)
    if (sent) sent.push(asker)
    else this.#sent.set(socket, [asker])
  }
}
