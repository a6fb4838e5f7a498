import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { askedAgainAfterError, errorOf } from '../../test/stories/memory.ts'

const entity = 'contact:1'
const at = 20 * minute

/** Answered so, and handed over again, unasked, after two minutes, while others are answered so. */
function kept(story: Story, status: number, hit: boolean, others: number, result: number | 'nothing' = status): void {
  const first = story.ask('contact.read', { at, entity })
  story.attempt(first, { at, ends: status, ...(hit && { hit: 'respond' as const }) })
  story.event(at + 100, errorOf(first, status))
  const againAt = at + 2 * minute
  for (const before of [4_000, 2_000]) {
    const other = story.ask('contact.read', { at: againAt - before, entity: 'contact:2' })
    story.attempt(other, { at: againAt - before, ends: others })
    story.ok(other, { at: againAt - before + 200 })
  }
  const again = story.ask('contact.read', { at: againAt, entity })
  if (result === 'nothing') story.ok(again, { at: againAt + 1, hollow: true })
  else story.event(againAt + 1, errorOf(again, result))
}

testOracle('errors-are-not-cached', [
  { title: 'asking again is right', says: 'pass', tell: (story) => askedAgainAfterError(story, 2 * minute, true) },
  {
    title: 'an error that is kept for two minutes is a value',
    says: 'fail',
    tell: (story) => askedAgainAfterError(story, 2 * minute, false),
  },
  { title: 'a minute is allowed', says: 'pass', tell: (story) => askedAgainAfterError(story, minute, false) },
  { title: 'a 5xx passes, fault or not', says: 'fail', tell: (story) => kept(story, 503, false, 200) },
  { title: 'a thing that is gone stays gone', says: 'not-armed', tell: (story) => kept(story, 404, false, 200) },
  { title: 'a 404 that a fault answered is not true', says: 'fail', tell: (story) => kept(story, 404, true, 200) },
  {
    title: 'nothing at all, as a success, is a kept 404',
    says: 'fail',
    tell: (story) => kept(story, 404, true, 200, 'nothing'),
  },
  { title: 'an open breaker refuses as well', says: 'pass', tell: (story) => kept(story, 503, false, 503) },
  {
    title: 'another error is not the one that was kept',
    says: 'not-armed',
    tell: (story) => kept(story, 503, false, 200, 429),
  },
  {
    title: 'who waits for the request of another sends nothing',
    says: 'not-armed',
    tell: (story) => {
      const first = story.ask('contact.read', { at, entity })
      story.attempt(first, { at, ends: 500 })
      story.attempt(null, { at: at + 119_000, took: 2_000, ends: 500, entity })
      for (const before of [4_000, 2_000]) story.read({ at: at + 120_000 - before, entity: 'contact:2' })
      story.event(at + 100, errorOf(first, 500))
      const again = story.ask('contact.read', { at: at + 120_000, entity })
      story.event(at + 121_000, errorOf(again, 500))
    },
  },
  { title: 'no error, nothing to judge', says: 'not-armed', tell: (story) => void story.read({ at }) },
])

test('the sentence names the error, its age and the others', () => {
  const history = storyOf({ tell: (story) => askedAgainAfterError(story, 2 * minute, false) })
  expect(sentenceBy('errors-are-not-cached', history)).toMatchInlineSnapshot(
    `"Operation 3 (contact.read) was given the same 500 at 11:22:00Z without a request, 2m after GET /contacts/{id} for contact:1 was answered 500 after 100ms at 11:20:00Z; an error may be kept for 1m, and the same request for others was answered 200 after 100ms at 11:21:58Z."`,
  )
})
