import { expect, test } from 'vitest'
import { quantile, unpackLatencies } from '#report/html/page/quantiles.ts'
import { latenciesOf } from './latency.ts'

function told(latencies: readonly (readonly [number, number])[], spanMs = 60_000) {
  const began = Float64Array.from(latencies, ([at]) => at)
  const ended = Float64Array.from(latencies, ([at, ms]) => at + ms)
  return latenciesOf({ began, ended, counts: () => true }, spanMs)
}

test('many waits of the same length are read as that length', () => {
  const packed = unpackLatencies(told(Array.from({ length: 50 }, (_, index) => [index * 1_000, 20_000])))
  expect(quantile(packed, 0, 60_000, 0.5)).toBe(20_000)
  expect(quantile(packed, 0, 60_000, 0.99)).toBe(20_000)
})

test('a quantile of any stretch is within a tenth of the exact one', () => {
  const latencies = Array.from({ length: 600 }, (_, index) => [index * 100, 40 * 1.01 ** index] as const)
  const packed = unpackLatencies(told(latencies))
  for (const [from, until] of [
    [0, 60_000],
    [10_000, 20_000],
    [59_000, 60_000],
  ] as const) {
    const exact = latencies.filter(([at]) => at >= from && at < until).map(([, ms]) => ms)
    for (const share of [0.5, 0.9, 0.99]) {
      const right = exact[Math.ceil(share * exact.length) - 1] ?? 0
      const said = quantile(packed, from, until, share) ?? 0
      expect(Math.abs(said - right) / right).toBeLessThan(0.1)
    }
  }
})

test('nothing settled, nothing said', () => {
  expect(quantile(unpackLatencies(told([])), 0, 60_000, 0.5)).toBeNull()
  expect(quantile(unpackLatencies(told([[5_000, 10]])), 10_000, 60_000, 0.5)).toBeNull()
})

test('however different a million latencies are, their counts have a bound', () => {
  const latencies = Array.from({ length: 300_000 }, (_, index) => [index * 40, 1 + ((index * 7_919) % 90_000)] as const)
  const { counts, grid } = told(latencies, 12_000_000)
  expect(counts.length).toBeLessThanOrEqual(120_000)
  expect(counts.filter((_, index) => index % 3 === 2).reduce((sum, count) => sum + count, 0)).toBe(300_000)
  expect(grid.stepMs).toBeGreaterThan(1_000)
})

test('what never ended has no latency, and neither has what does not count', () => {
  const began = Float64Array.from([0, 10, Number.NaN])
  const ended = Float64Array.from([Number.NaN, 30, 40])
  expect(latenciesOf({ began, ended, counts: () => true }, 60_000).counts).toEqual([0, 0, 1])
  expect(latenciesOf({ began, ended, counts: (place) => place !== 1 }, 60_000).counts).toEqual([])
})
