import { expect, test } from 'vitest'
import type { PromiseOf, Step } from '#history/promises.ts'
import { createStory } from '../../test/history-builder.ts'
import { isPreferred, ladderInWords, queueLimit, staleLimit, stalePromise, stepOf } from './ladder.ts'

const ladder: PromiseOf = {
  degrade: [{ kind: 'fallback' }, { kind: 'stale', maxAgeMs: 1_000 }, { kind: 'queue', maxDelayMs: 2_000 }],
}
const yearMs = 365 * 86_400_000

test.for<[better: Step['kind'], worse: Step['kind'], preferred: boolean]>([
  ['fallback', 'stale', true],
  ['stale', 'queue', true],
  ['stale', 'fallback', false],
  ['stale', 'stale', false],
  ['queue', 'error', true],
  ['fallback', 'error', true],
  ['error', 'fallback', false],
  ['error', 'drop', false],
])('%s is preferred to %s: %s', ([better, worse, preferred]) => {
  expect(isPreferred(ladder, better, worse)).toBe(preferred)
})

test('each outcome stands on a step, and a fresh one above them', () => {
  const outcomes = ['fresh', 'stale', 'queued', 'fallback', 'dropped', 'error'] as const
  expect(outcomes.map(stepOf)).toEqual([null, 'stale', 'queue', 'fallback', 'drop', 'error'])
})

test('a ladder in words', () => {
  expect(ladderInWords(ladder)).toBe('fallback, then stale, then queue')
  expect(ladderInWords({ degrade: [] })).toBe('nothing but success')
})

test('the limits of a ladder, under the ceilings of the profile', () => {
  const long: PromiseOf = {
    degrade: [
      { kind: 'stale', maxAgeMs: yearMs },
      { kind: 'queue', maxDelayMs: yearMs },
    ],
  }
  const history = createStory({ promises: { short: ladder, long, none: { degrade: [] } } }).history()
  const names = ['short', 'long', 'none', 'unknown']
  expect(names.map((name) => stalePromise(history, name))).toEqual([1_000, yearMs, null, null])
  expect(names.map((name) => staleLimit(history, name))).toEqual([1_000, 604_800_000, null, null])
  expect(names.map((name) => queueLimit(history, name))).toEqual([2_000, 604_800_000, null, null])
})
