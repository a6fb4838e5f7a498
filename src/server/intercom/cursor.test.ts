import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'

type Item = { readonly id: string; readonly time: number }
const sorting = { idOf: (item: Item) => item.id, sortMsOf: (item: Item) => item.time }

test('following the cursors shows everything once, newest first, whatever came in meanwhile', () => {
  const items = fc.uniqueArray(
    fc.record({
      id: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 4, maxLength: 6 }),
      time: fc.integer({ min: 0, max: 5 }),
    }),
    {
      maxLength: 40,
      selector: ({ id }) => id,
    },
  )
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 7 }), (list, perPage) => {
      const seen: Item[] = []
      let growing: readonly Item[] = list
      let page = pageOf(growing, sorting, perPage)
      for (let turns = 0; ; turns += 1) {
        expect(turns).toBeLessThanOrEqual(list.length)
        seen.push(...page.items)
        expect(page.page).toBe(turns + 1)
        if (page.next === null) break
        growing = [...growing, { id: `late-${turns}`, time: 9 }]
        page = pageOf(growing, sorting, perPage, decodeCursor(page.next))
      }
      expect(seen.map(({ id }) => id).toSorted()).toEqual(list.map(({ id }) => id).toSorted())
      expect(seen.map(({ time }) => time)).toEqual(seen.map(({ time }) => time).toSorted((a, b) => b - a))
    }),
  )
})

test('a cursor is read back as it was written', () => {
  const cursor = { sortMs: 1_747_365_555_000, id: '6311a14d9dbc2c4d96e71ba5', page: 2 }
  expect(encodeCursor(cursor)).toBe('WzE3NDczNjU1NTUwMDAsIjYzMTFhMTRkOWRiYzJjNGQ5NmU3MWJhNSIsMl0=')
  expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor)
})

test.for(['', 'rubbish', btoa('[]'), btoa('[1,2,3]'), btoa('["a","b",1]'), btoa('{"a":1}')])(
  '"%s" is no cursor',
  (text) => {
    expect(decodeCursor(text)).toBeUndefined()
  },
)
