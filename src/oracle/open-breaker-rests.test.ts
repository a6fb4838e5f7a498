import { expect, test } from 'vitest'
import type { Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { breaker, failed, held, outageAt, trip, trippedAt } from '../../test/stories/breaker.ts'

const header = { declares: { breaker } }

/** Open, and asked in vain, until it sends again so long after the last that it let through. */
function rested(story: Story, ms: number): void {
  trip(story, outageAt)
  held(story, trippedAt + 1_000)
  failed(story, trippedAt + ms)
}

testOracle('open-breaker-rests', [
  { title: 'the whole rest', says: 'pass', header, tell: (story) => rested(story, 10_000) },
  { title: 'a rest of two seconds', says: 'fail', header, tell: (story) => rested(story, 2_000) },
  { title: 'a tenth less is jitter', says: 'pass', header, tell: (story) => rested(story, 9_000) },
  { title: 'a little less than that is not', says: 'fail', header, tell: (story) => rested(story, 8_999) },
  {
    title: 'it rests to the end of the run',
    says: 'pass',
    header,
    tell: (story) => {
      trip(story, outageAt)
      held(story, trippedAt + 1_000)
    },
  },
  {
    title: 'the run ends with the rest',
    says: 'pass',
    header: { ...header, spanMs: trippedAt + 10_000 },
    tell: (story) => {
      trip(story, outageAt)
      held(story, trippedAt + 1_000)
    },
  },
  {
    title: 'the run ends before the rest',
    says: 'not-armed',
    header: { ...header, spanMs: trippedAt + 5_000 },
    tell: (story) => {
      trip(story, outageAt)
      held(story, trippedAt + 1_000)
    },
  },
  {
    title: 'who is held back while something is under way may wait for that',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, outageAt)
      failed(story, trippedAt + 500, 'abort', { took: 5_000 })
      held(story, trippedAt + 1_000)
      failed(story, trippedAt + 2_000)
    },
  },
  {
    title: 'so may who asked while it was under way, and was held back when it was over',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, outageAt)
      failed(story, trippedAt + 500, 'abort', { took: 1_000 })
      story.error(story.ask('contact.read', { at: trippedAt + 1_000 }), { at: trippedAt + 2_000 })
      failed(story, trippedAt + 3_000)
    },
  },
  { title: 'nobody asks meanwhile', says: 'not-armed', header, tell: (story) => trip(story, outageAt) },
  {
    title: 'it never opens, which is judged elsewhere',
    says: 'not-armed',
    header,
    tell: (story) => trip(story, outageAt, 20),
  },
  {
    title: 'it opened early, at what we cannot see, and its rest is over sooner',
    says: 'pass',
    header,
    tell: (story) => {
      const slow = story.ask('contact.read', { at: outageAt })
      trip(story, outageAt, 3)
      story.attempt(slow, { at: outageAt, took: 9_000, ends: 'abort' })
      story.error(slow, { at: outageAt + 9_000 })
      held(story, outageAt + 9_500)
      failed(story, outageAt + 12_200)
    },
  },
  {
    title: 'a good answer to a late request may have closed it',
    says: 'not-armed',
    header,
    tell: (story) => {
      const slow = story.ask('contact.read', { at: outageAt })
      trip(story, outageAt)
      held(story, trippedAt + 1_000)
      story.attempt(slow, { at: outageAt, took: 5_000, ends: 200 })
      story.ok(slow, { at: outageAt + 5_000 })
      failed(story, trippedAt + 3_000)
    },
  },
  {
    title: 'what was asked for before is sent late',
    says: 'pass',
    header,
    tell: (story) => {
      const early = story.ask('contact.read', { at: outageAt })
      trip(story, outageAt)
      held(story, trippedAt + 1_000)
      story.attempt(early, { at: trippedAt + 2_000, ends: 503 })
      story.error(early, { at: trippedAt + 2_100 })
      failed(story, trippedAt + 10_000)
    },
  },
  {
    title: 'background work may be sent',
    says: 'pass',
    header,
    tell: (story) => {
      rested(story, 10_000)
      story.attempt(null, { at: trippedAt + 2_000, ends: 503, workspace: 'ours' })
    },
  },
  {
    title: 'after a failed probe it rests again',
    says: 'fail',
    header,
    tell: (story) => {
      rested(story, 10_000)
      held(story, trippedAt + 11_000)
      failed(story, trippedAt + 12_000)
    },
  },
  { title: 'nothing is declared', says: 'not-applicable', tell: (story) => rested(story, 2_000) },
])

test('the sentence says how long it rested', () => {
  const history = storyOf({ header, tell: (story) => rested(story, 2_000) })
  expect(sentenceBy('open-breaker-rests', history)).toMatchInlineSnapshot(
    `"The breaker was open at 11:20:03Z (operation 4 (contact.read) was still held back at 11:20:04Z), but operation 5 (contact.read) sent GET /contacts/{id} at 11:20:05Z, no more than 2s after it can have opened; its declared rest is 10s."`,
  )
})
