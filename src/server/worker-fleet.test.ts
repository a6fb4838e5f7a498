import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { noPressure } from './fleet.ts'
import type { Admission, FleetConfig, Pressure } from './fleet.ts'
import { createFleet } from './worker-fleet.ts'

const second = 1_000
const minute = 60 * second

const quiet: FleetConfig = {
  workers: 16,
  serviceTimeMs: 60,
  queue: 3_000,
  otherTenantsPerSecond: 180,
  abandoned: 'served',
  overflow: 'hang',
  gatewayTimeoutMs: minute,
}

type Run = {
  readonly config?: Partial<FleetConfig>
  readonly pressure?: (at: number) => Pressure
  readonly seed?: string
}

function admissions({ config = {}, pressure, seed = 'seed' }: Run, times: readonly number[]): Admission[] {
  const fleet = createFleet('au-rest', { ...quiet, ...config }, createPrng(seed))
  if (pressure) fleet.under(pressure)
  return times.map((at) => fleet.admit(at))
}

function every(gap: number, from: number, until: number): number[] {
  return Array.from({ length: Math.ceil((until - from) / gap) }, (_, nth) => from + nth * gap)
}

function waits(all: readonly Admission[], times: readonly number[]): number[] {
  return all.flatMap((one, nth) => (one.kind === 'served' ? [one.startsAt - (times[nth] ?? 0)] : []))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function answeredWithin(limitMs: number, all: readonly Admission[], times: readonly number[]): number {
  const answered = all.filter((one, nth) => one.kind === 'served' && one.endsAt - (times[nth] ?? 0) <= limitMs)
  return answered.length / all.length
}

test('two thirds busy, hardly anybody waits, and answers take the service time', () => {
  const times = every(second, minute, 21 * minute)
  const all = admissions({}, times)
  expect(all.every(({ kind }) => kind === 'served')).toBe(true)
  expect(mean(waits(all, times))).toBeLessThan(5)
  const service = all.map((one) => (one.kind === 'served' ? one.endsAt - one.startsAt : 0))
  expect(mean(service)).toBeGreaterThan(56)
  expect(mean(service)).toBeLessThan(64)
  expect(Math.min(...service)).toBeGreaterThanOrEqual(30)
})

test('one worker at half load waits as queueing theory says', () => {
  // M/G/1, Pollaczek and Khinchine: with half of the work fixed, the second moment is 1.25 times the squared mean.
  const times = every(second, minute, 200 * minute)
  const all = admissions({ config: { workers: 1, serviceTimeMs: 10, otherTenantsPerSecond: 50 } }, times)
  expect(mean(waits(all, times))).toBeCloseTo((0.05 * 1.25 * 10 ** 2) / (2 * (1 - 0.5)), 0)
})

test('more work than workers fills the queue up to its bound, and the rest overflows', () => {
  const times = every(second, 10 * minute, 12 * minute)
  const all = admissions({ config: { otherTenantsPerSecond: 400, queue: 200 } }, times)
  const overflowing = all.filter(({ kind }) => kind === 'overflow').length / all.length
  expect(overflowing).toBeGreaterThan(0.2)
  expect(overflowing).toBeLessThan(0.5)
  expect(Math.max(...all.map(({ waiting }) => waiting))).toBe(200)
})

test('a queue of 0 serves at once or not at all', () => {
  const times = every(100, 0, minute)
  const all = admissions({ config: { otherTenantsPerSecond: 400, queue: 0 } }, times)
  expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['served', 'overflow']))
  expect(waits(all, times).every((wait) => wait === 0)).toBe(true)
})

test('the gateway gives up after its time, and what it dropped is never served', () => {
  const config = { otherTenantsPerSecond: 0, workers: 1, serviceTimeMs: 1_000, gatewayTimeoutMs: 5_000 }
  const all = admissions(
    { config },
    Array.from({ length: 100 }, () => 10),
  )
  const dropped = all.filter(({ kind }) => kind === 'gateway-timeout')
  expect(dropped.length).toBeGreaterThan(80)
  expect(new Set(dropped.map((one) => (one.kind === 'gateway-timeout' ? one.endsAt : 0)))).toEqual(new Set([5_010]))
  expect(
    Math.max(
      ...waits(
        all,
        all.map(() => 10),
      ),
    ),
  ).toBeLessThanOrEqual(5_000)
})

test('first come, first served', () => {
  const times = every(7, 0, minute)
  const all = admissions({ config: { otherTenantsPerSecond: 260 } }, times)
  const starts = all.flatMap((one) => (one.kind === 'served' ? [one.startsAt] : []))
  expect(starts).toEqual(starts.toSorted((a, b) => a - b))
})

test('lost workers are lost capacity for as long as they are gone', () => {
  const pressure = (at: number): Pressure => ({ ...noPressure, lostShare: at >= minute && at < 2 * minute ? 0.5 : 0 })
  const config = { otherTenantsPerSecond: 200 }
  const during = every(second, 90 * second, 2 * minute)
  expect(mean(waits(admissions({ config, pressure }, during), during))).toBeGreaterThan(second)
  const after = every(second, 4 * minute, 5 * minute)
  expect(mean(waits(admissions({ config, pressure }, after), after))).toBeLessThan(50)
})

