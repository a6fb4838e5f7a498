import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { crowd } from '../../test/stories/memory.ts'

const entity = 'contact:1'

/** Readers get a copy at once, a tenth of a second apart; the first so many of them have it renewed, which takes a minute. */
function renewed(story: Story, readers: number, requests: number, from = 20 * minute, ends: 200 | 'never' = 200): void {
  for (let nth = 0; nth < requests; nth += 1) story.attempt(null, { at: from + nth * 100, took: '1m', entity, ends })
  for (let nth = 0; nth < readers; nth += 1) {
    const at = from + 1 + nth * 100
    story.ok(story.ask('contact.read', { at, entity }), { at, result: 'stale', ageMs: 60_000 })
  }
}

testOracle('asks-once-at-a-time', [
  { title: 'one request for twenty readers', says: 'pass', tell: (story) => crowd(story, 20, 1) },
  { title: 'a request for each of twenty readers', says: 'fail', tell: (story) => crowd(story, 20, 20) },
  { title: 'three at once may be a person who asks again', says: 'pass', tell: (story) => crowd(story, 20, 3) },
  { title: 'four are one too many', says: 'fail', tell: (story) => crowd(story, 20, 4) },
  {
    title: 'a hedge is allowed, even under strict',
    says: 'pass',
    header: { profile: 'strict' },
    tell: (story) => crowd(story, 20, 2),
  },
  { title: 'three readers prove nothing', says: 'not-armed', tell: (story) => crowd(story, 3, 3) },
  {
    title: 'what was given up is not in flight',
    says: 'pass',
    tell: (story) => {
      for (let index = 0; index < 10; index += 1) {
        const at = 20 * minute + index * 100
        const read = story.ask('contact.read', { at, entity })
        story.attempt(read, { at, took: 90, ends: 'abort' })
        story.error(read, { at: 20 * minute + 5_000 })
      }
    },
  },
  {
    title: 'different things are different requests',
    says: 'not-armed',
    tell: (story) => {
      for (let index = 0; index < 10; index += 1)
        story.read({ at: 20 * minute + index, took: 1_000, entity: `contact:${index}` })
    },
  },
  {
    title: 'a client that promises no cache is not judged',
    says: 'not-applicable',
    header: { promises: { 'contact.read': { degrade: [{ kind: 'error' }] } } },
    tell: (story) => crowd(story, 20, 20),
  },
  {
    title: 'a read that promises to be fresh for a millisecond has a cache',
    says: 'fail',
    header: { promises: { 'contact.read': { freshMs: 1, degrade: [{ kind: 'error' }] } } },
    tell: (story) => crowd(story, 20, 20),
  },
  {
    title: 'nobody waits, and copies are renewed by one request at a time',
    says: 'pass',
    tell: (story) => renewed(story, 10, 1),
  },
  { title: 'each reader has the copy renewed', says: 'fail', tell: (story) => renewed(story, 10, 10) },
  { title: 'three readers of a copy prove nothing', says: 'not-armed', tell: (story) => renewed(story, 3, 3) },
  {
    title: 'readers before and after the request prove nothing',
    says: 'not-armed',
    tell: (story) => {
      renewed(story, 3, 1)
      for (const from of [19 * minute, 22 * minute]) renewed(story, 3, 0, from)
    },
  },
  {
    title: 'a request that never ends lasts',
    says: 'pass',
    tell: (story) => {
      renewed(story, 3, 0, 22 * minute)
      renewed(story, 0, 1, 20 * minute, 'never')
      renewed(story, 3, 0, 23 * minute)
    },
  },
  { title: 'four readers are enough', says: 'fail', tell: (story) => crowd(story, 4, 4) },
  { title: 'five requests for five readers', says: 'fail', tell: (story) => crowd(story, 5, 5) },
  {
    title: 'ten readers, one after the other',
    says: 'not-armed',
    tell: (story) => {
      for (let index = 0; index < 10; index += 1) story.read({ at: 20 * minute + index * 1_000, entity })
    },
  },
  {
    title: 'requests that never end',
    says: 'fail',
    tell: (story) => {
      for (let index = 0; index < 5; index += 1)
        story.attempt(story.ask('contact.read', { at: 20 * minute + index, entity }), {
          at: 20 * minute + index,
          ends: 'never',
        })
    },
  },
  {
    title: 'who is over before it comes to the most does not count',
    says: 'fail',
    tell: (story) => {
      for (let index = 0; index < 12; index += 1) {
        const at = 20 * minute + index * 100
        const took = index === 0 ? 50 : 550
        const read = story.ask('contact.read', { at, entity })
        story.attempt(read, { at, took, ends: 200 })
        story.ok(read, { at: at + took + 10 })
      }
    },
  },
  {
    title: 'a redirect and a write are no requests for it',
    says: 'pass',
    tell: (story) => {
      crowd(story, 20, 3)
      for (const facts of [{ redirectOf: 0 }, { method: 'POST' }])
        for (let index = 0; index < 5; index += 1)
          story.attempt(null, { at: 20 * minute + 500, took: 900, ends: 200, entity, ...facts })
    },
  },
  {
    title: 'people who leave do not wait',
    says: 'not-armed',
    tell: (story) => {
      for (let index = 0; index < 8; index += 1) {
        const at = 20 * minute + index * 100
        const read = story.ask('contact.read', { at, entity })
        story.attempt(read, { at, took: 2_000, ends: 200 })
        story.cancel(read, { at: at + 90 })
        story.error(read, { at: at + 2_000 })
      }
    },
  },
  {
    title: 'processes do not share their requests',
    says: 'not-armed',
    tell: (story) => {
      for (let index = 0; index < 6; index += 1)
        story.read({ at: 20 * minute + index, took: 1_000, entity, instance: index % 2 })
    },
  },
])

test('the sentence says how many asked for what', () => {
  const history = storyOf({ tell: (story) => crowd(story, 20, 20) })
  expect(sentenceBy('asks-once-at-a-time', history)).toMatchInlineSnapshot(
    `"At 11:20:00Z one client process had 20 requests GET /contacts/{id} for contact:1 in flight at once, while 20 operations waited for it: each asked for itself what one request answers for all."`,
  )
})

test('the sentence says how many got a copy meanwhile', () => {
  const history = storyOf({ tell: (story) => renewed(story, 10, 10) })
  expect(sentenceBy('asks-once-at-a-time', history)).toMatchInlineSnapshot(
    `"At 11:20:00Z one client process had 10 requests GET /contacts/{id} for contact:1 in flight at once, while 10 operations were handed a copy of it: each asked for itself what one request answers for all."`,
  )
})
