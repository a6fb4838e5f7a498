import { testOracle } from '../../test/judging.ts'
import type { Header } from '#history/header.ts'
import { minute, type Story } from '../../test/history-builder.ts'
import { afterwards } from '../../test/stories/load.ts'

type How = { readonly requests?: number; readonly fails?: boolean }
type Asked = { readonly from?: number; readonly everyMs?: number; readonly count?: number }

/** Twice a minute in the half hour after the faults, so that the last third has twenty. */
function reads(story: Story, how: (nth: number) => How, { from = 30, everyMs = 30_000, count = 60 }: Asked = {}): void {
  for (let nth = 0; nth < count; nth += 1) {
    const at = from * minute + nth * everyMs
    const { requests = 1, fails = false } = how(nth)
    const read = story.ask('contact.read', { at, entity: 'contact:1' })
    for (let sent = 1; sent <= requests; sent += 1)
      story.attempt(read, { at: at + sent * 200, ends: fails || sent < requests ? 503 : 200 })
    if (fails) story.error(read, { at: at + 900 })
    else story.ok(read, { at: at + 900 })
  }
}

function usually(okShare: number, requests = 1): Partial<Header> {
  return {
    baseline: {
      operations: 100,
      exchanges: 100,
      exchangesPerOperation: { 'contact.read': requests },
      peakSends: 10,
      peakInFlight: 2,
      loads: { reads: { okShare, p99Ms: 200 } },
    },
  }
}

const among = (from: number, count: number, how: How) => (nth: number) => (nth >= from && nth < from + count ? how : {})

testOracle('load-returns-to-normal', [
  {
    title: 'exactly a fifth more requests',
    says: 'pass',
    tell: (story) => reads(story, among(40, 4, { requests: 2 })),
  },
  { title: 'more than a fifth', says: 'fail', tell: (story) => reads(story, among(40, 5, { requests: 2 })) },
  { title: 'one in twenty fails', says: 'pass', tell: (story) => reads(story, among(45, 1, { fails: true })) },
  { title: 'two in twenty fail', says: 'fail', tell: (story) => reads(story, among(45, 2, { fails: true })) },
  {
    title: 'the first two thirds do not count',
    says: 'pass',
    tell: (story) => reads(story, among(0, 40, { requests: 3, fails: true })),
  },
  {
    title: 'it was worse in the beginning, and is still more than usual',
    says: 'fail',
    tell: (story) => reads(story, (nth) => ({ requests: nth < 20 ? 4 : nth < 55 ? 2 : 1 })),
  },
  {
    title: 'half of them fail without faults as well',
    says: 'pass',
    header: usually(0.5),
    tell: (story) => reads(story, (nth) => ({ fails: nth % 2 === 0 })),
  },
  {
    title: 'all of them fail without faults as well',
    says: 'pass',
    header: usually(0),
    tell: (story) => reads(story, () => ({ fails: true })),
  },
  {
    title: 'each takes two requests without faults as well',
    says: 'pass',
    header: usually(1, 2),
    tell: (story) => reads(story, () => ({ requests: 2 })),
  },
  { title: 'nineteen are few', says: 'few-samples', tell: (story) => reads(story, () => ({}), { count: 59 }) },
  {
    title: 'three minutes are enough',
    says: 'fail',
    header: { lastLiftAt: 57 * minute },
    tell: (story) => reads(story, () => ({ fails: true }), { from: 57, everyMs: 1_000, count: 180 }),
  },
  {
    title: 'a millisecond less is not',
    says: 'not-armed',
    header: { lastLiftAt: 57 * minute + 1 },
    tell: (story) => reads(story, () => ({ fails: true }), { from: 57, everyMs: 1_000, count: 180 }),
  },
])

testOracle('load-returns-to-normal', [
  { title: 'as without faults', says: 'pass', tell: (story) => afterwards(story, 1) },
  { title: 'three tries each, and all in vain', says: 'fail', tell: (story) => afterwards(story, 3) },
  { title: 'nothing was asked', says: 'not-armed', tell: () => {} },
  {
    title: 'a short recovery',
    says: 'not-armed',
    header: { lastLiftAt: 58 * minute },
    tell: (story) => afterwards(story, 3),
  },
  {
    title: 'a few operations',
    says: 'few-samples',
    tell: (story) => void story.read({ at: 55 * minute }),
  },
  { title: 'no faults', says: 'not-applicable', header: { lastLiftAt: null }, tell: (story) => afterwards(story, 3) },
  { title: 'no twin', says: 'not-applicable', header: { baseline: null }, tell: (story) => afterwards(story, 3) },
])
