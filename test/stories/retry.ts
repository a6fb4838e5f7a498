// Stories of the oracles about trying again.

import type { End, Story } from '../history-builder.ts'
import type { Stories } from './story-pair.ts'

const tenMinutes = 600_000

/** A read that meets these ends, the further attempts after these pauses, and fails. */
function tries(story: Story, at: number, ends: readonly End[], pauses: readonly number[], facts: object = {}): void {
  const read = story.ask('contact.read', { at, entity: 'contact:1' })
  let sentAt = at
  ends.forEach((end, index) => {
    story.attempt(read, { at: sentAt, ends: end, ...facts })
    sentAt += 100 + (pauses[index] ?? 0)
  })
  story.error(read, { at: sentAt })
}

function times(count: number, everyMs: number, tell: (at: number) => void): void {
  for (let index = 0; index < count; index += 1) tell(tenMinutes + index * everyMs)
}

/** Six processes are refused in the same minute, and come back when the window is over. */
function storm(story: Story, spreadMs: number): void {
  times(2, 60_000, (at) => {
    for (let instance = 0; instance < 6; instance += 1) {
      const read = story.ask('contact.read', { at: at + instance * 500, entity: 'contact:1', instance })
      story.attempt(read, { at: at + instance * 500, ends: 429, resetAt: at + 10_000 })
      const backAt = at + 10_000 + instance * spreadMs
      story.attempt(read, { at: backAt, ends: 200 })
      story.ok(read, { at: backAt + 100 })
    }
  })
}

function replies(story: Story, keys: readonly string[], last: object = {}): void {
  const reply = story.ask('conversation.reply', { at: '20m', key: 'a', entity: 'conversation:7' })
  keys.forEach((idempotencyKey, index) => {
    const isLast = index === keys.length - 1
    const at = 2 * tenMinutes + index * 2_000
    story.attempt(reply, { at, ends: isLast ? 200 : 503, idempotencyKey, ...(isLast && last) })
  })
  story.ok(reply, { at: '20m5s' })
}

export const retryStories: Stories = {
  'heeds-retry-after': {
    pass: (story) => tries(story, tenMinutes, [429, 429], [30_000], { retryAfter: '30' }),
    fail: (story) => tries(story, tenMinutes, [429, 429], [1_000], { retryAfter: '30' }),
  },
  'grows-its-pauses': {
    pass: (story) => times(20, 20_000, (at) => tries(story, at, [503, 503, 503], [300, 600])),
    fail: (story) => times(20, 20_000, (at) => tries(story, at, [503, 503, 503], [300, 300])),
  },
  'spreads-retries': {
    pass: (story) => storm(story, 700),
    fail: (story) => storm(story, 1),
  },
  'retry-budget': {
    pass: (story) => times(30, 1_000, (at) => tries(story, at, [503, 503], [300])),
    fail: (story) => times(30, 1_000, (at) => tries(story, at, [503, 503, 503], [300, 600])),
  },
  'keeps-idempotency-key': {
    pass: (story) => replies(story, ['one', 'one']),
    fail: (story) => replies(story, ['one', 'two']),
  },
  'retries-the-whole-request': {
    pass: (story) => replies(story, ['one', 'one']),
    fail: (story) => replies(story, ['one', 'one'], { empty: true, bodyHash: '' }),
  },
}
