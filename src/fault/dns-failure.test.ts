import { expect, test } from 'vitest'
import { dnsFailure } from './dns-failure.ts'
import { possibleEffects } from './problem.ts'
import { decisionOf } from './test-asking.ts'

test('there is no connection, and so no effect', () => {
  expect(decisionOf(dnsFailure, {})).toEqual({ kind: 'abort', effect: 'none', phase: 'connect', code: 'ENOTFOUND' })
  expect(possibleEffects(dnsFailure, {})).toEqual(['none'])
})

test('explains itself', () => {
  expect(dnsFailure.explain({})).toBe('The name of the host cannot be resolved.')
})
