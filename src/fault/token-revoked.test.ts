import { expect, test } from 'vitest'
import { decisionOf } from './test-asking.ts'
import { tokenRevoked } from './token-revoked.ts'

test.for<[object, number | null, 'pass' | 'respond']>([
  [{}, 0, 'respond'],
  [{}, 1, 'pass'],
  [{}, null, 'pass'],
  [{ rotations: 2 }, 1, 'respond'],
  [{ rotations: 2 }, 2, 'pass'],
])('%j with a token of generation %s', ([input, tokenGeneration, kind]) => {
  expect(decisionOf(tokenRevoked, input, { tokenGeneration }).kind).toBe(kind)
})

test.for([
  ['revoked', 'token_revoked'],
  ['expired', 'token_expired'],
  ['wrong-environment', 'unauthorized'],
])('%s is a 401 with the code %s and no rate limit', ([reason, code]) => {
  const decision = decisionOf(tokenRevoked, { reason })
  expect(decision).toMatchObject({ status: 401, effect: 'none' })
  const { headers, body } = decision as Extract<typeof decision, { kind: 'respond' }>
  expect(headers.map(([name]) => name)).toEqual(['content-type', 'x-request-id'])
  expect(JSON.parse(String(body))).toMatchObject({ errors: [{ code }] })
})

test.for<[object, string]>([
  [{}, 'The access token has been revoked: requests are refused with 401 until a rotation gave a new one.'],
  [
    { reason: 'expired', rotations: 2 },
    'The access token has expired: requests are refused with 401 until 2 rotations gave a new one.',
  ],
])('explains %j', ([input, words]) => {
  expect(tokenRevoked.explain(tokenRevoked.schema.parse(input))).toBe(words)
})
