// The time-out of a stream, as `net.Socket` has it, on the `setTimeout` that is in force: Node's own sockets take timers that
// nobody can patch. It keeps no process alive, and fires in the context in which it was set.

export class IdleTimer {
  #timer: NodeJS.Timeout | undefined

  /** 0 sets none. */
  set(ms: number, fire: () => void): void {
    this.clear()
    if (ms > 0) this.#timer = setTimeout(fire, ms).unref()
  }

  /** Something happened: it begins anew. */
  refresh(): void {
    this.#timer?.refresh()
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
