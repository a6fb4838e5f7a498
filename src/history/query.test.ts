import { expect, test } from 'vitest'
import { createStory, type End } from '../../test/history-builder.ts'
import * as query from './query.ts'

test.for<[End, query.ExchangeOutcome, number | null]>([
  [503, { kind: 'answered', status: 503 }, 60_100],
  ['ECONNRESET', { kind: 'failed', code: 'ECONNRESET', phase: 'headers' }, 60_100],
  ['abort', { kind: 'aborted', reason: 'TimeoutError' }, 60_100],
  ['never', { kind: 'pending' }, null],
])('joins the events of an exchange that ends with %s', ([ends, outcome, completedAt]) => {
  const story = createStory()
  story.attempt(null, { at: '1m', ends, hit: 'delay', answersIn: 5, commits: { entity: 'contact:1', key: 'a' } })
  const [exchange] = query.exchanges(story.history())
  expect(exchange).toMatchObject({ id: 0, outcome, completedAt, certain: true, arrived: { answersIn: 5 } })
  expect(exchange?.hits).toHaveLength(1)
  expect(exchange?.effects).toMatchObject([{ entity: 'contact:1', key: 'a' }])
})

test('what comes after the end of an exchange does not change it', () => {
  const story = createStory()
  story.attempt(null, { at: '1m', ends: 200 })
  story.event('2m', { kind: 'exchange.aborted', exchange: 0, reason: 'late' })
  expect(query.exchanges(story.history())[0]).toMatchObject({ outcome: { kind: 'answered' }, completedAt: 60_100 })
})

test('joins the events of an operation', () => {
  const story = createStory()
  const read = story.read({ at: '1m', took: '2s' })
  const late = story.ask('contact.read', { at: '2m' })
  story.cancel(late, { at: '2m1s' })
  story.error(late, { at: '2m3s' })
  const lost = story.ask('contact.read', { at: '3m' })
  story.unknown(lost, { at: '60m' })
  const cut = story.ask('contact.read', { at: '4m' })
  const [first, second, third, fourth] = query.operations(story.history())
  expect(first).toMatchObject({ id: read, outcome: 'fresh', latencyMs: 2_000, cancelled: null, cancelledAt: null })
  expect(first?.exchanges).toHaveLength(1)
  expect(second).toMatchObject({ id: late, outcome: 'error', latencyMs: 3_000, cancelledAt: 121_000 })
  expect(third).toMatchObject({ id: lost, outcome: 'unknown', latencyMs: null, settled: { reason: 'unsettled' } })
  expect(fourth).toMatchObject({ id: cut, outcome: 'unknown', settled: null })
})

test.for<[string, object, boolean]>([
  ['its own', {}, true],
  ['one that names a foreign entity', { certain: false }, false],
  ['one that writes a foreign piece of business', { key: 'b' }, false],
  ['a search, which has no business of its own', { key: 'b', method: 'GET' }, true],
])('an operation is certain of its exchanges: %s', ([, facts, certain]) => {
  const story = createStory()
  const reply = story.ask('conversation.reply', { at: '1m', key: 'a' })
  story.attempt(reply, { at: '1m', ends: 200, ...facts })
  expect(query.operationOf(story.history(), reply)?.certain).toBe(certain)
})

test.for<[string, object[], number[]]>([
  ['failures of one request', [{ ends: 503 }, { ends: 'abort' }, { ends: 200 }], [3]],
  ['a good answer ends a call', [{ ends: 200 }, { ends: 503 }, { ends: 200 }, { ends: 200 }], [1, 2, 1]],
  ['another body is another call', [{ ends: 503 }, { ends: 503, bodyHash: 'x' }, { ends: 503 }], [2, 1]],
  ['another entity is another call', [{ ends: 503 }, { ends: 503, entity: 'contact:2' }], [1, 1]],
  ['another route is another call', [{ ends: 503 }, { ends: 503, route: '/me' }, { ends: 503 }], [2, 1]],
  ['what a redirect sends on is no attempt', [{ ends: 302 }, { ends: 503, redirectOf: 0 }], [1]],
  ['a copy in flight belongs to the call', [{ ends: 200, took: '9s' }, { ends: 200 }], [2]],
])('groups attempts into logical calls: %s', ([, sent, sizes]) => {
  const story = createStory()
  const read = story.ask('contact.read', { at: '1m', entity: 'contact:1' })
  sent.forEach((facts, index) => story.attempt(read, { at: 60_000 + index * 1_000, ends: 503, ...facts }))
  expect(query.callsOfOperations(story.history()).map(({ attempts }) => attempts.length)).toEqual(sizes)
})

test('background exchanges are grouped by themselves', () => {
  const story = createStory()
  story.read({ at: '1m' })
  story.attempt(null, { at: '2m', ends: 503 })
  story.attempt(null, { at: '3m', ends: 503 })
  const history = story.history()
  expect(query.callsOfBackground(history).map(({ attempts }) => attempts.length)).toEqual([2])
  expect(query.callsOfOperations(history)).toHaveLength(1)
})

test.for<[string, 'queued' | 'fresh', object, number, number]>([
  ['a loop that serves others', 'fresh', { certain: false, entity: 'contact:2' }, 1, 2],
  ['what a queue sends later', 'queued', {}, 1, 2],
  ['its own retries', 'fresh', {}, 3, 0],
  ['perhaps its own retries', 'fresh', { certain: false }, 3, 0],
])('what follows a settled operation may be background work: %s', ([, result, facts, own, background]) => {
  const story = createStory()
  const reply = story.ask('conversation.reply', { at: '1m', key: 'a', entity: 'conversation:7' })
  story.attempt(reply, { at: '1m', ends: 503 })
  story.ok(reply, { at: '1m', result })
  story.attempt(reply, { at: '2m', ends: 503, ...facts })
  story.attempt(reply, { at: '3m', ends: 503, ...facts })
  const history = story.history()
  expect(query.operationOf(history, reply)?.exchanges).toHaveLength(own)
  expect(query.callsOfBackground(history).flatMap(({ attempts }) => attempts)).toHaveLength(background)
})

test('a selector answers once per history', () => {
  const history = createStory().history()
  expect(query.operations(history)).toBe(query.operations(history))
  expect(query.callsOfOperations(history)).toBe(query.callsOfOperations(history))
  expect(query.operations(createStory().history())).not.toBe(query.operations(history))
})

test('events of operations and exchanges that never began are left out', () => {
  const story = createStory()
  story.event('1m', { kind: 'exchange.aborted', exchange: 7, reason: 'x' })
  story.event('1m', { kind: 'operation.cancelled', operation: 7 })
  story.error(7, { at: '2m' })
  story.attempt(7, { at: '2m', ends: 200 })
  const history = story.history()
  expect(query.operations(history)).toEqual([])
  expect(query.exchanges(history)).toHaveLength(1)
})
