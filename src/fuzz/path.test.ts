// Goal: whatever a campaign draws is a scenario, and the same path and seed always give the same case.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { parseData, parseScenario } from '#scenario/parse.ts'
import { caseData, caseText } from './case-text.ts'
import { givenCase } from './ground.ts'
import { caseAt, parsePath, pathText, type CasePath } from './path.ts'
import { sampleGround } from './test-ground.ts'
import { workloadAt, workloadCount } from './workloads.ts'
import { createPrng } from '#random/prng.ts'

const ground = sampleGround()
const caption = { name: 'case', title: 'A case', comment: 'for a test' }

function problemsOf(paths: readonly CasePath[], mode: 'around' | 'any'): readonly string[] {
  return paths.flatMap((path) => {
    const text = caseText(caseAt(path, { mode, seed: '1', ground }), ground, caption, mode === 'around')
    try {
      parseScenario(text, 'case.yaml')
      return []
    } catch (error) {
      if (!isUserError(error)) throw error
      return [error.message]
    }
  })
}

test.for(['around', 'any'] as const)('every case that is drawn %s is a scenario', (mode) => {
  const paths = Array.from({ length: 150 }, (_, index): CasePath => [index, ...(index % 3 === 0 ? [1, 2] : [])])
  expect(problemsOf(paths, mode)).toEqual([])
})

test.for(['around', 'any'] as const)('every case that is drawn %s is what its text says', (mode) => {
  for (let index = 0; index < 60; index += 1) {
    const found = caseAt([index], { mode, seed: '1', ground })
    // As it travels to a cell.
    const data = JSON.parse(JSON.stringify(caseData(found, ground, caption, true))) as ReturnType<typeof caseData>
    const text = caseText(found, ground, caption, true)
    expect(parseData(data, 'case.yaml')).toEqual(parseScenario(text, 'case.yaml'))
  }
})

test('the scenario itself, written as a case, is a scenario with the same faults', () => {
  const text = caseText(givenCase(ground), ground, caption, true)
  const { faults, loads, phases, actions } = parseScenario(text, 'case.yaml')
  expect(faults).toEqual(ground.scenario.faults)
  expect(loads).toEqual(ground.scenario.loads)
  expect(actions).toEqual(ground.scenario.actions)
  expect(phases.map(({ name }) => name)).toEqual(['baseline', 'onset', 'recovery'])
})

test('the same path and seed give the same case, another seed or change another one', () => {
  const at = (path: CasePath, seed: string) => JSON.stringify(caseAt(path, { mode: 'any', seed, ground }))
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), (first, change) => {
      expect(at([first, change], '1')).toBe(at([first, change], '1'))
    }),
    { numRuns: 30 },
  )
  const cases = Array.from({ length: 20 }, (_, index) => at([index], '1'))
  expect(new Set(cases).size).toBe(20)
  expect(at([3], '2')).not.toBe(at([3], '1'))
  expect(at([3, 1], '1')).not.toBe(at([3], '1'))
})

test('every workload but the given one differs from it and is asked within the run', () => {
  const texts = Array.from({ length: workloadCount }, (_, index) =>
    JSON.stringify(workloadAt(index, ground, createPrng('1'))),
  )
  expect(texts[0]).toBe(JSON.stringify(givenCase(ground).workload))
  expect(new Set(texts).size).toBe(workloadCount)
})

test('a path reads back, and nothing else is one', () => {
  for (const text of ['0', '137', '137.4.9']) expect(pathText(parsePath(text) ?? [-1])).toBe(text)
  for (const text of ['', 'x', '1.', '.1', '1..2', '-1', '1.x', `1${'.1'.repeat(300)}`])
    expect(parsePath(text)).toBeUndefined()
})
