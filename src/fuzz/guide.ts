// Which case comes next. Blind: always a new one. Guided: half of the cases are small changes of earlier ones, of those that met
// something new, of those that left some oracle the least room and of those that an oracle judged which seldom has anything to judge. Everything is decided a generation at a time, from what the
// generations before it showed, so that the same seed gives the same campaign on one processor and on many.

import { limits } from '#context/limits.ts'
import { createPrng, type Prng } from '#random/prng.ts'
import type { Outcome } from './player.ts'
import type { CasePath } from './path.ts'

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

export function guidedGuide(seed: string, part: Part): Guide {
  const random = createPrng(seed, 'guide', part.index, part.of)
  const fresh = blindGuide(part)
  const novel: CasePath[] = []
  const closest = new Map<string, { readonly slack: number; readonly path: CasePath }>()
  const judged = new Map<string, { times: number; readonly paths: CasePath[] }>()
  let changes = 0
  let drawn = 0

  const parent = (own: Prng): CasePath | undefined => {
    const near = [...closest.values()].map(({ path }) => path)
    const which = own.next() * 3
    if (which < 1) return own.pick(near) ?? own.pick(novel)
    if (which < 2) return own.pick(novel) ?? own.pick(near)
    return own.pick(own.pick(seldom([...judged.values()]))?.paths ?? novel)
  }
  const one = (): readonly CasePath[] => {
    const own = random.fork('draw', drawn++)
    const from = own.next() < 0.5 ? undefined : parent(own)
    if (!from) return fresh.next(1)
    return [[...from, changes++ * part.of + part.index]]
  }
  return {
    next: (count) => Array.from({ length: count }, one).flat(),
    learn(path, outcome, isNovel) {
      // What has failed is known; going on from it would mostly find it again.
      if (outcome.kind !== 'tried' || outcome.failed.length > 0) return
      if (isNovel) novel.push(path)
      if (novel.length > limits.corpus) novel.shift()
      for (const [oracle, slack] of Object.entries(outcome.slack)) {
        const cases = judged.get(oracle) ?? { times: 0, paths: [] }
        judged.set(oracle, cases)
        cases.times += 1
        cases.paths.push(path)
        if (cases.paths.length > latest) cases.paths.shift()
        const known = closest.get(oracle)
        // A limit that is always touched says nothing about how near a failure is.
        if (slack > 0 && (known === undefined || slack < known.slack)) closest.set(oracle, { slack, path })
      }
    },
  }
}

/** Cases of one oracle that are gone on from. */
const latest = 8

/** Those that judged at most twice as often as the one that did so least. */
function seldom<T extends { readonly times: number }>(all: readonly T[]): readonly T[] {
  const least = Math.min(...all.map(({ times }) => times))
  return all.filter(({ times }) => times <= 2 * least)
}
