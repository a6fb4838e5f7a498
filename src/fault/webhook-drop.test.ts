import { expect, test } from 'vitest'
import { disturbanceOf } from './test-asking.ts'
import { webhookDrop } from './webhook-drop.ts'

test('a notification is dropped', () => {
  expect(disturbanceOf(webhookDrop, {})).toEqual({ kind: 'drop' })
})

test('explains itself', () => {
  expect(webhookDrop.explain({})).toBe('Notifications are never delivered.')
})
