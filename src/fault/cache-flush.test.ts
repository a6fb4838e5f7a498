import { expect, test } from 'vitest'
import { cacheFlush } from './cache-flush.ts'
import { conditionOf } from './test-asking.ts'

test('it is all or nothing, however hard the shape', () => {
  expect(conditionOf(cacheFlush, {})).toEqual({ kind: 'cache-emptied' })
  expect(conditionOf(cacheFlush, {}, 0.1)).toEqual({ kind: 'cache-emptied' })
})

test('explains itself', () => {
  expect(cacheFlush.explain(cacheFlush.schema.parse({}))).toBe("The client's cache is emptied and serves on.")
})
