// Finding scenarios from anywhere: by name, path, directory and glob, and what is said when there is none.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { loadFile, loadScenario } from './load.ts'
import { findScenarios, readText, shippedScenarios, showPath } from './files.ts'
import { knownWords, locateRows, locateScenarios } from './locate.ts'
import { edited, rich, sample } from './sample.ts'

const desk = mkdtempSync(join(tmpdir(), 'brownout-scenarios-'))
mkdirSync(join(desk, 'scenarios', 'drills'), { recursive: true })
mkdirSync(join(desk, 'nothing-here'))
mkdirSync(join(desk, 'one'))
mkdirSync(join(desk, 'webhooks'))
write('one/slow.yaml', sample)
write('scenarios/drills/slow.yaml', sample)
write('scenarios/other.yml', edited(['scenario: sample', 'scenario: other-name']))
write(
  'scenarios/drills/rich.yaml',
  rich
    .replace('scenario: sample', 'scenario: rich')
    .replace('P2', 'P3')
    .replace(/^tags: .*$/mu, 'tags: [quokka, webhooks]'),
)
write('scenarios/notes.txt', 'not a scenario')
write('broken.yaml', 'scenario: "broken')
write('latin1.yaml', Buffer.from('title: caf\u00e9', 'latin1'))
write('utf16.yaml', Buffer.from(`\ufeff${sample}`, 'utf16le'))
write('marked.yaml', `\ufeff${sample}`)
write('huge.yaml', '#'.repeat(1_000_000))
afterAll(() => rmSync(desk, { recursive: true }))

test.for([
  ['a name', 'sample', 'sample'],
  ['the name of its file', 'slow', 'sample'],
  ['a name that differs from its file', 'other-name', 'other-name'],
  ['a shipped name, from anywhere', 'au-regional-timeout', 'au-regional-timeout'],
  ['a path', 'scenarios/drills/slow.yaml', 'sample'],
  ['an absolute path', join(desk, 'scenarios', 'other.yml'), 'other-name'],
  ['a directory with one scenario', 'one', 'sample'],
  ['a tag', 'quokka', 'rich'],
  ['a row of it', 'rich:faithful', 'rich:faithful'],
  ['a row of a file', 'scenarios/drills/rich.yaml:harsher', 'rich:harsher'],
  ['a glob', 'scenarios/*/s*.yaml', 'sample'],
  ['a file with a byte order mark', 'marked.yaml', 'sample'],
] as const)('a scenario is found by %s', ([, wanted, name]) => {
  expect(loadScenario(wanted, desk).name).toBe(name)
})

test.for([
  ['an unknown name', 'samble', 'there is no scenario "samble"\nDid you mean `sample`?'],
  ['a name like no other', 'xyzzy', 'there is no scenario "xyzzy"\nKnown scenarios: '],
  ['a tag that is nearly one', 'webhook', 'there is no scenario "webhook"\nDid you mean `webhooks`?'],
  ['a severity in small letters', 'p1', 'there is no scenario "p1"\nDid you mean `P1`?'],
  ['an unknown row', 'rich:faithfull', 'rich.yaml: rich has no variant "faithfull"\nDid you mean `faithful`?'],
  ['a row of a file without rows', 'sample:faithful', 'sample has no variant "faithful"\nThere are no variants.'],
  ['a row of nothing', 'ritch:faithful', 'there is no scenario "ritch"\nDid you mean `rich`?'],
  [
    'a row of several',
    'scenarios:faithful',
    '"scenarios" is more than one scenario, and "faithful" can be a variant of one only\nName one of them: other-name, rich, sample.',
  ],
  [
    'a directory without scenarios',
    'nothing-here',
    'there is no scenario in the directory nothing-here\nScenarios end in .yaml.',
  ],
  [
    'a directory with several',
    'scenarios',
    '"scenarios" is more than one scenario\nName one of them: other-name, rich, sample.',
  ],
  ['a glob that matches nothing', 'scenarios/*.json', 'there is no scenario "scenarios/*.json"'],
  [
    'a file that is not there',
    'one/slw.yaml',
    'there is no scenario file "one/slw.yaml"\nDid you mean `one/slow.yaml`?',
  ],
  ['a file near no other', './nope.yaml', 'there is no scenario file "./nope.yaml"'],
  [
    'a file whose name means one',
    'one/sampel.yml',
    'there is no scenario file "one/sampel.yml"\nDid you mean `sample`?',
  ],
  ['a folder that is not there', 'on/slow.yaml', 'there is no scenario file "on/slow.yaml", and no folder "on"'],
  ['a row of no file', './nope.yaml:faithful', 'there is no scenario file "./nope.yaml"'],
  ['broken YAML', 'broken.yaml', 'broken.yaml:1:11: this quote is never closed\n'],
  ['another encoding', 'latin1.yaml', 'latin1.yaml: the file is not UTF-8 text\nSave it as UTF-8.'],
  ['UTF-16', 'utf16.yaml', 'utf16.yaml: the file is not UTF-8 text\nSave it as UTF-8.'],
  ['a huge file', 'huge.yaml', 'huge.yaml: the file is too large to be a scenario'],
] as const)('%s is told in a sentence', ([, wanted, words]) => {
  expect(said(wanted)).toContain(words)
})

