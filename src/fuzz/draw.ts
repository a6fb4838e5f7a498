// Draws from arbitraries with our own streams: the same stream gives the same value, whatever was drawn elsewhere.

import * as fc from 'fast-check'
import type { Prng } from '#random/prng.ts'

export function draw<T>(arbitrary: fc.Arbitrary<T>, random: Prng): T {
  const [value] = fc.sample(arbitrary, { seed: random.bits(31), numRuns: 1 })
  return value as T
}

/** True with that probability. */
export function chance(probability: number, random: Prng): boolean {
  return random.next() < probability
}
