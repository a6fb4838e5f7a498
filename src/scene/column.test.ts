import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesOf, columnOf, valuesOf, valuesOfChanges } from './column.ts'

const values = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(1_000)), { maxLength: 200 })

test('what is written short reads back as it was', () => {
  fc.assert(
    fc.property(values, (told) => {
      expect([...valuesOf(columnOf(told), told.length)]).toEqual(told)
      expect([...valuesOfChanges(changesOf(told), told.length)]).toEqual(told)
    }),
  )
})

test('nothing is written of steps in which nothing is', () => {
  expect(columnOf([0, 0, 7, 0, 0, 0, 2, 0])).toEqual([2, 7, 4, 2])
  expect(changesOf([3, 3, 3, 0, 0])).toEqual([0, 3, 3, -3])
})
