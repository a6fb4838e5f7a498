// Goal: nothing fires out of (due, order of arming). Method: any sequence of pushes, moves and removals, against a sorted list.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { TimerQueue, type Queued } from './timer-queue.ts'

type Named = Queued & { name: number }

const entry = (name: number): Named => ({ name, due: 0, rank: 0, order: 0, index: -1 })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const), name: fc.nat(63), due: fc.nat(50) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), name: fc.nat(63) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('take' as const) }) },
)

test('the queue gives its entries back in the order of a sorted list, whatever was moved or removed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
      const queue = new TimerQueue<Named>()
      const entries = Array.from({ length: 64 }, (_, name) => entry(name))
      let model: { name: number; due: number }[] = []
      const without = (name: number | undefined) => model.filter((other) => other.name !== name)
      for (const each of steps) {
        if (each.kind === 'push') {
          queue.push(entries[each.name] as Named, each.due)
          model = [...without(each.name), { name: each.name, due: each.due }]
        } else if (each.kind === 'remove') {
          queue.remove(entries[each.name] as Named)
          model = without(each.name)
        } else {
          const first = queue.peek()
          if (first) queue.remove(first)
          model = without(first?.name)
        }
        expect(queue.size).toBe(model.length)
        expect(queue.peek()?.name).toBe(model.toSorted((one, other) => one.due - other.due)[0]?.name)
      }
    }),
    { numRuns: 300 },
  )
})

test('a cleared queue has let go of its entries, which may be queued again', () => {
  const queue = new TimerQueue<Named>()
  const first = entry(1)
  queue.push(first, 5)
  queue.push(entry(2), 3)
  queue.clear()
  queue.remove(first)
  expect(queue.peek()).toBeUndefined()
  queue.push(first, 1)
  expect([...{ [Symbol.iterator]: () => queue[Symbol.iterator]() }]).toEqual([first])
})

test('where ties are shuffled, what was armed at one instant keeps its order and the rest goes by rank', () => {
  const queue = new TimerQueue<Named>()
  queue.rankOf = (_, armedAt) => -armedAt
  for (const [name, armedAt] of [
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 3],
    [5, 3],
  ] as const)
    queue.push(entry(name), 10, armedAt)
  queue.push(entry(6), 5, 0)
  const names: number[] = []
  for (let next = queue.peek(); next; next = queue.peek()) {
    names.push(next.name)
    queue.remove(next)
  }
  expect(names).toEqual([6, 4, 5, 3, 1, 2])
})
