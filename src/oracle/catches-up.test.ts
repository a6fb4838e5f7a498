import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

const expecting = (settings: Readonly<Record<string, string | number>> = {}) => ({
  expect: [{ oracle: 'catches-up', settings: { within: 10 * minute, ...settings } }],
})
const header = expecting()

/** A write of the outage, queued; the API commits it at `at`. */
function queued(
  story: Story,
  at: number | null,
  facts: { name?: string; askedAt?: number; ends?: number; settling?: number } = {},
): void {
  const { name = 'contact.upsert', askedAt = 20 * minute, ends = 200, settling = 0 } = facts
  const asked = story.ask(name, { at: askedAt, key: 'a', entity: 'contact:1' })
  story.ok(asked, { at: askedAt + settling, result: 'queued' })
  if (at === null) return
  const commits = { after: 0, entity: 'contact:1', key: 'a' }
  story.attempt(null, { at, method: 'POST', ends, key: 'a', ...(ends === 200 && { commits }) })
}

testOracle('catches-up', [
  { title: 'soon after', says: 'pass', header, tell: (story) => queued(story, 31 * minute) },
  { title: 'during the incident already', says: 'pass', header, tell: (story) => queued(story, 25 * minute) },
  { title: 'exactly at the limit', says: 'pass', header, tell: (story) => queued(story, 40 * minute) },
  { title: 'too late', says: 'fail', header, tell: (story) => queued(story, 41 * minute) },
  { title: 'never', says: 'fail', header, tell: (story) => queued(story, null) },
  {
    title: 'beside reads, and writes that were not queued',
    says: 'pass',
    header,
    tell: (story) => {
      story.read({ at: 20 * minute })
      story.error(story.ask('contact.upsert', { at: 20 * minute, key: 'b', entity: 'contact:2' }), { at: 21 * minute })
      queued(story, 31 * minute)
    },
  },
  {
    title: 'asked in the moment of recovery',
    says: 'not-armed',
    header,
    tell: (story) => queued(story, null, { askedAt: 30 * minute }),
  },
  {
    title: 'the time is up with the run',
    says: 'not-armed',
    header: expecting({ within: 30 * minute }),
    tell: (story) => queued(story, null),
  },
  {
    title: 'what may be sent until the limit is owed',
    says: 'fail',
    header: expecting({ within: 2 * minute }),
    tell: (story) => queued(story, null, { name: 'conversation.reply', askedAt: 27 * minute }),
  },
  {
    title: 'the API had it already',
    says: 'not-armed',
    header,
    tell: (story) => queued(story, 35 * minute, { ends: 409 }),
  },
  {
    title: 'queued after the incident',
    says: 'not-armed',
    header,
    tell: (story) => queued(story, null, { askedAt: 31 * minute }),
  },
  {
    title: 'what was not to be sent any more is not owed',
    says: 'not-armed',
    header,
    tell: (story) => queued(story, null, { name: 'conversation.reply' }),
  },
  {
    title: 'counted from the phase that is named',
    says: 'pass',
    header: {
      ...expecting({ after: 'later' }),
      phases: [
        { name: 'baseline', at: 0 },
        { name: 'later', at: 45 * minute },
      ],
    },
    tell: (story) => queued(story, 50 * minute),
  },
  {
    title: 'the time is not up when the run ends',
    says: 'not-armed',
    header: expecting({ within: 40 * minute }),
    tell: (story) => queued(story, null),
  },
  {
    title: 'a client that never queues',
    says: 'not-applicable',
    header,
    tell: (story) => story.error(story.ask('contact.upsert', { at: 20 * minute, key: 'a' }), { at: 21 * minute }),
  },
  { title: 'nobody expects it', says: 'not-applicable', tell: (story) => queued(story, null) },
  {
    title: 'no faults',
    says: 'not-applicable',
    header: { ...header, lastLiftAt: null },
    tell: (story) => queued(story, null),
  },
])

test.for<[string, number | null]>([
  ['late', 50 * minute],
  ['never', null],
])('the sentence says when it happened: %s', ([, at]) => {
  expect(
    sentenceBy('catches-up', storyOf({ header, tell: (story) => queued(story, at, { settling: 1_000 }) })),
  ).toMatchSnapshot()
})

test('what was committed during the incident took no time after it', () => {
  const history = storyOf({ header, tell: (story) => queued(story, 25 * minute) })
  expect(judgeBy('catches-up', history)).toMatchObject({ verdict: 'pass', observed: 0 })
})
