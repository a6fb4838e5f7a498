import { expect, test } from 'vitest'
import type { Pairs } from '#fault/fault.ts'
import { headerOf, headReader } from './response-facts.ts'

const epochMs = Date.UTC(2026, 2, 16, 10, 0, 10, 300)
const headFacts = (headers: Pairs) => headReader()(headers, epochMs)

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

test('an API may call them otherwise, and count the seconds from now', () => {
  const headers = { limit: 'RateLimit-Limit', remaining: 'RateLimit-Remaining', reset: 'RateLimit-Reset' }
  const told = [
    ['ratelimit-limit', '60'],
    ['RATELIMIT-REMAINING', '7'],
    ['ratelimit-reset', '50'],
    ['x-ratelimit-reset', '1'],
  ] as const
  const rateLimit = { limit: 60, remaining: 7, resetAt: Date.UTC(2026, 2, 16, 10, 1) / 1_000 }
  expect(headReader({ headers, reset: 'seconds' })(told, epochMs)).toEqual({ rateLimit })
  expect(headReader({ headers, reset: 'epoch' })(told, epochMs)).toEqual({ rateLimit: { ...rateLimit, resetAt: 50 } })
  expect(headReader({ headers, reset: 'seconds', windowMs: 60_000 })(told, epochMs)).toEqual({
    rateLimit: { ...rateLimit, windowMs: 60_000 },
  })
  expect(headReader({ headers: {}, reset: 'epoch' })(told, epochMs)).toEqual({})
  expect(headReader({ headers: { ...headers, limit: 'X-Limit' }, reset: 'seconds' })(told, epochMs)).toEqual({})
})
