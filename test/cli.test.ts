// The command as people and CI meet it: a process with words in, text and an exit code out.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ReportSchema } from '#report/report-schema.ts'

type Ended = { readonly code: number | null; readonly out: string; readonly err: string }
type Where = { readonly cwd?: string; readonly env?: Record<string, string>; readonly interruptOn?: string }

/** Whole replays, on a machine that may be busy. */
const patience = 180_000

const root = fileURLToPath(new URL('..', import.meta.url))
const main = join(root, 'src/cli/main.ts')
let elsewhere = ''

beforeAll(() => {
  elsewhere = mkdtempSync(join(tmpdir(), 'brownout-cli-'))
  mkdirSync(join(elsewhere, 'empty'))
  writeFileSync(join(elsewhere, 'file'), 'x')
  writeFileSync(join(elsewhere, 'broken.yaml'), 'scenario: broken\n  title: [\n')
  writeFileSync(join(elsewhere, 'typo.yaml'), 'scenario: typo\ntitel: A typing mistake\n')
  writeFileSync(join(elsewhere, 'throws.ts'), "throw new Error('no database at postgres://ada:secret@db')\n")
  writeFileSync(join(elsewhere, 'nothing.ts'), 'export const answer = 42\n')
})
afterAll(() => rmSync(elsewhere, { recursive: true }))

/** Runs the command with nothing of this process's environment but the path. */
function brownout(words: readonly string[], { cwd = root, env = {}, interruptOn }: Where = {}): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [main, ...words], { cwd, env: { PATH, HOME, ...env } })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
    if (interruptOn !== undefined && chunk.toString().includes(interruptOn)) child.kill('SIGINT')
  })
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

test.for([
  { words: ['--sed', '3'], says: /Unknown option '--sed'\.\nDid you mean --seed\?/u },
  { words: ['au-regional-timeout', '--client'], says: /'--client <name\|path>' argument missing/u },
  {
    words: ['au-regional-timeout', '--profile', 'soft'],
    says: /'soft' is invalid\. Allowed choices are strict, default/u,
  },
  { words: ['list', 'quokkas'], says: /No scenario has "quokkas" in its name, its tags or its title\./u },
  { words: ['list', 'P9'], says: /No scenario has "P9" in its name/u },
  { words: ['explain'], says: /Missing required argument 'scenario'/u },
  { words: [], says: /No scenario is named\.\nName one, or "all"\. There are: .*au-regional-timeout/u },
  {
    words: ['au-regonal-timeout'],
    says: /There is no scenario "au-regonal-timeout"\nDid you mean `au-regional-timeout`\?/u,
  },
  { words: ['explain', 'au-regional'], says: /There is no scenario "au-regional"/u },
  {
    words: ['--quiet', 'list'],
    says: /There is no scenario "list"\.\nIt is a command, and a command is typed first, before options and names\./u,
  },
  { words: ['lst'], says: /There is no command and no scenario "lst"\.\nDid you mean "list"\?/u },
  {
    words: ['forecast', 'au-regional-timeout'],
    says: /There is no command and no scenario "forecast"\.\nThe commands are run, list, validate, explain, judge, baseline, fuzz, replay, serve, driver, merge, import, init\. "list" shows the scenarios\./u,
  },
  { words: ['scenarios/**/*.yml'], says: /There is no scenario/u },
  {
    words: ['au-regional-timeout', '--client', 'resilent'],
    says: /no client "resilent".*\nDid you mean "resilient"\?/u,
  },
  {
    words: ['au-regional-timeout', '--client', ''],
    says: /^--client is empty\.\nIs it a variable that is not set\?/u,
  },
  { words: ['au-regional-timeout', '--client='], says: /^--client is empty\./u },
  { words: ['au-regional-timeout', '--report-dir', ' '], says: /^--report-dir is empty\.\nIs it a variable/u },
  { words: ['au-regional-timeout', '--drop-host', 'http://x y'], says: /^"http:\/\/x y" is not a host\./u },
  {
    words: ['au-regional-timeout', '--drop-host', 'https://Sentry.io/api'],
    says: /is not a host\.\nDid you mean "sentry\.io"\?/u,
  },
  { words: ['au-regional-timeout', '--client', './no/such.ts'], says: /no client file ".\/no\/such\.ts"/u },
  { words: ['au-regional-timeout', '--seeds', '0'], says: /^"0" is no number of seeds\./u },
  { words: ['au-regional-timeout', '--seeds', 'many'], says: /Give a whole number from 1 to 1000\./u },
  { words: ['au-regional-timeout', '--seed', ''], says: /The seed is empty\./u },
  { words: ['au-regional-timeout', '--seed', 'a\u001Bb'], says: /not a short text of printable characters/u },
  {
    words: ['au-regional-timeout', '--report-dir', 'package.json'],
    says: /Cannot write reports to "package\.json": it is a file/u,
  },
  { words: ['au-regional-timeout', '--report-dir', 'package.json/a'], says: /a part of the path is a file/u },
])('$words is answered with a sentence and exit code 2', { concurrent: true }, async ({ words, says }) => {
  const { code, out, err } = await brownout(words)
  expect(err).toMatch(says)
  expect(err).not.toMatch(/^\s+at /mu)
  expect({ code, out }).toEqual({ code: 2, out: '' })
})

