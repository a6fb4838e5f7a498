import { expect, test } from 'vitest'
import { clientRestart } from './client-restart.ts'
import { conditionOf } from './test-asking.ts'

test('a process is away for so long, however hard the shape', () => {
  expect(conditionOf(clientRestart, {})).toEqual({ kind: 'restart', awayMs: 5_000 })
  expect(conditionOf(clientRestart, { away: '1m' }, 0.1)).toEqual({ kind: 'restart', awayMs: 60_000 })
})

test('explains itself', () => {
  expect(clientRestart.explain(clientRestart.schema.parse({}))).toBe(
    "The client's process dies, and a new one starts after 5s.",
  )
})
