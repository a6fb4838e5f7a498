import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDeliveryPolicy, deliveryParameters } from './delivery-policy.ts'
import type { DeliveryResult } from './delivery-policy.ts'
import type { Topic } from './notice.ts'

const minute = 60_000
const hour = 60 * minute
const topic: Topic = 'conversation.user.replied'
const other: Topic = 'contact.user.updated'
const failed: DeliveryResult = { attempt: 1, status: 500 }
const fine: DeliveryResult = { attempt: 1, status: 200 }

test('a good answer asks for nothing', () => {
  expect(createDeliveryPolicy().onResult(topic, 0, fine)).toEqual({})
})

test.for<[string, number | null]>([
  ['a time-out', null],
  ['a redirect', 302],
  ['a client error', 404],
  ['a server error', 503],
])('after %s the same notification is tried again a minute later, once', ([, status]) => {
  const policy = createDeliveryPolicy()
  expect(policy.onResult(topic, 1_000, { attempt: 1, status })).toEqual({ retryAt: 1_000 + minute })
  expect(policy.onResult(topic, 61_000, { attempt: 2, status })).toEqual({})
  expect(policy.mayDeliver(topic, 61_000)).toBe(true)
})

test('more than a thousand failures in a row pause the topic for a quarter of an hour, and no other', () => {
  const policy = createDeliveryPolicy()
  for (let nth = 0; nth < 1_000; nth += 1) expect(policy.onResult(topic, nth * 500, failed).pausedUntil).toBeUndefined()
  const at = 500_000
  expect(policy.onResult(topic, at, failed)).toMatchObject({ pausedUntil: at + 15 * minute })
  expect(policy.readyAt(topic, at + 15 * minute - 1)).toBeNull()
  expect(policy.mayDeliver(topic, at + 15 * minute)).toBe(true)
  expect(policy.mayDeliver(other, at)).toBe(true)
  expect(policy.onResult(topic, at + 15 * minute, failed).pausedUntil).toBeUndefined()
})

test('one good answer starts the count anew', () => {
  const policy = createDeliveryPolicy()
  for (let nth = 0; nth < 1_000; nth += 1) policy.onResult(topic, nth, failed)
  policy.onResult(topic, 1_000, fine)
  expect(policy.onResult(topic, 1_001, failed).pausedUntil).toBeUndefined()
})

test('failures that take longer than a quarter of an hour pause nothing', () => {
  const policy = createDeliveryPolicy()
  for (let nth = 0; nth < 3_000; nth += 1)
    expect(policy.onResult(topic, nth * 1_000, failed).pausedUntil).toBeUndefined()
})

test('each 429 doubles the wait, up to two hours; a good answer ends it', () => {
  const policy = createDeliveryPolicy()
  let at = 0
  const waits = Array.from({ length: 10 }, () => {
    const { throttledUntil = at } = policy.onResult(topic, at, { attempt: 1, status: 429 })
    const wait = throttledUntil - at
    expect(policy.readyAt(topic, at)).toBe(throttledUntil)
    at = throttledUntil
    return wait / minute
  })
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 120, 120, 120])
  policy.onResult(topic, at, fine)
  expect(policy.onResult(topic, at, { attempt: 1, status: 429 })).toMatchObject({ throttledUntil: at + minute })
})

test('several 429 for what was on its way count as one', () => {
  const policy = createDeliveryPolicy()
  policy.onResult(topic, 0, { attempt: 1, status: 429 })
  expect(policy.onResult(topic, 10, { attempt: 1, status: 429 })).toMatchObject({ throttledUntil: minute })
})

test('a 429 is tried again, but not before the topic may', () => {
  const policy = createDeliveryPolicy()
  policy.onResult(topic, 0, { attempt: 1, status: 429 })
  expect(policy.onResult(topic, minute, { attempt: 1, status: 429 }).retryAt).toBeGreaterThanOrEqual(2 * minute)
})

test('410 unsubscribes for good', () => {
  const policy = createDeliveryPolicy()
  expect(policy.onResult(topic, 0, { attempt: 1, status: 410 })).toEqual({ unsubscribed: true })
  expect(policy.readyAt(topic, 1_000 * hour)).toBeNull()
  expect(policy.onResult(topic, 1, failed)).toEqual({})
  expect(policy.mayDeliver(other, 1)).toBe(true)
})

test('other parameters are kept to', () => {
  const policy = createDeliveryPolicy({ ...deliveryParameters, retries: 2, retryAfterMs: 10, failuresInRow: 1 })
  expect(policy.onResult(topic, 0, { attempt: 2, status: 500 })).toEqual({ retryAt: 10 })
  expect(policy.onResult(topic, 0, { attempt: 3, status: 500 })).toEqual({ pausedUntil: 15 * minute })
})

const anyResult = fc.record({
  afterMs: fc.integer({ min: 0, max: 20 * minute }),
  attempt: fc.integer({ min: 1, max: 3 }),
  status: fc.constantFrom(200, 204, 302, 400, 429, 500, null),
})

test('whatever happens: nothing is ready before it is due, no retry comes early, no second retry comes at all', () => {
  fc.assert(
    fc.property(fc.array(anyResult, { maxLength: 200 }), (results) => {
      const policy = createDeliveryPolicy({ ...deliveryParameters, failuresInRow: 5 })
      let at = 0
      for (const { afterMs, attempt, status } of results) {
        at += afterMs
        const { retryAt, pausedUntil, throttledUntil } = policy.onResult(topic, at, { attempt, status })
        const ready = policy.readyAt(topic, at)
        expect(ready ?? at).toBeGreaterThanOrEqual(at)
        expect(policy.mayDeliver(topic, at)).toBe(ready === at)
        expect(attempt > 1 ? retryAt : undefined).toBeUndefined()
        expect(retryAt ?? at + minute).toBeGreaterThanOrEqual(at + minute)
        expect(pausedUntil ?? at + 15 * minute).toBe(at + 15 * minute)
        expect(throttledUntil ?? at).toBeLessThanOrEqual(at + 2 * hour)
        expect(policy.readyAt(other, at)).toBe(at)
      }
    }),
  )
})

test('whatever happened, two hours after the last answer everything may be delivered again', () => {
  fc.assert(
    fc.property(fc.array(anyResult, { maxLength: 100 }), (results) => {
      const policy = createDeliveryPolicy({ ...deliveryParameters, failuresInRow: 5 })
      let at = 0
      for (const { afterMs, attempt, status } of results) {
        at += afterMs
        policy.onResult(topic, at, { attempt, status })
      }
      expect(policy.mayDeliver(topic, at + 2 * hour)).toBe(true)
    }),
  )
})