test('a fleet that is gone answers nobody until the gateway gives up, and serves again when it is back', () => {
  const pressure = (at: number): Pressure => ({ ...noPressure, lostShare: at < 10 * minute ? 1 : 0 })
  const config = { otherTenantsPerSecond: 10 }
  const [early, late] = admissions({ config, pressure }, [minute, 12 * minute])
  expect(early).toMatchObject({ kind: 'gateway-timeout', endsAt: 2 * minute })
  expect(late?.kind).toBe('served')
})

test('extra demand is load like any other', () => {
  const times = every(second, 0, 5 * minute)
  const pressure = (): Pressure => ({ ...noPressure, extraPerSecond: 150 })
  expect(answeredWithin(second, admissions({ pressure }, times), times)).toBeLessThan(0.2)
})

test('deadly requests take the fleet down, and it comes back when they stop', () => {
  const pressure = (at: number): Pressure => {
    const on = at >= minute && at < 10 * minute
    return { ...noPressure, deadlyPerSecond: on ? 5 : 0, restartMs: 20 * second }
  }
  const during = every(second, 5 * minute, 10 * minute)
  expect(answeredWithin(20 * second, admissions({ pressure }, during), during)).toBeLessThan(0.05)
  const after = every(second, 13 * minute, 15 * minute)
  expect(answeredWithin(second, admissions({ pressure }, after), after)).toBe(1)
})

test.for(['a', 'b', 'c'])(
  'the Australian outage emerges: only time-outs at its height, over in two minutes (seed %s)',
  (seed) => {
    const [onset, height, lifted, recovered] = [14 * minute, 32 * minute, 108 * minute, 112 * minute]
    const pressure = (at: number): Pressure => ({
      ...noPressure,
      lostShare: at >= lifted && at < lifted + 2 * minute ? 0.25 : 0,
      deadlyPerSecond: at >= onset && at < lifted ? Math.min(1, (at - onset) / (height - onset)) : 0,
      restartMs: 20 * second,
    })
    const times = every(5 * second, 0, 120 * minute)
    const all = admissions({ pressure, seed }, times)
    const share = (from: number, until: number): number => {
      const within = times.flatMap((at, nth) => (at >= from && at < until ? [nth] : []))
      return answeredWithin(
        20 * second,
        within.map((nth) => all[nth] as Admission),
        within.map((nth) => times[nth] as number),
      )
    }
    expect(share(0, onset)).toBe(1)
    expect(share(height, lifted)).toBeLessThan(0.02)
    expect(share(recovered, 120 * minute)).toBe(1)
  },
)

test('the same seed gives the same decisions, another seed does not', () => {
  const times = every(333, 0, 5 * minute)
  const config = { otherTenantsPerSecond: 262 }
  expect(admissions({ config }, times)).toEqual(admissions({ config }, times))
  expect(admissions({ config, seed: 'other' }, times)).not.toEqual(admissions({ config }, times))
})

test('when we ask does not move the others: with workers to spare, more asking changes no answer', () => {
  const config = { workers: 4_000 }
  const asks = fc.uniqueArray(fc.nat(minute), { maxLength: 40 })
  fc.assert(
    fc.property(asks, asks, (few, more) => {
      const both = [...new Set([...few, ...more])].toSorted((a, b) => a - b)
      const alone = few.toSorted((a, b) => a - b)
      const byTime = new Map(admissions({ config }, both).map((one, nth) => [both[nth], one]))
      expect(admissions({ config }, alone)).toEqual(alone.map((at) => byTime.get(at)))
    }),
    { numRuns: 20 },
  )
})

test('our own load only ever makes others wait longer', () => {
  const config = { workers: 4, otherTenantsPerSecond: 55, gatewayTimeoutMs: 60 * minute, queue: 1e9 }
  const probes = every(2 * second, 0, 3 * minute)
  const ours = every(150, 0, 3 * minute).filter((at) => !probes.includes(at))
  const all = [...probes, ...ours].toSorted((a, b) => a - b)
  const loaded = admissions({ config }, all).filter((_, nth) => probes.includes(all[nth] as number))
  const alone = waits(admissions({ config }, probes), probes)
  waits(loaded, probes).forEach((wait, nth) => expect(wait).toBeGreaterThanOrEqual(alone[nth] as number))
  expect(mean(waits(loaded, probes))).toBeGreaterThan(mean(alone))
})

test('a pressure of nothing is the same as no pressure', () => {
  const times = every(second, 0, 5 * minute)
  expect(admissions({ pressure: () => noPressure }, times)).toEqual(admissions({}, times))
})

test('time running backwards is a mistake of ours', () => {
  const fleet = createFleet('au-rest', quiet, createPrng('seed'))
  fleet.admit(10)
  expect(() => fleet.admit(9)).toThrow('was asked about 9 after 10')
})
