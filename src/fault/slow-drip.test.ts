import { expect, test } from 'vitest'
import { slowDrip } from './slow-drip.ts'
import { complaint, decisionOf } from './test-asking.ts'

test('a shape scales how long the body takes', () => {
  expect(decisionOf(slowDrip, { over: '30s' })).toEqual({ kind: 'drip', ms: 30_000 })
  expect(decisionOf(slowDrip, { over: '30s' }, {}, { intensity: 0.5 })).toEqual({ kind: 'drip', ms: 15_000 })
})

test('refuses a body that takes no time', () => {
  expect(complaint(slowDrip, { over: '0s' })).toBe('a body that takes no time does not drip')
})

test('explains itself', () => {
  expect(slowDrip.explain(slowDrip.schema.parse({ over: '30s' }))).toBe(
    'Answers begin in time, but their body takes 30s to come in.',
  )
})
