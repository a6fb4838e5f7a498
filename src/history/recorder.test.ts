import { expect, test } from 'vitest'
import { limits } from '#context/limits.ts'
import type { Clock } from '#clock/clock.ts'
import { createHeader } from '../../test/history-builder.ts'
import type { HistoryEvent } from './event.ts'
import { createRecorder } from './recorder.ts'

const started = { kind: 'run.started', header: createHeader() } as const
const phase = { kind: 'phase.started', phase: 'baseline' } as const

function recording() {
  let now = 0
  const events: HistoryEvent[] = []
  const clock: Clock = { now: () => now, schedule: () => ({ cancel: () => undefined }) }
  const recorder = createRecorder(clock, (event) => void events.push(event))
  return { events, recorder, pass: (ms: number) => void (now += ms) }
}

test('stamps each event with its number and the virtual time', () => {
  const { events, recorder, pass } = recording()
  recorder.record(started)
  pass(1_500)
  recorder.record(phase)
  expect(events).toEqual([
    { seq: 0, at: 0, ...started },
    { seq: 1, at: 1_500, ...phase },
  ])
})

test('hands each event on at once', () => {
  const { events, recorder } = recording()
  recorder.record(started)
  expect(events).toHaveLength(1)
})

test('what happens before the run starts follows its start, in order', () => {
  const { events, recorder } = recording()
  recorder.record({ ...phase, phase: 'one' })
  recorder.record({ ...phase, phase: 'two' })
  expect(events).toEqual([])
  recorder.record(started)
  expect(events.map((event) => (event.kind === 'phase.started' ? event.phase : event.kind))).toEqual([
    'run.started',
    'one',
    'two',
  ])
  expect(events.map(({ seq }) => seq)).toEqual([0, 1, 2])
})

test('rounds times to a microsecond', () => {
  const { events, recorder, pass } = recording()
  pass(0.1 + 0.2)
  recorder.record(started)
  expect(events[0]?.at).toBe(0.3)
})

test('beyond its limit it records that, once, and the end', () => {
  const { events, recorder } = recording()
  let kept = 0
  recorder.record(started)
  for (let index = 0; index < limits.eventsPerRun + 5; index += 1) {
    recorder.record(phase)
    if (events.length > 1_000) kept += events.splice(0, events.length - 1).length
  }
  recorder.record({ kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'limit' })
  const last = events.slice(-2)
  expect(last.map(({ kind }) => kind)).toEqual(['limit.reached', 'run.ended'])
  expect(last.map(({ seq }) => seq)).toEqual([limits.eventsPerRun, limits.eventsPerRun + 1])
  expect(kept + events.length).toBe(limits.eventsPerRun + 2)
})