test.for([
  {
    words: ['au-regional-timeout'],
    says: /No client is named[\s\S]*npx brownout init[\s\S]*--client \.\/client\.ts[\s\S]*defineClient/u,
  },
  { words: ['empty', '--client', 'sdk'], says: /There is no scenario in the directory empty/u },
  { words: ['broken.yaml', '--client', 'sdk'], says: /^broken\.yaml:\d+:\d+: /u },
  {
    words: ['typo.yaml', '--client', 'sdk'],
    says: /^typo\.yaml:2:1: unknown key `titel` [\s\S]*\^[\s\S]*Did you mean `title`/mu,
  },
  { words: ['au-regional-timeout', '--client', 'file'], says: /is no JavaScript or TypeScript module/u },
])(
  'elsewhere, $words is answered with a sentence, exit code 2 and no report',
  { concurrent: true },
  async ({ words, says }) => {
    const { code, out, err } = await brownout(words, { cwd: elsewhere })
    expect(err).toMatch(says)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(existsSync(join(elsewhere, 'reports'))).toBe(false)
  },
)

test('help names every exit code', async () => {
  const { code, out } = await brownout(['--help'])
  expect(code).toBe(0)
  for (const number of ['0', '1', '2', '3', '4', '130']) expect(out).toMatch(new RegExp(`^  ${number}  +\\w`, 'mu'))
})

test.for([
  ['list', /^ {2}0 .*scenarios$[^]*^ {2}2 .*no such scenario$/mu],
  ['validate', /^ {2}0 .*valid$[^]*^ {2}2 .*invalid one$/mu],
  ['import text', /^ {2}0 .*written$/mu],
  ['serve', /^ {2}0 .*Ctrl-C$/mu],
  ['init', /^ {2}130 +nothing was written/mu],
  ['fuzz', /^ {2}1 .*counterexample/mu],
  ['replay', /^ {2}1 .*degraded incorrectly$/mu],
] as const)('help of %s names the exit codes that it has', async ([words, says]) => {
  const { code, out } = await brownout([...words.split(' '), '--help'])
  expect(code).toBe(0)
  expect(out).toMatch(says)
  const own = words !== 'replay'
  expect(out.includes('degraded')).toBe(!own)
})

test('says its version', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  expect(await brownout(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
})

test('lists the scenarios, for people and for programs', async () => {
  expect((await brownout(['list'])).out).toMatch(/^au-regional-timeout +P1 .* {2}The Australian REST API times out/mu)
  expect((await brownout(['list', 'P1'])).out).toMatch(/^au-regional-timeout +P1 /mu)
  const { code, out } = await brownout(['list', '--output', 'json'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ name: 'au-regional-timeout', spanMs: 9_900_000 }))
})

