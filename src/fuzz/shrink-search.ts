// Makes a failing case smaller as long as it fails for the same oracle. Greedy: the first smaller case that fails is gone on with.
// Several are played at once, always as many, so that the result does not depend on how many cells there are.

import { limits } from '#context/limits.ts'
import type { Case } from './case.ts'
import { smaller, tidier } from './shrink.ts'

export type Shrunk = {
  readonly found: Case
  readonly trials: number
  /** False when the trials or the time ran out first: there may be a smaller one. */
  readonly complete: boolean
}

export type ShrinkOptions = {
  /** Whether a case fails for the oracle in question. */
  fails(found: Case): Promise<boolean>
  /** Asked before each batch. */
  goOn(): boolean
  /** Waited for. */
  onSmaller?(found: Case, trials: number): Promise<void>
}

export async function shrink(start: Case, options: ShrinkOptions): Promise<Shrunk> {
  const search = new Search(start, options)
  const complete = (await search.descend(smaller)) && (await search.descend(tidier))
  return { found: search.best, trials: search.trials, complete }
}

class Search {
  readonly #options: ShrinkOptions
  readonly #seen = new Set<string>()
  best: Case
  trials = 0

  constructor(start: Case, options: ShrinkOptions) {
    this.best = start
    this.#options = options
    this.#isNews(start)
  }

  /** Until no step of this kind leads on; false when it had to stop before. */
  async descend(steps: (found: Case) => readonly Case[]): Promise<boolean> {
    for (;;) {
      const better = await this.#first(steps(this.best).filter((found) => this.#isNews(found)))
      if (better === 'stopped') return false
      if (better === undefined) return true
      this.best = better
      await this.#options.onSmaller?.(better, this.trials)
    }
  }

  async #first(candidates: readonly Case[]): Promise<Case | 'stopped' | undefined> {
    for (let from = 0; from < candidates.length; from += limits.shrinkBatch) {
      if (this.trials >= limits.shrinkTrials || !this.#options.goOn()) return 'stopped'
      const batch = candidates.slice(from, from + limits.shrinkBatch)
      this.trials += batch.length
      const failing = await Promise.all(batch.map((found) => this.#options.fails(found)))
      const index = failing.indexOf(true)
      if (index < 0) continue
      // What comes after the one that is gone on with has not been looked at in its light.
      for (const later of candidates.slice(from + index + 1)) this.#seen.delete(JSON.stringify(later))
      return batch[index]
    }
    return undefined
  }

  #isNews(found: Case): boolean {
    const key = JSON.stringify(found)
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    return true
  }
}
