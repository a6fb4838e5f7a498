// From words to rows to run: each once, in order, and a file with variants as all of its rows.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { chooseScenarios, seedsFrom } from './select.ts'

const scenario = (name: string, more: string): string => `scenario: ${name}
title: The API is slow
source: { document: seeds/000, date: 2026-04-27, severity: P4 }
run: { from: 11:00Z, until: 12:00Z }
world: { workspaces: { ours: { region: au } } }
load: { reads: { do: contact.read, every: 1m } }
faults:
  slow: { kind: latency, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
  slower: { kind: latency, from: 11:20Z, until: 11:30Z, with: { delay: 9s } }
phases: { onset: 11:10Z, recovery: 11:30Z }
evidence: { documented: {}, assumed: [world, load, faults] }
${more}`
const desk = mkdtempSync(join(tmpdir(), 'brownout-select-'))
mkdirSync(join(desk, 'scenarios'))
writeFileSync(join(desk, 'scenarios', 'plain.yaml'), scenario('plain', 'tags: [zebra]\n'))
const rows = 'tags: [zebra]\nvariants: { mild: { title: mild, without: [slower] }, wild: { title: wild } }\n'
writeFileSync(join(desk, 'scenarios', 'rows.yaml'), scenario('rows', rows))
writeFileSync(join(desk, 'elsewhere.yaml'), scenario('elsewhere', rows))
afterAll(() => rmSync(desk, { recursive: true }))

test.for<[string, string[], string[]]>([
  ['a name', ['plain'], ['plain']],
  ['a file with rows', ['rows'], ['rows:mild', 'rows:wild']],
  ['one row', ['rows:wild'], ['rows:wild']],
  ['a row and then all of them', ['rows:wild', 'rows'], ['rows:wild', 'rows:mild']],
  ['a tag', ['zebra'], ['plain', 'rows:mild', 'rows:wild']],
  ['a tag, after one of its rows', ['rows:mild', 'zebra'], ['rows:mild', 'plain', 'rows:wild']],
])('%s', ([, wanted, chosen]) => {
  const found = chooseScenarios(wanted, desk)
  expect(found.map(({ name }) => name)).toEqual(chosen)
  expect(found.map(({ called }) => called)).toEqual(chosen)
  expect(found.map(({ variant }) => variant)).toEqual(chosen.map((name) => name.split(':')[1] ?? null))
})

test('a row of a file that has no name here is typed by its path', () => {
  expect(chooseScenarios(['elsewhere.yaml:wild'], desk)).toMatchObject([
    { name: 'elsewhere:wild', called: 'elsewhere.yaml:wild', variant: 'wild' },
  ])
})

test.for([
  ['rows:mid', /rows has no variant "mid"/u],
  ['zebras', /There is no|there is no scenario "zebras"/u],
  ['rows:', /rows has no variant ""/u],
] as const)('%s is told', ([word, words]) => {
  expect(() => chooseScenarios([word], desk)).toThrow(words)
})

test.for([
  ['1', 3, ['1', '2', '3']],
  ['41', 1, ['41']],
  ['nightly', 3, ['nightly', 'nightly.2', 'nightly.3']],
  ['1234567890123456789', 2, ['1234567890123456789', '1234567890123456789.2']],
] as const)('from %s on, %i seeds are %j', ([first, count, seeds]) => {
  expect(seedsFrom(first, count)).toEqual(seeds)
})
