// How many of something there were at once, at most, in every step of a grid.

import { stepAt, type Grid } from './grid.ts'

/** Told who comes and who leaves as time goes by. Who leaves at the moment in which another comes makes room for it. */
export class Crowd {
  readonly #count: Count
  #at = 0
  #coming = 0
  #leaving = 0

  constructor(grid: Grid) {
    this.#count = new Count(grid)
  }

  enter(at: number): void {
    this.#goTo(at)
    this.#coming += 1
  }

  leave(at: number): void {
    this.#goTo(at)
    this.#leaving += 1
  }

  /** The peaks of all steps. Nobody comes after that. */
  peaks(): Float64Array {
    this.#settle()
    return this.#count.told()
  }

  #goTo(at: number): void {
    if (at <= this.#at) return
    this.#settle()
    this.#at = at
  }

  #settle(): void {
    if (this.#leaving > 0) this.#count.change(this.#at, -this.#leaving)
    if (this.#coming > 0) this.#count.change(this.#at, this.#coming)
    this.#leaving = 0
    this.#coming = 0
  }
}

/** The peaks of stays in any order: `until` is not included, and `null` stays to the end. */
export function peaksOf(grid: Grid, stays: readonly { from: number; until: number | null }[]): Float64Array {
  const crowd = new Crowd(grid)
  const changes = stays.flatMap(({ from, until }) => [
    { at: from, isComing: true },
    ...(until === null ? [] : [{ at: until, isComing: false }]),
  ])
  for (const { at, isComing } of changes.toSorted((one, other) => one.at - other.at))
    if (isComing) crowd.enter(at)
    else crowd.leave(at)
  return crowd.peaks()
}

class Count {
  readonly #grid: Grid
  readonly #peaks: Float64Array
  #now = 0
  #step = 0

  constructor(grid: Grid) {
    this.#grid = grid
    this.#peaks = new Float64Array(grid.steps)
  }

  change(at: number, by: number): void {
    const step = stepAt(this.#grid, at)
    // What ends with the beginning of a step was never there in it.
    this.#goTo(at > step * this.#grid.stepMs ? step : step - 1)
    this.#step = Math.max(this.#step, step)
    this.#now += by
    this.#see()
  }

  told(): Float64Array {
    this.#goTo(this.#grid.steps - 1)
    return this.#peaks
  }

  #goTo(step: number): void {
    while (this.#step < step) {
      this.#step += 1
      this.#see()
    }
  }

  #see(): void {
    this.#peaks[this.#step] = Math.max(this.#peaks[this.#step] ?? 0, this.#now)
  }
}
