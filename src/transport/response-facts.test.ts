import { expect, test } from 'vitest'
import { headFacts, headerOf } from './response-facts.ts'

const limited = (limit: string, remaining: string, reset: string) =>
  [
    ['X-RateLimit-Limit', limit],
    ['x-ratelimit-remaining', remaining],
    ['X-RATELIMIT-RESET', reset],
  ] as const

test('names of headers count in any case and the first of two wins', () => {
  expect(headerOf([['Location', '/a']], 'location')).toBe('/a')
  expect(
    headFacts([
      ['RETRY-AFTER', '1'],
      ['retry-after', '2'],
      ['X-Request-ID', 'r'],
    ]),
  ).toEqual({
    retryAfter: '1',
    requestId: 'r',
  })
})

test('rate limits need all three numbers', () => {
  expect(headFacts(limited('167', '0', '1777287600'))).toEqual({
    rateLimit: { limit: 167, remaining: 0, resetAt: 1_777_287_600 },
  })
  expect(headFacts(limited('167', '0', '1777287600').slice(0, 2))).toEqual({})
})

test.for(['', 'soon', 'NaN', 'Infinity'])('a limit of "%s" is no number', (text) => {
  expect(headFacts(limited(text, '0', '1'))).toEqual({})
})
