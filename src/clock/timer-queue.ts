// Work waiting for its instant, ordered by (due, order of arming): a binary heap in which each entry knows its place, so
// that the timers which clients clear long before they are due cost no memory until then.

export interface Queued {
  /** Milliseconds since the run's start; may have a fraction. */
  due: number
  /** Breaks ties before the order does, where ties are shuffled; 0 otherwise. */
  rank: number
  /** Breaks ties: what was armed first fires first. */
  order: number
  /** Place in the heap; -1 when not queued. */
  index: number
}

export class TimerQueue<Entry extends Queued> {
  readonly #heap: Entry[] = []
  #nextOrder = 0
  /** What decides between entries that are due at the same instant and were armed at different ones: Node promises an order
   * only to those that were armed together. `undefined`: what was armed first fires first. */
  rankOf: ((due: number, armedAt: number) => number) | undefined

  get size(): number {
    return this.#heap.length
  }

  peek(): Entry | undefined {
    return this.#heap[0]
  }

  /** Queues the entry, or moves it when it is queued already; either way it is now the youngest. */
  push(entry: Entry, due: number, armedAt = 0): void {
    this.remove(entry)
    entry.due = due
    entry.rank = this.rankOf?.(due, armedAt) ?? 0
    entry.order = this.#nextOrder
    this.#nextOrder += 1
    this.#rise(entry, this.#heap.length)
  }

  remove(entry: Entry): void {
    const { index } = entry
    if (index < 0) return
    entry.index = -1
    const last = this.#heap.pop() as Entry
    if (last === entry) return
    const parent = this.#heap[(index - 1) >> 1]
    if (index > 0 && parent && isBefore(last, parent)) this.#rise(last, index)
    else this.#sink(last, index)
  }

  clear(): void {
    for (const entry of this.#heap) entry.index = -1
    this.#heap.length = 0
    this.#nextOrder = 0
  }

  /** In no particular order. */
  [Symbol.iterator](): Iterator<Entry> {
    return this.#heap[Symbol.iterator]()
  }

  #rise(entry: Entry, from: number): void {
    let index = from
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = this.#heap[above] as Entry
      if (!isBefore(entry, parent)) break
      this.#place(parent, index)
      index = above
    }
    this.#place(entry, index)
  }

  #sink(entry: Entry, from: number): void {
    let index = from
    for (;;) {
      const left = this.#heap[2 * index + 1]
      if (!left) break
      const right = this.#heap[2 * index + 2]
      const child = right && isBefore(right, left) ? right : left
      if (!isBefore(child, entry)) break
      const below = child.index
      this.#place(child, index)
      index = below
    }
    this.#place(entry, index)
  }

  #place(entry: Entry, index: number): void {
    this.#heap[index] = entry
    entry.index = index
  }
}

function isBefore(one: Queued, other: Queued): boolean {
  if (one.due !== other.due) return one.due < other.due
  return one.rank === other.rank ? one.order < other.order : one.rank < other.rank
}
