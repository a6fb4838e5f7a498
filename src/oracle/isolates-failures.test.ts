import { expect, test } from 'vitest'
import type { Header } from '#history/header.ts'
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

function usually(loads: NonNullable<Header['baseline']>['loads']): Header['baseline'] {
  return { operations: 100, exchanges: 100, exchangesPerOperation: {}, peakSends: 10, peakInFlight: 2, loads }
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
    header: { baseline: usually({ control: { okShare: 0.5, p99Ms: 200 } }) },
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
  {
    title: 'as slow as the slowest may be without faults, and half as much again',
    says: 'pass',
    header: { baseline: usually({ control: { okShare: 1, p99Ms: 4_000 } }) },
    tell: (story) => besideAnOutage(story, (at) => waits(story, at, 6_000)),
  },
  {
    title: 'and a millisecond more',
    says: 'fail',
    header: { baseline: usually({ control: { okShare: 1, p99Ms: 4_000 } }) },
    tell: (story) => besideAnOutage(story, (at) => waits(story, at, 6_001)),
  },
  {
    title: 'one waits longer, the others exactly as long as they may',
    says: 'pass',
    tell: (story) => besideAnOutage(story, (at, nth) => waits(story, at, nth === 7 ? 5_000 : 1_200)),
  },
  {
    title: 'two of forty wait longer',
    says: 'fail',
    tell: (story) => besideAnOutage(story, (at, nth) => waits(story, at, { 7: 9_000, 9: 5_000 }[nth] ?? 0)),
  },
  {
    title: 'it waits after the answer as well as before it',
    says: 'fail',
    tell: (story) =>
      besideAnOutage(story, (at) => {
        const read = story.ask('contact.read', { at, ...control })
        story.attempt(read, { at, ends: 200 })
        story.ok(read, { at: at + 3_100 })
      }),
  },
  {
    title: 'what is still under way when it is answered counts until then',
    says: 'fail',
    tell: (story) =>
      besideAnOutage(story, (at) => {
        const read = story.ask('contact.read', { at, ...control })
        story.attempt(read, { at: at + 3_000, took: 10_000, ends: 200 })
        story.attempt(read, { at: at + 3_100, took: 400, ends: 200 })
        story.ok(read, { at: at + 3_500 })
      }),
  },
  {
    title: 'a load of which nobody knows how it usually goes',
    says: 'not-armed',
    header: { baseline: usually({}) },
    tell: (story) => besideAnOutage(story, silenced(story, 2)),
  },
  {
    title: 'twenty are enough',
    says: 'fail',
    tell: (story) => besideAnOutage(story, (at, nth) => (nth < 20 ? silenced(story, 2)(at, nth + 1) : undefined)),
  },
  { title: 'nothing fails', says: 'not-armed', tell: (story) => besideAnOutage(story, silenced(story, 2), 200) },
  {
    title: 'there is no fault-free twin',
    says: 'not-armed',
    header: { baseline: null, firstFaultAt: null, lastLiftAt: null },
    tell: (story) => besideAnOutage(story, silenced(story, 2)),
  },
])

type Sent = Partial<Parameters<Story['attempt']>[1]>

/** Twenty are asked of a part at once, and held back. */
type Crowd = {
  readonly at?: number
  /** Answers of that part so long before and after. */
  readonly before?: number
  readonly after?: number
  /** What it sends, and what fails in another part so long after. */
  readonly own?: Sent
  readonly fails?: number
  readonly other?: Sent
  readonly more?: (story: Story, at: number) => void
}

function crowd(story: Story, { at = 20 * minute, before = minute, after = minute, ...facts }: Crowd): void {
  const { own, fails = -1_000, other, more } = facts
  const { workspace: _, ...unlike } = { workspace: 'sibling', ...own }
  const workspace = own?.workspace ?? 'sibling'
  for (const sentAt of [at - before, at + after]) {
    const read = story.ask('contact.read', { at: sentAt, ...control, workspace })
    story.attempt(read, { at: sentAt, ends: 200, ...unlike })
    story.ok(read, { at: sentAt + 100 })
  }
  for (let nth = 0; nth < 20; nth += 1) held(story, at, { ...control, workspace })
  story.attempt(null, { at: at + fails, ends: 503, ...other })
  more?.(story, at)
}

