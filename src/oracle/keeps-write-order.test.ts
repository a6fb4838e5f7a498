import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { orderedPromises as promises, relaySent, twoRelays } from '../../test/stories/memory.ts'

const header = { promises }
const conversation = 'conversation:7'

function overtaken(story: Story): void {
  twoRelays(story, 32 * minute, 31 * minute)
}

/** The first is accepted as queued; the second is asked for at that time by that process, with that key, and sent first. */
function second(story: Story, at: number, instance = 0, key = 'b'): void {
  const facts = { entity: conversation, order: '7' }
  const first = story.ask('message.relay', { at: '20m', key: 'a', ...facts })
  const later = story.ask('message.relay', { at, key, instance, ...facts })
  story.ok(first, { at: '20m5s', result: 'queued' })
  relaySent(story, key, at + 1_000)
  story.ok(later, { at: at + 2_000 })
  relaySent(story, 'a', 31 * minute)
}

/** Two names for one customer, queued one after the other, and then written in this order. */
function twoNames(story: Story, writes: readonly number[], facts: object = { content: ['name'] }): void {
  const about = { entity: 'contact:1', key: 'c', order: 'c', ...facts }
  for (const at of ['20m', '21m']) {
    const asked = story.ask('contact.upsert', { at, ...about, ...(at === '20m' && { repeats: undefined as never }) })
    story.ok(asked, { at, result: 'queued' })
  }
  writes.forEach((operation, nth) => {
    const commits = { entity: 'contact:1', key: 'c', fulfils: [operation] }
    story.attempt(null, { at: `${31 + nth}m`, method: 'PUT', key: 'c', ends: 200, commits })
  })
}

testOracle('keeps-write-order', [
  { title: 'one after the other', says: 'pass', header, tell: (story) => twoRelays(story, 31 * minute, 32 * minute) },
  { title: 'the second before the first', says: 'fail', header, tell: overtaken },
  {
    title: 'what comes directly may not overtake the queue either',
    says: 'fail',
    header,
    tell: (story) => second(story, 21 * minute),
  },
  {
    title: 'one promise of an order among others',
    says: 'fail',
    header: { promises: { 'contact.read': { degrade: [] }, ...promises } },
    tell: overtaken,
  },
  {
    title: 'a third overtakes the first, though not the second',
    says: 'fail',
    header,
    tell: (story) => {
      twoRelays(story, 33 * minute, 31 * minute)
      const third = story.ask('message.relay', { at: '22m', key: 'c', entity: conversation, order: '7' })
      story.ok(third, { at: '22m', result: 'queued' })
      relaySent(story, 'c', 32 * minute)
    },
  },
  {
    title: 'another conversation is another order',
    says: 'not-armed',
    header,
    tell: (story) => twoRelays(story, 32 * minute, 31 * minute, '8'),
  },
  {
    title: 'asks that overlap have no order',
    says: 'not-armed',
    header,
    tell: (story) => second(story, 20 * minute + 1_000),
  },
  {
    title: 'two processes do not know of each other',
    says: 'not-armed',
    header,
    tell: (story) => second(story, 21 * minute, 1),
  },
  {
    title: 'the same piece of business twice is not two',
    says: 'not-armed',
    header,
    tell: (story) => second(story, 21 * minute, 0, 'a'),
  },
  {
    title: 'of one piece of business, changed twice in order, each change tells whose it is',
    says: 'pass',
    header,
    tell: (story) => twoNames(story, [0, 1]),
  },
  { title: 'or out of order', says: 'fail', header, tell: (story) => twoNames(story, [1, 0]) },
  { title: 'the newer alone, for both', says: 'not-armed', header, tell: (story) => twoNames(story, [1]) },
  { title: 'an ask without content tells nothing', says: 'not-armed', header, tell: (s) => twoNames(s, [1, 0], {}) },
  {
    title: 'asked again by somebody impatient, nobody can say whose it is',
    says: 'not-armed',
    header,
    tell: (story) => twoNames(story, [1, 0], { content: ['name'], repeats: 0 }),
  },
  {
    title: 'a request counts when it is sent, the API may take its time',
    says: 'pass',
    header,
    tell: (story) => {
      const facts = { entity: conversation, order: '7' }
      const first = story.ask('message.relay', { at: '20m', key: 'a', ...facts })
      story.ok(first, { at: '20m', result: 'queued' })
      const commits = { after: 60_000, entity: conversation, key: 'a' }
      story.attempt(null, { at: '21m', method: 'POST', key: 'a', took: '2s', ends: 'abort', commits })
      const later = story.ask('message.relay', { at: '21m10s', key: 'b', ...facts })
      relaySent(story, 'b', 21 * minute + 11_000)
      story.ok(later, { at: '21m12s' })
    },
  },
  {
    title: 'what failed has no place in the order',
    says: 'not-armed',
    header,
    tell: (story) => {
      const first = story.ask('message.relay', { at: '20m', key: 'a', entity: conversation, order: '7' })
      story.error(first, { at: '20m1s' })
      const later = story.ask('message.relay', { at: '21m', key: 'b', entity: conversation, order: '7' })
      relaySent(story, 'b', 21 * minute + 100)
      story.ok(later, { at: '21m1s' })
    },
  },
  { title: 'without a promise there is no order', says: 'not-applicable', tell: overtaken },
])

test('the sentence names both writes and what they are about', () => {
  expect(sentenceBy('keeps-write-order', storyOf({ header, tell: overtaken }))).toMatchInlineSnapshot(
    `"Operation 1 (message.relay) was asked for at 11:21:00Z, when operation 0 (message.relay) had been accepted (queued, 11:20:00Z), and was sent 1m before it, at 11:31:00Z; both are about conversation 7, whose order was promised."`,
  )
})
