// The object that a faked `setTimeout` or `setInterval` returns: all that Node's own offers, on virtual time. Its callback
// runs in the AsyncLocalStorage context it was set in, and what it throws is the client's misbehaviour, never ours.

import { AsyncResource } from 'node:async_hooks'
import { currentOwner, isDead, type Owner } from '#context/owner.ts'
import type { Timeline, Work } from './timeline.ts'

const longestDelayMs = 2 ** 31 - 1

export type TimerCallback = (...values: unknown[]) => unknown

export class Timeout implements Work {
  due = 0
  rank = 0
  order = 0
  index = -1
  readonly owner: Owner | undefined
  readonly #timeline: Timeline
  readonly #generation: number
  readonly #delayMs: number
  readonly #repeats: boolean
  readonly #context = new AsyncResource('Timeout', { requireManualDestroy: true })
  #callback: TimerCallback | undefined
  readonly #values: unknown[]
  #hasRef = true
  #number = 0

  constructor(timeline: Timeline, delay: unknown, repeats: boolean, callback: TimerCallback, values: unknown[]) {
    this.#timeline = timeline
    this.#generation = timeline.generation
    this.#delayMs = clampDelay(delay)
    this.#repeats = repeats
    this.#callback = callback
    this.#values = values
    this.owner = currentOwner()
    this.#arm()
  }

  get client(): this {
    return this
  }

  fire(): void {
    const callback = this.#callback
    this.#timeline.queue.remove(this)
    if (!callback || isDead(this.owner)) return
    try {
      this.#context.runInAsyncScope(callback, this, ...this.#values)
    } catch (error) {
      this.#timeline.onClientError(error, this.owner)
    }
    // As in Node: an interval is armed again only after its callback, and a refresh inside the callback counts.
    if (this.#repeats) this.#arm()
    else if (this.index < 0) this.#forgetNumber()
  }

  refresh(): this {
    this.#arm()
    return this
  }

  ref(): this {
    this.#hasRef = true
    return this
  }

  unref(): this {
    this.#hasRef = false
    return this
  }

  hasRef(): boolean {
    return this.#hasRef
  }

  close(): this {
    this.#callback = undefined
    this.#timeline.queue.remove(this)
    this.#forgetNumber()
    return this
  }

  [Symbol.dispose](): void {
    this.close()
  }

  [Symbol.toPrimitive](): number {
    if (this.#number === 0) this.#number = this.#timeline.number(this)
    return this.#number
  }

  #arm(): void {
    if (!this.#callback || this.#generation !== this.#timeline.generation || isDead(this.owner)) return
    this.#timeline.queue.push(this, this.#timeline.now + this.#delayMs, this.#timeline.now)
  }

  #forgetNumber(): void {
    if (this.#number !== 0) this.#timeline.numbered.delete(this.#number)
  }
}

/** As Node does: whole milliseconds, and 1 for whatever is under 1, over 2^31 - 1 or no number. */
function clampDelay(delay: unknown): number {
  const delayMs = (delay as number) * 1
  return delayMs >= 1 && delayMs <= longestDelayMs ? Math.trunc(delayMs) : 1
}
