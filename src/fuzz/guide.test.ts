// Goal: which new cases come first, and where a guided campaign goes on from. Method: what cases have shown is told to the guide, and
// the cases that it then asks for are counted.

import { expect, test } from 'vitest'
import type { Case, Window } from './case.ts'
import { blindGuide, guidedGuide, type Guide } from './guide.ts'
import type { CasePath } from './path.ts'
import type { Outcome } from './player.ts'

const part = { index: 0, of: 1 }

/** One window of each kind. */
const caseOf = (...kinds: string[]): Case => {
  const windows = kinds.map((kind) => windowOf(kind))
  return { windows, workload: { loads: {}, instances: 1, shuffled: false, fromMs: 0, untilMs: 10 } }
}
const windowOf = (kind: string): Window => ({
  name: kind,
  kind,
  where: {},
  fromMs: 1,
  untilMs: 2,
  shape: { kind: 'constant' },
  share: 1,
  with: {},
})
const alike = (): Case => caseOf('hang')

const tried = (slack: Readonly<Record<string, number>>, failed: readonly unknown[] = []): Outcome =>
  ({ kind: 'tried', failed, slack, meetings: [] }) as unknown as Outcome

/** How many of the next 300 cases change this one. */
const changesOf = (guide: Guide, [first]: CasePath): number =>
  guide.next(300).filter((path) => path.length > 1 && path[0] === first).length

/** A guide whose new cases have met nothing new for long. */
function wornOut(seed = '1'): Guide {
  const guide = guidedGuide(seed, part, alike)
  for (const path of guide.next(150)) guide.learn(path, tried({}), false)
  return guide
}

test('of the new cases those come first whose kinds were drawn more often than they were played', () => {
  // Those that come first: thirty of one kind, then as many of each.
  const caseAt = ([first]: CasePath): Case => caseOf(first < 30 || first % 2 === 0 ? 'hang' : 'dns')
  const played = (guide: Guide) => guide.next(16).filter((path) => caseAt(path).windows[0]?.kind === 'dns').length
  expect(played(guidedGuide('1', part, caseAt))).toBeGreaterThan(3)
  expect(played(blindGuide(part))).toBe(0)
})

test('what is seldom drawn is played, and as seldom', () => {
  const caseAt = ([first]: CasePath): Case => caseOf(first % 16 === 7 ? 'dns' : 'hang')
  const rare = guidedGuide('1', part, caseAt)
    .next(160)
    .filter((path) => caseAt(path).windows[0]?.kind === 'dns').length
  expect(rare).toBeGreaterThan(5)
  expect(rare).toBeLessThan(20)
})

test('every second case has as many windows as the one whose turn it would have been, the others try as much as they can', () => {
  const caseAt = ([first]: CasePath): Case =>
    first % 4 === 0 ? caseOf(`a-${first}`, `b-${first}`, `c-${first}`) : caseOf(`a-${first}`)
  const sizes = guidedGuide('1', part, caseAt)
    .next(16)
    .map((path) => caseAt(path).windows.length)
  expect(sizes.filter((size) => size === 3).length).toBeGreaterThan(6)
  expect(sizes.filter((size) => size === 1).length).toBeGreaterThan(4)
})

test('what earlier generations played counts as played', () => {
  const caseAt = ([first]: CasePath): Case => caseOf(first < 64 || first % 2 === 0 ? 'hang' : 'dns')
  const guide = guidedGuide('1', part, caseAt)
  guide.next(16)
  const kinds = guide.next(16).map((path) => caseAt(path).windows[0]?.kind)
  expect(kinds[0]).toBe('dns')
})

test('one case in eight is a change while new cases meet something new, and one in four when they do not', () => {
  const changed = (guide: Guide): number => guide.next(400).filter((path) => path.length > 1).length
  const fresh = guidedGuide('1', part, alike)
  for (const path of fresh.next(16)) fresh.learn(path, tried({}), true)
  expect(changed(fresh)).toBeGreaterThan(25)
  expect(changed(fresh)).toBeLessThan(75)
  const worn = wornOut()
  worn.learn([1, 1], tried({}), true)
  expect(changed(worn)).toBeGreaterThan(75)
  expect(changed(worn)).toBeLessThan(140)
  expect(changed(blindGuide(part))).toBe(0)
})

test('a case that met something new is gone on from', () => {
  const guide = wornOut()
  guide.learn([3, 1], tried({}), true)
  expect(changesOf(guide, [3])).toBeGreaterThan(50)
})

test('a case that had something for an oracle to judge which seldom has is gone on from', () => {
  const guide = wornOut()
  // All leave no room at all, so nothing is near a failure, and none met anything new.
  for (let nth = 1; nth <= 40; nth += 1)
    guide.learn([nth, 1], tried({ often: 0, ...(nth === 9 && { seldom: 0 }) }), false)
  expect(changesOf(guide, [9])).toBeGreaterThan(15)
})

test('what has failed is not gone on from', () => {
  const guide = wornOut()
  guide.learn([3, 1], tried({ often: 1 }, [{}]), true)
  expect(changesOf(guide, [3])).toBe(0)
})

test('the same lessons lead to the same cases', () => {
  const asked = () => {
    const guide = guidedGuide('1', part, ([first]) => caseOf(`kind-${first % 5}`))
    for (const path of guide.next(20)) guide.learn(path, tried({ [`oracle-${path[0] % 3}`]: 0.5 }), path[0] % 2 === 0)
    return guide.next(50)
  }
  expect(asked()).toEqual(asked())
})
