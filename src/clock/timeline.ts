// The instant a run is at and the work that waits for later ones. Everything that shows or waits for virtual time reads
// this one object, which outlives runs: client code that captured a patched function keeps a working one after `reset`.

import { strict as assert } from 'node:assert'
import type { Owner } from '#context/owner.ts'
import { TimerQueue, type Queued } from './timer-queue.ts'

export interface Work extends Queued {
  /** `undefined` is harness work; client work says whether it keeps the client's process alive. */
  readonly client: { readonly owner: Owner | undefined; hasRef(): boolean } | undefined
  fire(): void
}

/** Where `performance.now()` and `hrtime` start. Not 0: a cache that takes 0 for "not set" would never expire an entry. */
export const monotonicStartMs = 3_600_000

export class Timeline {
  /** Milliseconds since the run's start; may have a fraction. */
  now = 0
  /** Which run this is. Work armed in an earlier one is dead. */
  generation = 0
  readonly queue = new TimerQueue<Work>()
  /** Timers that a client turned into numbers, as `clearTimeout(Number(timer))` needs them. */
  readonly numbered = new Map<number, { close(): void }>()
  onClientError: (error: unknown, owner: Owner | undefined) => void = rethrow
  /** How far the system clock is off; the monotonic clocks never are. */
  offsetMs = 0
  #startMs = 0
  #lastNumber = 0

  /** Forgets all waiting work and begins another run. */
  restart(startMs: number): void {
    assert(Number.isSafeInteger(startMs), 'a run starts on a whole millisecond')
    this.#startMs = startMs
    this.now = 0
    this.offsetMs = 0
    this.generation += 1
    this.queue.clear()
    this.numbered.clear()
    this.#lastNumber = 0
  }

  /** The same numbers in every run, whatever ran before in this process. */
  number(timer: { close(): void }): number {
    this.#lastNumber += 1
    this.numbered.set(this.#lastNumber, timer)
    return this.#lastNumber
  }

  /** What `Date.now()` says: whole milliseconds. */
  epochMs(): number {
    return this.#startMs + Math.floor(this.now) + this.offsetMs
  }

  /** What `performance.now()` says. */
  monotonicMs(): number {
    return monotonicStartMs + this.now
  }

  /** What `performance.timeOrigin` says, so that it and `performance.now()` add up to the time of day. */
  timeOriginMs(): number {
    return this.#startMs - monotonicStartMs
  }
}

function rethrow(error: unknown): never {
  throw error
}
