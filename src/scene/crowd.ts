// How many of something there were at once, at most, in every step of a grid.

import { stepAt, type Grid } from './grid.ts'

/** From when to when each was there: `ends` is not included, and who has no number in it stays to the end. Who has none in
 * `begins` was never there. Both arrays are put into order, to need no others: they may have millions. */
export function peaksOf(grid: Grid, begins: Float64Array, ends: Float64Array): Float64Array {
  begins.forEach((at, index) => {
    if (Number.isNaN(at)) ends[index] = Number.NaN
  })
  begins.sort()
  ends.sort()
  const count = new Count(grid)
  let ended = 0
  /** Who leaves as another comes makes room for it. */
  const endUntil = (at: number): void => {
    while ((ends[ended] ?? Number.NaN) <= at) {
      const together = ends[ended] ?? 0
      let leaving = 0
      for (; ends[ended] === together; ended += 1) leaving += 1
      count.change(together, -leaving)
    }
  }
  for (const at of begins) {
    // What has no number is last.
    if (Number.isNaN(at)) break
    endUntil(at)
    count.change(at, 1)
  }
  endUntil(Number.MAX_VALUE)
  return count.told()
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
