import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { ExchangeView } from './fault.ts'
import { latency } from './latency.ts'

const exchange = {} as ExchangeView

/** Sorted delays of many exchanges, each with its own stream as in a run. */
function delaysOf(input: unknown, intensity = 1): readonly number[] {
  const params = latency.schema.parse(input)
  const root = createPrng('latency')
  return Array.from({ length: 10_000 }, (_, nth) => {
    const decision = latency.decide?.(params, exchange, 'none', intensity, root.fork(nth))
    return decision?.kind === 'delay' ? decision.ms : 0
  }).toSorted((a, b) => a - b)
}

test('a fixed delay is the same for all, and scales with the intensity', () => {
  expect(new Set(delaysOf({ delay: '2s' }))).toEqual(new Set([2_000]))
  expect(new Set(delaysOf({ delay: '2s' }, 0.25))).toEqual(new Set([500]))
})

test('jitter spreads a fixed delay evenly to both sides', () => {
  const delays = delaysOf({ delay: '2s', jitter: '500ms' })
  expect(delays[0]).toBeGreaterThanOrEqual(1_500)
  expect(delays.at(-1)).toBeLessThanOrEqual(2_500)
  expect(quantile(delays, 0.25)).toBeCloseTo(1_750, -2)
  expect(quantile(delays, 0.5)).toBeCloseTo(2_000, -2)
  expect(quantile(delays, 0.75)).toBeCloseTo(2_250, -2)
})

test('a distribution has the median and the p99 it was given', () => {
  const delays = delaysOf({ delay: { median: '300ms', p99: '4s' } })
  expect(quantile(delays, 0.5) / 300).toBeCloseTo(1, 1)
  expect(quantile(delays, 0.99) / 4_000).toBeCloseTo(1, 0)
  expect(delays[0]).toBeGreaterThan(0)
  expect(delays.every((delay) => Number.isFinite(delay))).toBe(true)
})

test('a distribution whose p99 is its median is a fixed delay', () => {
  expect(new Set(delaysOf({ delay: { median: '1s', p99: '1s' } }))).toEqual(new Set([1_000]))
})

test.for([
  [{}, 'delay', 'a delay is needed here, such as "2s" or { median: 300ms, p99: 4s }'],
  [{ delay: 2 }, 'delay', '2 is not a delay such as "2s" or { median: 300ms, p99: 4s }'],
  [{ delay: '0s' }, 'delay', 'a delay of nothing changes nothing'],
  [{ delay: '2s', jitter: '3s' }, 'jitter', 'jitter goes with a fixed delay and is at most as long'],
  [
    { delay: { median: '1s', p99: '2s' }, jitter: '1s' },
    'jitter',
    'jitter goes with a fixed delay and is at most as long',
  ],
  [{ delay: { median: '2s', p99: '1s' } }, 'delay.p99', 'the p99 is at least the median'],
] as const)('refuses %j', ([input, path, message]) => {
  const issues = latency.schema.safeParse(input).error?.issues
  expect(issues?.map((issue) => [issue.path.join('.'), issue.message])).toEqual([[path, message]])
})

test.for([
  [{ delay: '2s' }, 'Answers are late by 2s.'],
  [{ delay: '2s', jitter: '500ms' }, 'Answers are late by 1.5s to 2.5s.'],
  [{ delay: { median: '300ms', p99: '4s' } }, 'Answers are late by 300ms in the median and 4s in the 99th percentile.'],
] as const)('explains %j', ([input, words]) => {
  expect(latency.explain(latency.schema.parse(input))).toBe(words)
})

function quantile(sorted: readonly number[], at: number): number {
  return sorted[Math.floor(sorted.length * at)] ?? Number.NaN
}
