import { expect, test } from 'vitest'
import { RateLimiter } from './rate-limiter.ts'

test.for<[number, number]>([
  [1_000, 167],
  [10_000, 1_667],
  [25_000, 4_167],
])('%i calls per minute are %i per window', ([perMinute, limit]) => {
  expect(new RateLimiter(perMinute).limit).toBe(limit)
})

test('allows its limit in each window and says when the next begins', () => {
  const limiter = new RateLimiter(12)
  expect(limiter.take(1_000)).toEqual({ allowed: true, limit: 2, remaining: 1, resetAt: 10 })
  expect(limiter.take(9_999)).toMatchObject({ allowed: true, remaining: 0 })
  expect(limiter.take(9_999)).toMatchObject({ allowed: false, remaining: 0, resetAt: 10 })
  expect(limiter.take(10_000)).toMatchObject({ allowed: true, remaining: 1, resetAt: 20 })
})
