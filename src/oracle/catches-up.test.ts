import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

const expecting = (settings: Readonly<Record<string, string | number>> = {}) => ({
  expect: [{ oracle: 'catches-up', settings: { within: 10 * minute, ...settings } }],
})
const header = expecting()

/** A write of the outage, queued; the API commits it at `at`. */
function queued(story: Story, at: number | null, facts: { name?: string; askedAt?: number; ends?: number } = {}): void {
  const { name = 'contact.upsert', askedAt = 20 * minute, ends = 200 } = facts
  const asked = story.ask(name, { at: askedAt, key: 'a', entity: 'contact:1' })
  story.ok(asked, { at: askedAt, result: 'queued' })
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
  expect(sentenceBy('catches-up', storyOf({ header, tell: (story) => queued(story, at) }))).toMatchSnapshot()
})
