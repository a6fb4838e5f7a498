// Goal: cases that try the same have the same traits, and cases that try something else have others.

import { expect, test } from 'vitest'
import type { Window } from './case.ts'
import { traitsOf, Tried } from './traits.ts'

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
  ['its status', { with: { code: 404 } }, false],
  ['its effect', { effect: 'committed' }, false],
])('%s make a window another one or not', (_, change, same) => {
  expect([...traits(change)].toString() === [...traits({})].toString()).toBe(same)
})

test('amounts, durations and rates are one, and a header in another form is not', () => {
  const slow = (latency: string) => traits({ kind: 'latency', with: { latency } })
  expect(slow('3s')).toEqual(slow('40ms'))
  const asked = (retryAfter: string) => traits({ kind: 'retry-after', with: { retryAfter } })
  expect(asked('3600')).not.toEqual(asked('1.5'))
})

test('a case is the newer the less of it was tried, and the more it tries', () => {
  const tried = new Tried()
  const once = traits({})
  expect(tried.newnessOf(traits({}, { kind: 'hang' }))).toBeGreaterThan(tried.newnessOf(once))
  tried.add(once)
  expect(tried.newnessOf(once)).toBeLessThan(tried.newnessOf(traits({ with: { code: 404 } })))
  expect(tried.newnessOf(traits({ with: { code: 404 } }))).toBeLessThan(tried.newnessOf(traits({ kind: 'hang' })))
})
