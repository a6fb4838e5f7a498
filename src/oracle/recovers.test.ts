import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

type Facts = { readonly until?: number; readonly how?: 'error' | 'stale' | 'slow'; readonly span?: number }

/** A read every ten seconds from the lift at 30m on; until so many minutes after it, all are bad. */
function reads(story: Story, { until = 0, how = 'error', span = 29 }: Facts): void {
  for (let at = 30 * minute; at < (30 + span) * minute; at += 10_000)
    read(story, at, at < (30 + until) * minute ? how : 'well')
}

function read(story: Story, at: number, how: string): void {
  if (how === 'well' || how === 'slow') story.read({ at, took: how === 'slow' ? '2s' : 100 })
  else {
    const asked = story.ask('contact.read', { at, entity: 'contact:1' })
    if (how === 'stale') story.ok(asked, { at: at + 100, result: 'stale', ageMs: 100_000 })
    else story.error(asked, { at: at + 100 })
  }
}

/** From the deadline on 144 reads, of which some take longer, the last of them at the end. */
function slowNowAndThen(story: Story, count: number): void {
  const span = 29 * minute
  for (let at = 0; at < span; at += 10_000)
    read(story, 30 * minute + at, at >= span - count * 2 * minute && at % (2 * minute) === 60_000 ? 'slow' : 'well')
}

testOracle('recovers', [
  { title: 'well at once', says: 'pass', tell: (story) => reads(story, {}) },
  { title: 'well after four minutes', says: 'pass', tell: (story) => reads(story, { until: 4 }) },
  { title: 'well exactly in time', says: 'pass', tell: (story) => reads(story, { until: 5 }) },
  { title: 'errors for longer', says: 'fail', tell: (story) => reads(story, { until: 6 }) },
  { title: 'errors to the end', says: 'fail', tell: (story) => reads(story, { until: 30 }) },
  { title: 'copies for longer', says: 'fail', tell: (story) => reads(story, { until: 10, how: 'stale' }) },
  { title: 'slow for longer', says: 'fail', tell: (story) => reads(story, { until: 10, how: 'slow' }) },
  { title: 'five slow ones of 144 are chance', says: 'pass', tell: (story) => slowNowAndThen(story, 5) },
  { title: 'six are not', says: 'fail', tell: (story) => slowNowAndThen(story, 6) },
  {
    title: 'the scenario asks for more',
    says: 'fail',
    header: { expect: [{ oracle: 'recovers', settings: { within: 2 * minute, after: 'recovery' } }] },
    tell: (story) => reads(story, { until: 4 }),
  },
  {
    title: 'one error in a long rest is no relapse',
    says: 'pass',
    tell: (story) => {
      reads(story, {})
      read(story, 50 * minute, 'error')
    },
  },
  {
    title: 'a relapse is one',
    says: 'fail',
    tell: (story) => {
      reads(story, {})
      for (let at = 50; at < 55; at += 1) read(story, at * minute + 500, 'error')
    },
  },
  {
    title: 'two errors in two hundred are one in a hundred',
    says: 'pass',
    header: { spanMs: 90 * minute },
    tell: (story) => {
      reads(story, { span: 39 })
      for (const at of [60, 61]) read(story, at * minute + 500, 'error')
    },
  },
  {
    title: 'three are more',
    says: 'fail',
    header: { spanMs: 90 * minute },
    tell: (story) => {
      reads(story, { span: 39 })
      for (const at of [60, 61, 62]) read(story, at * minute + 500, 'error')
    },
  },
  { title: 'too little was asked afterwards', says: 'few-samples', tell: (story) => reads(story, { span: 6 }) },
  { title: 'nothing was asked afterwards', says: 'not-armed', tell: (story) => reads(story, { span: 5 }) },
  {
    title: 'faults that are never lifted',
    says: 'not-applicable',
    header: { lastLiftAt: 60 * minute },
    tell: (story) => reads(story, {}),
  },
  {
    title: 'no faults',
    says: 'not-applicable',
    header: { lastLiftAt: null, firstFaultAt: null },
    tell: (story) => reads(story, {}),
  },
  {
    title: 'a client that always queues is well when it queues',
    says: 'pass',
    tell: (story) => {
      for (let index = 0; index < 300; index += 1) {
        const asked = story.ask('conversation.reply', { at: index * 10_000 })
        story.ok(asked, { at: index * 10_000, result: 'queued' })
      }
    },
  },
  {
    title: 'a client that always hands over copies is well when it does',
    says: 'pass',
    tell: (story) => {
      for (let index = 0; index < 300; index += 1) read(story, index * 10_000, index % 4 === 0 ? 'stale' : 'well')
    },
  },
  {
    title: 'a client that now queues what it did at once is not',
    says: 'fail',
    tell: (story) => {
      for (let index = 0; index < 300; index += 1) {
        const asked = story.ask('conversation.reply', { at: index * 10_000 })
        story.ok(asked, { at: index * 10_000, result: index < 60 ? 'fresh' : 'queued' })
      }
    },
  },
])

test('what is observed is when it was well for good', () => {
  const header = { expect: [{ oracle: 'recovers', settings: { drop: 0 } }] }
  const judgement = judgeBy('recovers', storyOf({ header, tell: (story) => reads(story, { until: 4 }) }))
  expect(judgement).toMatchObject({ verdict: 'pass', observed: 4 * minute, margin: minute })
})

test('the sentence says when it recovered', () => {
  const tell = (until: number) => storyOf({ tell: (story) => reads(story, { until }) })
  expect(sentenceBy('recovers', tell(10))).toMatchInlineSnapshot(
    `"The load reads recovered at 11:39:50Z, 9m50s after the API was well again at 11:30:00Z; operation 59 (contact.read) still ended error, asked 11:39:50Z, no exchange."`,
  )
  expect(sentenceBy('recovers', tell(30))).toMatchInlineSnapshot(
    `"The load reads had not recovered when the run ended, 30m after the API was well again at 11:30:00Z; operation 173 (contact.read) still ended error, asked 11:58:50Z, no exchange."`,
  )
})
