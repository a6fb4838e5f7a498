// The first shipped incident, parsed and explained. The golden files are read in review: they are what a user would see.

import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { explainScenario } from './explain.ts'
import { loadScenario } from './load.ts'
import { shippedScenarios } from './files.ts'

const cwd = dirname(shippedScenarios)
const scenario = loadScenario('au-regional-timeout', cwd)

test('it parses to what it always was', async () => {
  const { faults, ...rest } = scenario
  const named = { ...rest, faults: faults.map((fault) => ({ ...fault, kind: fault.kind.kind })) }
  await expect(`${JSON.stringify(named, null, 2)}\n`).toMatchFileSnapshot('golden/au-regional-timeout.parsed.txt')
})

test('it is explained in plain words', async () => {
  await expect(explainScenario(scenario)).toMatchFileSnapshot('golden/au-regional-timeout.explained.txt')
})

test('an explanation fits a terminal', () => {
  const long = explainScenario(scenario)
    .split('\n')
    .filter((line) => line.length > 110)
  expect(long).toEqual([])
})

test.for([
  ['onset', 14],
  ['detected', 32],
  ['declared', 37],
  ['mitigated', 108],
  ['recovery', 110],
] as const)('the phase %s begins %d minutes into the run', ([phase, minutes]) => {
  expect(scenario.phases.find(({ name }) => name === phase)?.at).toBe(minutes * 60_000)
})

test('every dated fact of the source is told', () => {
  const times = scenario.timeline.map(({ at }) => at / 60_000 + 11 * 60)
  const clock = times.map((minutes) => `${Math.floor(minutes / 60)}:${minutes % 60}`)
  expect(clock).toEqual([
    '11:14',
    '11:32',
    '11:35',
    '11:37',
    '11:42',
    '11:43',
    '12:26',
    '12:48',
    '12:50',
    '12:52',
    '13:29',
  ])
})

test('an explanation of other settings names them', () => {
  const other = explainScenario({
    ...scenario,
    instances: 3,
    arming: { faultHits: 1, unansweredForMs: 0 },
    expect: [{ oracle: 'amplification', settings: { factor: 1.5, samples: 20 }, line: 1 }],
    evidence: { documented: [], assumed: [], notSimulated: [] },
  })
  expect(other).toContain('with 3 client processes')
  expect(other).toContain('faults hit at least one exchange.')
  expect(other).toContain('Required: amplification, with factor 1.5x, samples 20.')
  expect(other).not.toContain('not simulated')
})
