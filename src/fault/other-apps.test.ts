import { expect, test } from 'vitest'
import { otherApps } from './other-apps.ts'
import { complaint, conditionOf } from './test-asking.ts'

test('a shape scales how much the others call', () => {
  expect(conditionOf(otherApps, { calls: '24000/min' })).toEqual({ kind: 'other-apps', perMinute: 24_000 })
  expect(conditionOf(otherApps, { calls: '400/s' }, 0.5)).toEqual({ kind: 'other-apps', perMinute: 12_000 })
})

test('refuses apps that do nothing', () => {
  expect(complaint(otherApps, { calls: '0/s' })).toBe('apps that call nothing take nothing away')
})

test('explains itself', () => {
  expect(otherApps.explain(otherApps.schema.parse({ calls: '400/s' }))).toBe(
    'Other apps make calls, 400 per second, on the quota that all apps of the workspace share.',
  )
})
