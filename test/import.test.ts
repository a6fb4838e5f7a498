// Documents about incidents become scenarios. Goal: a skeleton is what a person can go on with. Method: the documents in
// test/accounts and what became of each, word for word; each parses, and the reference client plays it to a verdict.
// `UPDATE_IMPORTS=1 npx vitest run test/import.test.ts` writes the skeletons anew; read the difference before you commit it.

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolveClient } from '#client/resolve-client.ts'
import { createCrew } from '#engine/crew.ts'
import { run } from '#engine/run.ts'
import { importScenario, formats } from '#import/import-scenario.ts'
import { parseScenario } from '#scenario/parse.ts'

const root = join(import.meta.dirname, '..')
const accounts = join(import.meta.dirname, 'accounts')
const golden = join(import.meta.dirname, 'golden/import')
const crew = createCrew(2)
let desk = ''

beforeAll(() => {
  desk = mkdtempSync(join(tmpdir(), 'brownout-import-'))
})
afterAll(async () => {
  rmSync(desk, { recursive: true })
  await crew.close()
})

const documents = readdirSync(accounts)
  .filter((file) => !file.endsWith('.md'))
  .map((file) => ({ file, format: formats.find((one) => file.startsWith(one)) ?? 'text' }))

const stemOf = (file: string) => file.replace(/\.\w+$/u, '')
const goldenOf = (file: string) => join(golden, `${stemOf(file)}.yaml`)

/** Two of the texts tell of no incident; the day is that of an example in one of them. */
const dateOf = (file: string) => (/seed-00[24]/u.test(file) ? { date: '2024-03-22' } : {})

test('there are texts and documents of both programs', () => {
  expect(documents.map(({ format }) => format)).toEqual(expect.arrayContaining([...formats]))
  expect(documents.filter(({ format }) => format === 'text')).toHaveLength(5)
})

test.for(documents)('$file becomes the scenario that it became before', ({ file, format }) => {
  const { text } = importScenario(format, readFileSync(join(accounts, file), 'utf8'), file, dateOf(file))
  if (process.env['UPDATE_IMPORTS']) writeFileSync(goldenOf(file), text)
  expect(text).toBe(readFileSync(goldenOf(file), 'utf8'))
  const { evidence, faults } = parseScenario(text, file)
  expect(evidence.assumed).toContain('faults')
  expect(faults.length).toBeGreaterThan(0)
})

test.for(documents)(
  'what became of $file is played to a verdict',
  { timeout: 180_000, concurrent: true },
  async ({ file }) => {
    const result = await run({
      scenario: goldenOf(file),
      client: resolveClient('resilient', root),
      seed: '1',
      profile: 'default',
      historyFile: join(desk, `${file}.ndjson`),
      dropHosts: [],
      signal: new AbortController().signal,
      crew,
      confirm: 'never',
    })
    expect(result.kind).toBe('judged')
    expect(result.kind === 'judged' && result.outcome).toBe('pass')
  },
)

type Ended = { readonly code: number; readonly out: string; readonly err: string }

function brownout(...words: readonly string[]): Promise<Ended> {
  const main = join(root, 'src/cli/main.ts')
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...words], { cwd: desk }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

const seed = join(accounts, 'seed-000.txt')

test('a skeleton is printed, and what a person must know of it is told beside it', async () => {
  const { code, out, err } = await brownout('import', 'text', seed)
  expect(code).toBe(0)
  expect(out).toBe(readFileSync(goldenOf(basename(seed)), 'utf8'))
  expect(err).toContain(
    'Imported seed-000 from 12 dated facts; proposed faults: crash-loop. Confirm each before you trust it.',
  )
  expect(err).toMatch(/^Not used \(8; the comments of the scenario have each\):\n- Told in the timeline/mu)
  expect(err).toContain('- 7 sentences without a time, with nothing to propose: lines 3 to 4, lines 16 to 18.\n')
  expect(err.trimEnd().split('\n').at(-1)).toBe(
    'Next: the same with --out scenarios/seed-000.yaml, which then is found by its name.',
  )
  const quiet = await brownout('import', 'text', seed, '--quiet')
  expect(quiet.err).toContain('Its comments list what was taken for granted (6) and what was not used (')
})

