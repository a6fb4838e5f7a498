import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { gap, NumberColumn, RecordColumn, TextColumn, ValueColumn, type Column } from './columns.ts'

const missing = fc.constant(undefined)
const gaps = fc.constantFrom(undefined, null)
const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const columns: readonly [string, () => Column, fc.Arbitrary<unknown>][] = [
  ['numbers', () => new NumberColumn(), fc.oneof(gaps, fc.nat(), fc.integer({ min: -1_000 }), finite)],
  [
    'values',
    () => new ValueColumn(),
    fc.oneof(gaps, fc.boolean(), fc.string(), fc.nat(9), fc.dictionary(fc.string(), fc.nat())),
  ],
  ['texts', () => new TextColumn(), fc.oneof(missing, fc.string({ unit: 'grapheme' }))],
  ['records', () => new RecordColumn(), fc.oneof(gaps, fc.record({ a: fc.nat(), b: finite }, { requiredKeys: ['a'] }))],
]

test.for(columns)('a column of %s holds what was put into it', ([, open, value]) => {
  fc.assert(
    fc.property(fc.nat(5), fc.array(value), (before, values) => {
      const column = gap(open(), before)
      for (const each of values) column.add(each)
      expect(values.map((_, row) => column.at(before + row))).toEqual(values)
      for (let row = 0; row < before; row += 1) expect(column.at(row)).toBeUndefined()
    }),
  )
})

test('numbers around those that a byte can hold, each the first that needs more', () => {
  for (const wide of [253, 254, 255, 256, -1, -0, 0.5, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) + 2]) {
    const column = new NumberColumn()
    const values = [0, undefined, 253, null, 7, wide, undefined, null, 1]
    for (const value of values) column.add(value)
    expect(values.map((_, row) => column.at(row))).toEqual(values)
  }
})

test('one number that is not whole, beyond the first page and within it', () => {
  const column = new NumberColumn()
  for (let row = 0; row < 70_000; row += 1) column.add(row === 69_999 || row === 5 ? row + 0.5 : row)
  expect([4, 5, 6, 65_535, 65_536, 69_999].map((row) => column.at(row))).toEqual([4, 5.5, 6, 65_535, 65_536, 69_999.5])
})

test('a text that is longer than a page', () => {
  const column = new TextColumn()
  const long = 'x'.repeat(3_000_000)
  for (const text of ['before', long, 'after']) column.add(text)
  expect([0, 1, 2].map((row) => column.at(row))).toEqual(['before', long, 'after'])
})
