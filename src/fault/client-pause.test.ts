import { expect, test } from 'vitest'
import { clientPause } from './client-pause.ts'
import { conditionOf } from './test-asking.ts'

test('a process is frozen, however hard the shape', () => {
  expect(conditionOf(clientPause, {})).toEqual({ kind: 'held', state: 'paused' })
  expect(conditionOf(clientPause, {}, 0.1)).toEqual({ kind: 'held', state: 'paused' })
})

test('explains itself', () => {
  expect(clientPause.explain({})).toBe("The client's process is frozen, and then goes on as if nothing had been.")
})
