import { expect, test } from 'vitest'
import type { Bound, Threshold } from '#history/header.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { createStory } from '../../test/history-builder.ts'

const limit = (value: number, bound: Bound = 'at-most'): Threshold => ({
  oracle: 'o',
  name: 'n',
  value,
  unit: 'count',
  bound,
  domain: 'client',
  source: 'profile',
  cite: 'c',
})
const evidence = (seq: number) => () => ({ witness: [seq, undefined, seq, 1], sentence: `Event ${seq}.` })
const unarmed = 'Nothing happened.'

test('exactly at the limit is inside', () => {
  const tally = createTally()
  tally.compare(limit(3), 3, evidence(5))
  tally.compare(limit(3, 'at-least'), 3, evidence(5))
  expect(tally.judgement({ unarmed })).toMatchObject({ verdict: 'pass', armed: 2, margin: 0 })
})

test('a threshold knows which side of it is good', () => {
  const most = createTally()
  most.compare(limit(3), 2, evidence(5))
  expect(most.judgement({ unarmed })).toMatchObject({ verdict: 'pass', margin: 1 })
  const least = createTally()
  least.compare(limit(3, 'at-least'), 2, evidence(5))
  expect(least.judgement({ unarmed })).toMatchObject({ verdict: 'fail', margin: -1 })
})

test.for([
  ['at-most', 5],
  ['at-least', 1],
] as const)('the tolerance widens a threshold of 3 that is %s', ([bound, observed]) => {
  const tally = createTally()
  tally.compare(limit(3, bound), observed, evidence(5), 2)
  expect(tally.judgement({ unarmed })).toMatchObject({ verdict: 'pass', margin: 0 })
})

test('a sentence begins with a capital letter', () => {
  const tally = createTally()
  tally.compare(limit(1), 2, () => ({ witness: [1], sentence: 'operation 1 took long.' }))
  expect(tally.judgement({ unarmed })).toMatchObject({ sentence: 'Operation 1 took long.' })
})

test('rounding of fractions decides nothing', () => {
  const tally = createTally()
  tally.compare(limit(0.3), 0.1 + 0.2, evidence(5))
  expect(tally.judgement({ unarmed })).toMatchObject({ verdict: 'pass', observed: 0.3, margin: 0 })
})

test('the worst by share of its limit is shown, and all violations are counted', () => {
  const tally = createTally()
  tally.compare(limit(100), 150, evidence(5))
  tally.compare(limit(2), 6, evidence(7))
  tally.compare(limit(2), 1, evidence(9))
  expect(tally.judgement({ unarmed })).toMatchObject({
    verdict: 'fail',
    armed: 3,
    violations: 2,
    observed: 6,
    margin: -4,
    witness: [1, 7],
    sentence: 'Event 7.',
  })
})

test('what violates another threshold is not counted with the worst', () => {
  const tally = createTally()
  tally.compare(limit(2), 6, evidence(5))
  tally.compare({ ...limit(2), name: 'other' }, 5, evidence(7))
  expect(tally.judgement({ unarmed })).toMatchObject({ verdict: 'fail', armed: 2, violations: 1, witness: [1, 5] })
})

test('of two equally bad the first is shown', () => {
  const tally = createTally()
  tally.compare(limit(1), 2, evidence(5))
  tally.compare(limit(1), 2, evidence(7))
  expect(tally.judgement({ unarmed })).toMatchObject({ sentence: 'Event 5.' })
})

test('nothing measured is never a pass', () => {
  const tally = createTally()
  expect(tally.judgement({ unarmed })).toMatchObject({ verdict: 'inconclusive', reason: 'not-armed', detail: unarmed })
  tally.skip()
  expect(tally.judgement({ unarmed })).toMatchObject({ reason: 'uncertain' })
  expect(tally.judgement({ unarmed, armed: 3, samples: 5 })).toMatchObject({ reason: 'few-samples', armed: 3 })
})

test('a skipped candidate does not hide what was measured', () => {
  const tally = createTally()
  tally.skip()
  tally.compare(limit(1), 2, evidence(5))
  expect(tally.judgement({ unarmed }).verdict).toBe('fail')
})

test('a threshold keeps the origin that the header gives it', () => {
  const known = { ...limit(7), source: 'config', cite: 'because we are special' } as const
  const history = createStory({ thresholds: [known] }).history()
  const params = {
    least: {
      unit: 'share',
      bound: 'at-least',
      domain: 'client',
      defaults: { strict: 1, default: 1, lenient: 1 },
      cite: 'c',
    },
    n: { unit: 'count', domain: 'client', defaults: { strict: 1, default: 2, lenient: 3 }, cite: 'c' },
  } as const
  expect(thresholdsOf(history, 'o', params, { n: 7, least: 1 }).n).toEqual(known)
  const { n, least } = thresholdsOf(history, 'o', params, { n: 2, least: 1 })
  expect(n).toMatchObject({ value: 2, source: 'profile', bound: 'at-most' })
  expect(least).toMatchObject({ value: 1, unit: 'share', bound: 'at-least' })
})
