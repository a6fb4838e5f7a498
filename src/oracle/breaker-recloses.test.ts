import { expect, test } from 'vitest'
import { minute } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { breaker, failed, held, returned, trip } from '../../test/stories/breaker.ts'

const header = { declares: { breaker } }
const lift = 30 * minute

testOracle('breaker-recloses', [
  { title: 'back as soon as the rest is over', says: 'pass', header, tell: (story) => returned(story, lift + 10_000) },
  { title: 'back after ten minutes', says: 'fail', header, tell: (story) => returned(story, lift + 10 * minute) },
  { title: 'exactly at the limit', says: 'pass', header, tell: (story) => returned(story, lift + 24_900) },
  { title: 'just beyond it', says: 'fail', header, tell: (story) => returned(story, lift + 24_901) },
  { title: 'never', says: 'fail', header, tell: (story) => returned(story, 59 * minute + 59_000) },
  {
    title: 'it tries, and gives up what would have been answered at once',
    says: 'fail',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      for (let at = lift + 10_000; at < lift + 5 * minute; at += 11_000) {
        const read = story.ask('contact.read', { at })
        story.attempt(read, { at, took: 20, ends: 'abort', answersIn: 100 })
        story.error(read, { at: at + 20 })
      }
    },
  },
  {
    title: 'the service goes on failing after the lift',
    says: 'pass',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      for (let at = lift + 10_000; at < lift + 5 * minute; at += 11_000) failed(story, at)
      for (let at = lift + 5 * minute; at < lift + 6 * minute; at += 5_000) story.read({ at })
    },
  },
  {
    title: 'hardly anybody asks',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      held(story, lift + 12_000)
      story.read({ at: lift + 5 * minute })
    },
  },
  {
    title: 'it was closed when the faults were lifted',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, 20 * minute)
      story.read({ at: 25 * minute })
    },
  },
  {
    title: 'a refusal shows that it closed',
    says: 'pass',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      for (let at = lift + 10_000; at < lift + 5 * minute; at += 5_000) failed(story, at, 404)
    },
  },
  {
    title: 'a restart is left to others',
    says: 'not-armed',
    header,
    tell: (story) => {
      returned(story, lift + 10 * minute)
      story.event('31m', { kind: 'client.restarted', instance: 0, orderly: true })
    },
  },
  {
    title: 'faults that are never lifted',
    says: 'not-applicable',
    header: { ...header, lastLiftAt: null },
    tell: (story) => returned(story, lift + 10 * minute),
  },
  { title: 'nothing is declared', says: 'not-applicable', tell: (story) => returned(story, lift + 10 * minute) },
])

test('the sentence says how long nothing was let through', () => {
  const history = storyOf({ header, tell: (story) => returned(story, lift + 10 * minute) })
  expect(sentenceBy('breaker-recloses', history)).toMatchInlineSnapshot(
    `"The service was well from 11:30:00Z on and the breaker of the workspace ours rests 10s, but it let a request succeed only at 11:40:00Z, 10m later, after 296 operations had been asked for; operation 9 (contact.read), asked 11:30:10Z, no exchange, ended error."`,
  )
})
