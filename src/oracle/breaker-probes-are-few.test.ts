import { expect, test } from 'vitest'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { breaker, failed, held, outageAt, probed, trip, trippedAt } from '../../test/stories/breaker.ts'

const header = { declares: { breaker } }
const three = { declares: { breaker: { ...breaker, probes: 3 } } }

testOracle('breaker-probes-are-few', [
  { title: 'one probe, the others wait', says: 'pass', header, tell: (story) => probed(story, 1) },
  { title: 'two at once', says: 'fail', header, tell: (story) => probed(story, 2) },
  { title: 'three, as declared', says: 'pass', header: three, tell: (story) => probed(story, 3) },
  { title: 'four where three are declared', says: 'fail', header: three, tell: (story) => probed(story, 4) },
  {
    title: 'lenient allows one more',
    says: 'pass',
    header: { ...header, profile: 'lenient' },
    tell: (story) => probed(story, 2),
  },
  {
    title: 'and no third',
    says: 'fail',
    header: { ...header, profile: 'lenient' },
    tell: (story) => probed(story, 3),
  },
  {
    title: 'nobody else asks',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, outageAt)
      held(story, trippedAt + 1_000)
      failed(story, trippedAt + 11_000)
    },
  },
  {
    title: 'attempts of one probe are one',
    says: 'pass',
    header,
    tell: (story) => {
      trip(story, outageAt)
      held(story, trippedAt + 1_000)
      const probe = story.ask('contact.read', { at: trippedAt + 11_000 })
      for (let nth = 0; nth < 4; nth += 1)
        story.attempt(probe, { at: trippedAt + 11_000 + nth * 500, took: 400, ends: 503 })
      held(story, trippedAt + 11_200)
      story.error(probe, { at: trippedAt + 13_000 })
    },
  },
  {
    title: 'an answer to the queue lets the others through',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, outageAt)
      held(story, trippedAt + 1_000)
      story.attempt(null, { at: trippedAt + 10_500, ends: 200, workspace: 'ours' })
      for (let nth = 0; nth < 5; nth += 1) story.read({ at: trippedAt + 11_000 + nth, took: 500 })
    },
  },
  {
    title: 'a lull is no rest',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, outageAt)
      for (let nth = 0; nth < 5; nth += 1) failed(story, trippedAt + 11_000 + nth, 503)
    },
  },
  { title: 'nothing is declared', says: 'not-applicable', tell: (story) => probed(story, 5) },
])

test('the sentence counts the probes', () => {
  const history = storyOf({ header, tell: (story) => probed(story, 4) })
  expect(sentenceBy('breaker-probes-are-few', history)).toMatchInlineSnapshot(
    `"When the breaker had rested, 4 operations tried the service within 300ms from 11:20:14Z on, before any came back; the first was operation 5 (contact.read), aborted by the client after 3s at 11:20:17Z."`,
  )
})
