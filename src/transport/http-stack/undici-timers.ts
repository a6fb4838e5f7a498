// An agent of undici's own keeps all its time-outs by one timer, as a variable of its module. Packages live on when a process
// of the client dies and when a cell plays again, but that timer dies with whoever set it. So these agents are served up to
// the first death, and refused after that: a time-out that never comes would be a lie. The cell does not play again.

import { cannotRestore } from '#context/patches.ts'

export class UndiciTimers {
  #isUsed = false
  #isLost = false

  /** A process has died. */
  lose(): void {
    this.#isLost ||= this.#isUsed
  }

  /** Whether a request that is about to be served may rely on them. */
  areSound(): boolean {
    this.#isUsed = true
    cannotRestore()
    return !this.#isLost
  }
}
