import { expect, test } from 'vitest'
import type { Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

function tries(story: Story, statuses: readonly number[], facts: object = {}): void {
  const read = story.ask('contact.read', { at: '20m', entity: 'contact:1' })
  statuses.forEach((status, index) => story.attempt(read, { at: 1_200_000 + index * 1_000, ends: status, ...facts }))
  story.error(read, { at: '25m' })
}

testOracle('permanent-not-retried', [
  { title: 'one 404 and an end', says: 'pass', tell: (story) => tries(story, [404]) },
  { title: 'a 422 sent again', says: 'fail', tell: (story) => tries(story, [422, 422]) },
  { title: 'a 405 sent again', says: 'fail', tell: (story) => tries(story, [405, 200]) },
  {
    title: 'one more try of a 405 when the scenario allows it',
    says: 'pass',
    header: { expect: [{ oracle: 'permanent-not-retried', settings: { retry405: 1 } }] },
    tell: (story) => tries(story, [405, 200]),
  },
  {
    title: 'but not two',
    says: 'fail',
    header: { expect: [{ oracle: 'permanent-not-retried', settings: { retry405: 1 } }] },
    tell: (story) => tries(story, [405, 405, 200]),
  },
  { title: 'a permanent answer after transient ones', says: 'pass', tell: (story) => tries(story, [503, 503, 404]) },
  { title: 'one repetition with a new token', says: 'pass', tell: (story) => tries(story, [401, 200]) },
  { title: 'two repetitions with the old one', says: 'fail', tell: (story) => tries(story, [401, 401, 401]) },
  { title: '503 is not permanent', says: 'not-armed', tell: (story) => tries(story, [503, 503]) },
  { title: '501 is', says: 'fail', tell: (story) => tries(story, [501, 501]) },
  {
    title: '403 with Retry-After is a limit',
    says: 'not-armed',
    tell: (story) => tries(story, [403, 200], { retryAfter: '1' }),
  },
  {
    title: '409 may be resolved by something in between',
    says: 'pass',
    tell: (story) => {
      const upsert = story.ask('contact.upsert', { at: 0, key: 'a' })
      story.attempt(upsert, { at: 0, ends: 409, route: '/contacts' })
      story.attempt(upsert, { at: '1s', ends: 200, route: '/contacts/search' })
      story.attempt(upsert, { at: '2s', ends: 200, route: '/contacts' })
      story.ok(upsert, { at: '3s' })
    },
  },
  {
    title: '409 with an idempotency key is still in progress',
    says: 'not-armed',
    tell: (story) => tries(story, [409, 200], { idempotencyKey: 'k' }),
  },
  { title: '409 sent again as it was', says: 'fail', tell: (story) => tries(story, [409, 409]) },
  {
    title: '404 on something known may be a lagging replica',
    says: 'pass',
    tell: (story) => {
      story.read({ at: 0, entity: 'contact:1' })
      tries(story, [404, 200])
    },
  },
  {
    title: 'which is asked once more, and not twice',
    says: 'fail',
    tell: (story) => {
      story.read({ at: 0, entity: 'contact:1' })
      tries(story, [404, 404, 404])
    },
  },
  { title: 'what nobody knew is not asked for again', says: 'fail', tell: (story) => tries(story, [404, 404]) },
  {
    title: 'nor what only another process knew',
    says: 'fail',
    tell: (story) => {
      story.read({ at: 0, entity: 'contact:1', instance: 1 })
      tries(story, [404, 404])
    },
  },
  {
    title: 'nor what became known later',
    says: 'fail',
    tell: (story) => {
      tries(story, [404, 404])
      story.read({ at: '40m', entity: 'contact:1' })
    },
  },
  {
    title: 'a copy in flight was not sent after the answer',
    says: 'pass',
    tell: (story) => tries(story, [404, 404], { took: '2s' }),
  },
  {
    title: 'but a 422 on something known is final',
    says: 'fail',
    tell: (story) => {
      story.read({ at: 0, entity: 'contact:1' })
      tries(story, [422, 422])
    },
  },
  {
    title: 'what the scenario allows of a 405 it allows of nothing else',
    says: 'fail',
    header: { expect: [{ oracle: 'permanent-not-retried', settings: { retry405: 1 } }] },
    tell: (story) => tries(story, [422, 422]),
  },
  {
    title: 'nor of a 405 to a write',
    says: 'fail',
    header: { expect: [{ oracle: 'permanent-not-retried', settings: { retry405: 1 } }] },
    tell: (story) => tries(story, [405, 200], { method: 'POST', route: '/contacts' }),
  },
  {
    title: 'a 409 is not resolved by what went before',
    says: 'fail',
    tell: (story) => {
      const upsert = story.ask('contact.upsert', { at: 0, key: 'a' })
      story.attempt(upsert, { at: 0, ends: 200, route: '/contacts/search' })
      story.attempt(upsert, { at: '1s', ends: 409, route: '/contacts' })
      story.attempt(upsert, { at: '2s', ends: 200, route: '/contacts' })
      story.ok(upsert, { at: '3s' })
    },
  },
  {
    title: 'one final answer among borrowed exchanges is uncertain',
    says: 'uncertain',
    tell: (story) => tries(story, [503, 404], { certain: false }),
  },
  {
    title: 'borrowed exchanges are not judged',
    says: 'uncertain',
    tell: (story) => tries(story, [404, 404], { certain: false }),
  },
])

test('the sentence names the answer', () => {
  const history = storyOf({ tell: (story) => tries(story, [422, 422, 422]) })
  expect(sentenceBy('permanent-not-retried', history)).toMatchInlineSnapshot(
    `"Operation 0 (contact.read) sent GET /contacts/{id} again although it had been answered 422 after 100ms at 11:20:00Z: 11:20:01Z, 11:20:02Z."`,
  )
})

test('a 405 is held to the common limit where the scenario allows no more', () => {
  const history = storyOf({ tell: (story) => tries(story, [405, 200]) })
  expect(judgeBy('permanent-not-retried', history)).toMatchObject({ threshold: { name: 'resends' } })
})

test.for<[string, readonly number[], string]>([
  ['no final answer', [503, 200], 'No request got an answer that is final.'],
])('says why it had nothing to judge: %s', ([, statuses, detail]) => {
  const history = storyOf({
    tell: (story) => {
      story.read({ at: 0, entity: 'contact:1' })
      tries(story, statuses)
    },
  })
  expect(judgeBy('permanent-not-retried', history)).toMatchObject({ verdict: 'inconclusive', detail })
})
