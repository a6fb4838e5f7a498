// Which case comes next. Blind: always a new one, as it comes. Guided: of four new ones the one that tries most of what was drawn often
// and played seldom, and between them small changes of earlier cases: few while new ones still meet something new, more when they
// do not. Everything is decided a generation at a time, from what the generations before it showed, so that the same seed gives the
// same campaign on one processor and on many.

import { createPrng } from '#random/prng.ts'
import type { Case } from './case.ts'
import { Parents } from './parents.ts'
import type { Outcome } from './player.ts'
import type { CasePath } from './path.ts'
import { Counts, traitsOf } from './traits.ts'

export interface Guide {
  /** The next generation, at most `count` cases. */
  next(count: number): readonly CasePath[]
  /** `isNovel`: a fault met a request as none had before. */
  learn(path: CasePath, outcome: Outcome, isNovel: boolean): void
}

/** `part`: this campaign plays every `of`th new case only, from `index` (0-based) on. */
export type Part = { readonly index: number; readonly of: number }

export function blindGuide(part: Part): Guide {
  let nth = 0
  return {
    next: (count) => Array.from({ length: count }, () => [part.index + part.of * nth++] as const),
    learn() {},
  }
}

/** New cases that are drawn for one that is played. */
const candidates = 4
/** Changes among all cases: while new ones meet something new, and when a hundred did not. */
const [changesAtFirst, changesInTheEnd] = [1 / 8, 1 / 4]
const patience = 100
/** Cases with this many windows or more count as equally large. */
const many = 5

export function guidedGuide(seed: string, part: Part, caseAt: (path: CasePath) => Case): Guide {
  const random = createPrng(seed, 'guide', part.index, part.of)
  const fresh = blindGuide(part)
  const parents = new Parents()
  const counts = new Counts()
  let changes = 0
  let drawn = 0
  let inVain = 0

  const change = (): CasePath | undefined => {
    const own = random.fork('draw', drawn++)
    if (own.next() >= (inVain < patience ? changesAtFirst : changesInTheEnd)) return undefined
    const from = parents.pick(own)
    return from && [...from, changes++ * part.of + part.index]
  }
  return {
    next(count) {
      const changed = Array.from({ length: count }, change).filter((path) => path !== undefined)
      for (const path of changed) counts.addPlayed(traitsOf(caseAt(path)))
      const wanted = count - changed.length
      const pool = fresh.next(wanted * candidates).map((path) => {
        const drawnCase = caseAt(path)
        return { path, windows: Math.min(many, drawnCase.windows.length), traits: traitsOf(drawnCase) }
      })
      for (const { traits } of pool) counts.addDrawn(traits)
      return [...mostDue(pool, wanted, counts), ...changed]
    },
    learn(path, outcome, isNovel) {
      if (path.length === 1) inVain = isNovel ? 0 : inVain + 1
      // What has failed is known; going on from it would mostly find it again.
      if (outcome.kind === 'tried' && outcome.failed.length === 0) parents.learn(path, outcome.slack, isNovel)
    },
  }
}

type Candidate = { readonly path: CasePath; readonly windows: number; readonly traits: ReadonlySet<string> }

/** One after the other, because each makes those that are like it less due. Cases with many windows try most, and find most, but hide
 * what only shows alone: every second one has as many as the one whose turn it would have been. */
function mostDue(pool: readonly Candidate[], count: number, counts: Counts): readonly CasePath[] {
  const left = new Set(pool)
  return Array.from({ length: count }, (_, nth) => {
    const [next] = left
    const choice = [...left].filter(({ windows }) => nth % 2 === 0 || windows === next?.windows)
    const best = choice.reduce((one, other) => (due(other) > due(one) ? other : one))
    left.delete(best)
    counts.addPlayed(best.traits)
    return best.path
  })

  function due({ traits }: Candidate): number {
    return counts.dueOf(traits)
  }
}
