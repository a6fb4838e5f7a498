// `properties` of a scenario: what they become, what is told of them, and the mistakes in them.

import { expect, test } from 'vitest'
import { explainScenario } from './explain.ts'
import { parseScenario } from './parse.ts'
import { editedRich, rich, sample, told } from './sample.ts'

test('a property is about the operations of a load, in one phase or in all', () => {
  expect(parseScenario(rich, 'sample.yaml').properties).toEqual([
    { name: 'control-is-answered', type: 'always', outcome: 'ok', load: 'control', phase: null },
    { name: 'a-copy-is-shown', type: 'sometimes', outcome: 'stale', load: 'reads', phase: 'onset' },
  ])
  expect(parseScenario(sample, 'sample.yaml').properties).toEqual([])
})

test('it is told in plain words', () => {
  const text = explainScenario(parseScenario(rich, 'sample.yaml'))
  expect(text).toContain('control-is-answered: every operation of the load control ends ok.')
  expect(text).toContain(
    'a-copy-is-shown: at least one operation of the load reads that is asked in the phase onset ends stale.',
  )
})

test.for<[string, [string, string], string]>([
  ['an unknown load', ['load: control }', 'load: controls }'], 'names the unknown load "controls"'],
  ['an unknown phase', ['phase: onset }', 'phase: onsett }'], 'names the unknown phase "onsett"'],
  [
    'an unknown end',
    ['sometimes: stale', 'sometimes: old'],
    'must be ok, fresh, stale, queued, fallback, dropped or error',
  ],
  ['no load', ['always: ok, load: control', 'always: ok'], '`properties.control-is-answered.load` is missing'],
  ['nothing that holds', ['{ always: ok, load', '{ load'], '`properties.control-is-answered` does not say what holds'],
  ['both', ['always: ok,', 'always: ok, sometimes: ok,'], 'says both `always` and `sometimes`'],
  ['an unknown key', ['always: ok,', 'never: ok,'], 'unknown key `never`'],
  ['no word for a name', ['control-is-answered:', 'Control:'], 'must be a word of letters'],
])('%s is a mistake with its place', ([, edit, says]) => {
  const text = told(editedRich(edit))
  expect(text).toContain(says)
  expect(text).toMatch(/^sample\.yaml:\d+:\d+: /u)
})

test('a name that is nearly right is guessed', () => {
  expect(told(editedRich(['load: control }', 'load: controls }']))).toContain('Did you mean `control`?')
})
