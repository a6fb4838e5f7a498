import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowIndex } from './row-index.ts'

test('whatever number a thing has, its row is found, and no other', () => {
  fc.assert(
    fc.property(
      // 0 and -0 are one number.
      fc.uniqueArray(fc.oneof(fc.integer(), fc.nat(20), fc.double({ noNaN: true })), {
        maxLength: 20,
        comparator: 'SameValueZero',
      }),
      (ids) => {
        const index = new RowIndex(ids.length)
        for (const [row, id] of ids.entries()) index.set(id, row)
        expect(ids.map((id) => index.get(id))).toEqual(ids.map((_, row) => row))
        expect(index.get(1e9 + 0.5)).toBe(ids.includes(1e9 + 0.5) ? ids.indexOf(1e9 + 0.5) : undefined)
      },
    ),
  )
})

test('a number that nothing has leads nowhere', () => {
  const index = new RowIndex(3)
  index.set(2, 0)
  expect([0, 1, 2, 3, 4, -1].map((id) => index.get(id))).toEqual([
    undefined,
    undefined,
    0,
    undefined,
    undefined,
    undefined,
  ])
})
