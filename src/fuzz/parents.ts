// Cases that are gone on from: those that met something new, those that left some oracle the least room, and those that an oracle
// judged which seldom has anything to judge.

import { limits } from '#context/limits.ts'
import type { Prng } from '#random/prng.ts'
import type { CasePath } from './path.ts'

/** Cases of one oracle that are gone on from. */
const latest = 8

export class Parents {
  readonly #novel: CasePath[] = []
  readonly #closest = new Map<string, { readonly slack: number; readonly path: CasePath }>()
  readonly #judged = new Map<string, { times: number; readonly paths: CasePath[] }>()

  /** `slacks`: how much room each oracle that passed has left. `isNovel`: a fault met a request as none had before. */
  learn(path: CasePath, slacks: Readonly<Record<string, number>>, isNovel: boolean): void {
    if (isNovel) this.#novel.push(path)
    if (this.#novel.length > limits.corpus) this.#novel.shift()
    for (const [oracle, slack] of Object.entries(slacks)) {
      this.#noteJudged(oracle, path)
      const known = this.#closest.get(oracle)
      // A limit that is always touched says nothing about how near a failure is.
      if (slack > 0 && (known === undefined || slack < known.slack)) this.#closest.set(oracle, { slack, path })
    }
  }

  /** `undefined` while there is none. */
  pick(random: Prng): CasePath | undefined {
    const near = [...this.#closest.values()].map(({ path }) => path)
    const which = random.next() * 3
    if (which < 1) return random.pick(near) ?? random.pick(this.#novel)
    if (which < 2) return random.pick(this.#novel) ?? random.pick(near)
    return random.pick(random.pick(seldom([...this.#judged.values()]))?.paths ?? this.#novel)
  }

  #noteJudged(oracle: string, path: CasePath): void {
    const cases = this.#judged.get(oracle) ?? { times: 0, paths: [] }
    this.#judged.set(oracle, cases)
    cases.times += 1
    cases.paths.push(path)
    if (cases.paths.length > latest) cases.paths.shift()
  }
}

/** Those that judged at most twice as often as the one that did so least. */
function seldom<T extends { readonly times: number }>(all: readonly T[]): readonly T[] {
  const least = Math.min(...all.map(({ times }) => times))
  return all.filter(({ times }) => times <= 2 * least)
}
