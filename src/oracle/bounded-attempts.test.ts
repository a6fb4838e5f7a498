import { expect, test } from 'vitest'
import { resolveThresholds } from './panel.ts'
import type { End, Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

/** One read that met these ends, a second apart, and failed. */
function attempts(story: Story, ends: readonly End[], facts: object = {}): void {
  const read = story.ask('contact.read', { at: '20m', entity: 'contact:1' })
  ends.forEach((end, index) => story.attempt(read, { at: 20 * 60_000 + index * 1_000, ends: end, ...facts }))
  story.error(read, { at: '25m' })
}

testOracle('bounded-attempts', [
  { title: 'five attempts are allowed', says: 'pass', tell: (story) => attempts(story, Array(5).fill(503)) },
  { title: 'six are too many', says: 'fail', tell: (story) => attempts(story, Array(6).fill(503)) },
  {
    title: 'strict allows three',
    says: 'fail',
    header: { profile: 'strict' },
    tell: (story) => attempts(story, Array(4).fill('abort')),
  },
  {
    title: 'find-or-create may fail ten times, five each',
    says: 'pass',
    tell: (story) => {
      const save = story.ask('contact.upsert', { at: 0 })
      for (let index = 0; index < 10; index += 1)
        story.attempt(save, {
          at: index * 1_000,
          ends: 503,
          method: 'POST',
          route: index < 5 ? '/search' : '/contacts',
        })
      story.error(save, { at: '30s' })
    },
  },
  {
    title: 'a token that is refused at the very end was not refreshed',
    says: 'fail',
    tell: (story) => attempts(story, [503, 503, 503, 503, 503, 401]),
  },
  {
    title: 'a token refreshed before the last attempt was',
    says: 'pass',
    tell: (story) => attempts(story, [503, 503, 503, 503, 401, 503]),
  },
  {
    title: 'a connection that never opened at the very end was not tried again',
    says: 'fail',
    tell: (story) => attempts(story, [503, 503, 503, 503, 503, 'ECONNREFUSED']),
  },
  {
    title: 'one that did not open before the last attempt was',
    says: 'pass',
    tell: (story) => attempts(story, [503, 503, 503, 503, 'ECONNREFUSED', 503]),
  },
  {
    title: 'other limits of the harness say nothing about attempts',
    says: 'not-armed',
    tell: (story) => {
      const read = story.read({ at: 0 })
      story.event('1m', { kind: 'limit.reached', limit: 'idleTimerSteps', operation: read })
    },
  },
  { title: 'nothing failed, nothing proven', says: 'not-armed', tell: (story) => void story.read({ at: 0 }) },
  {
    title: 'one repetition after a refreshed token is no retry',
    says: 'pass',
    tell: (story) => attempts(story, [401, 503, 503, 503, 503, 503]),
  },
  {
    title: 'retrying 401 for ever is not excused',
    says: 'fail',
    tell: (story) => attempts(story, Array(7).fill(401)),
  },
  {
    title: 'one connection that never opened does not count',
    says: 'pass',
    tell: (story) => attempts(story, ['ECONNREFUSED', 503, 503, 503, 503, 503]),
  },
  {
    title: 'pages of a list are not retries',
    says: 'pass',
    tell: (story) => {
      const list = story.ask('conversation.list', { at: 0 })
      for (let page = 0; page < 30; page += 1)
        story.attempt(list, { at: page * 1_000, route: '/conversations', ends: page === 3 ? 503 : 200 })
      story.ok(list, { at: '30s' })
    },
  },
  {
    title: 'what redirects send on is not the client trying again',
    says: 'pass',
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0 })
      story.attempt(read, { at: 0, ends: 503 })
      for (let hop = 1; hop < 8; hop += 1) story.attempt(read, { at: hop * 1_000, ends: 302, redirectOf: hop - 1 })
      story.error(read, { at: '30s' })
    },
  },
  {
    title: 'a hedge is no retry, once',
    says: 'pass',
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0 })
      story.attempt(read, { at: 0, took: '5s', ends: 503 })
      story.attempt(read, { at: '1s', took: '1s', ends: 503 })
      for (let index = 0; index < 4; index += 1) story.attempt(read, { at: 6_000 + index * 1_000, ends: 503 })
      story.error(read, { at: '30s' })
    },
  },
  {
    title: 'changing the body each time does not hide a retry loop',
    says: 'fail',
    tell: (story) => {
      const read = story.ask('contact.search', { at: 0 })
      for (let index = 0; index < 11; index += 1)
        story.attempt(read, { at: index * 1_000, ends: 503, method: 'POST', bodyHash: `try-${index}` })
      story.error(read, { at: '30s' })
    },
  },
  {
    title: 'an operation with a borrowed exchange is not judged',
    says: 'uncertain',
    tell: (story) => attempts(story, Array(9).fill(503), { certain: false }),
  },
  {
    title: 'other operations are judged beside an uncertain one',
    says: 'fail',
    tell: (story) => {
      attempts(story, Array(9).fill(503), { certain: false })
      attempts(story, Array(9).fill(503))
    },
  },
  {
    title: 'the hard stop of the harness is a failure whatever was borrowed',
    says: 'fail',
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0 })
      story.attempt(read, { at: 0, ends: 200, certain: false })
      story.event('1m', { kind: 'limit.reached', limit: 'exchangesPerOperation', operation: read })
      story.unknown(read, { at: '60m', reason: 'limit' })
    },
  },
  {
    title: 'a queue that an operation started may go on like any other',
    says: 'not-armed',
    tell: (story) => {
      const reply = story.ask('conversation.reply', { at: 0, key: 'a', entity: 'conversation:7' })
      story.ok(reply, { at: 0, result: 'queued' })
      for (let index = 1; index < 20; index += 1) story.attempt(reply, { at: index * 1_000, ends: 503 })
    },
  },
  {
    title: 'a background queue may go on',
    says: 'not-armed',
    tell: (story) => {
      for (let index = 0; index < 40; index += 1) story.attempt(null, { at: index * 60_000, ends: 503, key: 'a' })
    },
  },
])

