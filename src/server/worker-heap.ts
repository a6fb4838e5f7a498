// When each worker of a fleet is free again: a binary heap with the earliest on top (the workload vector of Kiefer and
// Wolfowitz). Ties go by position, never by chance.

export class WorkerHeap {
  readonly #freeAt: Float64Array
  readonly #worker: Uint32Array

  constructor(workers: number) {
    this.#freeAt = new Float64Array(workers)
    this.#worker = Uint32Array.from({ length: workers }, (_, index) => index)
  }

  get earliest(): number {
    return this.#freeAt[0] ?? Number.POSITIVE_INFINITY
  }

  get earliestWorker(): number {
    return this.#worker[0] ?? 0
  }

  /** The earliest worker is busy, or gone, until `until`. */
  occupyEarliest(until: number): void {
    const freeAt = this.#freeAt
    const worker = this.#worker
    const size = freeAt.length
    const moved = worker[0] as number
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= size) break
      if (child + 1 < size && (freeAt[child + 1] as number) < (freeAt[child] as number)) child += 1
      if ((freeAt[child] as number) >= until) break
      freeAt[hole] = freeAt[child] as number
      worker[hole] = worker[child] as number
      hole = child
    }
    freeAt[hole] = until
    worker[hole] = moved
  }
}
