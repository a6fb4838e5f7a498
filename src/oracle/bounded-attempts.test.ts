import { expect, test } from 'vitest'
import type { End, Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

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
