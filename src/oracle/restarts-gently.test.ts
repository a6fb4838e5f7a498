import { expect, test } from 'vitest'
import type { Header } from '#history/header.ts'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle, type Case } from '../../test/judging.ts'
import { restarted } from '../../test/stories/breaker.ts'

type Baseline = NonNullable<Header['baseline']>

const nominal: Baseline = {
  operations: 100,
  exchanges: 100,
  exchangesPerOperation: { 'contact.read': 1 },
  peakSends: 30,
  peakInFlight: 2,
  loads: {},
}

/** Moments around the restart. */
function at(count: number, from = 0, gapMs = 10): number[] {
  return Array.from({ length: count }, (_, index) => from + index * gapMs)
}

function sends(story: Story, moments: readonly number[]): void {
  for (const ms of moments) story.attempt(null, { at: 20 * minute + ms, ends: 200 })
}

function asks(story: Story, moments: readonly number[]): void {
  for (const ms of moments) story.ok(story.ask('contact.read', { at: 20 * minute + ms }), { at: 20 * minute + ms })
}

/** Where one request in ten seconds is usual. */
function bursts(
  title: string,
  says: 'pass' | 'fail',
  tell: Case['tell'],
  over: Partial<Baseline> = {},
): readonly Case[] {
  const header = { baseline: { ...nominal, ...over } }
  return [{ title, says, header, tell: (story) => (restarted(story, 0), tell(story)) }]
}

/** Fifteen are sent in these moments, and no more than this is usual then. */
function usually(
  title: string,
  firstFaultAt: number | null,
  moments: readonly number[],
  usual: number,
): readonly Case[] {
  const header = { baseline: nominal, firstFaultAt }
  const most = Math.max(20, 2 * usual)
  return (
    [
      ['pass', most],
      ['fail', most + 1],
    ] as const
  ).map(([says, count]) => ({
    title: `${title}: ${count}`,
    says,
    header,
    tell: (story) => {
      for (const ms of moments) for (let nth = 0; nth < 15; nth += 1) story.attempt(null, { at: ms, ends: 200 })
      story.event('20m', { kind: 'client.restarted', instance: 0, orderly: false })
      sends(story, at(count))
    },
  }))
}

