import { expect, test } from 'vitest'
import { decodeEvents, encodeEvent } from '#history/codec.ts'
import type { HistoryEvent, Unstamped } from '#history/event.ts'
import type { Header } from '#history/header.ts'
import { createHeader } from '../../test/history-builder.ts'
import { tellHistory, withBaseline } from './aftermath.ts'

const started: Unstamped = { kind: 'run.started', header: { scenario: 'any' } as Header }
const invoked = (operation: number): Unstamped => ({
  kind: 'operation.invoked',
  operation,
  instance: 0,
  workspace: 'ours',
  name: 'contact.read',
  effect: 'read',
  load: 'reads',
})
// With a field of its own, as the end of a cell has: it must not leak into the event.
const died = { kind: 'died', cause: 'stalled', message: 'It span.' } as const

function textOf(events: readonly Unstamped[], torn = ''): string {
  return events.map((event, seq) => encodeEvent({ seq, at: seq * 10, ...event } as HistoryEvent)).join('') + torn
}

test('a history that its process ended is told as it is', () => {
  const text = textOf([started, { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'done' }])
  expect(tellHistory(text, null)?.history.length).toBe(2)
})

test('a process that died leaves a crash, unknown operations and an end', () => {
  const told = tellHistory(
    textOf([started, invoked(1), invoked(2), { kind: 'operation.ok', operation: 2, result: 'fresh', timersLeft: 0 }]),
    died,
  )
  expect(Array.from(told?.history ?? []).slice(4)).toEqual([
    { seq: 4, at: 30, kind: 'client.crashed', cause: 'stalled', message: 'It span.', operation: 1 },
    { seq: 5, at: 30, kind: 'operation.unknown', operation: 1, reason: 'crashed' },
    { seq: 6, at: 30, kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'crashed' },
  ])
  expect(told?.text.split('\n')).toHaveLength(8)
})

test('a last line that was cut off is dropped', () => {
  const told = tellHistory(textOf([started, invoked(1)], '{"seq":2,"at":20,"kind":"operation.o'), died)
  expect(told?.history.at(2).kind).toBe('client.crashed')
})

test('a crash that the process itself recorded is not recorded twice', () => {
  const crash: Unstamped = { kind: 'client.crashed', cause: 'exit', operation: 1, message: 'exit code 0' }
  const told = tellHistory(textOf([started, invoked(1), crash]), { cause: 'exit', message: 'again' })
  expect(told?.history.all('client.crashed')).toHaveLength(1)
})

test('a process that never recorded anything has no history', () => {
  expect(tellHistory(textOf([]), died)).toBeNull()
})

test('the header of a whole history tells how the twin went, and what the client does not offer', () => {
  const told = tellHistory(
    textOf([started, { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'done' }]),
    null,
  )
  const baseline = createHeader().baseline
  if (!told || !baseline) throw new Error('There is no history.')
  expect(withBaseline(told, baseline).history.header).not.toHaveProperty('notOffered')
  const { history, text } = withBaseline({ ...told, notOffered: ['conversation.open'] }, baseline)
  expect(history.header).toMatchObject({ baseline, notOffered: ['conversation.open'] })
  expect(decodeEvents(text)[0]).toMatchObject({ header: { baseline, notOffered: ['conversation.open'] } })
})
