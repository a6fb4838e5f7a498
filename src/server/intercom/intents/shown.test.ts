// What is looked at of a value without measure: a part, and the rest is told.

import { expect, test } from 'vitest'
import { limits } from '#context/limits.ts'
import { apiNamed, isCut, objectsIn } from './shown.ts'

const most = limits.valueMembers
const members = (length: number): object[] => Array.from({ length }, (_, id) => ({ id }))
const fields = (length: number) => Object.fromEntries(Array.from({ length }, (_, id) => [`f${id}`, id]))

test.for<[what: string, value: unknown, looked: number, cut: boolean]>([
  ['a list', members(most), most, false],
  ['a longer list', members(most + 1), most, true],
  ['a page', { data: members(3) }, 3, false],
  ['a longer page', { conversations: members(most + 7) }, most, true],
  ['one object', { id: 1 }, 1, false],
  ['an object of many fields', fields(most + 1), 1, true],
  ['a text', 'x', 0, false],
  ['nothing', undefined, 0, false],
])('%s', ([, value, looked, cut]) => {
  expect([objectsIn(value).length, isCut(value)]).toEqual([looked, cut])
})

test('so many fields are named, and no more', () => {
  expect(Object.keys(apiNamed(fields(most + 1)))).toHaveLength(most)
})
