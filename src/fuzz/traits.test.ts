// Goal: cases that try the same have the same traits, and cases that try something else have others.

import { expect, test } from 'vitest'
import type { Window } from './case.ts'
import { Counts, traitsOf } from './traits.ts'

const window: Window = {
  name: 'status-1',
  kind: 'status',
  where: { route: '/contacts/{id}', method: 'GET' },
  fromMs: 1_000,
  untilMs: 9_000,
  shape: { kind: 'constant' },
  share: 1,
  effect: 'none',
  with: { code: 503 },
}
const traits = (...changes: Partial<Window>[]) =>
  traitsOf({ windows: changes.map((change) => ({ ...window, ...change })) })

test.each<[string, Partial<Window>, boolean]>([
  ['its name and its time', { name: 'status-2', fromMs: 2_000, untilMs: 8_000 }, true],
  ['whether it lasts seconds or minutes', { untilMs: 300_000 }, false],
  ['whether it hits all or a part', { share: 0.5 }, false],
  ['the order in which its place is written', { where: { method: 'GET', route: '/contacts/{id}' } }, true],
  ['its kind', { kind: 'hang' }, false],
  ['its place', { where: {} }, false],
  ['its form', { with: { code: 404 }, effect: 'committed' }, true],
])('%s make a window another one or not', (_, change, same) => {
  expect([...traits(change)].toString() === [...traits({})].toString()).toBe(same)
})

test('a case is due when its traits were drawn more often than they were played, and the more of them there are', () => {
  const counts = new Counts()
  const [status, hang] = [traits({}), traits({ kind: 'hang', where: {} })]
  for (let nth = 0; nth < 6; nth += 1) counts.addDrawn(status)
  for (let nth = 0; nth < 2; nth += 1) counts.addDrawn(hang)
  expect(counts.dueOf(status)).toBeGreaterThan(counts.dueOf(hang))
  expect(counts.dueOf(traits({}, { kind: 'hang', where: {} }))).toBeGreaterThan(counts.dueOf(status))
  for (let nth = 0; nth < 5; nth += 1) counts.addPlayed(status)
  expect(counts.dueOf(status)).toBeLessThan(counts.dueOf(hang))
})
