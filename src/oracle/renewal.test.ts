import { expect, test } from 'vitest'
import { createStory, minute, type Story } from '../../test/history-builder.ts'
import { operations } from '#history/query.ts'
import { isForgotten } from './renewal.ts'

const entity = 'contact:1'

/** A copy is handed over at `at`; the faults were lifted after half an hour. */
function forgets(at: number, tell: (story: Story) => void, lastLiftAt: number | null = 30 * minute): boolean {
  const story = createStory({ lastLiftAt })
  const read = story.ask('contact.read', { at, entity, load: 'copies' })
  story.ok(read, { at, result: 'stale', ageMs: 1 })
  tell(story)
  const history = story.history()
  return operations(history).some((operation) => operation.id === read && isForgotten(history, operation))
}

const asked =
  (at: number, ends = 500, instance = 0) =>
  (story: Story) =>
    void story.attempt(null, { at, entity, ends, instance })

test.for<[string, number, (story: Story) => void, boolean]>([
  ['nobody asked for it', 40 * minute, () => undefined, true],
  ['before the lift it may have to do', 30 * minute - 1, () => undefined, false],
  ['from the lift on it may not', 30 * minute, () => undefined, true],
  ['somebody asked since the lift, well or not', 50 * minute, asked(30 * minute), false],
  ['somebody asked before the lift only', 50 * minute, asked(30 * minute - 1), true],
  ['that was less than five minutes ago', 34 * minute, asked(29 * minute), false],
  ['that was more than five minutes ago', 34 * minute, asked(29 * minute - 1), true],
  ['it is renewed a minute later', 40 * minute, asked(41 * minute), false],
  ['it is renewed still later', 40 * minute, asked(41 * minute + 1), true],
  ['another process asked', 40 * minute, asked(39 * minute, 200, 1), true],
  ['a list brought it', 40 * minute, list(39 * minute), false],
])('%s', ([, at, tell, forgotten]) => {
  expect(forgets(at, tell)).toBe(forgotten)
})

test('without a lift nothing is forgotten', () => {
  expect(forgets(40 * minute, () => undefined, null)).toBe(false)
})

function list(at: number) {
  return (story: Story) => void story.attempt(null, { at, route: '/contacts', ends: 200, contains: { [entity]: 1 } })
}