const restartAt =
  (ms: number, instance = 0) =>
  (story: Story, at: number): void =>
    story.event(at + ms, { kind: 'client.restarted', instance, orderly: true })

const answered =
  (ms: number, facts: Sent) =>
  (story: Story, at: number): void =>
    void story.attempt(null, { at: at + ms, ends: 200, ...facts })

const rows: readonly (readonly [title: string, says: 'fail' | 'not-armed' | 'few-samples', crowd: Crowd])[] = [
  ['an answer three minutes before', 'fail', { before: 3 * minute }],
  ['an answer longer before', 'not-armed', { before: 3 * minute + 1 }],
  ['an answer three minutes after', 'fail', { after: 3 * minute }],
  ['an answer longer after', 'not-armed', { after: 3 * minute + 1 }],
  ['an answer in the same moment is one after it', 'fail', { after: 0 }],
  ['an answer in the same moment is none before it', 'few-samples', { before: 0 }],
  ['a failure three minutes before', 'fail', { fails: -3 * minute }],
  ['a failure longer before', 'not-armed', { fails: -3 * minute - 1 }],
  ['a failure three minutes after', 'fail', { fails: 3 * minute }],
  ['a failure longer after', 'few-samples', { fails: 3 * minute + 1 }],
  ['asked when the first fault begins', 'fail', { at: 10 * minute, fails: 0 }],
  ['asked before the first fault', 'few-samples', { at: 10 * minute - 1, fails: 1 }],
  ['a failure before the first fault', 'not-armed', { at: 10 * minute, fails: -1 }],
  ['asked right before the lift', 'fail', { at: 30 * minute - 1 }],
  ['asked in the moment of the lift', 'not-armed', { at: 30 * minute }],
  ['a failure in the moment of the lift', 'not-armed', { at: 30 * minute - 1, fails: 1 }],
  ['a restart a minute before', 'few-samples', { more: restartAt(-minute) }],
  ['a restart longer before', 'fail', { more: restartAt(-minute - 1) }],
  ['a restart in the same moment', 'not-armed', { more: restartAt(0) }],
  ['a restart afterwards', 'fail', { more: restartAt(1) }],
  ['a restart of another process', 'fail', { more: restartAt(-1_000, 1) }],
  [
    'a limit three minutes before',
    'few-samples',
    { other: { ends: 429 }, fails: -3 * minute, more: answered(0, { ends: 503 }) },
  ],
  ['a limit longer before', 'fail', { other: { ends: 429 }, fails: -3 * minute - 1, more: answered(0, { ends: 503 }) }],
  ['a limit afterwards', 'fail', { more: answered(1, { ends: 429 }) }],
  ['a limit of another host', 'fail', { more: answered(-1_000, { ends: 429, host: 'graph.facebook.com' }) }],
  ['a Retry-After', 'not-armed', { more: answered(-1_000, { ends: 503, retryAfter: '5' }) }],
  ['another product of the workspace fails', 'fail', { own: { workspace: 'ours', product: 'status' } }],
  ['another host fails', 'fail', { own: { workspace: 'ours', host: 'graph.facebook.com' } }],
  ['the same part fails', 'not-armed', { own: { workspace: 'ours' } }],
  ['a fault met what it sends', 'not-armed', { own: { hit: 'delay' } }],
  ['a refusal is no answer that proves anything', 'not-armed', { own: { ends: 404 } }],
  ['its own answers ask for silence', 'not-armed', { own: { retryAfter: '5' } }],
]

testOracle(
  'isolates-failures',
  rows.map(([title, says, facts]) => ({ title: `a crowd: ${title}`, says, tell: (story) => crowd(story, facts) })),
)

