// Which case of a campaign: the number of a new one, then the numbers of the changes that were made to it, one after the other:
// `137`, or `137.4.9`. With the campaign's seed it is all that is needed to make the case again.

import { createPrng, type Prng } from '#random/prng.ts'
import { workloadAt, workloadCount } from './workloads.ts'
import { withoutClashes, type Case } from './case.ts'
import { chance } from './draw.ts'
import { drawCase, type Mode } from './draw-case.ts'
import type { Ground } from './ground.ts'
import { mutateCase } from './mutate.ts'

export type CasePath = readonly [number, ...number[]]

export function pathText(path: CasePath): string {
  return path.join('.')
}

/** `undefined` for what is none. */
export function parsePath(text: string): CasePath | undefined {
  if (!/^\d{1,9}(?:\.\d{1,9}){0,200}$/u.test(text)) return undefined
  return text.split('.').map(Number) as unknown as CasePath
}

export type Origin = { readonly mode: Mode; readonly seed: string; readonly ground: Ground }

export function caseAt([first, ...changes]: CasePath, { mode, seed, ground }: Origin): Case {
  const random = createPrng(seed, 'campaign')
  const start = drawCase(mode, workloadOf(first, ground, random), ground, random.fork('case', first))
  const found = changes.reduce((before, change) => mutateCase(before, ground, random.fork('change', change)), start)
  return { ...found, windows: withoutClashes(found.windows) }
}

/** Every second new case plays the given load. */
function workloadOf(first: number, ground: Ground, random: Prng) {
  const own = random.fork('which workload', first)
  return workloadAt(chance(0.5, own) ? 0 : own.integer(1, workloadCount - 1), ground, random)
}
