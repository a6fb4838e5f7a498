// Goal: durations are spread over orders of magnitude, stay in range, and hit what matters.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationAround } from './durations.ts'

test('every duration is a whole number of milliseconds in range', () => {
  const ranges = fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 10_000_000 }))
  fc.assert(
    fc.property(
      ranges.chain(([low, more]) => fc.tuple(fc.constant([low, low + more]), durationAround(low, low + more, [5_000]))),
      ([[low = 0, high = 0], ms]) => {
        expect(Number.isInteger(ms)).toBe(true)
        expect(ms).toBeGreaterThanOrEqual(low)
        expect(ms).toBeLessThanOrEqual(high)
      },
    ),
  )
})

test('short and long ones are as likely, and what matters is met exactly and a millisecond beside it', () => {
  const drawn = fc.sample(durationAround(1_000, 1_000_000, [20_000]), { seed: 1, numRuns: 600 })
  const between = (low: number, high: number) => drawn.filter((ms) => ms >= low && ms < high).length
  expect(between(1_000, 10_000)).toBeGreaterThan(80)
  expect(between(100_000, 1_000_001)).toBeGreaterThan(80)
  for (const ms of [19_999, 20_000, 20_001]) expect(drawn).toContain(ms)
})
