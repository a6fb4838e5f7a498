// Requests of everybody else. Each stream is a Poisson process drawn from its own numbers, so when we ask, or how often,
// changes nothing about when the others come.

import type { Prng } from '#random/prng.ts'
import { quickExponential } from './exponential-table.ts'

/** Conditions are constant within a tick of virtual time. */
export const tickMs = 250

/** Arrivals at a rate that never changes. */
export class SteadyDemand {
  readonly #meanGapMs: number
  readonly #random: Prng
  #nextAt: number

  constructor(perSecond: number, random: Prng) {
    this.#meanGapMs = 1_000 / perSecond
    this.#random = random
    this.#nextAt = perSecond > 0 ? quickExponential(this.#meanGapMs, random) : Number.POSITIVE_INFINITY
  }

  get nextAt(): number {
    return this.#nextAt
  }

  take(): void {
    this.#nextAt += quickExponential(this.#meanGapMs, this.#random)
  }
}

/** Arrivals at a rate that changes from tick to tick: unit exponentials spent along the integral of the rate. */
export class VaryingDemand {
  readonly #perSecondAt: (at: number) => number
  readonly #random: Prng
  #tick = 0
  #perMs: number
  #at = 0
  #unspent: number
  #nextAt = Number.POSITIVE_INFINITY

  constructor(perSecondAt: (at: number) => number, random: Prng) {
    this.#perSecondAt = perSecondAt
    this.#random = random
    this.#perMs = this.#rate()
    this.#unspent = quickExponential(1, random)
  }

  /** The next arrival when it comes by `until`, else infinity. */
  nextBy(until: number): number {
    while (this.#nextAt === Number.POSITIVE_INFINITY && this.#at <= until) {
      const tickEnd = (this.#tick + 1) * tickMs
      const arrival = this.#at + this.#unspent / this.#perMs
      if (arrival < tickEnd) {
        this.#nextAt = arrival
      } else {
        this.#unspent -= this.#perMs * (tickEnd - this.#at)
        this.#at = tickEnd
        this.#tick += 1
        this.#perMs = this.#rate()
      }
    }
    return this.#nextAt <= until ? this.#nextAt : Number.POSITIVE_INFINITY
  }

  take(): void {
    this.#at = this.#nextAt
    this.#unspent = quickExponential(1, this.#random)
    this.#nextAt = Number.POSITIVE_INFINITY
  }

  #rate(): number {
    return Math.max(0, this.#perSecondAt(this.#tick * tickMs)) / 1_000
  }
}
