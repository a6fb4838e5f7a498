import { expect, test } from 'vitest'
import { createHeader, type Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

const header = { expect: [{ oracle: 'unaffected', settings: { load: 'control', success: 0.99 } }] }

/** Control reads every ten seconds while faults are on; `bad` of them fail, `slow` of them take a second. */
function control(story: Story, { count = 100, bad = 0, slow = 0, from = 600_000 }): void {
  for (let index = 0; index < count; index += 1) {
    const at = from + index * 10_000
    if (index >= bad) story.read({ at, load: 'control', took: index < bad + slow ? 1_000 : 100 })
    else {
      const read = story.ask('contact.read', { at, load: 'control' })
      story.attempt(read, { at, took: '2s', ends: 'abort' })
      story.error(read, { at: at + 2_000 })
    }
  }
}

/** Every second answer is a copy that is renewed behind the scenes, before and during the faults. */
function copies(story: Story, bad: number): void {
  for (let index = 0; index < 120; index += 1) {
    const at = index * 10_000
    const read = story.ask('contact.read', { at, load: 'control' })
    if (index >= 120 - bad) story.error(read, { at: at + 100 })
    else story.ok(read, { at, ...(index % 2 === 1 && { result: 'stale', ageMs: 40_000 }) })
  }
}

const { baseline } = createHeader()
const loads = { control: { okShare: 1, p99Ms: 0, askedP99Ms: 900 } }
const fetchedBefore = baseline && { ...baseline, loads }

testOracle('unaffected', [
  { title: 'all well', says: 'pass', header, tell: (story) => control(story, {}) },
  { title: 'one in a hundred is the limit', says: 'pass', header, tell: (story) => control(story, { bad: 1 }) },
  { title: 'two are beyond it', says: 'fail', header, tell: (story) => control(story, { bad: 2 }) },
  { title: 'one slow answer in a hundred is none', says: 'pass', header, tell: (story) => control(story, { slow: 1 }) },
  { title: 'one of forty is slow', says: 'pass', header, tell: (story) => control(story, { count: 40, slow: 1 }) },
  {
    title: 'nobody knows how fast it usually is',
    says: 'pass',
    header: {
      ...header,
      baseline: { operations: 9, exchanges: 9, exchangesPerOperation: {}, peakSends: 9, peakInFlight: 2, loads: {} },
    },
    tell: (story) => control(story, { slow: 2 }),
  },
  { title: 'slower than without faults', says: 'fail', header, tell: (story) => control(story, { slow: 2 }) },
  {
    title: 'what copies served before may take as long as a fetch',
    says: 'pass',
    header: { ...header, baseline: fetchedBefore },
    tell: (story) => control(story, { slow: 2 }),
  },
  {
    title: 'before the faults does not count',
    says: 'not-armed',
    header,
    tell: (story) => control(story, { from: 0, count: 50 }),
  },
  { title: 'nineteen are too few', says: 'few-samples', header, tell: (story) => control(story, { count: 19 }) },
  {
    title: 'the client does not offer what the load asks for',
    says: 'not-applicable',
    header,
    tell: (story) => void story.read({ at: '15m' }),
  },
  { title: 'nobody expects it', says: 'not-applicable', tell: (story) => control(story, {}) },
  {
    title: 'a stale copy is affected',
    says: 'fail',
    header,
    tell: (story) => {
      for (let index = 0; index < 30; index += 1) {
        const read = story.ask('contact.read', { at: 600_000 + index * 10_000, load: 'control' })
        story.ok(read, { at: 600_000 + index * 10_000, result: 'stale', ageMs: 1 })
      }
    },
  },
  {
    title: 'a client that revalidates behind its copies is judged by errors and latency',
    says: 'pass',
    header,
    tell: (story) => copies(story, 0),
  },
  {
    title: 'its errors count',
    says: 'fail',
    header,
    tell: (story) => copies(story, 5),
  },
  {
    title: 'one copy before the faults is not usual',
    says: 'fail',
    header,
    tell: (story) => {
      control(story, { from: 0, count: 50 })
      const read = story.ask('contact.read', { at: '9m', load: 'control' })
      story.ok(read, { at: '9m', result: 'stale', ageMs: 1 })
      for (let index = 0; index < 30; index += 1) {
        const again = story.ask('contact.read', { at: 600_000 + index * 10_000, load: 'control' })
        story.ok(again, { at: 600_000 + index * 10_000, result: 'stale', ageMs: 1 })
      }
    },
  },
  {
    title: 'who walked away counts neither way',
    says: 'pass',
    header,
    tell: (story) => {
      control(story, {})
      for (let index = 0; index < 30; index += 1) {
        const read = story.ask('contact.read', { at: '12m', load: 'control' })
        story.cancel(read, { at: '12m1s' })
        story.error(read, { at: '12m1s' })
      }
    },
  },
])

test('a success share of the scenario is told apart from the profile', () => {
  const judgement = judgeBy('unaffected', storyOf({ header, tell: (story) => control(story, { bad: 5 }) }))
  expect(judgement).toMatchObject({ verdict: 'fail', observed: 0.95, threshold: { source: 'scenario', value: 0.99 } })
})

test.for<[string, (story: Story) => void]>([
  ['errors', (story) => control(story, { bad: 5 })],
  ['slow', (story) => control(story, { slow: 5 })],
  [
    'slower and slower',
    (story: Story) => {
      control(story, { slow: 3 })
      story.read({ at: '29m', load: 'control', took: '9s' })
    },
  ],
])('the sentence shows one that suffered: %s', ([, tell]) => {
  expect(sentenceBy('unaffected', storyOf({ header, tell }))).toMatchSnapshot()
})
