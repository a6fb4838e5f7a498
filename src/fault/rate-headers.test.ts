import { expect, test } from 'vitest'
import { rateHeaders } from './rate-headers.ts'
import { complaint, rewritten } from './test-asking.ts'

const id = ['x-request-id', 'r1'] as const
const [limitIs167, remainingIs100] = [
  ['X-RateLimit-Limit', '167'],
  ['X-RateLimit-Remaining', '100'],
] as const
const reply = {
  status: 200,
  headers: [['X-RateLimit-Limit', '167'], ['X-RateLimit-Remaining', '100'], id, ['X-RateLimit-Reset', '100000']],
  body: '{}',
} as const

test.for<[string, readonly (readonly [string, string])[]]>([
  ['missing', [id]],
  ['past', [['X-RateLimit-Limit', '167'], ['X-RateLimit-Remaining', '100'], id, ['x-ratelimit-reset', '96400']]],
  ['milliseconds', [limitIs167, remainingIs100, id, ['x-ratelimit-reset', '100000000']]],
  ['delta', [limitIs167, remainingIs100, id, ['x-ratelimit-reset', expect.stringMatching(/^\d+$/u)]]],
  [
    'negative',
    [['X-RateLimit-Limit', '-167'], ['X-RateLimit-Remaining', '-100'], id, ['X-RateLimit-Reset', '-100000']],
  ],
  ['far-future', [['X-RateLimit-Limit', '167'], ['X-RateLimit-Remaining', '100'], id, ['x-ratelimit-reset', '186400']]],
  [
    'malformed',
    [['X-RateLimit-Limit', 'unknown'], ['X-RateLimit-Remaining', 'unknown'], id, ['X-RateLimit-Reset', 'unknown']],
  ],
  [
    'zero-remaining',
    [['X-RateLimit-Limit', '167'], id, ['X-RateLimit-Reset', '100000'], ['x-ratelimit-remaining', '0']],
  ],
])('%s', ([form, headers]) => {
  expect(rewritten(rateHeaders, { form }, reply)).toEqual({ ...reply, headers })
})

test('a reply without the headers stays as it is', () => {
  const refused = { status: 401, headers: [id], body: '{}' }
  expect(rewritten(rateHeaders, { form: 'malformed' }, refused)).toBe(refused)
})

test('says which forms there are', () => {
  expect(complaint(rateHeaders, {})).toBe(
    'write one of missing, past, milliseconds, delta, negative, far-future, malformed, zero-remaining',
  )
})
