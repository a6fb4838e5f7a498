// Goal: placing covers each form at each kind of exchange exactly once, then each pair exactly once.

import { expect, test } from 'vitest'
import { UserError } from '#context/user-error.ts'
import { parseScenario } from '#scenario/parse.ts'
import { caseText } from './case-text.ts'
import { enumeratingGuide, spaceOf } from './enumerate.ts'
import { nominal, sampleGround } from './test-ground.ts'

const ground = sampleGround()
const space = spaceOf(ground, nominal)

test('alike exchanges are one place, and every form is placed at each', () => {
  // Reads of two workspaces, and replies.
  expect(space.places).toBe(3)
  expect(space.singles % space.places).toBe(0)
  const singles = Array.from({ length: space.singles }, (_, index) => JSON.stringify(space.caseAt([index]).windows))
  expect(new Set(singles).size).toBe(space.singles)
})

test('every pair of placements is there once', () => {
  const count = 500
  const pairs = Array.from({ length: count }, (_, index) => space.caseAt([space.singles + index]).windows)
  expect(pairs.every((windows) => windows.length === 2)).toBe(true)
  expect(new Set(pairs.map((windows) => JSON.stringify(windows))).size).toBe(count)
  expect(space.caseAt([space.singles + space.pairs - 1]).windows).toHaveLength(2)
})

test.each([
  ['what lies behind the last pair', [space.singles + space.pairs]],
  ['a number that no campaign reaches', [999_999_999]],
  ['a placement that was changed', [3, 4]],
] as const)('%s is no placement, and the sentence says which there are', (_, path) => {
  expect(() => space.caseAt(path)).toThrow(UserError)
  expect(() => space.caseAt(path)).toThrow(`There is no placement ${path.join('.')}`)
})

test('a placement is a scenario, to the millisecond', () => {
  const text = caseText(space.caseAt([0]), ground, { name: 'case', title: 'A case', comment: '' }, false)
  const { faults } = parseScenario(text, 'case.yaml')
  expect(faults).toHaveLength(1)
  expect((faults[0]?.until ?? 0) - (faults[0]?.from ?? 0)).toBe(1)
})

test('parts of the space together are the whole, and it ends', () => {
  const parts = [0, 1, 2].map((index) => enumeratingGuide(10, { index, of: 3 }))
  const all = parts.flatMap((guide) => [...guide.next(2), ...guide.next(2), ...guide.next(2)])
  expect(all.map(([index]) => index).toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: 10 }, (_, index) => index),
  )
})
