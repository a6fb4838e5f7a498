import { expect, test } from 'vitest'
import { operations } from '#history/query.ts'
import { createStory, type Story } from '../../test/history-builder.ts'
import { canBeCompared, handedNothing, wasToldNothing } from './hollow.ts'

type Asked = Partial<Parameters<Story['ask']>[1]>
type Sent = Partial<Parameters<Story['attempt']>[1]>
type Ok = Partial<Parameters<Story['ok']>[1]>

const entity = 'contact:1'

/** So many good reads of which so many can be compared, and then one that got an empty answer and says that it is well. */
function handed(facts: { asked?: Asked; sent?: Sent | null; ok?: Ok; reads?: number; compared?: number } = {}) {
  const { asked = {}, sent = {}, ok = {}, reads = 5, compared = reads } = facts
  const story = createStory()
  for (let nth = 0; nth < reads; nth += 1) {
    const read = story.ask('contact.read', { at: nth, entity })
    story.ok(read, { at: nth, ...(nth < compared && { truth: { entity } }) })
  }
  const last = story.ask('contact.read', { at: 1_000, entity, ...asked })
  if (sent) story.attempt(last, { at: 1_000, ends: 200, ...sent })
  story.ok(last, { at: 1_100, ...ok })
  const history = story.history()
  const operation = operations(history).at(-1)
  if (!operation) throw new Error('Nothing was asked.')
  return { history, operation }
}

test.for<[title: string, facts: Parameters<typeof handed>[0], nothing: boolean]>([
  ['an empty answer, called fresh', {}, true],
  ['what was asked for is in the answer', { sent: { contains: { [entity]: 1 } } }, false],
  ['something else is in the answer', { sent: { contains: { 'contact:2': 1 } } }, true],
  ['the value can be compared', { ok: { truth: { entity } } }, false],
  ['the value is not called fresh', { ok: { result: 'stale' } }, false],
  ['the answer was an error', { sent: { ends: 404 } }, false],
  ['the answer broke off', { sent: { ends: 'ECONNRESET' } }, false],
  ['nothing was sent', { sent: null }, false],
  ['it may be another’s', { sent: { certain: false } }, false],
  ['it was a write', { asked: { effect: 'write' } }, false],
  // Five of ten fresh values are not most of them.
  ['half of the values can be compared', { reads: 9, compared: 5 }, false],
  ['most of the values can be compared', { reads: 9, compared: 6 }, true],
])('nothing was handed over as a success: %s', ([, facts, nothing]) => {
  const { history, operation } = handed(facts)
  expect(handedNothing(history, operation)).toBe(nothing)
})

test.for<[title: string, sent: Sent | null, told: boolean]>([
  ['an empty answer', {}, true],
  ['an answer with the thing', { contains: { [entity]: 1 } }, false],
  ['403', { ends: 403, contains: { [entity]: 1 } }, false],
  ['404', { ends: 404 }, true],
  ['409', { ends: 409 }, false],
  ['410', { ends: 410 }, true],
  ['411', { ends: 411 }, false],
  ['no answer', { ends: 'abort' }, false],
  ['no request', null, false],
])('the API said that there is nothing: %s', ([, sent, told]) => {
  expect(wasToldNothing(handed({ sent }).operation)).toBe(told)
})

test('what was never compared cannot be', () => {
  const [never, once] = [handed({ compared: 0 }), handed({ compared: 1 })]
  expect([never, once].map(({ history, operation }) => canBeCompared(history, operation))).toEqual([false, true])
})