test('the sentence counts the attempts', () => {
  const history = storyOf({ tell: (story) => attempts(story, Array(7).fill(503)) })
  expect(sentenceBy('bounded-attempts', history)).toMatchInlineSnapshot(
    `"Operation 0 (contact.read) sent GET /contacts/{id} 7 times: asked 11:20:00Z, 7 exchanges, the last answered 503 after 100ms at 11:20:06Z."`,
  )
})

test('the witness is the ask and one attempt more than the limit', () => {
  const judgement = judgeBy('bounded-attempts', storyOf({ tell: (story) => attempts(story, Array(8).fill(503)) }))
  expect(judgement).toMatchObject({ verdict: 'fail', observed: 8, witness: expect.objectContaining({ length: 13 }) })
})

test.for([
  ['the exchanges of the hard stop are what was observed', 10, 90],
  ['a hard stop is beyond every limit', 200, 201],
])('%s', ([, failures, observed]) => {
  const expected = [{ oracle: 'bounded-attempts', settings: { failures: failures as number } }]
  const history = storyOf({
    header: { expect: expected, thresholds: resolveThresholds('default', expected) },
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0 })
      story.event('1m', { kind: 'limit.reached', limit: 'exchangesPerOperation', operation: read })
    },
  })
  expect(judgeBy('bounded-attempts', history)).toMatchObject({ verdict: 'fail', observed })
})

/** Attempts that each take 100 ms, with these pauses. */
function paused(story: Story, pauses: readonly number[]): void {
  const read = story.ask('contact.read', { at: '20m', entity: 'contact:1' })
  let at = 1_200_000
  for (const pause of [...pauses, 0]) {
    story.attempt(read, { at, ends: 503 })
    at += 100 + pause
  }
  story.error(read, { at })
}

test.for<[string, readonly number[], RegExp]>([
  ['three times three', [50, 60, 400, 40, 50, 700, 50, 40], /9 times, in bursts of 3: two layers retry, and none/u],
  ['twice four', [1_000, 5_000, 1_000, 5_000, 1_000, 5_000, 1_000], /8 times, in bursts of 2: two layers retry/u],
  [
    'three layers',
    [9, 9, 90, 9, 9, 90, 9, 9, 900, 9, 9, 90, 9, 9, 90, 9, 9, 900, 9, 9, 90, 9, 9, 90, 9, 9],
    /27 times, in bursts of 3 times 3: three layers retry/u,
  ],
  ['one layer that doubles', [100, 200, 400, 800, 1_600, 3_200], /7 times: /u],
  ['jitter', [100, 300, 350, 120, 500, 90, 410], /8 times: /u],
])('the sentence names layers that multiply: %s', ([, pauses, words]) => {
  expect(sentenceBy('bounded-attempts', storyOf({ tell: (story) => paused(story, pauses) }))).toMatch(words)
})
