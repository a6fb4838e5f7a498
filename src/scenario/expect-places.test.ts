import { expect, test } from 'vitest'
import { expectPlaces } from './expect-places.ts'

const text = `# a comment
scenario: story
expect:
  recovers: { within: 2m }
  unaffected:
    - { load: control, success: 99% }
    - load: glances
      success: 95%
`

test.for<[oracle: string, about: string | undefined, line: number, column: number]>([
  ['recovers', undefined, 4, 3],
  ['unaffected', undefined, 5, 3],
  ['unaffected', 'control', 6, 7],
  ['unaffected', 'glances', 7, 7],
  ['unaffected', '#2', 7, 7],
  ['unaffected', 'nothing of the kind', 5, 3],
  ['amplification', undefined, 3, 1],
])('%s about %s is asked for in line %i, column %i', ([oracle, about, line, column]) => {
  expect(expectPlaces(text)(oracle, about)).toEqual({ line, column })
})

test('what a scenario without expectations fails is shown at its name', () => {
  expect(expectPlaces('# a comment\nscenario: story\n')('amplification')).toEqual({ line: 2, column: 1 })
})

test('a file that is no scenario any more has a first line still', () => {
  for (const broken of ['', '[', 'expect: 3', 'expect: [1]'])
    expect(expectPlaces(broken)('amplification')).toEqual({ line: 1, column: 1 })
})
