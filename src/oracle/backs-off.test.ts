import { expect, test } from 'vitest'
import type { End, Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

/** Reads of two attempts each, the second after one of these pauses. */
function reads(story: Story, pauses: readonly number[], first: End = 503, facts: object = {}): void {
  pauses.forEach((pause, index) => {
    const at = 600_000 + index * 30_000
    const read = story.ask('contact.read', { at, entity: 'contact:1' })
    story.attempt(read, { at, took: 100, ends: first })
    story.attempt(read, { at: at + 100 + pause, took: 100, ends: 200, ...facts })
    story.ok(read, { at: at + 200 + pause })
  })
}

const many = (pause: number, count = 20): number[] => Array<number>(count).fill(pause)

testOracle('backs-off', [
  { title: 'a second between attempts is enough', says: 'pass', tell: (story) => reads(story, many(1_000)) },
  { title: 'no pause at all is too little', says: 'fail', tell: (story) => reads(story, many(0)) },
  { title: 'a timer of zero is no pause', says: 'fail', tell: (story) => reads(story, many(1)) },
  { title: 'ten milliseconds are too short on average', says: 'fail', tell: (story) => reads(story, many(10)) },
  { title: 'exactly the shortest mean is enough', says: 'pass', tell: (story) => reads(story, many(12.5)) },
  { title: 'a hair less than the shortest mean is not', says: 'fail', tell: (story) => reads(story, many(12.46)) },
  {
    title: 'one in ten without a pause is the limit, and three in 28 are more',
    says: 'fail',
    tell: (story) => reads(story, [0, 0, 0, ...many(80, 25)]),
  },
  {
    title: 'a millisecond is no pause, however long the others are',
    says: 'fail',
    tell: (story) => reads(story, [1, 1, 1, ...many(80, 17)]),
  },
  { title: 'two milliseconds are one', says: 'pass', tell: (story) => reads(story, [2, 2, 2, ...many(80, 17)]) },
  {
    title: 'a copy sent beside one that never ends is no further attempt',
    says: 'not-armed',
    tell: (story) => reads(story, many(0), 'never'),
  },
  {
    title: 'full jitter may come near zero now and then',
    says: 'pass',
    tell: (story) => reads(story, [0, 1, ...many(80, 18)]),
  },
  {
    title: 'three in twenty near zero are not jitter',
    says: 'fail',
    tell: (story) => reads(story, [0, 0, 0, ...many(80, 17)]),
  },
  { title: 'nineteen pauses are too few', says: 'few-samples', tell: (story) => reads(story, many(0, 19)) },
  { title: 'no retries, nothing to judge', says: 'not-armed', tell: (story) => void story.read({ at: 0 }) },
  {
    title: 'another host may be tried at once',
    says: 'not-armed',
    tell: (story) => reads(story, many(0), 503, { host: 'api.intercom.io' }),
  },
  {
    title: 'a stale socket may be replaced at once',
    says: 'not-armed',
    tell: (story) => reads(story, many(0), 'ECONNRESET'),
  },
  { title: 'a refreshed token may be used at once', says: 'not-armed', tell: (story) => reads(story, many(0), 401) },
  { title: 'the own time-out is no pause', says: 'fail', tell: (story) => reads(story, many(0), 'abort') },
  {
    title: 'what the server asked for is not judged here',
    says: 'not-armed',
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0 })
      for (let index = 0; index < 25; index += 1)
        story.attempt(read, { at: index * 100, took: 100, ends: 429, retryAfter: '0' })
      story.error(read, { at: '30s' })
    },
  },
  {
    title: 'a background task is judged as well',
    says: 'fail',
    tell: (story) => {
      for (let index = 0; index < 25; index += 1)
        story.attempt(null, { at: index * 100, took: 100, ends: 503, key: 'a' })
    },
  },
  {
    title: 'borrowed exchanges are not judged',
    says: 'uncertain',
    tell: (story) => reads(story, many(0), 503, { certain: false }),
  },
])

test('the sentence shows one pause', () => {
  const history = storyOf({ tell: (story) => reads(story, many(0, 30), 'abort') })
  expect(sentenceBy('backs-off', history)).toMatchInlineSnapshot(
    `"30 of 30 further attempts came without a pause; operation 0 (contact.read) sent GET /contacts/{id}, aborted by the client after 100ms at 11:10:00Z, and sent it again 0ms later, at 11:10:00Z."`,
  )
})

test('the pause that is shown is the shortest', () => {
  const history = storyOf({ tell: (story) => reads(story, [9, 8, 3, ...many(7, 20)]) })
  expect(sentenceBy('backs-off', history)).toMatch(/^23 further attempts came after 7ms on average; .* 3ms later/u)
})
