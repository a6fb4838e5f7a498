// Places in flat arrays for things that have numbers. A run numbers its operations and exchanges one after the other, so that a
// number is a place; a history that somebody else wrote may not.

export class Places<T> {
  /** How long an array must be that holds something for each. */
  readonly room: number
  /** `null` where each number is a place. */
  readonly #places: ReadonlyMap<number, number> | null

  /** Of things with numbers, none of which is there twice. */
  constructor(things: readonly T[], idOf: (thing: T) => number) {
    this.room = things.length + 1
    const isDense = things.every((thing) => idOf(thing) < this.room)
    this.#places = isDense ? null : new Map(things.map((thing, place) => [idOf(thing), place]))
  }

  /** Of a number that nobody named: the last, in which nothing is. */
  of(id: number): number {
    if (this.#places) return this.#places.get(id) ?? this.room - 1
    return Math.min(id, this.room - 1)
  }
}

/** Times of things, none of which has happened before somebody says so. */
export function unknownTimes(room: number): Float64Array {
  return new Float64Array(room).fill(Number.NaN)
}
