import { expect, test } from 'vitest'
import { minute } from '../../test/history-builder.ts'
import { storyOf } from '../../test/judging.ts'
import { busiest, diesAt, flights, type Stay } from './in-flight.ts'

const stay = (of: string, from: number, until: number): Stay<string> => ({ of, from, until })

test('who takes the place of another is not counted beside it', () => {
  const [first, second] = [stay('a', 0, 10), stay('b', 10, 20)]
  expect(busiest([first, second])).toEqual({ at: 0, present: ['a'] })
  expect(busiest([second, first])).toEqual({ at: 0, present: ['a'] })
})

test('of two moments that are as busy the first is told', () => {
  const stays = [stay('a', 0, 5), stay('b', 1, 5), stay('c', 6, 9), stay('d', 7, 9)]
  expect(busiest(stays)).toEqual({ at: 1, present: ['a', 'b'] })
})

test('who left is one fewer', () => {
  const stays = [stay('a', 0, 10), stay('b', 0, 2), stay('c', 2, 10), stay('d', 4, 10)]
  expect(busiest(stays)).toEqual({ at: 4, present: ['a', 'c', 'd'] })
})

test('what lasts no time was never there', () => {
  expect(busiest([stay('a', 3, 3), stay('b', 4, 3)])).toBeNull()
})

test('a process dies at its next restart, or lives beyond the end of the run', () => {
  const history = storyOf({
    tell: (story) => {
      for (const at of ['20m', '30m']) story.event(at, { kind: 'client.restarted', instance: 0, orderly: false })
    },
  })
  expect(diesAt(history, 0, 0)).toBe(20 * minute)
  expect(diesAt(history, 1, 0)).toBe(60 * minute + 1)
})

test('a request is in flight until its end', () => {
  const history = storyOf({
    tell: (story) => {
      story.attempt(null, { at: 1_000, took: 100, ends: 200 })
      story.attempt(null, { at: 2_000, ends: 'never' })
    },
  })
  expect(flights(history).map(({ from, until }) => [from, until])).toEqual([
    [1_000, 1_100],
    [2_000, 60 * minute + 1],
  ])
})
