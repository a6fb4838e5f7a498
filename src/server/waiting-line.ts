// How many requests wait at a moment. In a FIFO queue requests leave in the order they came, so the times at which they
// leave form a monotone queue; a ring keeps it without allocation.

export class WaitingLine {
  #leavesAt = new Float64Array(1_024)
  #head = 0
  #size = 0

  /** Requests that still wait at `at`; times must not decrease from call to call. */
  countAt(at: number): number {
    const mask = this.#leavesAt.length - 1
    while (this.#size > 0 && (this.#leavesAt[this.#head] as number) <= at) {
      this.#head = (this.#head + 1) & mask
      this.#size -= 1
    }
    return this.#size
  }

  join(leavesAt: number): void {
    if (this.#size === this.#leavesAt.length) this.#grow()
    this.#leavesAt[(this.#head + this.#size) & (this.#leavesAt.length - 1)] = leavesAt
    this.#size += 1
  }

  #grow(): void {
    const grown = new Float64Array(this.#leavesAt.length * 2)
    grown.set(this.#leavesAt.subarray(this.#head))
    grown.set(this.#leavesAt.subarray(0, this.#head), this.#leavesAt.length - this.#head)
    this.#leavesAt = grown
    this.#head = 0
  }
}
