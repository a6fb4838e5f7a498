// When a flapping fault is on: stretches of irregular length by turns, each from a fifth to nine fifths of the average.
// A pure function of time: the stretches follow from the seed alone, and are only remembered because drawing them takes time.

import { createPrng } from '#random/prng.ts'
import type { Shape } from './spec.ts'

type Flap = Extract<Shape, { kind: 'flap' }>

/** Where the stretches end, in ms since the fault's start: on, off, on, ... */
const known = new WeakMap<Flap, number[]>()

/** `sinceMs` since the fault's start. */
export function isFlappedOn(flap: Flap, sinceMs: number): boolean {
  const ends = known.get(flap) ?? []
  known.set(flap, ends)
  for (let last = ends.at(-1) ?? 0; last <= sinceMs;) {
    last += stretchMs(flap, ends.length)
    ends.push(last)
  }
  return firstAfter(ends, sinceMs) % 2 === 0
}

function stretchMs({ seed, onMs, offMs }: Flap, index: number): number {
  const averageMs = index % 2 === 0 ? onMs : offMs
  // At least a millisecond, so that time goes on.
  return Math.max(1, averageMs * (0.2 + 1.6 * createPrng('flap', seed, index).next()))
}

/** The index of the first end after `sinceMs`; there is one. */
function firstAfter(ends: readonly number[], sinceMs: number): number {
  let [low, high] = [0, ends.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) > sinceMs) high = middle
    else low = middle + 1
  }
  return low
}
