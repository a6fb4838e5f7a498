import { expect, test } from 'vitest'
import { exchanges, operations } from '#history/query.ts'
import type { End } from '../../test/history-builder.ts'
import { storyOf } from '../../test/judging.ts'
import { breaker, failed, held } from '../../test/stories/breaker.ts'
import { callsGuardedBy, coarseOf, heldBack, isOutage } from './breaker-calls.ts'

const ends: readonly (readonly [End, boolean])[] = [
  [499, false],
  [500, true],
  [501, false],
  [502, true],
  [429, false],
  [200, false],
  ['ECONNRESET', true],
  ['abort', true],
  ['never', false],
]

test.for(ends)('an exchange that ends with %s is an outage: %s', ([end, expected]) => {
  const history = storyOf({ tell: (story) => void story.attempt(null, { at: 0, ends: end }) })
  expect(exchanges(history).map(isOutage)).toEqual([expected])
})

test('a failure that names a time to come back may be a limit', () => {
  const history = storyOf({ tell: (story) => void story.attempt(null, { at: 0, ends: 503, retryAfter: '1' }) })
  expect(exchanges(history).map(isOutage)).toEqual([false])
})

test('held back is what was answered badly, without a request, to a caller who stayed', () => {
  const history = storyOf({
    tell: (story) => {
      held(story, 1_000)
      failed(story, 2_000)
      story.ok(story.ask('contact.read', { at: 3_000 }), { at: 3_000 })
      const left = story.ask('contact.read', { at: 4_000 })
      story.cancel(left, { at: 4_001 })
      story.error(left, { at: 4_002 })
      held(story, 5_000, { name: 'ticket.read' })
    },
  })
  expect(operations(history)).toHaveLength(5)
  expect(heldBack(history, breaker).map(({ invoked }) => invoked.at)).toEqual([1_000])
})

test.for([
  ['workspace', '0 ours', '0 ours'],
  ['host', '0 api.au.intercom.io', '0 api.au.intercom.io ours'],
  ['route', '0 /contacts/{id}', '0 /contacts/{id} ours'],
] as const)('a breaker per %s covers "%s" at most and "%s" for certain', ([per, coarse, scope]) => {
  const history = storyOf({ tell: (story) => void failed(story, 1_000) })
  expect(exchanges(history).map((exchange) => coarseOf({ per }, exchange))).toEqual([coarse])
  expect(callsGuardedBy(history, { ...breaker, per }).map((call) => call.scope)).toEqual([scope])
})
