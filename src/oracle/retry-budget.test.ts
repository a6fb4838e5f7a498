import { expect, test } from 'vitest'
import type { End, Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

/** Reads, one after the other, each with these ends. */
function reads(story: Story, count: number, ends: readonly End[], everyMs = 1_000, facts: object = {}): void {
  for (let nth = 0; nth < count; nth += 1) {
    const at = 1_200_000 + nth * everyMs
    const read = story.ask('contact.read', { at, entity: 'contact:1' })
    ends.forEach((end, index) => story.attempt(read, { at: at + index * 300, ends: end, ...facts }))
    story.error(read, { at: at + 2_000 })
  }
}

/** A poller looks after so many contacts, every half minute, and nobody waits for it. From so many rounds on all is in vain. */
function polls(story: Story, count: number, failsFrom: number, everyMs: readonly number[], from = 1_200_000): void {
  const starts = everyMs.map((_, round) => everyMs.slice(0, round).reduce((sum, ms) => sum + ms, from))
  starts.forEach((start, round) => {
    for (let nth = 0; nth < count; nth += 1)
      story.attempt(null, { at: start + nth, entity: `contact:${nth}`, ends: round < failsFrom ? 200 : 503 })
  })
}
const halfMinutes = (rounds: number) => Array.from({ length: rounds }, () => 30_000)

testOracle('retry-budget', [
  {
    title: 'a poller that goes on as it always did',
    says: 'not-armed',
    tell: (story) => polls(story, 60, 4, halfMinutes(10)),
  },
  {
    title: 'a poller that has slowed down',
    says: 'not-armed',
    tell: (story) => polls(story, 60, 4, [...halfMinutes(4), 45_000, 50_000, 55_000]),
  },
  {
    title: 'a poller that is in a hurry when it fails',
    says: 'fail',
    tell: (story) => polls(story, 60, 4, [...halfMinutes(4), 5_000, 5_000, 5_000, 5_000]),
  },
  {
    title: 'a poller that nobody has seen at its usual pace',
    says: 'fail',
    tell: (story) => polls(story, 60, 0, halfMinutes(6)),
  },
  {
    title: 'its pace is that of nine polls out of ten',
    says: 'not-armed',
    tell: (story) => {
      polls(story, 60, 4, halfMinutes(10))
      // Once it was told that something has changed.
      for (let nth = 0; nth < 6; nth += 1)
        story.attempt(null, { at: 1_201_000 + nth, entity: `contact:${nth}`, ends: 200 })
    },
  },
  {
    title: 'the pace of another process is none',
    says: 'fail',
    tell: (story) => {
      polls(story, 60, 4, halfMinutes(4))
      for (let round = 0; round < 4; round += 1)
        for (let nth = 0; nth < 60; nth += 1)
          story.attempt(null, {
            at: 1_200_000 + round * 30_000 + nth,
            entity: `contact:${nth}`,
            instance: 1,
            ends: 503,
          })
    },
  },
  {
    title: 'a loop that goes on for an operation is no poller',
    says: 'fail',
    tell: (story) => {
      polls(story, 60, 4, [300, 300, 300, 300], 600_000)
      reads(story, 50, [503, 503, 503])
    },
  },
  { title: 'two more of everything are too many', says: 'fail', tell: (story) => reads(story, 30, [503, 503, 503]) },
  { title: 'one more of everything is the limit', says: 'pass', tell: (story) => reads(story, 50, [503, 503]) },
  { title: 'two more of twenty are just so many', says: 'pass', tell: (story) => reads(story, 20, [503, 503, 503]) },
  { title: 'two more of twenty-one are beyond that', says: 'fail', tell: (s) => reads(s, 21, [503, 503, 503]) },
  { title: 'twenty retries harm nobody', says: 'pass', tell: (story) => reads(story, 10, [503, 503, 503]) },
  { title: 'spread over an hour they are few', says: 'pass', tell: (s) => reads(s, 30, [503, 503, 503], 60_000) },
  { title: 'a minute is no longer than that', says: 'pass', tell: (s) => reads(s, 60, [503, 503, 503], 3_200) },
  { title: 'a later minute counts as well', says: 'fail', tell: (s) => reads(s, 60, [503, 503, 503], 2_000) },
  { title: 'what succeeds may be tried again', says: 'not-armed', tell: (story) => reads(story, 50, [503, 200]) },
  { title: 'no retries', says: 'not-armed', tell: (story) => reads(story, 50, [503]) },
  { title: 'a refreshed token is no retry', says: 'not-armed', tell: (story) => reads(story, 50, [401, 503]) },
  {
    title: 'a hedge is no retry',
    says: 'not-armed',
    tell: (story) => reads(story, 50, [503, 503], 1_000, { took: '900ms' }),
  },
  {
    title: 'each process has a budget of its own',
    says: 'pass',
    tell: (story) => {
      for (let nth = 0; nth < 40; nth += 1) {
        const at = 1_200_000 + nth * 1_000
        const read = story.ask('contact.read', { at, entity: 'contact:1', instance: nth % 4 })
        for (const index of [0, 1, 2]) story.attempt(read, { at: at + index * 300, ends: 503 })
        story.error(read, { at: at + 2_000 })
      }
    },
  },
])

test('the sentence counts the minute', () => {
  const history = storyOf({ tell: (story) => reads(story, 30, [503, 503, 503]) })
  expect(sentenceBy('retry-budget', history)).toMatchInlineSnapshot(
    `"In the minute until 11:20:29Z process 0 sent 90 requests to api.au.intercom.io for the workspace ours, of which 90 failed, and 60 of them were retries, for 30 first attempts; 20 and 1 for each first attempt are the limit. The last was GET /contacts/{id}, answered 503 after 100ms at 11:20:29Z."`,
  )
})
