import type { End, Story } from '../../test/history-builder.ts'
import { testOracle } from '../../test/judging.ts'

type How = { readonly first?: object; readonly ends?: End; readonly fails?: number; readonly lateMs?: number }

/** Processes that fail at 11:20, these many ms apart, and try again after such pauses; twice, a minute apart. */
function fleet(
  story: Story,
  backs: readonly number[],
  { first = {}, ends = 503, fails = 0, lateMs = 0 }: How = {},
): void {
  for (const at of [1_200_000, 1_260_000])
    backs.forEach((back, instance) => {
      const askedAt = at + instance * fails
      const read = story.ask('contact.read', { at: askedAt, instance, entity: 'contact:1' })
      const asked = 'resetAt' in first ? { resetAt: at + 10_000 } : first
      story.attempt(read, { at: askedAt, ends, ...asked })
      story.attempt(read, { at: at + 100 + back + lateMs, ends: 200 })
      story.ok(read, { at: at + 200 + back + lateMs })
    })
}

const together = [1_000, 1_001, 1_002, 1_003, 1_004, 1_050]
const spread = [900, 1_000, 1_100, 1_200, 1_300, 1_400]

testOracle('spreads-retries', [
  { title: 'a herd comes back in one instant', says: 'fail', tell: (story) => fleet(story, together) },
  { title: 'a fleet that is spread out', says: 'pass', tell: (story) => fleet(story, spread) },
  {
    title: 'half of it together is the limit',
    says: 'pass',
    tell: (s) => fleet(s, [1_000, 1_001, 1_002, 1_200, 1_300, 1_400]),
  },
  { title: 'four of six are more', says: 'fail', tell: (s) => fleet(s, [1_000, 1_001, 1_002, 1_003, 1_300, 1_400]) },
  { title: 'two may meet by chance', says: 'pass', tell: (s) => fleet(s, [1_000, 1_001, 1_200, 1_201, 1_400, 1_401]) },
  {
    title: 'also after a common reset, whenever they were refused',
    says: 'fail',
    tell: (story) => fleet(story, together, { first: { resetAt: 0 }, ends: 429, fails: 500, lateMs: 9_000 }),
  },
  {
    title: 'jitter on top of a reset is enough',
    says: 'pass',
    tell: (story) => fleet(story, spread, { first: { resetAt: 0 }, ends: 429, fails: 500, lateMs: 9_500 }),
  },
  {
    title: 'failures at different times are no herd',
    says: 'not-armed',
    tell: (story) => fleet(story, together, { fails: 60 }),
  },
  { title: 'one process cannot be a herd', says: 'not-armed', tell: (story) => fleet(story, [1_000]) },
  { title: 'three processes twice are few', says: 'few-samples', tell: (story) => fleet(story, [1_000, 1_000, 1_000]) },
  {
    title: 'a herd comes back two times of three',
    says: 'fail',
    tell: (story) => {
      fleet(story, together)
      for (let instance = 0; instance < 3; instance += 1) {
        const read = story.ask('contact.read', { at: '23m', instance, entity: 'contact:1' })
        story.attempt(read, { at: '23m', ends: 503 })
        story.attempt(read, { at: 1_381_000 + instance * 500, ends: 200 })
        story.ok(read, { at: 1_383_000 })
      }
    },
  },
  { title: 'two processes are no herd', says: 'not-armed', tell: (story) => fleet(story, [1_000, 1_000]) },
  { title: 'five processes twice are enough', says: 'fail', tell: (story) => fleet(story, together.slice(1)) },
  {
    title: 'failures 50 ms apart are of one instant',
    says: 'fail',
    tell: (story) => fleet(story, together, { fails: 10 }),
  },
  {
    title: 'the last fails 55 ms after the first',
    says: 'fail',
    tell: (story) => fleet(story, together, { fails: 11 }),
  },
  {
    title: 'each process counts once',
    says: 'fail',
    tell: (story) => {
      fleet(story, together)
      fleet(story, together)
    },
  },
  ...(
    [
      [8_900, 'fail'],
      [8_899, 'not-armed'],
      [39_900, 'fail'],
      [39_901, 'not-armed'],
    ] as const
  ).map(([lateMs, says]) => ({
    title: `all come back ${lateMs + 100} ms after a refusal that asked for ten seconds`,
    says,
    tell: (story: Story) => fleet(story, [0, 0, 0, 0, 0, 0], { first: { resetAt: 0 }, ends: 429, fails: 500, lateMs }),
  })),
  ...(
    [
      [8_999, 'not-armed'],
      [9_000, 'fail'],
      [40_000, 'fail'],
      [40_001, 'not-armed'],
    ] as const
  ).map(([afterMs, says]) => ({
    title: `their queues come back ${afterMs} ms after a refusal that asked for ten seconds`,
    says,
    tell: (story: Story) => {
      for (const at of [1_200_000, 1_260_000])
        for (let instance = 0; instance < 6; instance += 1) {
          const reply = story.ask('conversation.reply', { at, instance, key: 'a' })
          story.attempt(reply, { at, ends: 429, resetAt: at + 10_000 })
          story.ok(reply, { at: at + 100, result: 'queued' })
          story.attempt(null, { at: at + afterMs, instance, ends: 200 })
        }
    },
  })),
  { title: 'nothing failed', says: 'not-armed', tell: (story) => void story.read({ at: 0 }) },
  {
    title: 'what people ask for after a reset comes when it comes',
    says: 'not-armed',
    tell: (story) => {
      for (const at of [1_200_000, 1_260_000])
        for (let instance = 0; instance < 6; instance += 1) {
          const read = story.ask('contact.read', { at, instance, entity: 'contact:1' })
          story.attempt(read, { at, ends: 429, resetAt: at + 10_000 })
          story.error(read, { at: at + 100 })
          story.read({ at: at + 10_000, instance })
        }
    },
  },
])
