import { expect, test } from 'vitest'
import { createHeader, createStory } from '../../test/history-builder.ts'
import type { HistoryEvent } from './event.ts'
import { createHistory } from './history.ts'

const started: HistoryEvent = { seq: 0, at: 0, kind: 'run.started', header: createHeader() }

function story() {
  const told = createStory()
  const read = told.read({ at: '1m' })
  told.attempt(null, { at: '2m', ends: 503 })
  told.ask('contact.read', { at: '3m' })
  return { history: told.history(), read }
}

test('knows its header and length, and walks in order', () => {
  const { history } = story()
  expect(history.header.scenario).toBe('story')
  expect(Array.from(history, ({ seq }) => seq)).toEqual(Array.from({ length: history.length }, (_, seq) => seq))
})

test('events of an operation include those of its exchanges', () => {
  const { history, read } = story()
  expect(history.ofOperation(read).map(({ kind }) => kind)).toEqual([
    'operation.invoked',
    'exchange.sent',
    'exchange.head',
    'exchange.ended',
    'operation.ok',
  ])
})

test('events of an exchange that nobody asked for belong to no operation', () => {
  const { history } = story()
  expect(history.ofExchange(1).map(({ kind }) => kind)).toEqual(['exchange.sent', 'exchange.head', 'exchange.ended'])
  expect(history.ofOperation(1).map(({ kind }) => kind)).toEqual(['operation.invoked'])
})

test('what never happened is an empty list', () => {
  const { history } = story()
  expect(history.all('client.crashed')).toEqual([])
  expect(history.ofOperation(99)).toEqual([])
  expect(history.ofExchange(99)).toEqual([])
})

test.for([-1, 99, 0.5])('there is no event %s', (seq) => {
  expect(() => createHistory([started]).at(seq)).toThrow(RangeError)
})

test.for<[string, HistoryEvent[]]>([
  ['is empty', []],
  ['starts otherwise', [{ seq: 0, at: 0, kind: 'phase.started', phase: 'x' }]],
  ['skips a number', [started, { seq: 2, at: 0, kind: 'phase.started', phase: 'x' }]],
  ['repeats a number', [started, { seq: 0, at: 0, kind: 'phase.started', phase: 'x' }]],
])('a list of events that %s is no history', ([, events]) => {
  expect(() => createHistory(events)).toThrow(/history/u)
})
