import { expect, test } from 'vitest'
import { quotaOf, RateLimiter } from './rate-limiter.ts'

const fresh = { used: 1, elapsedMs: 0, resetAt: 10 }

test.for<[number, number]>([
  [1_000, 167],
  [10_000, 1_667],
  [25_000, 4_167],
])('%i calls per minute are %i per window', ([perMinute, limit]) => {
  expect(quotaOf(fresh, perMinute).limit).toBe(limit)
})

test('allows its limit in each window and says when the next begins', () => {
  const limiter = new RateLimiter()
  const take = (at: number) => quotaOf(limiter.take(at), 12)
  expect(take(1_000)).toEqual({ allowed: true, limit: 2, remaining: 1, resetAt: 10 })
  expect(take(9_999)).toMatchObject({ allowed: true, remaining: 0 })
  expect(take(9_999)).toMatchObject({ allowed: false, remaining: 0, resetAt: 10 })
  expect(take(10_000)).toMatchObject({ allowed: true, remaining: 1, resetAt: 20 })
})

test.for<[number, boolean, number]>([
  [0, true, 9],
  [3_000, true, 6],
  [9_000, true, 0],
  [9_999, true, 0],
])('others use the window up evenly: after %i ms allowed is %s and %i remain', ([elapsedMs, allowed, remaining]) => {
  expect(quotaOf({ ...fresh, elapsedMs }, 60, 60)).toMatchObject({ allowed, remaining })
})

test('others that ask for twice the limit leave nothing in the second half of a window', () => {
  expect(quotaOf({ ...fresh, elapsedMs: 4_400 }, 60, 120)).toMatchObject({ allowed: true, remaining: 1 })
  expect(quotaOf({ ...fresh, elapsedMs: 5_000 }, 60, 120)).toMatchObject({ allowed: false, remaining: 0 })
})
