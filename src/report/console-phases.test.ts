import { expect, test } from 'vitest'
import { formatMoment } from './console-phases.ts'

const start = Date.UTC(2026, 1, 6, 9, 30)

test.for([
  ['the moment it begins', start, '09:30Z'],
  ['later that day', Date.UTC(2026, 1, 6, 23, 59), '23:59Z'],
  ['another day', Date.UTC(2026, 1, 8, 15, 26), '2026-02-08 15:26Z'],
  ['the same time of another day', Date.UTC(2026, 1, 9, 9, 30), '2026-02-09 09:30Z'],
] as const)('%s is told with its date when the date is another', ([, at, shown]) => {
  expect(formatMoment(at, start)).toBe(shown)
})
