import { expect, test } from 'vitest'
import { connectTimeout } from './connect-timeout.ts'
import { possibleEffects } from './problem.ts'
import { decisionOf } from './test-asking.ts'

test('there is no connection, and so no effect', () => {
  expect(decisionOf(connectTimeout, {})).toEqual({
    kind: 'abort',
    effect: 'none',
    phase: 'connect',
    code: 'UND_ERR_CONNECT_TIMEOUT',
  })
  expect(possibleEffects(connectTimeout, {})).toEqual(['none'])
})

test('explains itself', () => {
  expect(connectTimeout.explain({})).toBe('The attempt to connect is never answered and times out.')
})
