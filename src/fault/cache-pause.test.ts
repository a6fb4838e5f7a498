import { expect, test } from 'vitest'
import { cachePause } from './cache-pause.ts'
import { conditionOf } from './test-asking.ts'

test('it is all or nothing, however hard the shape', () => {
  expect(conditionOf(cachePause, {})).toEqual({ kind: 'cache-paused' })
  expect(conditionOf(cachePause, {}, 0.1)).toEqual({ kind: 'cache-paused' })
})

test('explains itself', () => {
  expect(cachePause.explain(cachePause.schema.parse({}))).toBe(
    "The client's cache answers nothing, and goes on afterwards where it was.",
  )
})
