// What a workspace holds: the file is found from where the scenario lies, and told well when it is not there.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { loadFile } from './load.ts'
import { edited } from './sample.ts'

const desk = mkdtempSync(join(tmpdir(), 'brownout-holds-'))
mkdirSync(join(desk, 'scenarios', 'drills'), { recursive: true })
mkdirSync(join(desk, 'fixtures', 'workspaces'), { recursive: true })
const busy = holding('busy')
const beside = holding('beside')
write('fixtures/workspaces/busy-desk.json', busy)
write('fixtures/workspaces/latin1.json', Buffer.from('{"name":"caf\u00e9"}', 'latin1'))
write('scenarios/drills/beside.json', beside)
write('scenarios/drills/wrong.json', busy.replace('contacts', 'contact'))
afterAll(() => rmSync(desk, { recursive: true }))

test.for([
  ['its name', 'busy-desk', 'fixtures/workspaces/busy-desk.json', busy],
  ['a path beside the scenario', './beside.json', 'scenarios/drills/beside.json', beside],
  ['a path without a dot', 'beside.json', 'scenarios/drills/beside.json', beside],
  ['a path upwards', '../../fixtures/workspaces/busy-desk.json', 'fixtures/workspaces/busy-desk.json', busy],
] as const)('a workspace file is found by %s', ([, holds, file, text]) => {
  const fixture = load(holds).workspaces[0]?.fixture
  expect(fixture).toEqual({ file: join(desk, file), text })
  expect(load(holds).workspaces[1]?.fixture).toBeUndefined()
})

test.for([
  [
    'busy-dusk',
    `  workspaces: { ours: { region: au, holds: busy-dusk }, sibling: { region: us } }
      |                                            ^^^^^^^^^
Did you mean \`busy-desk\`?`,
  ],
  ['nothing-like-it', 'there is no workspace file "nothing-like-it"'],
  ['nothing-like-it', 'Known workspace files: busy-desk, latin1.'],
  ['./besides.json', 'Did you mean `beside.json`?'],
  ['../nowhere/beside.json', 'There are no workspace files.'],
  ['latin1', 'the workspace file "latin1" cannot be used: the file is not UTF-8 text'],
  ['/etc/hosts.json', 'must be the name of a workspace file, or its path relative to this file, not "/etc/hosts.json"'],
  ['Busy desk', 'must be the name of a workspace file'],
] as const)('a workspace file that is not there is told: %s (%#)', ([holds, words]) => {
  expect(said(holds)).toContain(words)
  expect(said(holds)).toMatch(/drills\/x\.yaml:6:44: /u)
})

test('what a workspace holds is explained by its file', async () => {
  const { explainScenario } = await import('./explain.ts')
  expect(explainScenario(load('beside.json')).replaceAll(/\s+/gu, ' ')).toMatch(
    /region au; it holds \S+beside\.json\./u,
  )
})

function load(holds: string) {
  write('scenarios/drills/x.yaml', edited(['ours: { region: au }', `ours: { region: au, holds: ${holds} }`]))
  return loadFile(join(desk, 'scenarios/drills/x.yaml'), desk)
}

function said(holds: string): string {
  try {
    return load(holds).name
  } catch (error) {
    if (isUserError(error)) return String(error)
    throw error
  }
}

function write(path: string, content: string | Buffer): void {
  writeFileSync(join(desk, path), content)
}

test('what is wrong inside a workspace file is told with its place in that file', () => {
  expect(() => load('./wrong.json')).toThrow('a workspace needs at least 1 of `contacts`')
  expect(() => load('./wrong.json')).toThrow(
    expect.objectContaining({
      place: expect.objectContaining({ file: join(desk, 'scenarios/drills/wrong.json'), line: 1 }),
    }),
  )
})

function holding(name: string): string {
  const person = { email: `${name}@desk.example` }
  return JSON.stringify({ admins: [{ ...person, name }], contacts: [{ ...person, external_id: name }] })
}
