import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { besideAnOutage, breaker, failed, held } from '../../test/stories/breaker.ts'

const control = { workspace: 'sibling', load: 'control' }

function well(story: Story, at: number, took = 100): void {
  story.read({ at, took, ...control })
}

/** Waits inside of the client before it is sent. */
function waits(story: Story, at: number, ms: number, took = 100): void {
  const read = story.ask('contact.read', { at, ...control })
  story.attempt(read, { at: at + ms, took, ends: 200, contains: { 'contact:1': 1 } })
  story.ok(read, { at: at + ms + took })
}

/** All but every so many-th suffer. */
const silenced =
  (story: Story, every: number) =>
  (at: number, nth: number): void => {
    if (nth % every === 0) well(story, at)
    else held(story, at, control)
  }

testOracle('isolates-failures', [
  {
    title: 'the other workspace goes on',
    says: 'pass',
    tell: (story) => besideAnOutage(story, (at) => well(story, at)),
  },
  { title: 'it is silenced', says: 'fail', tell: (story) => besideAnOutage(story, silenced(story, 2)) },
  {
    title: 'exactly 95 of 100 are enough',
    says: 'pass',
    tell: (story) =>
      besideAnOutage(story, (at, nth) => (nth === 7 || nth === 9 ? held(story, at, control) : well(story, at))),
  },
  {
    title: 'three of forty are too many',
    says: 'fail',
    tell: (story) =>
      besideAnOutage(story, (at, nth) => (nth > 6 && nth < 10 ? held(story, at, control) : well(story, at))),
  },
  {
    title: 'it waits for a slot',
    says: 'fail',
    tell: (story) => besideAnOutage(story, (at) => waits(story, at, 3_000)),
  },
  {
    title: 'a second of waiting is noise',
    says: 'pass',
    tell: (story) => besideAnOutage(story, (at) => waits(story, at, 1_200)),
  },
  {
    title: 'a millisecond more is not',
    says: 'fail',
    tell: (story) => besideAnOutage(story, (at) => waits(story, at, 1_201)),
  },
  {
    title: 'half of it fails without faults as well',
    says: 'pass',
    header: {
      baseline: {
        operations: 100,
        exchanges: 100,
        exchangesPerOperation: {},
        peakSends: 10,
        peakInFlight: 2,
        loads: { control: { okShare: 0.5, p99Ms: 200 } },
      },
    },
    tell: (story) => besideAnOutage(story, silenced(story, 2)),
  },
  {
    title: 'the service itself was slower',
    says: 'pass',
    tell: (story) => besideAnOutage(story, (at) => well(story, at, 4_000)),
  },
  {
    title: 'it is hit as well, now and then',
    says: 'not-armed',
    tell: (story) =>
      besideAnOutage(story, (at, nth) =>
        nth === 20 ? void failed(story, at, 503, control) : silenced(story, 2)(at, nth),
      ),
  },
  {
    title: 'nobody knows how it would have fared',
    says: 'not-armed',
    tell: (story) => besideAnOutage(story, (at) => held(story, at, control)),
  },
  {
    title: 'answers long before and after prove nothing',
    says: 'few-samples',
    tell: (story) => besideAnOutage(story, silenced(story, 25)),
  },
  {
    title: 'a limit of the host may silence all',
    says: 'not-armed',
    tell: (story) => besideAnOutage(story, silenced(story, 2), 429),
  },
  {
    title: 'in the same workspace failures may be shared',
    says: 'not-armed',
    tell: (story) =>
      besideAnOutage(story, (at, nth) => {
        if (nth % 2) held(story, at, { load: 'control' })
        else story.read({ at, load: 'control' })
      }),
  },
  {
    title: 'a breaker that is declared for a host may cover both',
    says: 'not-armed',
    header: { declares: { breaker: { ...breaker, per: 'host' } } },
    tell: (story) => besideAnOutage(story, silenced(story, 2)),
  },
  {
    title: 'one that is declared for a workspace may not',
    says: 'fail',
    header: { declares: { breaker } },
    tell: (story) => besideAnOutage(story, silenced(story, 2)),
  },
  {
    title: 'a restart takes its minute',
    says: 'not-armed',
    tell: (story) => {
      besideAnOutage(story, silenced(story, 2))
      for (let at = 10 * minute; at < 31 * minute; at += minute)
        story.event(at, { kind: 'client.restarted', instance: 0, orderly: true })
    },
  },
  { title: 'nothing fails', says: 'not-armed', tell: (story) => besideAnOutage(story, silenced(story, 2), 200) },
  {
    title: 'there is no fault-free twin',
    says: 'not-armed',
    header: { baseline: null, firstFaultAt: null, lastLiftAt: null },
    tell: (story) => besideAnOutage(story, silenced(story, 2)),
  },
])

test('the sentences name who failed meanwhile', () => {
  const silent = storyOf({ tell: (story) => besideAnOutage(story, silenced(story, 2)) })
  expect(sentenceBy('isolates-failures', silent)).toMatchInlineSnapshot(
    `"20 of 40 operations of the load control suffered although the service answered all that was sent for them, while the workspace ours (rest, api.au.intercom.io) was failing at 11:10:00Z: operation 4 (contact.read) ended error, asked 11:10:35Z, no exchange."`,
  )
  const slow = storyOf({ tell: (story) => besideAnOutage(story, (at) => waits(story, at, 5_000)) })
  expect(sentenceBy('isolates-failures', slow)).toMatchInlineSnapshot(
    `"Operations of the load control waited up to 5s inside the client (99th percentile; a whole one takes 200ms without faults) although its part of the service was well, while the workspace ours (rest, api.au.intercom.io) was failing at 11:10:00Z: operation 2 (contact.read), asked 11:10:05Z, one exchange, answered 200 after 100ms at 11:10:10Z."`,
  )
})
