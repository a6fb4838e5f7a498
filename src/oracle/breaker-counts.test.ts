import { expect, test } from 'vitest'
import { breaker } from '../../test/stories/breaker.ts'
import { createFailureCount, type FailureCount } from './breaker-counts.ts'

const inARow = { ...breaker, failures: 2 }
const share = { ...inARow, share: 0.5, windowMs: 1_000 }

function fail(count: FailureCount, ...times: number[]): boolean[] {
  return times.map((at) => count.failed(at))
}

/** Four of six fail; half do even without the last. */
function half(count: FailureCount, from: number): boolean[] {
  const first = fail(count, from)
  count.succeeded(from + 1)
  count.succeeded(from + 2)
  return [...first, ...fail(count, from + 3, from + 4, from + 5)]
}

const onlyTheLast = [false, false, false, true]

test('one more failure than declared in a row is enough', () => {
  const count = createFailureCount(inARow)
  expect(fail(count, 0, 1, 2)).toEqual([false, false, true])
  count.succeeded(3)
  expect(fail(count, 4, 5, 6)).toEqual([false, false, true])
  count.reset()
  expect(fail(count, 7, 8, 9)).toEqual([false, false, true])
})

test('a share without a window is counted in a row', () => {
  const count = createFailureCount({ ...inARow, share: 0.5 })
  expect(fail(count, 0, 1)).toEqual([false, false])
  count.succeeded(2)
  expect(fail(count, 3)).toEqual([false])
})

test('a share is reached exactly when one failure less would reach it', () => {
  expect(half(createFailureCount(share), 0)).toEqual(onlyTheLast)
})

test('a reset forgets good and bad', () => {
  const count = createFailureCount(share)
  fail(count, 0, 1, 2)
  count.succeeded(3)
  count.reset()
  expect(half(count, 10)).toEqual(onlyTheLast)
})

test('what is older than the window is forgotten, good or bad', () => {
  const count = createFailureCount(share)
  for (let at = 0; at < 5; at += 1) count.succeeded(at)
  fail(count, 5, 6)
  expect(half(count, 2_000)).toEqual(onlyTheLast)
})

test('the shorter window forgets at eight tenths', () => {
  expect(fail(createFailureCount(share), 0, 100, 799)).toEqual([false, false, true])
  expect(fail(createFailureCount(share), 0, 100, 800)).toEqual([false, false, false])
})

test('what was forgotten before a reset is no part of what comes after it', () => {
  const count = createFailureCount(share)
  fail(count, 0, 2_000)
  count.reset()
  fail(count, 3_000)
  expect(fail(count, 5_000, 5_001, 5_002)).toEqual([false, false, true])
})
