import { expect, test } from 'vitest'
import type { End, Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

/** Asked at 1m, cancelled at 1m5s. */
function cancelled(story: Story, settledAfter: number, ends: End, endedAfter: number, facts: object = {}): number {
  const read = story.ask('contact.read', { at: '1m', entity: 'contact:1' })
  story.attempt(read, { at: '1m', took: 5_000 + endedAfter, ends, ...facts })
  story.cancel(read, { at: '1m5s' })
  story.error(read, { at: 65_000 + settledAfter })
  return read
}

/** Cancelled so long before the end of the run, and never settled. */
function leftAtTheEnd(story: Story, left: number, facts?: object): void {
  const read = story.ask('contact.read', { at: '50m', entity: 'contact:1' })
  if (facts) story.attempt(read, { at: 3_600_000 - left, ends: 'never', ...facts })
  story.cancel(read, { at: 3_600_000 - left })
  story.unknown(read, { at: '60m' })
}

testOracle('cancels-promptly', [
  { title: 'at once', says: 'pass', tell: (story) => void cancelled(story, 0, 'abort', 0) },
  { title: 'within a tenth of a second', says: 'pass', tell: (story) => void cancelled(story, 100, 'abort', 100) },
  { title: 'settling later', says: 'fail', tell: (story) => void cancelled(story, 101, 'abort', 0) },
  {
    title: 'later, when its process was frozen meanwhile',
    says: 'pass',
    tell: (story) => {
      cancelled(story, 3_000, 'abort', 3_000)
      story.event(64_000, { kind: 'client.paused', instance: 0 })
      story.event(68_000, { kind: 'client.resumed', instance: 0 })
    },
  },
  { title: 'a read goes on to fill a cache', says: 'pass', tell: (story) => void cancelled(story, 0, 200, 3_000) },
  { title: 'a read goes on and fails', says: 'pass', tell: (story) => void cancelled(story, 0, 503, 5_000) },
  { title: 'a read goes on beyond its promise', says: 'fail', tell: (story) => void cancelled(story, 0, 200, 5_100) },
  {
    title: 'a search goes on to fill a cache',
    says: 'pass',
    tell: (story) => void cancelled(story, 0, 200, 3_000, { method: 'POST', route: '/contacts/search' }),
  },
  {
    title: 'without a promise the ceiling is the limit',
    says: 'pass',
    header: { promises: {} },
    tell: (story) => void cancelled(story, 0, 200, 200_000),
  },
  {
    title: 'beyond the ceiling',
    says: 'fail',
    header: { promises: {} },
    tell: (story) => void cancelled(story, 0, 200, 300_000),
  },
  {
    title: 'a read of an operation that settles late is held to the cancellation',
    says: 'fail',
    tell: (story) => void cancelled(story, 3_000, 200, 3_000),
  },
  {
    title: 'a write goes on',
    says: 'fail',
    tell: (story) => {
      const update = story.ask('contact.update', { at: '1m', key: 'a', entity: 'contact:1' })
      story.attempt(update, { at: '1m', took: '8s', ends: 200 })
      story.cancel(update, { at: '1m5s' })
      story.error(update, { at: '1m5s' })
    },
  },
  { title: 'the exchange never ends', says: 'fail', tell: (story) => void cancelled(story, 0, 'never', 0) },
  {
    title: 'an exchange that had ended before does not matter',
    says: 'pass',
    tell: (story) => void cancelled(story, 0, 503, -1_000),
  },
  {
    title: 'another attempt after the cancellation',
    says: 'fail',
    tell: (story) => {
      const read = cancelled(story, 0, 'abort', 0)
      story.attempt(read, { at: '1m7s', ends: 200 })
    },
  },
  {
    title: 'an exchange that another operation waits for goes on',
    says: 'pass',
    tell: (story) => {
      const other = story.ask('contact.read', { at: '1m2s', entity: 'contact:1' })
      cancelled(story, 0, 200, 3_000, { contains: { 'contact:1': 1 } })
      story.ok(other, { at: '1m8s', truth: { entity: 'contact:1' } })
    },
  },
  {
    title: 'the other one had settled before',
    says: 'fail',
    tell: (story) => {
      const other = story.ask('contact.read', { at: '1m2s', entity: 'contact:1' })
      story.ok(other, { at: '1m3s', truth: { entity: 'contact:1' } })
      cancelled(story, 0, 200, 9_000)
    },
  },
  {
    title: 'a write without an entity is shared with nobody',
    says: 'fail',
    tell: (story) => {
      story.ask('contact.create', { at: 0, key: 'b' })
      const create = story.ask('contact.create', { at: '1m', key: 'a' })
      story.attempt(create, { at: '1m', took: '20s', ends: 200 })
      story.cancel(create, { at: '1m5s' })
      story.error(create, { at: '1m5s' })
    },
  },
  {
    title: 'a write that was promised to be queued may finish',
    says: 'pass',
    tell: (story) => {
      const reply = story.ask('conversation.reply', { at: '1m', key: 'a' })
      story.attempt(reply, { at: '1m', took: '20s', ends: 200 })
      story.cancel(reply, { at: '1m5s' })
      story.error(reply, { at: '1m5s' })
    },
  },
  {
    title: 'never settling after it',
    says: 'fail',
    tell: (story) => {
      const read = story.ask('contact.read', { at: '1m' })
      story.cancel(read, { at: '1m5s' })
      story.unknown(read, { at: '60m' })
    },
  },
  {
    title: 'cut off by a crash',
    says: 'not-armed',
    tell: (story) => {
      const read = story.ask('contact.read', { at: '1m' })
      story.cancel(read, { at: '1m5s' })
      story.unknown(read, { at: '2m', reason: 'crashed' })
    },
  },
  {
    title: 'a read ends two milliseconds after its promise',
    says: 'pass',
    tell: (story) => void cancelled(story, 0, 200, 5_002),
  },
  { title: 'and three after it', says: 'fail', tell: (story) => void cancelled(story, 0, 200, 5_003) },
  {
    title: 'a read of an operation that settles just in time may run on',
    says: 'pass',
    tell: (story) => void cancelled(story, 100, 200, 3_000),
  },
  {
    title: 'settling with an answer after all',
    says: 'pass',
    tell: (story) => {
      const read = story.ask('contact.read', { at: '1m', entity: 'contact:1' })
      story.cancel(read, { at: '1m5s' })
      story.ok(read, { at: 65_050 })
    },
  },
  {
    title: 'what a redirect sends on is not sent by the client',
    says: 'pass',
    tell: (story) => {
      const read = cancelled(story, 0, 'abort', 0)
      story.attempt(read, { at: '1m7s', ends: 200, redirectOf: 0 })
    },
  },
  { title: 'the run ends a tenth of a second later', says: 'not-armed', tell: (story) => leftAtTheEnd(story, 100) },
  { title: 'the run ends after more', says: 'fail', tell: (story) => leftAtTheEnd(story, 101) },
  {
    title: 'borrowed exchanges are not judged',
    says: 'uncertain',
    tell: (story) => leftAtTheEnd(story, 100, { certain: false }),
  },
  {
    title: 'a write that ends just after',
    says: 'pass',
    tell: (story) => {
      const update = story.ask('contact.update', { at: '1m', key: 'a', entity: 'contact:1' })
      story.attempt(update, { at: '1m', took: 5_050, ends: 200 })
      story.cancel(update, { at: '1m5s' })
      story.error(update, { at: '1m5s' })
    },
  },
  { title: 'nobody walked away', says: 'not-armed', tell: (story) => void story.read({ at: 0 }) },
])

test.for<[string, (story: Story) => void]>([
  ['late', (story) => void cancelled(story, 3_000, 'abort', 0)],
  ['in flight', (story) => void cancelled(story, 0, 200, 9_000)],
  [
    'write in flight',
    (story) => {
      const update = story.ask('contact.update', { at: '1m', key: 'a', entity: 'contact:1' })
      story.attempt(update, { at: '1m', took: '8s', ends: 200 })
      story.cancel(update, { at: '1m5s' })
      story.error(update, { at: '1m5s' })
    },
  ],
])('the sentence says what went on: %s', ([, tell]) => {
  expect(sentenceBy('cancels-promptly', storyOf({ tell }))).toMatchSnapshot()
})

/** Cancelled at once, five seconds after the read was sent; the run ends so long after that. */
function stillReading(story: Story, left: number): void {
  const at = 3_600_000 - left
  const read = story.ask('contact.read', { at, entity: 'contact:1' })
  story.attempt(read, { at, ends: 'never' })
  story.cancel(read, { at: at + 5_000 })
  story.error(read, { at: at + 5_000 })
}

test.for<[string, number, (story: Story) => void]>([
  ['that it settled, and how long its read ran on', 2, (story) => void cancelled(story, 0, 200, 3_000)],
  ['not a read that may still end in time', 1, (story) => stillReading(story, 9_000)],
  ['nor one that is just about to be late', 1, (story) => stillReading(story, 10_002)],
])('what is judged: %s', ([, armed, tell]) => {
  expect(judgeBy('cancels-promptly', storyOf({ tell }))).toMatchObject({ verdict: 'pass', armed })
})
