import { expect, test } from 'vitest'
import type { Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

type Sent = Parameters<Story['attempt']>[1]

/** A reply that is sent with each of these, two seconds apart. */
function reply(story: Story, key: string, attempts: readonly Partial<Sent>[], minute = 20, repeats?: number): number {
  const at = minute * 60_000
  const facts = repeats === undefined ? {} : { repeats }
  const asked = story.ask('conversation.reply', { at, key, entity: 'conversation:7', ...facts })
  attempts.forEach((sent, index) => story.attempt(asked, { at: at + index * 2_000, ends: 503, ...sent }))
  story.error(asked, { at: at + 20_000 })
  return asked
}

const one = { idempotencyKey: 'one' }
const two = { idempotencyKey: 'two' }

testOracle('keeps-idempotency-key', [
  { title: 'the same key on all attempts', says: 'pass', tell: (story) => void reply(story, 'a', [one, one, one]) },
  { title: 'a new key for each attempt', says: 'fail', tell: (story) => void reply(story, 'a', [one, two]) },
  { title: 'a key that is there only later', says: 'fail', tell: (story) => void reply(story, 'a', [{}, one]) },
  { title: 'no key at all is not judged', says: 'not-applicable', tell: (story) => void reply(story, 'a', [{}, {}]) },
  {
    title: 'two operations share a key',
    says: 'fail',
    tell: (story) => {
      reply(story, 'a', [one])
      reply(story, 'b', [one], 21)
    },
  },
  {
    title: 'two operations with keys of their own',
    says: 'pass',
    tell: (story) => {
      reply(story, 'a', [one])
      reply(story, 'b', [two], 21)
    },
  },
  {
    title: 'an impatient person asks for the same thing again',
    says: 'pass',
    tell: (story) => {
      const asked = reply(story, 'a', [one])
      reply(story, 'a', [one], 21, asked)
    },
  },
  {
    title: 'a queue sends later what the operation began',
    says: 'pass',
    tell: (story) => {
      reply(story, 'a', [one])
      const facts = { method: 'POST', route: '/conversations/{id}/reply', entity: 'conversation:7', key: 'a' }
      story.attempt(null, { at: '25m', ends: 200, ...facts, ...one, bodyHash: 'body-a' })
    },
  },
  {
    title: 'the same key with another body',
    says: 'fail',
    tell: (story) => void reply(story, 'a', [one, { ...one, bodyHash: 'other' }]),
  },
  {
    title: 'two workspaces may have the same key',
    says: 'pass',
    tell: (story) => {
      reply(story, 'a', [one])
      reply(story, 'b', [{ ...one, workspace: 'sibling' }], 21)
    },
  },
  {
    title: 'borrowed exchanges are not judged',
    says: 'uncertain',
    tell: (story) =>
      void reply(story, 'a', [
        { ...one, certain: false },
        { ...two, certain: false },
      ]),
  },
])

test('the sentence names both', () => {
  const shared = storyOf({
    tell: (story) => {
      reply(story, 'a', [one])
      reply(story, 'b', [one], 21)
    },
  })
  expect(sentenceBy('keeps-idempotency-key', shared)).toMatchInlineSnapshot(
    `"Idempotency-Key one was sent with 2 requests that are not the same: operation 0 (conversation.reply) sent POST /conversations/{id}/reply at 11:20:00Z, and operation 1 (conversation.reply) POST /conversations/{id}/reply at 11:21:00Z, with another body. The second is refused, or answered as if it were the first."`,
  )
})
