// Rows of one file: what each of them is, and what is wrong with a file whose rows are.

import { expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { explainScenario } from './explain.ts'
import { parseScenario } from './parse.ts'
import { editedRich, rich, told } from './sample.ts'

test('the whole file has all faults and knows its rows', () => {
  const { name, title, variant, variants, faults } = parseScenario(rich, 'x')
  expect({ name, title, variant }).toEqual({ name: 'sample', title: 'The API is slow', variant: null })
  expect(variants).toEqual([
    { name: 'faithful', title: 'slow only' },
    { name: 'harsher', title: 'slow and then fewer servers' },
  ])
  expect(faults.map((fault) => fault.name)).toEqual(['slow', 'loss'])
})

test('a row has a name of its own and neither the faults that it leaves out nor their evidence', () => {
  const { name, title, variant, faults, evidence } = parseScenario(
    editedRich(['faults.slow: it was slow', 'faults.slow: it was slow, faults.loss.share: half were gone']),
    'x',
    'faithful',
  )
  expect({ name, title, variant }).toEqual({
    name: 'sample:faithful',
    title: 'The API is slow (slow only)',
    variant: 'faithful',
  })
  expect(faults.map((fault) => fault.name)).toEqual(['slow'])
  expect(evidence.documented).toEqual([['faults.slow', 'it was slow']])
  expect(evidence.assumed).not.toContain('faults.loss')
})

test('rows are otherwise alike', () => {
  const { faults: _, evidence: __, name, title, variant, ...whole } = parseScenario(rich, 'x')
  expect(parseScenario(rich, 'x', 'harsher')).toMatchObject(whole)
  expect([name, title, variant]).toEqual(['sample', 'The API is slow', null])
})

test('a file is explained with its rows, a row without the others', () => {
  expect(explainScenario(parseScenario(rich, 'x'))).toContain('  - sample:faithful: slow only\n')
  const row = explainScenario(parseScenario(rich, 'x', 'faithful'))
  expect(row).toMatch(/^sample:faithful: The API is slow \(slow only\)\n/u)
  expect(row).not.toContain('sample:harsher')
  expect(row).not.toContain('Fault loss')
})

test.for([
  [rich, 'faithfull', 'x.yaml: sample has no variant "faithfull"\nDid you mean `faithful`?'],
  [
    rich.replace(/variants:[^]*?(?=activity:)/u, ''),
    'faithful',
    'x.yaml: sample has no variant "faithful"\nThere are no variants.',
  ],
] as const)('a row that is not there is told (%#)', ([text, variant, words]) => {
  let said = ''
  try {
    parseScenario(text, 'x.yaml', variant)
  } catch (error) {
    if (isUserError(error)) said = String(error)
  }
  expect(said).toBe(words)
})

const twin =
  '  twin: { kind: latency, where: { region: au }, from: 11:10Z, until: 11:20Z, with: { delay: 9s } }\n  loss:'

test('faults of different rows may be where they could not be together', () => {
  const apart = editedRich(
    ['  loss:', twin],
    ['assumed: [', 'assumed: [faults.twin, '],
    ['without: [loss]', 'without: [loss, twin]'],
    ['fewer servers }', 'fewer servers, without: [slow] }'],
  )
  expect(told(apart)).toBe('fine')
  expect(told(apart.replace('without: [slow]', 'without: [loss]'))).toContain('the faults `slow` and `twin` overlap')
})

test.for<[name: string, old: string, fresh: string]>([
  ['a row without an unknown fault', 'without: [loss]', 'without: [los]'],
  ['a fault that is left out twice', 'without: [loss]', 'without: [loss, loss]'],
  ['a row without any fault', 'without: [loss]', 'without: [loss, slow]'],
  ['two rows that are the same', 'fewer servers }', 'fewer servers, without: [loss] }'],
  ['a fault that no row has', 'fewer servers }', 'fewer servers, without: [loss] }'],
  ['a row without a title', 'title: slow only, ', ''],
  ['a row whose name is none', '  faithful:', '  Faithful:'],
])('%s', ([, old, fresh]) => {
  expect(told(editedRich([old, fresh]))).toMatchSnapshot()
})

test('a mistake in one row is told whichever row is asked for', () => {
  expect(told(editedRich(['without: [loss]', 'without: [los]']), 'harsher')).toContain('unknown fault `los`')
})
