// Goal: the mutants of the oracles are small mistakes that would compile, and nothing that is no mistake. Method: a line of code
// each, and what becomes of it; and the arithmetic of the score.

import { expect, test } from 'vitest'
import { isEquivalent, stale } from '../bench/mutation/equivalents.ts'
import { mutantsOf, mutate } from '../bench/mutation/mutants.ts'
import { lastLine, scoreLine, shareOf, survivorLines, type FileScore } from '../bench/mutation/score.ts'

const made = (text: string) => mutantsOf(text, 'judge.ts').map((mutant) => mutate(text, mutant))

test.for<[string, readonly string[]]>([
  ['a < b', ['a <= b', 'a >= b']],
  ['a === b', ['a !== b']],
  ['a && b', ['a || b']],
  ['!a', ['a']],
  ['f(true)', ['f(false)']],
  ['a - b', ['a + b']],
  ['a += b', ['a -= b']],
  ['f(5)', ['f(4)', 'f(6)']],
  ['f(0)', ['f((-1))', 'f(1)']],
  ['f(0.5)', ['f(0.45)', 'f(0.55)']],
  ['f(3_600_000)', ['f(1800000)', 'f(7200000)']],
  ['Math.max(a, b)', ['Math.min(a, b)']],
  ['list.some(f)', ['list.every(f)']],
  ['a ?? b', ['((a) && (b))']],
  ['tally.skip()', ['undefined']],
  ['if (a) b()', ['if (!(a)) b()']],
  ['if (!a) b()', ['if (a) b()']],
  ['function f() { return a }', ['function f() { return undefined }']],
  ['function f() { return [a] }', ['function f() { return [] }']],
  ['a as number', []],
  ['const f = (a: 1 | 2, b?: A<3>): a is 1 => g(a)', []],
  ["import { a } from './b.ts'", []],
  ['// a < b', []],
  ["'a' + b", []],
  ['f({ cite: a < b, strict: 1, lenient: 2 })', []],
  ['list[0]?.at ?? 0', ['list[(-1)]?.at ?? 0', 'list[1]?.at ?? 0']],
  ['seq < other.seq', ['seq >= other.seq']],
])('%s', ([text, mutants]) => {
  expect(made(text).toSorted()).toEqual(mutants.toSorted())
})

test('a mutant says where it is and what it changes', () => {
  const [mutant] = mutantsOf('const a = 1n\n  if (x < y) z()', 'judge.ts')
  expect(mutant).toMatchObject({ line: 2, source: 'if (x < y) z()', change: 'x < y negated' })
})

test('what is no program is no subject', () => {
  expect(() => mutantsOf('if (', 'judge.ts')).toThrow('judge.ts cannot be parsed')
})

test('an equivalent mutant is known by its line and its change', () => {
  const mutants = mutantsOf('f(a < b)', 'judge.ts')
  const known = { file: 'judge', source: 'f(a < b)', change: '< to <=', because: 'they are never equal' }
  const equivalents = (change: string) => mutants.map((mutant) => isEquivalent(mutant, 'judge', [{ ...known, change }]))
  expect(equivalents('< to <=')).toEqual([true, false])
  expect(equivalents('*')).toEqual([true, true])
  expect(equivalents('> to >=')).toEqual([false, false])
  expect(stale([known], new Map([['judge', mutants]]))).toEqual([])
  expect(stale([known], new Map([['judge', []]]))).toEqual([known])
  expect(stale([known], new Map())).toEqual([])
})

const score: FileScore = {
  name: 'recovers',
  mutants: 40,
  tried: 20,
  noticed: 16,
  equivalent: 1,
  proven: true,
  survivors: [{ line: 7, source: 'if (a < b)', change: '< to <=' }],
}

test('the score tells what was tried and what is too little', () => {
  expect(scoreLine(score)).toMatch(/^recovers +80% +16 of 20 +\(of 40; 1 equivalent left out; TOO FEW\)$/u)
  expect(scoreLine({ ...score, mutants: 20, noticed: 17, equivalent: 0 })).toMatch(/85% +17 of 20 *$/u)
  expect(scoreLine({ ...score, tried: 0, noticed: 0, proven: false })).toContain('NOT TRIED')
  expect(survivorLines(score)).toEqual(['  recovers.ts:7: < to <=    | if (a < b)'])
  expect(lastLine([score, { ...score, noticed: 20 }])).toBe(
    'mutation: 36 of 40 mutants noticed (90%); 85 % are asked for',
  )
  expect(shareOf({ tried: 0, noticed: 0 })).toBe(1)
})
