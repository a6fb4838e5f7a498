// Goal: a test and a command find the same config and make the same of it. Method: the project of the page on configs, with tests in it; what its
// runner reports, and what the runs have left, is compared with what the config says and with what the command says.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHistory } from '#history/read-history.ts'
import { exampleIn } from './examples.ts'
import { partIn } from './page-parts.ts'
import { said } from './installed.ts'
import { runnerConfig } from './runner-config.ts'

/** Several replays and a small campaign, on a machine that may be busy. */
const patience = 600_000
const root = join(import.meta.dirname, '..')

const hang = readFileSync(join(root, 'test/scenarios/short-hang.yaml'), 'utf8')
const short = (name: string) =>
  readFileSync(join(root, 'test/scenarios/twelve-seconds.yaml'), 'utf8').replace(/^scenario: .*/mu, `scenario: ${name}`)
const example = exampleIn('docs/vitest.md', 'desk.test.ts')
const patient = example
  .slice(example.indexOf('const client'), example.indexOf('// A scenario of the library'))
  .replace('support-desk', 'patient')
  .replace('4_000', '400_000')
const waiver = (until: string) =>
  `- { oracle: settles-within-promise, scenario: my-hang, owner: ada, until: ${until}, because: the deadline comes with the new queue }\n`

const files: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }',
  'vitest.config.mjs': runnerConfig,
  'chaos.config.ts': exampleIn('docs/configuration.md', 'chaos.config.ts'),
  'chaos/mine.yaml': hang.replace(/^scenario: .*/mu, 'scenario: my-hang'),
  'src/desk.ts': exampleIn('README.md', 'my-client.ts'),
  'src/patient.ts': `import { defineClient } from 'brownout'\nexport ${patient}`,
  'named.test.ts': exampleIn('docs/vitest.md', 'named.test.ts'),
  'other.yaml': [
    'extends: ./chaos.config.ts',
    'clients: { patient: ./src/patient.ts }',
    'waivers: waivers.yaml',
    'profile: lenient',
    'reports: { dir: other }',
    'fuzz: { regressions: kept, seed: 3 }',
    '',
  ].join('\n'),
  'late.yaml': 'extends: ./other.yaml\nwaivers: late-waivers.yaml\n',
  'typo.config.json': '{\n  "cleint": "x"\n}',
  'nobody.yaml': 'clients: { desk: ./src/dsek.ts }\n',
  'nowhere.yaml': 'overrides: { my-hnag: { seed: 2 } }\nscenarios: chaos\n',
  'waivers.yaml': waiver('2999-12-31'),
  'late-waivers.yaml': waiver('2020-01-31'),
  'more.test.ts': `import { fuzzTest, scenarioTest } from 'brownout/vitest'
scenarioTest('my-hang', 'desk', { name: 'says more', seed: 3, profile: 'lenient', reportDir: 'own' })
scenarioTest('my-hang', 'desk', { name: 'config: false', config: false })
scenarioTest('./chaos/mine.yaml', './src/desk.ts', { name: 'paths alone', config: false })
scenarioTest('my-hang', 'patient', { name: 'waived', config: 'other.yaml' })
scenarioTest('my-hang', 'patient', { name: 'waived too long', config: 'late.yaml' })
fuzzTest('my-hang', 'patient', { name: 'campaign', config: 'other.yaml', runs: 4 })
scenarioTest('my-hang', 'dsek', { name: 'dsek' })
scenarioTest('my-hang', 'all', { name: 'all' })
for (const config of ['typo.config.json', 'nobody.yaml', 'nowhere.yaml', 'gone.yaml', ''])
  scenarioTest('my-hang', 'desk', { name: 'wrong ' + config, config })
`,
  // Short, because a program is played in real time.
  'chaos/slow-bodies.yaml': short('slow-bodies'),
  'chaos/contact-deleted-404.yaml': hang.replace(/^scenario: .*/mu, 'scenario: contact-deleted-404'),
  'files/desk.ts': exampleIn('README.md', 'my-client.ts'),
  'files/desk.client.yaml': 'command: [node, desk.mjs]\n',
  'files/desk.mjs': readFileSync(join(root, 'fixtures/drivers/javascript/desk.mjs'), 'utf8'),
  'files/driver.mjs': readFileSync(join(root, 'fixtures/drivers/javascript/driver.mjs'), 'utf8'),
  'files/files.test.ts': `import { scenarioTest } from 'brownout/vitest'
${partIn('docs/vitest.md', "scenarioTest('slow-bodies', './desk.ts')")}`,
  'inline.test.ts': `import { defineClient } from 'brownout'
import { scenarioTest } from 'brownout/vitest'
${example.slice(example.indexOf('const client'), example.indexOf('// A scenario of the library'))}
scenarioTest('my-hang', client, { name: 'inline' })
`,
}

type Told = { readonly status: string; readonly failureMessages: readonly string[] }
let shop = ''
let tests: ReadonlyMap<string, Told> = new Map()