test('validates every shipped scenario', async () => {
  const { code, out } = await brownout(['validate'])
  expect(code).toBe(0)
  expect(out).toContain('scenarios/incidents/au-regional-timeout.yaml: valid')
})

test('elsewhere the shipped scenarios are one line, because they are no files there', async () => {
  const { code, out } = await brownout(['validate'], { cwd: elsewhere })
  expect(code).toBe(0)
  expect(out).toMatch(/^\d+ that come with brownout: valid\n\d+ valid, 0 invalid\n$/u)
})

test('validates all files before it fails', async () => {
  const { code, out } = await brownout(['validate', 'broken.yaml', 'au-regional-timeout', 'typo.yaml'], {
    cwd: elsewhere,
  })
  expect(code).toBe(2)
  expect(out).toMatch(/broken\.yaml:\d+:\d+: [\s\S]*au-regional-timeout\.yaml: valid[\s\S]*typo\.yaml:2:1: /u)
  expect(out).toContain('1 valid, 2 invalid')
})

test('explains a scenario', async () => {
  const { code, out } = await brownout(['explain', 'au-regional-timeout'])
  expect(code).toBe(0)
  expect(out).toContain('au-regional-timeout: ')
})

test.for([
  { client: './throws.ts', says: /throws\.ts:1:7: [\s\S]*no database/u },
  { client: './nothing.ts', says: /nothing\.ts exports only answer; it must export "client"/u },
])("a client that does not load ($client) is the user's to mend", { timeout: patience }, async ({ client, says }) => {
  const { code, out, err } = await brownout(['au-regional-timeout', '--client', client], { cwd: elsewhere })
  expect(code).toBe(2)
  expect(out + err).toMatch(says)
  expect(out).not.toContain('secret')
  const { runs } = ReportSchema.parse(JSON.parse(readFileSync(join(elsewhere, 'reports/report.json'), 'utf8')))
  expect(runs[0]).toMatchObject({ kind: 'rejected', outcome: 'rejected' })
})

test(
  'the same scenario, client and seed give the same reports in every time zone, and one screen',
  { timeout: patience },
  async () => {
    const places = ['UTC', 'Pacific/Chatham'].map((zone) => ({ zone, directory: join(elsewhere, zone) }))
    const files = ['history.ndjson', 'junit.xml', 'report.html', 'report.json', 'report.sarif', 'summary.md']
    const textsIn = async ({ zone, directory }: (typeof places)[number]): Promise<readonly string[]> => {
      const words = ['au-regional-timeout', '--client', 'sdk', '--report-dir', directory]
      const { code, out } = await brownout(words, { env: { TZ: zone } })
      expect(code).toBe(1)
      expect(out.trimEnd().split('\n').length).toBeLessThanOrEqual(45)
      expect(out).toContain('reproduce  npm run chaos -- au-regional-timeout --client sdk --seed 1')
      expect(readdirSync(directory).toSorted()).toEqual(files)
      const wall = /<span data-wall>[^<]*<\/span>/gu
      return files.map((file) => readFileSync(join(directory, file), 'utf8').replaceAll(wall, ''))
    }
    const texts = await Promise.all(places.map(textsIn))
    expect(texts[1]).toEqual(texts[0])
  },
)

