import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainCopy } from './plain-copy.ts'

test('data comes out as structuredClone copies it, keys in the same order', () => {
  fc.assert(
    fc.property(fc.anything({ withDate: true, withMap: true, withSparseArray: true }), (value) => {
      const [copy, clone] = [plainCopy(value), structuredClone(value)]
      expect(copy).toStrictEqual(clone)
      expect(JSON.stringify(copy, bigints)).toBe(JSON.stringify(clone, bigints))
    }),
  )
})

test('nothing is shared with the original', () => {
  const value = { list: [{ deep: 1 }] }
  const copy = plainCopy(value)
  value.list[0]!.deep = 2
  expect(copy).toEqual({ list: [{ deep: 1 }] })
})

test('a circle stays one, and a function cannot be copied', () => {
  const circle: { self?: unknown } = {}
  circle.self = circle
  const copy = plainCopy(circle)
  expect(copy).not.toBe(circle)
  expect(copy.self).toBe(copy)
  expect(() => plainCopy({ work: () => 1 })).toThrow(/could not be cloned/u)
})

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value
}
