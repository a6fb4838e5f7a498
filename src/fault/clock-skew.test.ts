import { expect, test } from 'vitest'
import { clockSkew } from './clock-skew.ts'
import { createPlan } from './plan.ts'
import { conditionOf } from './test-asking.ts'

test('the clock drifts as far as the shape has risen, in whole milliseconds', () => {
  expect(conditionOf(clockSkew, { ahead: '5m' }, 0.5)).toEqual({ kind: 'clock-offset', ms: 150_000 })
  expect(conditionOf(clockSkew, { behind: '1s' }, 1 / 3)).toEqual({ kind: 'clock-offset', ms: -333 })
})

test('under a plan it is a little more wrong at each look', () => {
  const plan = createPlan([
    {
      name: 'drift',
      kind: clockSkew,
      where: {},
      from: 0,
      until: 1_000,
      shape: { kind: 'ramp', overMs: 1_000 },
      share: 1,
      effect: 'none',
      params: clockSkew.schema.parse({ ahead: '10s' }),
    },
  ])
  const offsets = [0, 250, 500, 999, 1_000].map((at) => plan.clientConditions(at)[0]?.condition)
  expect(offsets.map((condition) => (condition?.kind === 'clock-offset' ? condition.ms : 0))).toEqual([
    0, 2_500, 5_000, 9_990, 0,
  ])
})

test('explains itself', () => {
  expect(clockSkew.explain(clockSkew.schema.parse({ ahead: '5m' }))).toBe(
    "The client's system clock drifts until it is 5m ahead.",
  )
})
