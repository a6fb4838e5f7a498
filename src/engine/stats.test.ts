import { expect, test } from 'vitest'
import type { HistoryEvent, Unstamped } from '#history/event.ts'
import type { Header } from '#history/header.ts'
import { createHistory } from '#history/history.ts'
import { baselineOf, eventCounts, phaseStats } from './stats.ts'

const phases = [
  { name: 'baseline', at: 0 },
  { name: 'onset', at: 1_000 },
]
type Timed = readonly [at: number, event: Unstamped]

function historyOf(events: readonly Timed[]) {
  const header = { phases, spanMs: 2_000 } as unknown as Header
  const all: Timed[] = [[0, { kind: 'run.started', header }], ...events]
  return createHistory(all.map(([at, event], seq) => ({ seq, at, ...event }) as HistoryEvent))
}

const invoked = (operation: number, load = 'reads'): Unstamped => ({
  kind: 'operation.invoked',
  operation,
  instance: 0,
  workspace: 'ours',
  name: 'contact.read',
  effect: 'read',
  load,
})
const ok = (operation: number, result: 'fresh' | 'stale' | 'queued' = 'fresh'): Unstamped => ({
  kind: 'operation.ok',
  operation,
  result,
  timersLeft: 0,
})
const failed = (operation: number): Unstamped => ({
  kind: 'operation.error',
  operation,
  error: { name: 'Error', message: '' },
  timersLeft: 0,
})
const sent = (exchange: number, operation: number | null): Unstamped => ({
  kind: 'exchange.sent',
  exchange,
  instance: 0,
  operation,
  certain: true,
  nth: 1,
  method: 'GET',
  route: '/me',
  host: 'api.intercom.io',
  region: 'us',
  product: 'rest',
  workspace: 'ours',
  bodyHash: '',
})

test('operations belong to the phase they were asked in, exchanges to the phase they were sent in', () => {
  const stats = phaseStats(
    historyOf([
      [900, invoked(1)],
      [950, sent(1, 1)],
      [1_050, sent(2, 1)],
      [1_100, ok(1, 'stale')],
    ]),
  )
  expect(stats).toMatchObject([
    {
      phase: 'baseline',
      from: 0,
      until: 1_000,
      operations: 1,
      exchanges: 1,
      stale: 1,
      p50Ms: 200,
      exchangesPerOperation: 1,
    },
    {
      phase: 'onset',
      from: 1_000,
      until: 2_000,
      operations: 0,
      exchanges: 1,
      p50Ms: null,
      exchangesPerOperation: null,
    },
  ])
})

test('a cancelled operation counts as cancelled and as nothing else', () => {
  const stats = phaseStats(
    historyOf([
      [0, invoked(1)],
      [5, { kind: 'operation.cancelled', operation: 1 }],
      [6, failed(1)],
    ]),
  )
  expect(stats[0]).toMatchObject({ operations: 1, cancelled: 1, error: 0, p50Ms: null })
})

test('an operation that never settled is unknown', () => {
  expect(phaseStats(historyOf([[0, invoked(1)]]))[0]).toMatchObject({ unknown: 1, ok: 0 })
})

test('quantiles are nearest ranks', () => {
  const events = Array.from({ length: 100 }, (_, index): Timed[] => [
    [0, invoked(index)],
    [index + 1, ok(index)],
  ]).flat()
  const inOrder = events.toSorted(([one], [other]) => one - other)
  expect(phaseStats(historyOf(inOrder))[0]).toMatchObject({ p50Ms: 50, p99Ms: 99 })
})

test('the baseline has the share of operations that ended ok by load, and exchanges by operation name', () => {
  const events: Timed[] = [
    [0, invoked(1)],
    [0, sent(1, 1)],
    [10, ok(1)],
    [20, invoked(2, 'control')],
    [20, sent(2, 2)],
    [20, sent(3, 2)],
    [30, failed(2)],
  ]
  expect(baselineOf(historyOf(events))).toEqual({
    operations: 2,
    exchanges: 3,
    exchangesPerOperation: { 'contact.read': 1.5 },
    peakSends: 3,
    peakInFlight: 3,
    loads: {
      reads: { okShare: 1, p99Ms: 10, usual: { queued: 0, stale: 0 } },
      control: { okShare: 0, p99Ms: 10, usual: { queued: 0, stale: 0 } },
    },
  })
})

test('the baseline says which part of what ended ok was a copy or queued', () => {
  const events: Timed[] = [
    [0, invoked(1)],
    [0, invoked(2)],
    [0, invoked(3)],
    [0, invoked(4)],
    [0, invoked(5)],
    [1, ok(1)],
    [1, ok(2, 'stale')],
    [1, ok(3, 'stale')],
    [1, ok(4, 'queued')],
    [1, failed(5)],
  ]
  expect(baselineOf(historyOf(events)).loads['reads']).toMatchObject({
    okShare: 0.8,
    usual: { queued: 0.25, stale: 0.5 },
  })
})

test('where copies served a load, the baseline says how long it takes to ask', () => {
  const events: Timed[] = [
    [0, invoked(1, 'early')],
    [0, sent(1, 1)],
    [300, ok(1)],
    [400, invoked(2)],
    [400, ok(2, 'stale')],
  ]
  const { loads } = baselineOf(historyOf(events))
  expect(loads['reads']).toMatchObject({ p99Ms: 0, askedP99Ms: 300 })
  expect(loads['early']).not.toHaveProperty('askedP99Ms')
})

test('events are counted by kind', () => {
  expect(
    eventCounts(
      historyOf([
        [0, invoked(1)],
        [1, ok(1)],
        [2, invoked(2)],
      ]),
    ),
  ).toEqual({
    'run.started': 1,
    'operation.invoked': 2,
    'operation.ok': 1,
  })
})
