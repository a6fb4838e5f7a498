// Goal: where a guided campaign goes on from. Method: what cases have shown is told to the guide, and the cases that it then asks for are
// counted by the one that they change.

import { expect, test } from 'vitest'
import { blindGuide, guidedGuide, type Guide } from './guide.ts'
import type { CasePath } from './path.ts'
import type { Outcome } from './player.ts'

const part = { index: 0, of: 1 }

const tried = (slack: Readonly<Record<string, number>>, failed: readonly unknown[] = []): Outcome =>
  ({ kind: 'tried', failed, slack, meetings: [] }) as unknown as Outcome

/** How many of the next 300 cases change this one. */
const changesOf = (guide: Guide, [first]: CasePath): number =>
  guide.next(300).filter((path) => path.length > 1 && path[0] === first).length

test('half of the cases are new, and the others change what had something to show', () => {
  const guide = guidedGuide('1', part)
  const [first] = guide.next(1) as [CasePath]
  guide.learn(first, tried({}), true)
  expect(changesOf(guide, first)).toBeGreaterThan(100)
  expect(changesOf(blindGuide(part), first)).toBe(0)
})

test('a case that had something for an oracle to judge which seldom has is gone on from', () => {
  const guide = guidedGuide('1', part)
  const paths = guide.next(40)
  const [rare] = paths as [CasePath]
  // Both leave no room at all, so nothing is near a failure, and neither met anything new.
  for (const path of paths) guide.learn(path, tried({ often: 0, ...(path === rare && { seldom: 0 }) }), false)
  expect(changesOf(guide, rare)).toBeGreaterThan(30)
})

test('what has failed is not gone on from', () => {
  const guide = guidedGuide('1', part)
  const [first] = guide.next(1) as [CasePath]
  guide.learn(first, tried({ often: 1 }, [{}]), true)
  expect(changesOf(guide, first)).toBe(0)
})

test('the same lessons lead to the same cases', () => {
  const asked = () => {
    const guide = guidedGuide('1', part)
    for (const path of guide.next(20)) guide.learn(path, tried({ [`oracle-${path[0] % 3}`]: 0.5 }), path[0] % 2 === 0)
    return guide.next(50)
  }
  expect(asked()).toEqual(asked())
})
