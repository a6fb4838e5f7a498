// Goal: in a browser the simulation computes what it computes in Node. Method: what stands in for Node's functions is compared with them.

import { basename, dirname } from 'node:path'
import { isDeepStrictEqual, stripVTControlCharacters, types } from 'node:util'
import { assert, constant, date, jsonValue, oneof, property } from 'fast-check'
import { expect, test } from 'vitest'
import * as ours from './node.ts'

const value = oneof(jsonValue(), date(), constant(undefined))

test('equal is what Node calls equal', () => {
  assert(
    property(value, value, (one, other) => {
      expect(ours.isDeepStrictEqual(one, other)).toBe(isDeepStrictEqual(one, other))
      expect(ours.isDeepStrictEqual([{ one }], [{ one: structuredClone(one) }])).toBe(true)
    }),
  )
})

test.for([new Date(0), 0, 'Thu', null, {}])('%o is a date, or is none', (what) => {
  expect(ours.types.isDate(what)).toBe(types.isDate(what))
})

const escape = String.fromCodePoint(27)

test.for(
  ['plain', '[31mred[0m', ']8;;https://example.com\u0007a link', '[2K[1A'].flatMap((text) => [text, escape + text]),
)('what %j says to a terminal is gone', (text) => {
  expect(ours.stripVTControlCharacters(text)).toBe(stripVTControlCharacters(text))
})

test.for(['/a/b.yaml', '/a b/c.d/e', '/b'])('%s has the same name', (path) => {
  expect(ours.basename(path)).toBe(basename(path))
  expect(ours.dirname(path)).toBe(dirname(path))
})