test('several scenarios get a folder each, and reports about all of them', { timeout: patience }, async () => {
  const copy = readFileSync(join(root, 'scenarios/incidents/au-regional-timeout.yaml'), 'utf8')
  writeFileSync(join(elsewhere, 'again.yaml'), copy.replace(/^scenario: .*$/mu, 'scenario: again'))
  const words = [
    'au-regional-timeout',
    'again.yaml',
    '--client',
    'resilient',
    '--report-dir',
    'both',
    '--output',
    'json',
  ]
  const { code, out } = await brownout(words, { cwd: elsewhere })
  expect(code).toBe(0)
  const printed = ReportSchema.parse(JSON.parse(out))
  expect(printed.runs.map(({ scenario, reproduce }) => [scenario, reproduce])).toEqual([
    ['au-regional-timeout', 'node <brownout>/src/cli/brownout.js run au-regional-timeout --client resilient --seed 1'],
    ['again', 'node <brownout>/src/cli/brownout.js run again.yaml --client resilient --seed 1'],
  ])
  expect(readdirSync(join(elsewhere, 'both')).toSorted()).toEqual([
    'again',
    'au-regional-timeout',
    'index.html',
    'junit.xml',
    'report.json',
    'report.sarif',
    'summary.md',
  ])
  expect(readdirSync(join(elsewhere, 'both/again')).toSorted()).toEqual([
    'history.ndjson',
    'report.html',
    'report.json',
  ])
})

test('variables set to nothing are not set', async () => {
  const env = { BROWNOUT_CLIENT: '', BROWNOUT_REPORT_DIR: '', BROWNOUT_SEED: '', BROWNOUT_PROFILE: '' }
  const { code, err } = await brownout(['au-regional-timeout'], { cwd: elsewhere, env })
  expect(err).toMatch(/^No client is named/u)
  expect(code).toBe(2)
})

test('a report has no absolute path, wherever its scenario lies', { timeout: patience }, async () => {
  const flags = ['--client', 'resilient', '--report-dir', '../outside', '--output', 'json']
  const inside = join(elsewhere, 'empty')
  const copy = readFileSync(join(root, 'scenarios/incidents/au-regional-timeout.yaml'), 'utf8')
  writeFileSync(join(elsewhere, 'outside.yaml'), copy.replace(/^scenario: .*$/mu, 'scenario: outside'))
  const { code, out } = await brownout([join(elsewhere, 'outside.yaml'), ...flags], { cwd: inside })
  expect(code).toBe(0)
  expect(ReportSchema.parse(JSON.parse(out)).runs[0]?.reproduce).toBe(
    'node <brownout>/src/cli/brownout.js run ../outside.yaml --client resilient --seed 1',
  )
  for (const file of ['report.json', 'junit.xml', 'report.html', 'report.sarif', 'summary.md'])
    expect(readFileSync(join(elsewhere, 'outside', file), 'utf8')).not.toContain(elsewhere)
})

test('neither has a report of a scenario that the client cannot answer', { timeout: patience }, async () => {
  const lines = [
    "import { defineClient } from 'brownout'",
    "export const client = defineClient({ name: 'me', promises: { 'me.read': {} },",
    "  create: () => ({ operations: { 'me.read': () => 1 } }) })",
  ]
  writeFileSync(join(elsewhere, 'me.ts'), lines.join('\n'))
  const inside = join(elsewhere, 'empty')
  const words = ['au-regional-timeout', '--client', '../me.ts', '--report-dir', '../me', '--output', 'json']
  const { code, out } = await brownout(words, { cwd: inside })
  expect(code).toBe(2)
  expect(out).toContain('"not-applicable"')
  expect(out).toContain('contact.read')
  expect(out).not.toContain(root)
  expect(out).not.toContain(elsewhere)
})

test('Ctrl-C ends a run with 130, without a verdict and without a report', { timeout: patience }, async () => {
  const directory = join(elsewhere, 'interrupted')
  mkdirSync(directory)
  writeFileSync(join(directory, 'report.json'), 'of an earlier run')
  const words = ['au-regional-timeout', '--report-dir', directory]
  const { code, out } = await brownout(words, { interruptOn: 'replaying' })
  expect(code).toBe(130)
  expect(out).toContain('INTERRUPTED')
  expect(readdirSync(directory)).toEqual([])
})
