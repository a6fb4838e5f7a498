import { expect, test } from 'vitest'
import { indexLag } from './index-lag.ts'
import { complaint, conditionOf } from './test-asking.ts'

test('a shape scales the lag', () => {
  expect(conditionOf(indexLag, { lag: '2m' })).toEqual({ kind: 'index-lag', ms: 120_000 })
  expect(conditionOf(indexLag, { lag: '2m' }, 0.25)).toEqual({ kind: 'index-lag', ms: 30_000 })
})

test('says what is wrong with a lag', () => {
  expect(complaint(indexLag, { lag: '0s' })).toBe('a lag of nothing changes nothing')
  expect(complaint(indexLag, {})).toContain('a duration is needed here')
})

test('explains itself', () => {
  expect(indexLag.explain(indexLag.schema.parse({ lag: '2m' }))).toBe(
    'Searches do not find what was written in the last 2m.',
  )
})
