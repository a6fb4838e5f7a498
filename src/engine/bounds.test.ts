import { expect, test } from 'vitest'
import { limits } from '#context/limits.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { boundsOf } from './bounds.ts'

const load = (gapMs: number, fromMs = 0, untilMs = 1e9) => ({ gapMs, fromMs, untilMs }) as Scenario['loads'][number]

test('a client that runs away from a scenario of the usual size is stopped as soon as ever', () => {
  expect(boundsOf({ loads: [load(1_000), load(6_000)], spanMs: 3_600_000 })).toEqual({
    exchanges: limits.exchangesPerRun,
    events: limits.eventsPerRun,
    wallMs: limits.runWallMs,
  })
})

test('a million asks have room for as many exchanges, their events, and the time they take', () => {
  const { exchanges, events, wallMs } = boundsOf({ loads: [load(10)], spanMs: 10_000_000 })
  expect(exchanges).toBe(1_000_000 * limits.exchangesPerAsk)
  expect(events).toBe(exchanges * limits.eventsPerExchange)
  expect(wallMs).toBe(1_000_000 * limits.askWallMs)
})

test('a load asks within its stretch of the run only', () => {
  const { exchanges } = boundsOf({ loads: [load(1, 500_000, 9_000_000)], spanMs: 600_000 })
  expect(exchanges).toBe(100_000 * limits.exchangesPerAsk)
})
