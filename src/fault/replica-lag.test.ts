import { expect, test } from 'vitest'
import { replicaLag } from './replica-lag.ts'
import { complaint, conditionOf } from './test-asking.ts'

test('a shape scales the lag', () => {
  expect(conditionOf(replicaLag, { lag: '2m' })).toEqual({ kind: 'replica-lag', ms: 120_000 })
  expect(conditionOf(replicaLag, { lag: '2m' }, 0.25)).toEqual({ kind: 'replica-lag', ms: 30_000 })
})

test('says what is wrong with a lag', () => {
  expect(complaint(replicaLag, { lag: '0s' })).toBe('a lag of nothing changes nothing')
  expect(complaint(replicaLag, {})).toContain('a duration is needed here')
})

test('explains itself', () => {
  expect(replicaLag.explain(replicaLag.schema.parse({ lag: '2m' }))).toBe(
    'Reads show the workspace as it was 2m ago; writes go through at once.',
  )
})
