import { expect, test } from 'vitest'
import { disturbanceOf } from './test-asking.ts'
import { webhookReorder } from './webhook-reorder.ts'

const delays = Array.from({ length: 100 }, (_, index) => {
  const disturbance = disturbanceOf(webhookReorder, { by: '30s' }, { seed: `notification ${index}` })
  return disturbance?.kind === 'delay' ? disturbance.ms : Number.NaN
})

test('each is late by a time of its own, up to the limit', () => {
  expect(delays.filter((ms) => ms >= 0 && ms < 30_000)).toHaveLength(100)
  expect(new Set(delays).size).toBe(100)
})

test('later ones overtake earlier ones', () => {
  const arrivals = delays.map((ms, index) => index * 1_000 + ms)
  expect(arrivals).not.toEqual(arrivals.toSorted((one, other) => one - other))
})

test('explains itself', () => {
  expect(webhookReorder.explain(webhookReorder.schema.parse({ by: '30s' }))).toBe(
    'Notifications overtake each other: each is late by up to 30s.',
  )
})