test('a directory lists its scenarios by name, and a missing one lists none', () => {
  expect(findScenarios(join(desk, 'scenarios')).map(({ name }) => name)).toEqual(['other-name', 'rich', 'sample'])
  expect(findScenarios(join(desk, 'missing'))).toEqual([])
})

test('all means the shipped ones and those of the working directory', () => {
  const names = locateScenarios('all', desk).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['au-regional-timeout', 'other-name', 'sample']))
})

test('a shipped file is called the same wherever the work is done', () => {
  const file = join(shippedScenarios, 'incidents', 'au-regional-timeout.yaml')
  const shown = 'scenarios/incidents/au-regional-timeout.yaml'
  expect(showPath(file, desk)).toBe(shown)
  expect(showPath(file, dirname(shippedScenarios))).toBe(shown)
  expect(showPath(file, dirname(file))).toBe(shown)
})

test('a tag and a severity mean all that have them, a name only its own', () => {
  expect(locateScenarios('quokka', desk).map(({ name }) => name)).toEqual(['rich'])
  expect(locateScenarios('P3', desk).map(({ name }) => name)).toContain('rich')
  expect(locateScenarios('P2', desk).map(({ name }) => name)).toEqual(expect.arrayContaining(['other-name', 'sample']))
  expect(locateRows('rich', desk)).toMatchObject([{ name: 'rich', variant: null }])
})

test('what can be typed are names, severities and tags', () => {
  expect(knownWords(desk)).toEqual(expect.arrayContaining(['sample', 'P1', 'P4', 'webhooks', 'quokka']))
})

test('a broken file keeps no other from being found by its tag', () => {
  write('scenarios/drills/broken.yaml', 'scenario: rotten\ntags: [quokka\nsource: {')
  expect(locateScenarios('quokka', desk).map(({ name }) => name)).toEqual(['rich'])
  rmSync(join(desk, 'scenarios/drills/broken.yaml'))
})

function write(path: string, content: string | Buffer): void {
  writeFileSync(join(desk, path), content)
}

function said(wanted: string): string {
  try {
    return loadScenario(wanted, desk).name
  } catch (error) {
    if (isUserError(error)) return String(error)
    throw error
  }
}

test('a file that is not there is no reason to list every scenario', () => {
  expect(said('./nope.yaml')).toBe('there is no scenario file "./nope.yaml"')
})

test.for<[string, string]>([
  ['parcels.service.yaml', 'parcels.service.yaml is a service, and no scenario'],
  ['desk.client.yaml', 'desk.client.yaml is a client, and no scenario'],
])('%s is told what it is', ([file, told]) => {
  expect(() => loadFile(join(desk, file), desk)).toThrow(told)
})

test.runIf(process.platform === 'linux')('a device that never ends is not read', () => {
  expect(() => readText('/dev/zero')).toThrow('a scenario is a file, and this is none')
})
