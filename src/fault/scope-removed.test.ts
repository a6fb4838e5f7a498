import { expect, test } from 'vitest'
import { scopeRemoved } from './scope-removed.ts'
import { decisionOf } from './test-asking.ts'

test('without a scope everything it is asked about is refused', () => {
  expect(decisionOf(scopeRemoved, {})).toMatchObject({ kind: 'respond', effect: 'none', status: 403 })
})

test('with a scope, what does not need it is served', () => {
  const params = { scope: 'write-conversations' }
  expect(decisionOf(scopeRemoved, params).kind).toBe('pass')
  expect(decisionOf(scopeRemoved, params, { method: 'POST', route: '/conversations' }).kind).toBe('respond')
})

test.for([
  ['permission', 'forbidden'],
  ['plan', 'api_plan_restricted'],
])('the reason %s has the code %s', ([reason, code]) => {
  const decision = decisionOf(scopeRemoved, { reason })
  expect(JSON.parse('body' in decision ? String(decision.body) : '')).toMatchObject({ errors: [{ code }] })
})

test.for<[object, string]>([
  [{}, 'Requests are refused with 403, because the permission is gone.'],
  [
    { scope: 'read-tags', reason: 'plan' },
    'Requests that need the scope read-tags are refused with 403, because the plan does not include them.',
  ],
])('explains %j', ([input, words]) => {
  expect(scopeRemoved.explain(scopeRemoved.schema.parse(input))).toBe(words)
})
