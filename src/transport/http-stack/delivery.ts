// The answer on its way to undici, whose handlers have had two forms: callbacks up to version 7, and with a controller since.

import { STATUS_CODES } from 'node:http'

import type { Asker } from './asker.ts'
import { Controller } from './controller.ts'

export type Handler = {
  onRequestStart?(controller: Controller, context: object): void
  onResponseStart?(controller: Controller, status: number, headers: object, text: string): void
  onResponseData?(controller: Controller, chunk: Buffer): void
  onResponseEnd?(controller: Controller, trailers: object): void
  onResponseError?(controller: Controller, error: unknown): void
  onConnect?(abort: (reason?: unknown) => void): void
  onResponseStarted?(): void
  onHeaders?(status: number, headers: readonly Buffer[], resume: () => void, text: string): boolean
  onData?(chunk: Buffer): boolean
  onComplete?(trailers: readonly Buffer[]): void
  onError?(error: unknown): void
}

export class Delivery {
  readonly #handler: Handler
  readonly #asker: Asker
  readonly #controller: Controller
  #over = false

  /** `aborted` is called when the client gives up. */
  constructor(handler: Handler, asker: Asker, aborted: (reason: unknown) => void) {
    this.#handler = handler
    this.#asker = asker
    this.#controller = new Controller((reason) => {
      if (this.#over) return
      aborted(reason)
      this.fail(reason)
    })
  }

  get isOver(): boolean {
    return this.#over
  }

  begin(): void {
    const handler = this.#handler
    if (handler.onRequestStart) handler.onRequestStart(this.#controller, {})
    else handler.onConnect?.((reason) => this.#controller.abort(reason))
  }

  answer(response: Response): void {
    this.#deliver(response).catch((error: unknown) => {
      this.fail(error instanceof Error && error.name === 'TypeError' ? (error.cause ?? error) : error)
    })
  }

  fail(error: unknown): void {
    if (this.#over) return
    this.#over = true
    this.#controller.resume()
    this.#asker.run(() =>
      process.nextTick(() => {
        if (this.#handler.onResponseError) this.#handler.onResponseError(this.#controller, error)
        else this.#handler.onError?.(error)
      }),
    )
  }

  async #deliver(response: Response): Promise<void> {
    const pairs = [...response.headers]
    this.#controller.rawHeaders = pairs.flat().map((text) => Buffer.from(text, 'latin1'))
    this.#happens((handler) => this.#start(handler, response.status, pairs))
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      await this.#controller.whenResumed()
      if (this.#over) return
      this.#happens((handler) => this.#pass(handler, Buffer.from(chunk)))
    }
    this.#happens((handler) => {
      this.#over = true
      if (handler.onResponseEnd) handler.onResponseEnd(this.#controller, {})
      else handler.onComplete?.([])
    })
  }

  #start(handler: Handler, status: number, pairs: readonly (readonly [string, string])[]): void {
    const controller = this.#controller
    const text = STATUS_CODES[status] ?? ''
    if (handler.onResponseStart) return handler.onResponseStart(controller, status, grouped(pairs), text)
    handler.onResponseStarted?.()
    if (handler.onHeaders?.(status, controller.rawHeaders, () => controller.resume(), text) === false)
      controller.pause()
  }

  #pass(handler: Handler, chunk: Buffer): void {
    if (handler.onResponseData) handler.onResponseData(this.#controller, chunk)
    else if (handler.onData?.(chunk) === false) this.#controller.pause()
  }

  /** A tick later, in the context of whoever asked; and not at all once it is over. */
  #happens(event: (handler: Handler) => void): void {
    this.#asker.run(() =>
      process.nextTick(() => {
        if (!this.#over) event(this.#handler)
      }),
    )
  }
}

function grouped(pairs: readonly (readonly [string, string])[]): object {
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of pairs) {
    const known = headers[name]
    headers[name] = known === undefined ? value : [known, value].flat()
  }
  return headers
}