async function play(words: readonly string[], env: Readonly<Record<string, string>>) {
  const all = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=json',
    '--outputFile=told.json',
    ...words,
  ]
  await said(shop, process.execPath, [...all, '--no-file-parallelism'], env)
  type Files = { testResults: { assertionResults: ({ title: string } & Told)[] }[] }
  const { testResults } = JSON.parse(readFileSync(join(shop, 'told.json'), 'utf8')) as Files
  return new Map(testResults.flatMap((file) => file.assertionResults.map((one) => [one.title, one])))
}

beforeAll(async () => {
  shop = mkdtempSync(join(tmpdir(), 'tests-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(shop, name)), { recursive: true })
    writeFileSync(join(shop, name), text)
  }
  symlinkSync(join(root, 'node_modules'), join(shop, 'node_modules'))
  tests = await play([], {})
}, patience)
afterAll(() => rmSync(shop, { recursive: true }))

const messageIn = (told: ReadonlyMap<string, Told>, title: string): string => {
  const { status, failureMessages } = told.get(title) ?? { status: 'missing', failureMessages: [] }
  return `${status}: ${failureMessages.join('\n').split(/\n\s+at /u)[0] ?? ''}`
}
const messageOf = (title: string): string => messageIn(tests, title)

/** The header of the only history below. */
function headerIn(folder: string) {
  const [found = ''] = readdirSync(join(shop, folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('history.ndjson'),
  )
  const file = join(shop, folder, found)
  return readHistory(readFileSync(file, 'utf8'), file).header
}

test('names of clients and scenarios, seed, profile and the directory of reports are those of the config', () => {
  expect(messageOf('my-hang')).toBe('passed: ')
  const { seed, profile, client } = headerIn('out/chaos/vitest/named.test.ts')
  expect({ seed, profile, client }).toEqual({ seed: '7', profile: 'strict', client: 'src/desk.ts' })
})

test('what a test says itself beats the config', () => {
  expect(messageOf('says more')).toBe('passed: ')
  expect(headerIn('own')).toMatchObject({ seed: '3', profile: 'lenient' })
})

test('without the config its names mean nothing, and the defaults are what they were', () => {
  expect(messageOf('config: false')).toMatch(/^failed: Brownout: there is no scenario "my-hang"/u)
  expect(messageOf('paths alone')).toBe('passed: ')
  expect(headerIn('reports/vitest')).toMatchObject({ seed: '1', profile: 'default' })
})

test('files, programs and shipped clients of the page on tests play', () => {
  for (const title of ['slow-bodies', 'contact-deleted-404']) expect(messageOf(title)).toBe('passed: ')
  const played = readdirSync(join(shop, 'out/chaos/vitest/files/files.test.ts')).map((folder) =>
    headerIn(join('out/chaos/vitest/files/files.test.ts', folder)),
  )
  expect(played.map(({ client, transport }) => `${client} ${transport}`).toSorted()).toEqual([
    'files/desk.client.yaml loopback',
    'files/desk.ts virtual',
    'resilient virtual',
  ])
})

test('a client of the test file is played as the config says', () => {
  expect(messageOf('inline')).toBe('passed: ')
  expect(headerIn('out/chaos/vitest/inline.test.ts')).toMatchObject({ seed: '7', profile: 'strict' })
})

test('a failure that a waiver covers is none, until the waiver has expired', () => {
  expect(messageOf('waived')).toBe('passed: ')
  const late = messageOf('waived too long')
  expect(late).toMatch(/^failed: Brownout: .*did not degrade correctly/u)
  expect(late).toMatch(/\nlate-waivers\.yaml:1:3: the waiver of settles-within-promise in my-hang \(ada\) expired on /u)
})

test('a campaign is drawn from the seed of the config, and keeps what it finds where the config says', () => {
  expect(messageOf('campaign')).toMatch(/\n {2}kept\/settles-within-promise-\w+\.yaml/u)
  const [kept = ''] = readdirSync(join(shop, 'kept'))
  expect(readFileSync(join(shop, 'kept', kept), 'utf8')).toMatch(/seed: "?7/u)
})

test.for(['typo.config.json', 'nobody.yaml', 'nowhere.yaml', 'gone.yaml', ''])(
  'what is wrong with the config %o is said as on the command line',
  async (config) => {
    const words = ['run', 'my-hang', '--client', './src/desk.ts', `--config=${config}`]
    const { code, err } = await said(shop, process.execPath, [join(root, 'src/cli/main.ts'), ...words])
    expect(code).toBe(2)
    expect(messageOf(`wrong ${config}`)).toBe(`failed: Brownout: ${err.trimEnd()}`)
  },
)

test('a name that is none is answered with the nearest one', () => {
  expect(messageOf('dsek')).toMatch(/^failed: Brownout: There is no client "dsek".*\nDid you mean "desk"\?/u)
  expect(messageOf('all')).toMatch(/^failed: Brownout: "all" is 2 clients, and a test plays one\./u)
})

test('BROWNOUT_CONFIG names a config, as it does for the command', { timeout: patience }, async () => {
  const told = await play(['named'], { BROWNOUT_CONFIG: 'other.yaml' })
  expect(messageIn(told, 'my-hang')).toBe('passed: ')
  expect(headerIn('other/vitest/named.test.ts')).toMatchObject({ seed: '7', profile: 'lenient' })
})
