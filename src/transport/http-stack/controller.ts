// How undici's handlers hold an answer back or give it up, since version 7.

export class Controller {
  rawHeaders: readonly Buffer[] = []
  reason: unknown
  aborted = false
  readonly #aborted: (reason: unknown) => void
  #resumed: PromiseWithResolvers<void> | undefined

  constructor(aborted: (reason: unknown) => void) {
    this.#aborted = aborted
  }

  get paused(): boolean {
    return this.#resumed !== undefined
  }

  pause(): void {
    this.#resumed ??= Promise.withResolvers()
  }

  resume(): void {
    this.#resumed?.resolve()
    this.#resumed = undefined
  }

  abort(reason: unknown = new DOMException('This operation was aborted', 'AbortError')): void {
    if (this.aborted) return
    this.aborted = true
    this.reason = reason
    this.#aborted(reason)
  }

  async whenResumed(): Promise<void> {
    await this.#resumed?.promise
  }
}
