import { expect, test } from 'vitest'
import { Places } from './places.ts'

test.for([[[0, 1, 2]], [[1, 2, 3]]])(
  'of things numbered one after the other the number is the place: %j',
  ([ids = []]) => {
    const places = new Places(() => ids, ids.length)
    expect(ids.map((id) => places.of(id))).toEqual(ids)
    expect(Math.max(...ids)).toBeLessThan(places.room)
  },
)

test('any other numbers have places of their own, within the room', () => {
  const ids = [9_007_199_254_740_991, 77, 4]
  const places = new Places(() => ids, ids.length)
  expect(ids.map((id) => places.of(id))).toEqual([0, 1, 2])
  expect(places.of(5)).toBe(3)
  expect(places.room).toBe(4)
})
