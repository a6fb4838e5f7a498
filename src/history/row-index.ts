// By number of a thing its row. Numbers are given out one after the other, so an array holds nearly all of them; a history that somebody has
// changed may have others.

import { none, numbers } from './long-history.ts'

export class RowIndex {
  readonly #near: Int32Array
  readonly #far = new Map<number, number>()

  /** `length`: how many there will be. */
  constructor(length: number) {
    this.#near = numbers(length + 1)
  }

  set(id: number, row: number): void {
    if (Number.isInteger(id) && id >= 0 && id < this.#near.length) this.#near[id] = row
    else this.#far.set(id, row)
  }

  get(id: number): number | undefined {
    const row = this.#near[id] ?? this.#far.get(id)
    return row === none ? undefined : row
  }
}
