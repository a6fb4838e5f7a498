import { expect, test } from 'vitest'
import { networkCut } from './network-cut.ts'
import { conditionOf } from './test-asking.ts'

test('a container is cut off, however hard the shape', () => {
  expect(conditionOf(networkCut, {})).toEqual({ kind: 'held', state: 'cut off' })
  expect(conditionOf(networkCut, {}, 0.1)).toEqual({ kind: 'held', state: 'cut off' })
})

test('explains itself', () => {
  expect(networkCut.explain({})).toBe("The client's container has no network.")
})
