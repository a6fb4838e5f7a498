import { expect, test } from 'vitest'
import { UserError } from '#context/user-error.ts'
import type { RunResult } from '#engine/run-result.ts'
import { judgedWith, results } from '../../test/golden/report/results.ts'
import { exitCodeOf, worseCode } from './exit-code.ts'

function named(...names: readonly string[]): RunResult[] {
  return names.flatMap((name) => results[name] ?? [])
}

test.for([
  { of: ['pass'], code: 0 },
  { of: ['fail'], code: 1 },
  { of: ['crashed'], code: 1 },
  { of: ['rejected'], code: 2 },
  { of: ['not-applicable'], code: 2 },
  { of: ['not-applicable', 'not-applicable'], code: 2 },
  { of: ['not-applicable', 'pass'], code: 0 },
  { of: ['not-applicable', 'inconclusive'], code: 3 },
  { of: ['inconclusive'], code: 3 },
  { of: ['unhealthy'], code: 3 },
  { of: ['harness-error'], code: 4 },
  { of: ['interrupted'], code: 130 },
  { of: [], code: 3 },
  { of: ['pass', 'pass'], code: 0 },
  { of: ['pass', 'inconclusive'], code: 3 },
  { of: ['inconclusive', 'harness-error', 'pass'], code: 4 },
  { of: ['harness-error', 'fail', 'inconclusive'], code: 1 },
  { of: ['fail', 'rejected', 'harness-error'], code: 2 },
  { of: ['rejected', 'interrupted', 'fail'], code: 130 },
])('$of ends in $code', ({ of, code }) => {
  const chosen = named(...of)
  expect(chosen).toHaveLength(of.length)
  expect(exitCodeOf(chosen)).toBe(code)
  expect(exitCodeOf(chosen.toReversed())).toBe(code)
})

test('a pass in which no oracle passed proves nothing', () => {
  expect(exitCodeOf([judgedWith({ verdicts: [] })])).toBe(3)
})

test('an oracle that broke is the harness failing', () => {
  expect(exitCodeOf([judgedWith({ outcome: 'error' })])).toBe(4)
})

test('what the machine would not take is no mistake of the user', () => {
  const problem = new UserError('The disk is full.', { isMachine: true })
  expect(exitCodeOf([{ ...judgedWith({}), kind: 'rejected', problem } as RunResult])).toBe(4)
})

test.for([
  [0, 4, 4],
  [1, 4, 1],
  [3, 4, 4],
  [2, 1, 2],
  [130, 2, 130],
] as const)('of %i and %i, %i counts', ([one, other, counts]) => {
  expect(worseCode(one, other)).toBe(counts)
  expect(worseCode(other, one)).toBe(counts)
})