test('a skeleton goes to a file, never over another one unless that is asked for, and validate takes it', async () => {
  const out = join(desk, 'mine.yaml')
  const written = await brownout('import', 'text', seed, '--out', 'mine.yaml')
  expect(written).toMatchObject({ code: 0, out: 'mine.yaml: written.\n' })
  expect(written.err).toMatch(
    /^Next: .*brownout\.js validate mine\.yaml\n +.*brownout\.js run mine\.yaml --client \.\/client\.ts\n$/mu,
  )
  expect(await brownout('validate', 'mine.yaml')).toMatchObject({ code: 0, out: 'mine.yaml: valid\n' })
  // Reports and gates call it what its author will look for.
  expect(readFileSync(out, 'utf8')).toContain('\nscenario: mine\n')
  writeFileSync(out, 'mine')
  const refused = await brownout('import', 'text', seed, '--out', 'mine.yaml')
  expect(refused).toMatchObject({ code: 2, out: '' })
  expect(refused.err).toBe('"mine.yaml" is there already.\nName another file, or replace it with --force.\n')
  expect(readFileSync(out, 'utf8')).toBe('mine')
  expect((await brownout('import', 'text', seed, '--out', 'mine.yaml', '--force')).code).toBe(0)
  expect(readFileSync(out, 'utf8')).not.toBe('mine')
  await brownout('import', 'text', seed, '--out', 'No name!.yaml')
  expect(readFileSync(join(desk, 'No name!.yaml'), 'utf8')).toContain('\nscenario: seed-000\n')
})

test('a folder that is not there is made, and one that cannot be is a sentence', async () => {
  expect((await brownout('import', 'text', seed, '--out', 'new/deep/mine.yaml')).out).toBe(
    'new/deep/mine.yaml: written.\n',
  )
  if (process.platform !== 'linux') return
  // Where the system makes none, making it must end all the same.
  const specification = join(import.meta.dirname, 'specifications/parcels.yaml')
  for (const words of [
    ['text', seed, '--out', '/proc/x/mine.yaml'],
    ['openapi', specification, '--out', '/proc/x'],
  ]) {
    const { code, err } = await brownout('import', ...words)
    expect(code).toBe(2)
    expect(err).toMatch(/^Cannot write the (?:scenario|service) to "\/proc\/x.*\nChoose another place with --out\./u)
  }
})

test.for<[says: string, words: readonly string[]]>([
  ['cannot be read (ENOENT)', ['text', 'nowhere.txt']],
  [
    '"https://example.com/api/incidents.json?x=1" is an address, and only files are read.\nDownload it first: curl -L -o incidents.json \'https://example.com/api/incidents.json?x=1\'',
    ['statuspage', 'https://example.com/api/incidents.json?x=1'],
  ],
  ['"http://example.com/v1" is an address', ['openapi', 'http://example.com/v1']],
  ['--date yesterday is no day.', ['text', seed, '--date', 'yesterday']],
  ['--date 9999-12-31 is not in the years from 1990 to 2100.', ['text', seed, '--date', '9999-12-31']],
  ['--zone IST means several time zones.', ['text', seed, '--zone', 'IST']],
  ['--zone Mars is no time zone that is known.', ['text', seed, '--zone', 'Mars']],
  ['--name No! cannot be the name of a scenario.', ['text', seed, '--name', 'No!']],
  ['--url here is no address.', ['text', seed, '--url', 'here']],
  ['the text has neither a time nor a date', ['text', join(accounts, 'seed-002.txt')]],
  ['seed-000.txt:1:1: a value is missing here', ['statuspage', seed]],
  ["Unknown command 'pagerduty'", ['pagerduty', seed]],
  ['A word of the command is missing.', []],
])('"%s" is a sentence and exit code 2', async ([says, words]) => {
  const { code, out, err } = await brownout('import', ...words, ...(words.length > 0 ? ['--out', 'never.yaml'] : []))
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(says)
  expect(existsSync(join(desk, 'never.yaml'))).toBe(false)
})

test('a skeleton has the name, the zone and the address that it is given', async () => {
  writeFileSync(join(desk, 'a.txt'), '11:00 - Requests time out\n11:30 - Resolved\n')
  const flags = ['--date', '2026-04-27', '--zone', '+10:00', '--name', 'mine', '--url', 'https://example.com/1']
  const { out } = await brownout('import', 'text', 'a.txt', ...flags)
  expect(out).toContain('scenario: mine\n')
  expect(out).toContain('source: { document: https://example.com/1, date: 2026-04-27, severity: P2 }')
  expect(out).toContain('phases: { onset: 01:00Z, recovery: 01:30Z }')
})
