import { expect, test } from 'vitest'
import { clockStep } from './clock-step.ts'
import { complaint, conditionOf } from './test-asking.ts'

test('the clock is ahead or behind', () => {
  expect(conditionOf(clockStep, { ahead: '5m' })).toEqual({ kind: 'clock-offset', ms: 300_000 })
  expect(conditionOf(clockStep, { behind: '5m' })).toEqual({ kind: 'clock-offset', ms: -300_000 })
})

test.for([{}, { ahead: '5m', behind: '5m' }])('refuses %j', (input) => {
  expect(complaint(clockStep, input)).toBe('write either ahead or behind')
})

test('refuses a clock that is right', () => {
  expect(complaint(clockStep, { ahead: '0s' })).toBe('a clock that is off by nothing is right')
})

test('explains itself', () => {
  expect(clockStep.explain(clockStep.schema.parse({ behind: '5m' }))).toBe(
    "The client's system clock jumps and is 5m behind.",
  )
})
