import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { gridOf, stepAt } from './grid.ts'

test.for([
  ['ten minutes', 600_000, 1_000],
  ['nearly three hours', 9_900_000, 1_000],
  ['51 hours', 183_600_000, 15_000],
  ['a month', 2_592_000_000, 300_000],
] as const)('%s are told in steps that clocks have', ([, spanMs, stepMs]) => {
  expect(gridOf(spanMs).stepMs).toBe(stepMs)
})

test('however long a run is, its steps are so many at most, and every moment of it is in one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), fc.double({ min: 0, max: 1, noNaN: true }), (spanMs, part) => {
      const grid = gridOf(spanMs)
      const at = spanMs * part
      expect(grid.steps).toBeLessThanOrEqual(15_001)
      const step = stepAt(grid, at)
      expect(step * grid.stepMs).toBeLessThanOrEqual(at)
      expect((step + 1) * grid.stepMs).toBeGreaterThan(at)
    }),
  )
})

test('what comes after the end is in the last step', () => {
  expect(stepAt({ stepMs: 1_000, steps: 10 }, 99_999)).toBe(9)
  expect(stepAt({ stepMs: 1_000, steps: 10 }, -1)).toBe(0)
})
