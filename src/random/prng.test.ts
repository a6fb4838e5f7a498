// Goal: a stream depends on its seed and labels alone, and is good enough to draw faults from.
// Method: laws over any seed and labels; coarse statistical bounds that a sound generator misses less than once in a million.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPrng, type Prng } from './prng.ts'

const draws = (prng: Prng, count: number) => Array.from({ length: count }, () => prng.next())
const labels = fc.array(fc.oneof(fc.string({ maxLength: 8 }), fc.nat(1_000)), { minLength: 1, maxLength: 4 })

test('the same seed and labels give the same stream, by fork or at once', () => {
  fc.assert(
    fc.property(fc.string(), labels, (seed, path) => {
      const direct = draws(createPrng(seed, ...path), 5)
      expect(draws(createPrng(seed).fork(...path), 5)).toEqual(direct)
      expect(
        draws(
          path.reduce<Prng>((prng, label) => prng.fork(label), createPrng(seed)),
          5,
        ),
      ).toEqual(direct)
    }),
  )
})

test('a fork is the same whatever its parent or its siblings have drawn', () => {
  fc.assert(
    fc.property(fc.string(), labels, fc.nat(20), (seed, path, drawn) => {
      const parent = createPrng(seed)
      draws(parent, drawn)
      draws(parent.fork('sibling'), drawn)
      expect(draws(parent.fork(...path), 5)).toEqual(draws(createPrng(seed).fork(...path), 5))
    }),
  )
})

test('neighbouring labels and seeds give unrelated streams', () => {
  const streams = Array.from({ length: 2_000 }, (_, index) => createPrng('seed', 'operation', index).next())
  expect(new Set(streams).size).toBe(2_000)
  expect(mean(streams)).toBeCloseTo(0.5, 1)
  const steps = streams.slice(1).map((value, index) => Math.abs(value - (streams[index] ?? 0)))
  expect(mean(steps)).toBeGreaterThan(0.28)
  expect(mean(steps)).toBeLessThan(0.39)
})

test.for([['a'], ['b'], ['2026-04-27']] as const)('the stream of seed %s is uniform in [0, 1)', ([seed]) => {
  const values = draws(createPrng(seed), 20_000)
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
  const buckets = Array.from({ length: 20 }, () => 0)
  for (const value of values) buckets[Math.floor(value * 20)] = (buckets[Math.floor(value * 20)] ?? 0) + 1
  for (const count of buckets) expect(Math.abs(count - 1_000)).toBeLessThan(160)
})

test('integers stay between their bounds and reach both', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: -1_000, max: 1_000 }), fc.nat(5), (seed, low, width) => {
      const prng = createPrng(seed)
      const seen = new Set(Array.from({ length: 200 }, () => prng.integer(low, low + width)))
      expect([...seen].toSorted((one, other) => one - other)).toEqual(
        Array.from({ length: width + 1 }, (_, step) => low + step),
      )
    }),
  )
})

test('exponential draws have their mean and are never negative or infinite', () => {
  const prng = createPrng('exponential')
  const values = Array.from({ length: 20_000 }, () => prng.exponential(60))
  expect(values.every((value) => value >= 0 && Number.isFinite(value))).toBe(true)
  expect(Math.abs(mean(values) - 60)).toBeLessThan(2.5)
})

test('pick gives an item of the list, and nothing from none', () => {
  const prng = createPrng('pick')
  const items = ['a', 'b', 'c'] as const
  const seen = new Set(Array.from({ length: 100 }, () => prng.pick(items)))
  expect([...seen].toSorted()).toEqual(['a', 'b', 'c'])
  expect(prng.pick([])).toBeUndefined()
})

test('known numbers: a change of these makes every recorded counterexample replay differently', () => {
  expect(draws(createPrng('seed', 'fault', 3), 3)).toMatchInlineSnapshot(`
    [
      0.2906720168969219,
      0.7403157110019117,
      0.44101537966642024,
    ]
  `)
})

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
