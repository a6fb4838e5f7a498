import { expect, test } from 'vitest'
import type { ProblemMark } from '#history/header.ts'
import { minute, type Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { report } from '../../test/webhook-stories.ts'

const outage: ProblemMark = {
  name: 'outage',
  from: 10 * minute,
  until: 30 * minute,
  whose: 'theirs',
  cause: 'provider',
  withinMs: 5 * minute,
}
const header = { problems: [outage] }
const theirs = { status: 'down', problem: 'theirs', cause: 'provider' } as const
const ours = { status: 'down', problem: 'ours', cause: 'token' } as const

/** What is said from minute to minute; `ok` before and after. */
const says =
  (...stretches: [from: number, until: number, said: Parameters<typeof report>[3]][]) =>
  (story: Story) => {
    let at = 1
    for (const [from, until, said] of [...stretches, [60, 60, {}] as const]) {
      report(story, at * minute, from * minute, {})
      report(story, from * minute, until * minute, said)
      at = until
    }
  }

/** The outage lasts so many minutes only. */
const shortly = (minutes: number) => ({ problems: [{ ...outage, until: (10 + minutes) * minute }] })

testOracle('health-names-the-problem', [
  { title: 'named at once', says: 'pass', header, tell: says([10, 30, theirs]) },
  { title: 'exactly in time', says: 'pass', header, tell: says([15, 30, theirs]) },
  { title: 'a minute too late', says: 'fail', header, tell: says([16, 30, theirs]) },
  { title: 'never', says: 'fail', header, tell: says([10, 30, { status: 'degraded' }]) },
  { title: 'the other side is blamed', says: 'fail', header, tell: says([10, 30, ours]) },
  { title: 'the wrong cause', says: 'fail', header, tell: says([10, 30, { ...theirs, cause: 'network' }]) },
  { title: 'no cause is no wrong one', says: 'pass', header, tell: says([10, 30, { ...theirs, cause: null }]) },
  {
    title: 'an ok with a problem names nothing',
    says: 'fail',
    header,
    tell: says([10, 30, { ...theirs, status: 'ok' }]),
  },
  { title: 'a single flip', says: 'pass', header, tell: says([11, 20, theirs], [22, 30, theirs]) },
  { title: 'the opposite for half of the time', says: 'fail', header, tell: says([11, 20, theirs], [20, 30, ours]) },
  { title: 'back to ok too soon', says: 'fail', header, tell: says([11, 20, theirs]) },
  { title: 'still down a quarter of an hour later', says: 'pass', header, tell: says([11, 45, theirs]) },
  { title: 'and after that', says: 'fail', header, tell: says([11, 46, theirs]) },
  { title: 'a false alarm before', says: 'fail', header, tell: says([3, 4, theirs], [11, 30, theirs]) },
  { title: 'degraded is no alarm', says: 'pass', header, tell: says([3, 4, { status: 'degraded' }], [11, 30, theirs]) },
  {
    title: 'of two problems at once it may name either',
    says: 'pass',
    header: { problems: [outage, { ...outage, name: 'token', from: 20 * minute, whose: 'ours', cause: 'token' }] },
    tell: says([11, 21, theirs], [21, 30, ours]),
  },
  {
    title: 'a process that was away all the time is not asked',
    says: 'pass',
    header,
    tell: (story) => {
      report(story, minute, 10 * minute, {})
      report(story, 30 * minute, 60 * minute, {})
    },
  },
  {
    title: 'a client that met no fault has nothing to name',
    says: 'not-armed',
    header,
    tell: (story) => {
      const said = { status: 'ok', problem: null, cause: null, why: '' } as const
      for (let at = 10; at < 30; at += 1) story.event(at * minute, { kind: 'health.reported', instance: 0, ...said })
    },
  },
  {
    title: 'four reports in five are enough',
    says: 'pass',
    header,
    tell: says([10, 18, theirs], [18, 22, ours], [22, 30, theirs]),
  },
  {
    title: 'fewer are not',
    says: 'fail',
    header,
    tell: says([10, 18, theirs], [18, 23, ours], [23, 30, theirs]),
  },
  { title: 'of four reports no share is taken', says: 'pass', header: shortly(4), tell: says([10, 12, theirs]) },
  { title: 'of five it is', says: 'fail', header: shortly(5), tell: says([10, 12, theirs]) },
  {
    title: 'a fault in the moment when the problem ends is not met',
    says: 'not-armed',
    header,
    tell: (story) => {
      const said = { status: 'ok', problem: null, cause: null, why: '' } as const
      story.event(20 * minute, { kind: 'health.reported', instance: 0, ...said })
      for (const at of [9, 30, 40])
        story.event(at * minute, {
          kind: 'fault.hit',
          exchange: null,
          fault: 'x',
          decision: 'condition',
          effect: 'none',
        })
    },
  },
  {
    title: 'one in the moment when it begins is',
    says: 'fail',
    header,
    tell: (story) => {
      const said = { status: 'ok', problem: null, cause: null, why: '' } as const
      story.event(20 * minute, { kind: 'health.reported', instance: 0, ...said })
      story.event(10 * minute, { kind: 'fault.hit', exchange: null, fault: 'x', decision: 'condition', effect: 'none' })
    },
  },
  {
    title: 'a short problem must be named while it lasts, and in its last moment is in time',
    says: 'pass',
    header: shortly(3),
    tell: says([12, 13, theirs]),
  },
  {
    title: 'from the moment when another problem begins it may name that',
    says: 'pass',
    header: { problems: [outage, { ...outage, name: 'token', from: 15 * minute, whose: 'ours', cause: 'token' }] },
    tell: says([10, 15, theirs], [15, 30, ours]),
  },
  {
    title: 'from the moment when the other one ends it may not',
    says: 'fail',
    header: {
      problems: [outage, { ...outage, name: 'token', until: 20 * minute, whose: 'ours', cause: 'token' }],
    },
    tell: says([10, 12, theirs], [12, 20, ours], [20, 22, theirs], [22, 26, ours], [26, 30, theirs]),
  },
  { title: 'no problem to name', says: 'not-armed', tell: says([10, 30, theirs]) },
  { title: 'no health check', says: 'not-applicable', header, tell: (story) => void story.read({ at: 0 }) },
])

test('each process of a fleet is asked for itself', () => {
  const history = storyOf({
    header,
    tell: (story) => {
      says([11, 30, theirs])(story)
      report(story, minute, 60 * minute, { instance: 1 })
    },
  })
  expect(sentenceBy('health-names-the-problem', history)).toMatch(/never named it/u)
})

test.for<[string, (story: Story) => void]>([
  ['late', says([20, 30, theirs])],
  ['wrong', says([10, 30, ours])],
  ['not steady', says([11, 15, theirs], [15, 30, ours])],
  ['alarm', says([3, 5, ours], [11, 30, theirs])],
])('the sentence says what was said: %s', ([, tell]) => {
  expect(sentenceBy('health-names-the-problem', storyOf({ header, tell }))).toMatchSnapshot()
})

/** The time of day of each event of the witness, in minutes. */
function witnessed(
  about: object,
  tell: (story: Story) => void,
): { readonly observed: number | null; readonly at: number[] } {
  const history = storyOf({ header: about, tell })
  const judgement = judgeBy('health-names-the-problem', history)
  if (judgement.verdict !== 'fail') throw new Error(judgement.verdict)
  return { observed: judgement.observed, at: judgement.witness.map((seq) => history.at(seq).at / minute) }
}

test.for<[string, Parameters<typeof witnessed>, ReturnType<typeof witnessed>]>([
  [
    'late: the last report in time, and the first good one',
    [header, says([20, 30, theirs])],
    { observed: 600_000, at: [15, 20] },
  ],
  ['never: the last report in time', [header, says()], { observed: 1_200_000, at: [15] }],
  ['never in a short problem: more than it lasted', [shortly(3), says()], { observed: 180_001, at: [12] }],
  [
    'not steady: the first good report and the first bad one',
    [header, says([11, 15, theirs], [15, 30, ours])],
    { observed: 0.210526, at: [11, 15] },
  ],
  ['an alarm: the first', [header, says([3, 5, ours], [11, 30, theirs])], { observed: 2, at: [3] }],
])('the witness of what is %s', ([, [about, tell], expected]) => {
  expect(witnessed(about, tell)).toEqual(expected)
})
