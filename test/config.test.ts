// A config as people meet it: files in a project of their own, the command, and what it plays.

import { execFile, execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ReportSchema } from '#report/report-schema.ts'
import { exampleIn } from './examples.ts'

/** Whole replays, on a machine that may be busy. */
const patience = 180_000
const root = join(import.meta.dirname, '..')
let shop = ''

beforeAll(() => {
  shop = mkdtempSync(join(tmpdir(), 'configured-'))
  const hang = readFileSync(join(root, 'test/scenarios/short-hang.yaml'), 'utf8')
  const files = {
    'package.json': '{ "type": "module" }',
    'src/desk.ts': exampleIn('README.md', 'my-client.ts'),
    'chaos/mine.yaml': hang.replace(/^scenario: .*/mu, 'scenario: my-hang'),
    'chaos.config.ts': exampleIn('docs/configuration.md', 'chaos.config.ts'),
    'sub/x': '',
    'talks/chaos.config.mjs': "console.log('hello'); console.error('there')\nexport default { client: 'resilient' }",
    'wrong/chaos.config.ts': 'export default {\n  seed: = 1 }',
    'typo/chaos.config.json': '{\n  "cleint": "x"\n}',
    'ends/chaos.config.mjs': 'process.exit(0)',
    'late/chaos.config.mjs': "\nvoid Promise.reject(new Error('no such host'))\nexport default { client: 'resilient' }",
    'loops/chaos.config.ts': 'while (true);\nexport default {}',
    'waits/chaos.config.mjs': '\nexport default await new Promise(() => {})',
    'swells/chaos.config.mjs': 'const all = []\nfor (;;) all.push(new Array(1e6).fill(0.5))',
    'builtin/chaos.config.yaml': 'extends: fs\n',
    'gate/chaos.config.yaml': '\ngate: [my-hnag]\nclient: resilient\n',
    'many.yaml':
      'extends: ./chaos.config.ts\ngate: my-hang\nclient: all\nclients: { other: src/desk.ts }\nablate: false\n',
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(shop, name)), { recursive: true })
    writeFileSync(join(shop, name), text)
  }
  for (const folder of ['piped', 'linked', 'folder/chaos.config.yaml'])
    mkdirSync(join(shop, folder), { recursive: true })
  execFileSync('mkfifo', [join(shop, 'piped/chaos.config.ts')])
  symlinkSync('gone.json', join(shop, 'linked/chaos.config.json'))
})
afterAll(() => rmSync(shop, { recursive: true }))

type Ended = { readonly code: number; readonly out: string; readonly err: string }