testOracle('restarts-gently', [
  { title: 'as much as a small number', says: 'pass', tell: (story) => restarted(story, 20) },
  { title: 'one more', says: 'fail', tell: (story) => restarted(story, 21) },
  { title: 'all copies at once', says: 'fail', tell: (story) => restarted(story, 200, 1) },
  { title: 'the same, at a steady pace', says: 'pass', tell: (story) => restarted(story, 200, 600) },
  {
    title: 'as much as is asked for, twice',
    says: 'pass',
    tell: (story) => {
      restarted(story, 40)
      for (let nth = 0; nth < 40; nth += 1)
        story.ok(story.ask('contact.read', { at: 20 * minute + 1 + nth }), { at: 20 * minute + 2 + nth })
    },
  },
  {
    title: 'another process is not the one that started',
    says: 'pass',
    tell: (story) => {
      restarted(story, 0)
      for (let nth = 0; nth < 50; nth += 1) story.read({ at: 20 * minute + nth, instance: 1 })
    },
  },
  {
    title: 'the run is over before ten seconds are',
    says: 'not-armed',
    header: { spanMs: 20 * minute + 5_000 },
    tell: (story) => restarted(story, 200, 1),
  },
  {
    title: 'twenty before and twenty after it are never twenty-one in ten seconds',
    says: 'pass',
    tell: (story) => {
      restarted(story, 0)
      for (let nth = 0; nth < 40; nth += 1)
        story.attempt(null, { at: 20 * minute - 9_900 + nth * 500, ends: 200, workspace: 'ours' })
    },
  },
  {
    title: 'the run is over when ten seconds are',
    says: 'fail',
    header: { spanMs: 20 * minute + 10_000 },
    tell: (story) => restarted(story, 200, 1),
  },
  ...bursts('what ten seconds later is sent is too late', 'pass', (story) => sends(story, [...at(20), 10_000])),
  ...bursts('what is sent right before that is not', 'fail', (story) => sends(story, [...at(20), 9_999])),
  ...bursts('what is sent ten seconds before it is its own', 'fail', (story) =>
    sends(story, [-10_000, ...at(20, -9_000)]),
  ),
  ...bursts('what is sent earlier is not', 'pass', (story) => sends(story, [-10_001, ...at(20, -9_000)])),
  ...bursts('of two equally busy stretches the first is shown', 'fail', (story) => sends(story, at(42, -10_000, 470))),
  ...bursts('what the old process sent before it ended', 'pass', (story) => {
    sends(story, at(21, -5_000, 10))
    story.event(20 * minute - 1_000, { kind: 'client.closed', how: 'settled', message: '' })
  }),
  ...bursts('what the old process sent before it was killed', 'pass', (story) => {
    sends(story, at(21, -5_000, 10))
    story.event(20 * minute - 1_000, { kind: 'client.crashed', cause: 'killed', operation: null, message: '' })
  }),
  ...bursts('from the end of the old process on all is new', 'fail', (story) => {
    story.event(20 * minute - 5_000, { kind: 'client.closed', how: 'settled', message: '' })
    sends(story, at(21, -5_000, 10))
  }),
  ...bursts('an end that comes later is another', 'fail', (story) => {
    sends(story, at(21, -5_000, 10))
    story.event(25 * minute, { kind: 'client.closed', how: 'settled', message: '' })
  }),
  ...bursts('what is asked for, twice, is as much as it may send', 'pass', (story) => {
    sends(story, at(40))
    asks(story, at(20, -9_999, 999))
  }),
  ...bursts('one more is not', 'fail', (story) => {
    sends(story, at(41))
    asks(story, at(20, -9_999, 999))
  }),
  ...bursts('what is asked for ten seconds before or after it does not count', 'fail', (story) => {
    sends(story, at(39))
    asks(story, [-10_000, ...at(18, 0, 100), 10_000])
  }),
  ...bursts(
    'an operation that usually takes three requests',
    'pass',
    (story) => (sends(story, at(60)), asks(story, at(10))),
    {
      exchangesPerOperation: { 'contact.read': 3 },
    },
  ),
  ...bursts('and one more', 'fail', (story) => (sends(story, at(61)), asks(story, at(10))), {
    exchangesPerOperation: { 'contact.read': 3 },
  }),
  ...bursts(
    'an operation that often takes none may take one',
    'pass',
    (story) => (sends(story, at(40)), asks(story, at(20))),
    {
      exchangesPerOperation: { 'contact.read': 0.2 },
    },
  ),
  ...bursts(
    'an operation of which nobody knows what it takes may take one',
    'fail',
    (story) => (sends(story, at(41)), asks(story, at(20))),
    {
      exchangesPerOperation: {},
    },
  ),
  ...usually('it is measured for less than four minutes', 299_999, [70_000], 30),
  ...usually('it is measured for four minutes', 300_000, [70_000], 15),
  ...usually('the first minute does not count', 300_000, [50_000], 1),
  ...usually('what is sent after it counts', 300_000, [60_000], 15),
  ...usually('what is sent under the first fault does not count', 400_000, [400_000], 1),
  ...usually('there are no faults', null, [70_000], 30),
  ...usually('more than in the twin is no measure', 400_000, [70_000, 71_000, 72_000], 30),
  { title: 'no restart', says: 'not-armed', tell: (story) => void story.read({ at: 0 }) },
  {
    title: 'no fault-free twin',
    says: 'not-applicable',
    header: { baseline: null },
    tell: (story) => restarted(story, 200, 1),
  },
])

test('of several requests the sentence names the one that was sent most', () => {
  const tell = (story: Story): void => {
    restarted(story, 0)
    for (let nth = 0; nth < 10; nth += 1) story.attempt(null, { at: 20 * minute + nth, method: 'POST', ends: 200 })
    sends(story, at(30, 20))
    for (let nth = 0; nth < 20; nth += 1) story.attempt(null, { at: 20 * minute + 900 + nth, method: 'PUT', ends: 200 })
  }
  expect(sentenceBy('restarts-gently', storyOf({ tell }))).toContain(
    '60 requests in 10 s, 30 of them GET /contacts/{id};',
  )
})

test('the sentence says what was sent most', () => {
  expect(sentenceBy('restarts-gently', storyOf({ tell: (story) => restarted(story, 100) }))).toMatchInlineSnapshot(
    `"The process 0 was restarted at 11:20:00Z and sent 100 requests in 10 s, 100 of them GET /contacts/{id}; usually there are at most 1 in 10 s."`,
  )
})
