import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { SteadyDemand, VaryingDemand } from './demand.ts'

const hour = 3_600_000

test('a steady stream keeps its rate', () => {
  const demand = new SteadyDemand(180, createPrng('steady'))
  let count = 0
  for (; demand.nextAt < hour; count += 1) demand.take()
  expect(count / 3_600).toBeCloseTo(180, 0)
})

test('no demand means no arrival', () => {
  expect(new SteadyDemand(0, createPrng('none')).nextAt).toBe(Number.POSITIVE_INFINITY)
  expect(new VaryingDemand(() => 0, createPrng('none')).nextBy(hour)).toBe(Number.POSITIVE_INFINITY)
})

test('a varying stream follows its rate and is silent where the rate is 0', () => {
  const on = (at: number): boolean => at >= 600_000 && at < 1_200_000
  const arrivals = arrivalsOf(new VaryingDemand((at) => (on(at) ? 5 : 0), createPrng('varying')), [hour])
  expect(arrivals.every(on)).toBe(true)
  expect(arrivals.length / 600).toBeCloseTo(5, 0)
})

test('arrivals of a varying stream do not depend on how often it is asked', () => {
  const asks = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(fc.string(), asks, (seed, times) => {
      const rate = (at: number): number => (at % 40_000) / 20_000
      const sorted = times.toSorted((a, b) => a - b)
      const often = arrivalsOf(new VaryingDemand(rate, createPrng(seed)), sorted)
      const once = arrivalsOf(new VaryingDemand(rate, createPrng(seed)), sorted.slice(-1))
      expect(often).toEqual(once)
    }),
  )
})

function arrivalsOf(demand: VaryingDemand, untils: readonly number[]): number[] {
  const arrivals: number[] = []
  for (const until of untils) {
    for (let at = demand.nextBy(until); at <= until; at = demand.nextBy(until)) {
      arrivals.push(at)
      demand.take()
    }
  }
  return arrivals
}
