import { expect, test } from 'vitest'
import type { Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

/** Failed at 1m10s; another attempt came so much later. */
function failed(story: Story, later: number, facts: object = {}): number {
  const read = story.ask('contact.read', { at: '1m', entity: 'contact:1' })
  story.attempt(read, { at: '1m', took: '8s', ends: 503 })
  story.error(read, { at: '1m10s' })
  story.attempt(read, { at: 70_000 + later, ends: 503, ...facts })
  return read
}

/** A reply that failed at 1m1s, and what the background sent for it. */
function fromTheQueue(story: Story, facts: Partial<Parameters<Story['attempt']>[1]>, before?: 'never'): void {
  const reply = story.ask('conversation.reply', { at: '1m', key: 'a' })
  if (before !== 'never') story.attempt(reply, { at: '1m', ends: 503 })
  story.error(reply, { at: '1m1s' })
  story.attempt(null, { at: '3m', method: 'POST', key: 'a', ends: 200, ...facts })
}

testOracle('sends-nothing-after-settling', [
  { title: 'an attempt after the end', says: 'fail', tell: (story) => void failed(story, 1_000) },
  { title: 'an attempt before the end', says: 'pass', tell: (story) => void failed(story, -1_000) },
  { title: 'an attempt in the same millisecond', says: 'pass', tell: (story) => void failed(story, 0) },
  { title: 'a redirect is no attempt', says: 'pass', tell: (story) => void failed(story, 1_000, { redirectOf: 0 }) },
  {
    title: 'one that may have been stuck in a cut network is not judged',
    says: 'uncertain',
    tell: (story) => {
      failed(story, 1_000)
      story.event(65_000, { kind: 'client.unplugged', instance: 0 })
      story.event(70_500, { kind: 'client.plugged', instance: 0 })
    },
  },
  {
    title: 'a borrowed exchange is not judged',
    says: 'uncertain',
    tell: (story) => void failed(story, 1_000, { certain: false }),
  },
  {
    title: 'a loop that it started for others is not its own',
    says: 'pass',
    tell: (story) => void failed(story, 1_000, { certain: false, entity: 'contact:2' }),
  },
  {
    title: 'somebody else still waits for it',
    says: 'pass',
    tell: (story) => {
      failed(story, 1_000)
      const other = story.ask('contact.read', { at: '1m9s', entity: 'contact:1' })
      story.error(other, { at: '1m19s' })
    },
  },
  {
    title: 'a copy is renewed after it was handed over',
    says: 'not-armed',
    tell: (story) => {
      const read = story.ask('contact.read', { at: '1m', entity: 'contact:1' })
      story.ok(read, { at: '1m', result: 'stale', ageMs: 60_000 })
      story.attempt(read, { at: '1m1s', ends: 503 })
    },
  },
  {
    title: 'sending a queued write later is the point of it',
    says: 'not-armed',
    tell: (story) => {
      const reply = story.ask('conversation.reply', { at: '1m', key: 'a' })
      story.attempt(reply, { at: '1m', ends: 503 })
      story.ok(reply, { at: '1m1s', result: 'queued' })
      story.attempt(reply, { at: '3m', ends: 200 })
    },
  },
  {
    title: "a write that failed is sent by a queue, in nobody's name",
    says: 'fail',
    tell: (story) => fromTheQueue(story, {}),
  },
  { title: 'and was never sent before', says: 'fail', tell: (story) => fromTheQueue(story, {}, 'never') },
  {
    title: 'the queue works in the name of whoever woke it',
    says: 'fail',
    tell: (story) => {
      fromTheQueue(story, { at: '59s' })
      const other = story.ask('conversation.reply', { at: '3m', key: 'b' })
      story.attempt(other, { at: '3m', method: 'POST', key: 'a', ends: 200, certain: false })
      story.ok(other, { at: '3m1s' })
    },
  },
  { title: 'the queue looks whether it happened', says: 'pass', tell: (s) => fromTheQueue(s, { method: 'GET' }) },
  { title: 'the queue writes something else', says: 'pass', tell: (story) => fromTheQueue(story, { key: 'b' }) },
  { title: 'or to another workspace', says: 'pass', tell: (s) => fromTheQueue(s, { workspace: 'sibling' }) },
  { title: 'the queue was quicker', says: 'pass', tell: (story) => fromTheQueue(story, { at: '59s' }) },
  { title: 'at the same moment', says: 'pass', tell: (story) => fromTheQueue(story, { at: '1m1s' }) },
  { title: 'a redirect sends it on', says: 'pass', tell: (story) => fromTheQueue(story, { redirectOf: 0 }) },
  {
    title: 'somebody else asked for the same',
    says: 'pass',
    tell: (story) => {
      story.ok(story.ask('conversation.reply', { at: '30s', key: 'a' }), { at: '30s', result: 'queued' })
      fromTheQueue(story, {})
    },
  },
  {
    title: 'another workspace asked for something with the same key',
    says: 'fail',
    tell: (story) => {
      const other = story.ask('conversation.reply', { at: '30s', key: 'a', workspace: 'sibling' })
      story.ok(other, { at: '30s', result: 'queued' })
      fromTheQueue(story, {})
    },
  },
  {
    title: 'a write that was reported done is sent again',
    says: 'fail',
    tell: (story) => {
      const reply = story.ask('conversation.reply', { at: '1m', key: 'a' })
      story.attempt(reply, { at: '1m', ends: 200 })
      story.ok(reply, { at: '1m1s' })
      story.attempt(reply, { at: '1m5s', ends: 200 })
    },
  },
  { title: 'nothing was over', says: 'not-armed', tell: () => undefined },
])

test('the sentence says what followed', () => {
  const history = storyOf({ tell: (story) => void failed(story, 1_000) })
  expect(sentenceBy('sends-nothing-after-settling', history)).toMatchInlineSnapshot(
    `"Operation 0 (contact.read) failed at 11:01:10Z, and one exchange followed for it: GET /contacts/{id} at 11:01:11Z, 1s later."`,
  )
})

test('the witness is the ask, its end, and the first three that followed', () => {
  const history = storyOf({
    tell: (story) => {
      const read = story.ask('contact.read', { at: '1m', entity: 'contact:1' })
      story.error(read, { at: '1m10s' })
      for (let nth = 1; nth <= 5; nth += 1) story.attempt(read, { at: 70_000 + nth * 1_000, ends: 503 })
    },
  })
  const judgement = judgeBy('sends-nothing-after-settling', history)
  expect(judgement).toMatchObject({ verdict: 'fail', observed: 5, witness: expect.objectContaining({ length: 8 }) })
})

test('the sentence says that nobody waits for what the queue sends', () => {
  const history = storyOf({ tell: (story) => fromTheQueue(story, {}) })
  expect(sentenceBy('sends-nothing-after-settling', history)).toMatchInlineSnapshot(
    `"Operation 0 (conversation.reply) failed at 11:01:01Z, and one exchange followed for it: POST /contacts/{id} at 11:03:00Z, 1m59s later."`,
  )
})
