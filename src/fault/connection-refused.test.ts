import { expect, test } from 'vitest'
import { connectionRefused } from './connection-refused.ts'
import { possibleEffects } from './problem.ts'
import { decisionOf } from './test-asking.ts'

test('there is no connection, and so no effect', () => {
  expect(decisionOf(connectionRefused, {})).toEqual({
    kind: 'abort',
    effect: 'none',
    phase: 'connect',
    code: 'ECONNREFUSED',
  })
  expect(possibleEffects(connectionRefused, {})).toEqual(['none'])
})

test('explains itself', () => {
  expect(connectionRefused.explain({})).toBe('The connection is refused at once.')
})