function brownout(words: string, where = '', env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env
  const all = [join(root, 'src/cli/main.ts'), ...words.split(' ').filter((word) => word !== '')]
  return new Promise((resolve) => {
    execFile(process.execPath, all, { cwd: join(shop, where), env: { PATH, HOME, ...env } }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

test(
  'the gate is played by the client of the config, and the command that does it again needs no config',
  { timeout: patience },
  async () => {
    const { code, out } = await brownout('')
    expect(out).toContain('my-hang · client src/desk.ts · seed 7')
    expect(out).toMatch(/run chaos\/mine\.yaml --client src\/desk\.ts --seed 7 --profile strict --no-config$/mu)
    expect(code).toBe(0)
    const history = join(shop, 'out/chaos/history.ndjson')
    const first = readFileSync(history, 'utf8')
    const again = await brownout('chaos/mine.yaml --client src/desk.ts --seed 7 --profile strict --no-config')
    expect(again.code).toBe(0)
    expect(readFileSync(join(shop, 'reports/history.ndjson'), 'utf8')).toBe(first)
  },
)

test('every client that has a name plays what is named, and has a folder for it', { timeout: patience }, async () => {
  const { code, out } = await brownout('my-hang --config many.yaml --report-dir both --output json')
  const { runs } = ReportSchema.parse(JSON.parse(out))
  const other = ['my-hang', 'src/desk.ts', '7']
  expect(runs.map(({ scenario, client, seed }) => [scenario, client, seed])).toEqual([
    other,
    other,
    ['my-hang', 'resilient', '7'],
  ])
  expect(runs[2]?.reproduce).toMatch(/ --client resilient --seed 7 --profile strict --no-config$/u)
  expect(readdirSync(join(shop, 'both')).toSorted()).toEqual([
    'desk',
    'index.html',
    'junit.xml',
    'other',
    'reference',
    'report.json',
    'report.sarif',
    'summary.md',
  ])
  expect(readdirSync(join(shop, 'both/reference/my-hang'))).toContain('history.ndjson')
  expect(code).toBe(0)
})

test('parts of what every client plays are merged into the whole', { timeout: patience }, async () => {
  for (const part of ['1', '2'])
    expect((await brownout(`my-hang --config many.yaml --shard ${part}/2 --report-dir p${part} --quiet`)).code).toBe(0)
  const { code, out } = await brownout('merge p1 p2 --report-dir merged --output json')
  expect(code).toBe(0)
  expect(out).toBe(readFileSync(join(shop, 'both/report.json'), 'utf8'))
})

test('own scenarios are found by name and by tag, also from a folder below the config', async () => {
  expect((await brownout('list my-hang')).out).toMatch(/^my-hang /mu)
  expect((await brownout('list --quiet', 'sub')).out).toMatch(/^my-hang$/mu)
  expect((await brownout('validate my-hang', 'sub')).code).toBe(0)
  expect((await brownout('explain my-hang', 'sub')).code).toBe(0)
  const { code, err } = await brownout('explain my-hang --no-config', 'sub')
  expect({ code, err }).toMatchObject({
    code: 2,
    err: expect.stringContaining('There is no scenario "my-hang"') as string,
  })
})

test('--print-config says what each setting is, and who says so, and plays nothing', async () => {
  const words = 'run --print-config --profile lenient --report-dir nowhere'
  const { code, out } = await brownout(words, '', { BROWNOUT_SEED: '5' })
  expect(code).toBe(0)
  expect(out.split('\n').map((line) => line.split(/\s{2,}/u))).toEqual(
    expect.arrayContaining([
      ['client', 'desk', 'chaos.config.ts:6'],
      ['seed', '5', 'BROWNOUT_SEED'],
      ['profile', 'lenient', 'flag --profile'],
      ['seeds', '1', 'default'],
      ['clients.reference', 'resilient', 'chaos.config.ts:5'],
      // A seed of a variable beats the override.
      ['my-hang: client', 'desk', 'chaos.config.ts:6'],
      ['my-hang: seed', '5', 'BROWNOUT_SEED'],
    ]),
  )
  const plain = await brownout('my-hang au-regional-timeout --print-config')
  expect(plain.out).toMatch(/^my-hang: seed +7 +chaos\.config\.ts:11$/mu)
  expect(plain.out).toMatch(/^my-hang: profile +strict +chaos\.config\.ts:9$/mu)
  expect(plain.out).not.toMatch(/^(?:au-regional-timeout|overrides)/mu)
  expect(existsSync(join(shop, 'nowhere'))).toBe(false)
  const told = JSON.parse((await brownout('fuzz my-hang --print-config --output json', 'sub')).out) as unknown
  expect(told).toContainEqual({ setting: 'fuzz.runs', value: '200', source: '../chaos.config.ts:13' })
  expect(told).toContainEqual({ setting: 'seed', scenario: 'my-hang', value: 7, source: '../chaos.config.ts:11' })
  // Of what is not named, what is written.
  expect((await brownout('list --print-config')).out).toMatch(/^overrides\.my-\*\.seed +7 +chaos\.config\.ts:11$/mu)
})

test('what gates and how it is printed stands in a config, too', { timeout: patience }, async () => {
  const text = 'client: resilient\nquiet: true\nagainst: baseline\ntolerance: 5%\nhttps: true\ntimeScale: 2\n'
  writeFileSync(join(shop, 'gate/baseline.yaml'), `${text}`)
  const play = (words: string) => brownout(`contact-deleted-404 --config baseline.yaml ${words}`.trim(), 'gate')
  const none = await play('')
  expect({ code: none.code, err: none.err }).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^There is no baseline "chaos\.baseline\.yaml"\.[^]*--no-against/u) as string,
  })
  const first = await play('--no-against')
  // `https` and `timeScale` are for real sockets, and this run has none.
  expect(first.out).toMatch(/^✓ PASS[^\n]*\n$/u)
  const against = (): unknown => {
    const [run] = ReportSchema.parse(JSON.parse(readFileSync(join(shop, 'gate/reports/report.json'), 'utf8'))).runs
    return run && 'against' in run ? run.against : undefined
  }
  expect(against()).toBeUndefined()
  expect((await brownout('baseline save', 'gate')).code).toBe(0)
  expect((await play('')).code).toBe(0)
  expect(against()).toEqual([])
  const told = (await play('--print-config --shard 1/2')).out
  expect(told).toMatch(/^tolerance +5% +baseline\.yaml:4$/mu)
  expect(told).toMatch(/^https +true +baseline\.yaml:5$/mu)
  expect(told).toMatch(/^against +- +default$/mu)
})

test('a campaign takes what the config says of campaigns', { timeout: patience }, async () => {
  const { code, out } = await brownout('fuzz my-hang --runs 2 --no-shrink --output json')
  const { client, profile, runSeed } = JSON.parse(out) as Record<string, unknown>
  expect({ client, profile, runSeed }).toEqual({ client: 'src/desk.ts', profile: 'strict', runSeed: '7' })
  expect([0, 1]).toContain(code)
  expect((await brownout('fuzz my-hang --client all')).err).toMatch(
    /^A campaign is against one client\.\nName one of them/u,
  )
})

test.for<[string, string, RegExp]>([
  ['list', 'wrong', /^chaos\.config\.ts:2:9: The config chaos\.config\.ts could not be loaded: [^\n]*\n$/u],
  ['list', 'typo', /^chaos\.config\.json:2:3: unknown key `cleint` in `config`[^]*Did you mean `clients?`\?\n$/u],
  ['run', 'ends', /^The config chaos\.config\.mjs could not be loaded: it ended the process\.\nIt is data: [^\n]*\n$/u],
  ['run 429-storm', 'late', /^chaos\.config\.mjs:2:21: The config [^\n]* could not be loaded: no such host\.\n$/u],
  [
    'list',
    'loops',
    /^The config chaos\.config\.ts could not be loaded: it, [^\n]* did not end within 20 s: a loop[^\n]*\n$/u,
  ],
  ['list', 'waits', /^chaos\.config\.mjs:2:16: The config chaos\.config\.mjs [^\n]* an await at the top [^\n]*\n$/u],
  ['list', 'swells', /^The config chaos\.config\.mjs could not be loaded: [^\n]*memory[^\n]*\n$/u],
  ['list', 'piped', /^The config chaos\.config\.ts is no file\.\n/u],
  ['list', 'linked', /^The config chaos\.config\.json is a link that leads nowhere\.\n[^\n]*--no-config/u],
  ['list', 'folder', /^The config chaos\.config\.yaml is a directory\.\n[^\n]*--no-config/u],
  ['list', 'builtin', /^chaos\.config\.yaml:1: there is no package with the config "fs"/u],
  ['run', 'gate', /^chaos\.config\.yaml:2: there is no scenario "my-hnag"/u],
  ['run my-hang --client dsek', '', /^There is no client "dsek"\.\nDid you mean "desk"\?\n$/u],
  [
    'list --config gone.ts',
    '',
    /^There is no config "gone\.ts"\.\nName a file such as chaos\.config\.ts; --no-config does without\./u,
  ],
])('`%s` in "%s" is answered with a sentence and exit code 2', { timeout: patience }, async ([words, where, says]) => {
  const { code, out, err } = await brownout(words, where)
  expect(err).toMatch(says)
  expect({ code, out }).toEqual({ code: 2, out: '' })
})

test('what a config prints is not in the output of a command', async () => {
  const { out, err } = await brownout('list contact-deleted-404 --output json', 'talks')
  expect(JSON.parse(out)).toHaveLength(1)
  expect(err).toContain('hello\n')
  expect(err).toContain('there\n')
})

test('an empty variable is no config, and one that is set is', async () => {
  expect((await brownout('list --quiet', 'sub', { BROWNOUT_CONFIG: '' })).out).toMatch(/^my-hang$/mu)
  const { code, err } = await brownout('list', 'sub', { BROWNOUT_CONFIG: '../typo/chaos.config.json' })
  expect(err).toContain('../typo/chaos.config.json:2:3: unknown key')
  expect(code).toBe(2)
})
