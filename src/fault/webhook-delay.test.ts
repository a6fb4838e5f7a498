import { expect, test } from 'vitest'
import { complaint, disturbanceOf } from './test-asking.ts'
import { webhookDelay } from './webhook-delay.ts'

test('all are late by the same time, which a shape scales', () => {
  expect(disturbanceOf(webhookDelay, { by: '20m' })).toEqual({ kind: 'delay', ms: 1_200_000 })
  expect(disturbanceOf(webhookDelay, { by: '20m' }, { seed: 'another', intensity: 0.1 })).toEqual({
    kind: 'delay',
    ms: 120_000,
  })
})

test('refuses a delay of nothing', () => {
  expect(complaint(webhookDelay, { by: '0s' })).toBe('a delay of nothing changes nothing')
})

test('explains itself', () => {
  expect(webhookDelay.explain(webhookDelay.schema.parse({ by: '20m' }))).toBe('Notifications are late by 20m.')
})
