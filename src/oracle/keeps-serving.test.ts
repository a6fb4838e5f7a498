import { expect, test } from 'vitest'
import type { Operation } from '#history/query.ts'
import { minute, type Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

const expecting = (settings: Readonly<Record<string, string | number>>) => ({
  expect: [{ oracle: 'keeps-serving', settings: { load: 'reads', ...settings } }],
})
const header = expecting({ share: 0.9 })

type Ending = Operation['outcome'] | 'crashed'

function ask(story: Story, at: number, outcome: Ending): void {
  const read = story.ask('contact.read', { at })
  if (outcome === 'error') story.error(read, { at: at + 1 })
  else if (outcome === 'unknown' || outcome === 'crashed')
    story.unknown(read, { at: at + 1, reason: outcome === 'crashed' ? 'crashed' : 'unsettled' })
  else story.ok(read, { at: at + 1, result: outcome })
}

/** One a minute in the middle of the faults, by turns. */
const ends =
  (...outcomes: Ending[]) =>
  (story: Story) =>
    outcomes.forEach((outcome, index) => ask(story, (10 + index) * minute, outcome))

const ten = (outcome: Ending): Ending[] => Array.from({ length: 10 }, () => outcome)

testOracle('keeps-serving', [
  { title: 'fresh values', says: 'pass', header, tell: ends(...ten('fresh')) },
  {
    title: 'copies, queues and fallbacks are of use',
    says: 'pass',
    header,
    tell: ends('stale', 'queued', 'fallback', ...ten('stale')),
  },
  { title: 'exactly the share', says: 'pass', header, tell: ends('error', ...ten('stale').slice(1)) },
  { title: 'below the share', says: 'fail', header, tell: ends('error', 'error', ...ten('stale').slice(2)) },
  { title: 'what was dropped is of no use', says: 'fail', header, tell: ends(...ten('dropped')) },
  { title: 'nor is what never settled', says: 'fail', header, tell: ends(...ten('unknown')) },
  {
    title: 'a process that died is not the client’s choice',
    says: 'pass',
    header,
    tell: ends('crashed', 'crashed', ...ten('stale')),
  },
  {
    title: 'nor is a process that stood still meanwhile',
    says: 'pass',
    header,
    tell: (story: Story) => {
      story.event(9 * minute, { kind: 'client.paused', instance: 0 })
      ends('error', 'error')(story)
      story.event(11.5 * minute, { kind: 'client.resumed', instance: 0 })
      for (let nth = 0; nth < 10; nth += 1) ask(story, (12 + nth) * minute, 'stale')
    },
  },
  { title: 'nine are too few', says: 'few-samples', header, tell: ends(...ten('stale').slice(1)) },
  {
    title: 'without a share of its own 95 in a hundred',
    says: 'pass',
    header: expecting({}),
    tell: ends('error', ...ten('stale'), ...ten('stale').slice(1)),
  },
  {
    title: 'and no less',
    says: 'fail',
    header: expecting({}),
    tell: ends('error', ...ten('stale'), ...ten('stale').slice(2)),
  },
  {
    title: 'asked in the moment when the faults are lifted',
    says: 'pass',
    header,
    tell: (story) => {
      ends(...ten('stale'))(story)
      for (let nth = 0; nth < 5; nth += 1) ask(story, 30 * minute, 'error')
    },
  },
  {
    title: 'a phase ends where the next begins',
    says: 'pass',
    header: expecting({ during: 'onset' }),
    tell: (story) => {
      ends(...ten('fresh'))(story)
      ten('error').forEach((outcome, index) => ask(story, (30 + index) * minute, outcome))
    },
  },
  { title: 'too few', says: 'few-samples', header, tell: ends('stale', 'error') },
  {
    title: 'outside of the faults',
    says: 'not-armed',
    header,
    tell: (story) => ten('error').forEach((outcome, index) => ask(story, (40 + index) * minute, outcome)),
  },
  {
    title: 'only the phase that is named',
    says: 'pass',
    header: expecting({ during: 'recovery' }),
    tell: (story) => {
      ends(...ten('error'))(story)
      ten('fresh').forEach((outcome, index) => ask(story, (40 + index) * minute, outcome))
    },
  },
  {
    title: 'the client does not offer what the load asks for',
    says: 'not-applicable',
    header,
    tell: (story) => void story.read({ at: '15m', load: 'others' }),
  },
  { title: 'nobody expects it', says: 'not-applicable', tell: ends(...ten('error')) },
])

test('the sentence shows one that got nothing', () => {
  expect(sentenceBy('keeps-serving', storyOf({ header, tell: ends(...ten('error')) }))).toMatchSnapshot()
})

test.for([
  [{}, 'while faults were on'],
  [{ during: 'onset' }, 'during the phase onset'],
])('what was not asked, and when', ([settings, when]) => {
  const tell = (story: Story) => ask(story, minute, 'fresh')
  expect(judgeBy('keeps-serving', storyOf({ header: expecting(settings as {}), tell }))).toMatchObject({
    detail: `No operation of the load reads was asked ${when as string}.`,
  })
})

test('without faults the whole run counts', () => {
  const tell = (story: Story) =>
    [0, ...ten('fresh').map((_one, index) => index)].forEach((at) => ask(story, at * minute, 'fresh'))
  const history = storyOf({ header: { ...header, firstFaultAt: null, lastLiftAt: null }, tell })
  expect(judgeBy('keeps-serving', history)).toMatchObject({ verdict: 'pass', armed: 11 })
})
