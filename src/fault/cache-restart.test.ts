import { expect, test } from 'vitest'
import { cacheRestart } from './cache-restart.ts'
import { conditionOf } from './test-asking.ts'

test('it is all or nothing, however hard the shape', () => {
  expect(conditionOf(cacheRestart, {})).toEqual({ kind: 'cache-gone' })
  expect(conditionOf(cacheRestart, {}, 0.1)).toEqual({ kind: 'cache-gone' })
})

test('explains itself', () => {
  expect(cacheRestart.explain(cacheRestart.schema.parse({}))).toBe(
    "The client's cache is killed, refuses connections, and is empty when it is back at the end.",
  )
})
