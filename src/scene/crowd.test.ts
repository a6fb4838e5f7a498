import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { peaksOf } from './crowd.ts'

const grid = { stepMs: 10, steps: 20 }
const stay = fc.tuple(fc.nat(199), fc.option(fc.integer({ min: 1, max: 150 }), { nil: undefined }))

test('the peak of each step is what one counts by looking at every moment', () => {
  fc.assert(
    fc.property(fc.array(stay, { maxLength: 30 }), (stays) => {
      const all = stays.map(([from, length]) => ({ from, until: length === undefined ? Infinity : from + length }))
      const expected = Array.from({ length: grid.steps }, (_, step) =>
        Math.max(
          ...Array.from({ length: grid.stepMs }, (__, index) => {
            const at = step * grid.stepMs + index
            return all.filter(({ from, until }) => from <= at && at < until).length
          }),
        ),
      )
      const told = all.map(({ from, until }) => ({ from, until: until === Infinity ? null : until }))
      expect([...peaksOf(grid, told)]).toEqual(expected)
    }),
  )
})