const perRoute = { declares: { breaker: { ...breaker, per: 'route' } } } as const
const perWorkspace = { declares: { breaker } }

testOracle('isolates-failures', [
  {
    title: 'a breaker per route: another route fails',
    says: 'fail',
    header: perRoute,
    tell: (story) => crowd(story, { own: { workspace: 'ours', route: '/tickets/{id}' } }),
  },
  {
    title: 'a breaker per route: the route fails for another workspace',
    says: 'not-armed',
    header: perRoute,
    tell: (story) => crowd(story, {}),
  },
  {
    title: 'a breaker per workspace: another product of it fails',
    says: 'not-armed',
    header: perWorkspace,
    tell: (story) => crowd(story, { own: { workspace: 'ours', product: 'status' } }),
  },
  {
    title: 'a breaker per workspace: what belongs to none fails',
    says: 'fail',
    header: perWorkspace,
    tell: (story) => crowd(story, { other: { workspace: null } }),
  },
  {
    title: 'one of two parts that it needs fails',
    says: 'not-armed',
    tell: (story) =>
      crowd(story, {
        more: (_, at) => {
          const read = story.ask('contact.read', { at: at + 30_000, ...control })
          story.attempt(read, { at: at + 30_000, ends: 503, product: 'status' })
          story.attempt(read, { at: at + 31_000, ends: 200 })
          story.ok(read, { at: at + 31_100 })
        },
      }),
  },
  {
    title: 'what a person gave up on is no failure of the other part',
    says: 'not-armed',
    tell: (story) => {
      crowd(story, { other: { ends: 200 } })
      const read = story.ask('contact.read', { at: '20m' })
      story.attempt(read, { at: '20m', ends: 'abort' })
      story.cancel(read, { at: '20m' })
      story.error(read, { at: '20m1s' })
    },
  },
  {
    title: 'what a person gave up on is no failure of its own part',
    says: 'fail',
    tell: (story) => {
      crowd(story, {})
      const read = story.ask('contact.read', { at: '20m', ...control })
      story.attempt(read, { at: '20m', ends: 'abort' })
      story.cancel(read, { at: '20m' })
      story.error(read, { at: '20m1s' })
    },
  },
  {
    title: 'borrowed contexts do not count',
    says: 'not-armed',
    tell: (story) =>
      besideAnOutage(story, (at) => {
        const read = story.ask('contact.read', { at, ...control })
        story.attempt(read, { at, ends: 200, certain: false })
        story.error(read, { at: at + 100 })
      }),
  },
])

test('the sentences name who failed meanwhile', () => {
  const silent = storyOf({ tell: (story) => besideAnOutage(story, silenced(story, 2)) })
  expect(sentenceBy('isolates-failures', silent)).toMatchInlineSnapshot(
    `"20 of 40 operations of the load control suffered although the service answered all that was sent for them, while the workspace ours (rest, api.au.intercom.io) was failing at 11:10:00Z: operation 4 (contact.read) ended error, asked 11:10:35Z, no exchange."`,
  )
  let nth = 0
  const slower = storyOf({ tell: (story) => besideAnOutage(story, (at) => waits(story, at, 5_000 + (nth += 1))) })
  expect(sentenceBy('isolates-failures', slower)).toContain('inside the client (99th percentile')
  expect(sentenceBy('isolates-failures', slower)).toContain('operation 80 (contact.read) waited 5.04s, asked 11:29:35Z')
  const slow = storyOf({ tell: (story) => besideAnOutage(story, (at) => waits(story, at, 5_000)) })
  expect(sentenceBy('isolates-failures', slow)).toMatchInlineSnapshot(
    `"Operations of the load control waited up to 5s inside the client (99th percentile; a whole one takes 200ms without faults) although its part of the service was well, while the workspace ours (rest, api.au.intercom.io) was failing at 11:10:00Z: operation 2 (contact.read) waited 5s, asked 11:10:05Z, first sent 5s later, one exchange, answered 200 after 100ms at 11:10:10Z."`,
  )
})
