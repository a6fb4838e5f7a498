// Places in flat arrays for things that have numbers. A run numbers its operations and exchanges one after the other, so that a
// number is a place; a history that somebody else wrote may not.

export class Places {
  /** How long an array must be that holds something for each. */
  readonly room: number
  /** `null` where each number is a place. */
  readonly #places: ReadonlyMap<number, number> | null

  /** Of as many things with numbers, none of which is there twice. They are looked at one after the other, because there may be a million. */
  constructor(ids: () => Iterable<number>, count: number) {
    this.room = count + 1
    this.#places = areBelow(this.room, ids()) ? null : placesOf(ids())
  }

  /** Of a number that nobody named: the last, in which nothing is. */
  of(id: number): number {
    if (this.#places) return this.#places.get(id) ?? this.room - 1
    return Math.min(id, this.room - 1)
  }
}

function areBelow(room: number, ids: Iterable<number>): boolean {
  for (const id of ids) if (id >= room) return false
  return true
}

function placesOf(ids: Iterable<number>): Map<number, number> {
  const places = new Map<number, number>()
  let next = 0
  for (const id of ids) places.set(id, next++)
  return places
}

/** Times of things, none of which has happened before somebody says so. */
export function unknownTimes(room: number): Float64Array {
  return new Float64Array(room).fill(Number.NaN)
}
