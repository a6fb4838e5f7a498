import { expect, test } from 'vitest'
import { attachmentLag } from './attachment-lag.ts'
import { complaint, conditionOf } from './test-asking.ts'

test('a shape scales the lag', () => {
  expect(conditionOf(attachmentLag, { lag: '2m' })).toEqual({ kind: 'attachment-lag', ms: 120_000 })
  expect(conditionOf(attachmentLag, { lag: '2m' }, 0.25)).toEqual({ kind: 'attachment-lag', ms: 30_000 })
})

test('says what is wrong with a lag', () => {
  expect(complaint(attachmentLag, { lag: '0s' })).toBe('a lag of nothing changes nothing')
  expect(complaint(attachmentLag, {})).toContain('a duration is needed here')
})

test('explains itself', () => {
  expect(attachmentLag.explain(attachmentLag.schema.parse({ lag: '2m' }))).toBe(
    'Attachments show up in conversations 2m after their message.',
  )
})
