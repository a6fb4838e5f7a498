// The words of verdicts: what happened when, and where the time of an operation went.

import { expect, test } from 'vitest'
import { exchanges, operationOf, operations } from '#history/query.ts'
import { createStory, type End } from '../../test/history-builder.ts'
import { storyOf as historyOf } from '../../test/judging.ts'
import { endOfExchange, howMany, lineOf, seqsOf, storyOf, timeOf, witnessOf } from './words.ts'

const dayMs = 86_400_000

test.for([
  [60_000, 0, '11:00:00Z'],
  [dayMs, 61_000, '11:01:01Z'],
  [dayMs + 1, 61_000, '04-27 11:01:01Z'],
  [2 * dayMs, dayMs, '04-28 11:00:00Z'],
] as const)('in a run of %s ms the moment %s is %s', ([spanMs, at, time]) => {
  expect(timeOf(createStory({ spanMs }).history(), at)).toBe(time)
})

test.for([
  [0, 'no exchange'],
  [1, 'one exchange'],
  [2, '2 exchanges'],
] as const)('%s: %s', ([count, words]) => expect(howMany(count, 'exchange')).toBe(words))

test.for<[End, string]>([
  [503, 'answered 503 after 20s at 11:01:20Z'],
  ['abort', 'aborted by the client after 20s at 11:01:20Z'],
  ['ECONNRESET', 'broken off with ECONNRESET after 20s at 11:01:20Z'],
  ['never', 'without an answer for 59m, until the run ended'],
])('an exchange that ended %s was %s', ([ends, words]) => {
  const story = createStory()
  story.attempt(null, { at: '1m', took: '20s', ends })
  const history = story.history()
  expect(exchanges(history).map((exchange) => endOfExchange(history, exchange))).toEqual([words])
})

/** Asked, and sent so often, a second apart. */
function asked(count: number, from?: string) {
  const story = createStory()
  const read = story.ask('contact.read', { at: '1m' })
  for (let nth = 0; nth < count; nth += 1)
    story.attempt(read, { at: 60_000 + nth * 1_000, ends: 503, ...(from !== undefined && { from }) })
  story.error(read, { at: '2m' })
  const history = story.history()
  const [operation] = operations(history)
  if (!operation) throw new Error('Nobody asked.')
  return { history, operation }
}

test.for([
  [0, 'asked 11:01:00Z, no exchange'],
  [1, 'asked 11:01:00Z, one exchange, answered 503 after 100ms at 11:01:00Z'],
  [2, 'asked 11:01:00Z, 2 exchanges, the last answered 503 after 100ms at 11:01:01Z'],
] as const)('the story of an operation with %s exchanges', ([count, words]) => {
  const { history, operation } = asked(count)
  expect(storyOf(history, operation)).toBe(words)
})

test('the line of the client that sent the last exchange ends the story', () => {
  const { history, operation } = asked(2, 'src/desk.ts:42')
  expect(operation.exchanges.map(lineOf)).toEqual([', sent by src/desk.ts:42', ', sent by src/desk.ts:42'])
  expect(storyOf(history, operation)).toMatch(/at 11:01:01Z, sent by src\/desk\.ts:42$/u)
})

test('the witness of an operation is its ask, its last three exchanges, and its end', () => {
  const { operation } = asked(5)
  const { invoked, settled, exchanges: own } = operation
  expect(witnessOf(operation)).toEqual([invoked.seq, ...own.slice(2).flatMap(seqsOf), settled?.seq])
  expect(witnessOf(operation, 1)).toEqual([invoked.seq, ...own.slice(4).flatMap(seqsOf), settled?.seq])
  expect(own.slice(0, 1).flatMap(seqsOf)).toEqual([2, 4])
})

/** One read that is asked at 11:01:00Z, sent after `waited` and answered `took` later. */
function storyOfRead(waited: number, took: number): string {
  const history = historyOf({
    tell: (story) => {
      const operation = story.ask('contact.read', { at: '1m' })
      story.attempt(operation, { at: 60_000 + waited, took, ends: 200 })
      story.ok(operation, { at: 60_000 + waited + took })
    },
  })
  const operation = operationOf(history, 0)
  return operation ? storyOf(history, operation) : ''
}

test.for<[string, number, number, string]>([
  [
    'it waited inside the client',
    28_000,
    48,
    'asked 11:01:00Z, first sent 28s later, one exchange, answered 200 after 48ms at 11:01:28Z',
  ],
  ['it was sent at once', 0, 48, 'asked 11:01:00Z, one exchange, answered 200 after 48ms at 11:01:00Z'],
  ['a moment is nothing', 900, 48, 'asked 11:01:00Z, one exchange, answered 200 after 48ms at 11:01:00Z'],
  ['the service took longer', 2_000, 9_000, 'asked 11:01:00Z, one exchange, answered 200 after 9s at 11:01:11Z'],
])('%s', ([, waited, took, says]) => {
  expect(storyOfRead(waited, took)).toBe(says)
})
