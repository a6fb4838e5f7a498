import { expect, test } from 'vitest'
import { isFlappedOn } from './flapping.ts'
import type { Shape } from './spec.ts'

type Flap = Extract<Shape, { kind: 'flap' }>
const flapOf = (seed: string): Flap => ({ kind: 'flap', onMs: 50_000, offMs: 250_000, seed })
const dayMs = 86_400_000
const stepMs = 1_000

/** The lengths of its stretches over a day, the first of them on. */
function stretches(flap: Flap): readonly number[] {
  const ends = Array.from({ length: dayMs / stepMs }, (_, index) => index * stepMs).filter(
    (at) => isFlappedOn(flap, at) !== isFlappedOn(flap, at + stepMs),
  )
  return ends.map((end, index) => end - (ends[index - 1] ?? 0))
}

const average = (lengths: readonly number[]): number => lengths.reduce((sum, ms) => sum + ms, 0) / lengths.length

test('it begins with a stretch that is on, and the stretches have the averages it was given', () => {
  expect(isFlappedOn(flapOf('stalls'), 0)).toBe(true)
  const lengths = stretches(flapOf('stalls'))
  const [on, off] = [0, 1].map((parity) => lengths.filter((_, index) => index % 2 === parity))
  expect(average(on ?? []) / 50_000).toBeCloseTo(1, 0)
  expect(average(off ?? []) / 250_000).toBeCloseTo(1, 0)
  expect(Math.min(...(on ?? []))).toBeGreaterThanOrEqual(10_000 - stepMs)
  expect(Math.max(...(on ?? []))).toBeLessThanOrEqual(90_000 + stepMs)
  expect(new Set(lengths).size).toBeGreaterThan(100)
})

test('it is a pure function of time, in whatever order it is asked', () => {
  const times = Array.from({ length: 500 }, (_, index) => (index * 7_919_000) % dayMs)
  const flap = flapOf('stalls')
  const asked = times.map((at) => isFlappedOn(flap, at))
  const another = flapOf('stalls')
  const backwards = times.toReversed().map((at) => isFlappedOn(another, at))
  expect(backwards.toReversed()).toEqual(asked)
})

test('two faults flap each in its own way', () => {
  expect(stretches(flapOf('one'))).not.toEqual(stretches(flapOf('other')))
})
