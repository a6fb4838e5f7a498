// Goal: what a config says is what a command does, unless somebody says otherwise; and what is wrong in one is told where it stands.
// Method: configs in a folder of their own, and the settings that a command has in the end.

import { Command, Option } from 'commander'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { knownScenarios, useScenarioFolders } from '#scenario/files.ts'
import { clientOption, profileOption, reportDirOption } from '../common-options.ts'
import { addFuzzFlags } from '../fuzz-flags.ts'
import { configureBy, type Configured } from './configured.ts'
import { findConfig } from '#config/find-config.ts'

const shortHang = join(import.meta.dirname, '../../../test/scenarios/short-hang.yaml')
const rooms: string[] = []
let shop = ''
beforeEach(() => {
  shop = mkdtempSync(join(tmpdir(), 'config-'))
  rooms.push(shop)
  put({ 'package.json': '{ "type": "module" }', 'desk.ts': '', 'web/shop.ts': '', 'web/.keep': '' })
})
afterAll(() => {
  useScenarioFolders([])
  for (const room of rooms) rmSync(room, { recursive: true })
})

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(shop, name)), { recursive: true })
    writeFileSync(join(shop, name), text)
  }
}

type Done = { readonly options: Record<string, unknown>; readonly configured: Configured; readonly from: string }

/** A command with some of the options of the real ones, as `name` and words. */
async function command(words: string, cwd = shop, file: string | null = findConfig(cwd)): Promise<Done> {
  const [name = '', ...typed] = words.split(' ')
  const made = new Command(name).exitOverride()
  if (name === 'fuzz') addFuzzFlags(made)
  else
    made
      .addOption(clientOption())
      .addOption(profileOption())
      .addOption(reportDirOption())
      .option('--seed <text>', '', '1')
      .addOption(new Option('--waivers <file>'))
  made.parseOptions(typed)
  const { configured, told } = await configureBy(file, made, cwd)
  const from = told()
    .map(({ setting, value, source }) => `${setting}=${String(value)} ${source}`)
    .join('\n')
  return { options: made.opts(), configured, from }
}

async function complaint(words = 'run', cwd = shop): Promise<string> {
  try {
    await command(words, cwd)
    return 'nothing is wrong'
  } catch (error) {
    if (!isUserError(error)) throw error
    return error.toString()
  }
}

const forms: readonly [string, string][] = [
  [
    'chaos.config.ts',
    "import { defineConfig } from 'brownout'\nenum P { S = 'strict' }\nexport default defineConfig({ profile: P.S,\n  seed: 7 })",
  ],
  ['chaos.config.mts', "export default {\n\n  profile: 'strict' as const, \n seed: 7 }"],
  ['chaos.config.js', "export default {\n\n  profile: 'strict',\n  seed: 7 }"],
  ['chaos.config.mjs', "const config = {\n\n  profile: 'strict',\n  seed: 7 }\nexport default config"],
  ['chaos.config.json', '{\n\n  "profile": "strict",\n  "seed": 7\n}'],
  ['chaos.config.yaml', '# ours\n\nprofile: strict\nseed: 7\n'],
  ['chaos.config.yml', '\n\nprofile: strict\nseed: "7"\n'],
]
test.for(forms)('%s is a config', async ([name, text]) => {
  put({ [name]: text })
  const { options, from } = await command('run')
  expect(options).toMatchObject({ profile: 'strict', seed: '7', reportDir: 'reports' })
  expect(from).toContain(`profile=strict ${name}:3`)
  expect(from).toContain(`seed=7 ${name}:4`)
  expect(from).toContain('reports.dir=reports default')
})

test('flags beat variables, those the config, that what it extends, and that the defaults', async () => {
  put({
    'base.yaml': 'profile: lenient\nseed: 1\nreports: { dir: base, postmortem: true }\nfuzz: { runs: 7, seed: base }\n',
    'more.yaml': 'seed: 2\nreports: { dir: web/more }\nfuzz: { runs: 8 }\n',
    'chaos.config.yaml': 'extends: [./base.yaml, ./more.yaml]\nfuzz: { regressions: kept }\n',
  })
  expect((await command('fuzz')).options).toMatchObject({
    profile: 'lenient',
    seed: 'base',
    runSeed: '2',
    runs: '8',
    reportDir: 'web/more',
    regressions: 'kept',
  })
  const { options, from } = await command('fuzz --runs 3 --profile strict')
  expect(options).toMatchObject({ runs: '3', profile: 'strict' })
  expect(from).toMatch(/fuzz\.runs=3 flag --runs\n[^]*fuzz\.seed=base base\.yaml:4\n/u)
})

test('of the words for how a campaign draws, the typed one counts', async () => {
  put({ 'chaos.config.yaml': 'fuzz: { mode: any }\n' })
  expect((await command('fuzz')).options).toMatchObject({ any: true, enumerate: false })
  const typed = await command('fuzz --enumerate')
  expect(typed.options).toMatchObject({ enumerate: true })
  expect(typed.options['any']).toBeUndefined()
  expect(typed.from).toContain('fuzz.mode=enumerate flag --enumerate')
})

test('paths are relative to the config, also from a folder below it', async () => {
  put({
    'chaos.config.yaml':
      'clients: { desk: desk.ts }\nclient: desk\nscenarios: chaos\nwaivers: known.yaml\nreports: { dir: out }\ngate: [chaos/one.yaml, one]\n',
    'chaos/one.yaml': readFileSync(shortHang, 'utf8').replace('scenario: short-hang', 'scenario: one'),
  })
  const { options, configured } = await command('run', join(shop, 'web'))
  expect(options).toMatchObject({ client: '../desk.ts', waivers: '../known.yaml', reportDir: '../out' })
  expect(configured.gate).toEqual(['../chaos/one.yaml', 'one'])
  expect(knownScenarios(join(shop, 'web')).map(({ name }) => name)).toContain('one')
})

test.for<[string, string, string | undefined]>([
  ['the one that is named', 'run --client shop', './web/shop.ts'],
  ['a shipped one', 'run --client reference', 'resilient'],
  ['a file that is typed', 'run --client web/shop.ts', 'web/shop.ts'],
  ['the one of the config', 'run', './desk.ts'],
])('a client is %s', async ([, words, client]) => {
  put({ 'chaos.config.yaml': 'clients: { desk: ./desk.ts, shop: web/shop.ts, reference: resilient }\nclient: desk\n' })
  const { options, configured } = await command(words)
  expect(options['client']).toBe(client)
  expect(configured.everyClient).toEqual([])
})

test('all clients are those that have a name', async () => {
  put({ 'chaos.config.yaml': 'clients: { desk: ./desk.ts, shop: web/shop.ts }\nclient: all\n' })
  const all = [
    { name: 'desk', typed: './desk.ts' },
    { name: 'shop', typed: './web/shop.ts' },
  ]
  expect((await command('run')).configured.everyClient).toEqual(all)
  expect((await command('run --client all')).configured.everyClient).toEqual(all)
  expect((await command('run --client shop')).configured.everyClient).toEqual([])
})

test('an override holds for its scenarios, the last that fits decides, and what is typed beats it', async () => {
  put({
    'base.yaml': 'overrides: { busy-day: { seed: 9, profile: strict } }\n',
    'chaos.config.yaml':
      'extends: ./base.yaml\nclients: { shop: web/shop.ts }\noverrides:\n  "busy-*": { seed: 5 }\n  slow-bodies: { client: shop, profile: lenient, because: it is slow }\n',
  })
  const { configured } = await command('run')
  expect(configured.ownOf('busy-day')).toEqual({ seed: '5', profile: 'strict' })
  expect(configured.ownOf('slow-bodies:mild')).toEqual({ client: './web/shop.ts', profile: 'lenient' })
  expect(configured.ownOf('429-storm')).toEqual({})
  const typed = await command('run --seed 3 --client ./desk.ts')
  expect(typed.configured.ownOf('busy-day')).toEqual({ profile: 'strict' })
  expect(typed.configured.ownOf('slow-bodies')).toEqual({ profile: 'lenient' })
})

test('a config is looked for up to the folder of the package, and above no package', async () => {
  put({ 'chaos.config.yaml': 'seed: 7\n', 'inner/package.json': '{}', 'inner/deep/x': '' })
  expect(findConfig(join(shop, 'web'))).toBe(join(shop, 'chaos.config.yaml'))
  expect(findConfig(join(shop, 'inner/deep'))).toBeNull()
  rmSync(join(shop, 'package.json'))
  expect(findConfig(join(shop, 'web'))).toBeNull()
  expect(findConfig(shop)).toBe(join(shop, 'chaos.config.yaml'))
})

test('a config that is installed as a package is extended by its name', async () => {
  put({
    'node_modules/ours/package.json': '{ "name": "ours", "exports": { "./chaos": "./chaos.json" } }',
    'node_modules/ours/chaos.json': '{ "seed": "from afar" }',
    'chaos.config.yaml': 'extends: ours/chaos\n',
  })
  expect((await command('run')).from).toContain('seed=from afar node_modules/ours/chaos.json:1')
})

test.for<[string, Record<string, string>, RegExp]>([
  [
    'an unknown key',
    { 'chaos.config.ts': "export default {\n  seed: 1,\n  profil: 'strict',\n}" },
    /^chaos\.config\.ts:3:3: unknown key `profil` in `config`\n +3 \| +profil: 'strict',\n +\| +\^{6}\nDid you mean `profile`\?$/u,
  ],
  [
    'an unknown key deeper down',
    { 'chaos.config.json': '{ "fuzz": {\n "run": 3 } }' },
    /^chaos\.config\.json:2:2: unknown key `run` in `config\.fuzz`[^]*Did you mean `runs`\?/u,
  ],
  [
    'a value of the wrong kind',
    { 'chaos.config.yaml': 'seeds: many\n' },
    /^chaos\.config\.yaml:1:8: `config\.seeds` must be a whole number from 1 to 1000, not "many"/u,
  ],
  [
    'what starts a client where its name goes',
    { 'chaos.config.yaml': 'client: { command: [python3, desk.py] }\n' },
    /^chaos\.config\.yaml:1:9: `config\.client` must be the name of a client or its file \(`command`, [^]*\.\/desk\.client\.yaml\), not a map/u,
  ],
  [
    'several mistakes at once',
    { 'chaos.config.yaml': 'seeds: 0\nprofile: stict\n' },
    /^chaos\.config\.yaml:1:8: [^]*chaos\.config\.yaml:2:10: `config\.profile` must be strict, default or lenient, not "stict"[^]*Did you mean `strict`/u,
  ],
  [
    'a host that is none',
    { 'chaos.config.yaml': 'dropHosts: [https://a.b]\n' },
    /:1:13: `config\.dropHosts\.0` must be a host/u,
  ],
  [
    'a duration that is none',
    { 'chaos.config.yaml': 'fuzz: { time: 5 }\n' },
    /must be a duration such as 5m, not the number 5/u,
  ],
  [
    'a mistake in what is computed',
    { 'chaos.config.js': 'const make = () => ({ seeds: 0, profil: 1 })\nexport default make()' },
    /^chaos\.config\.js: `config\.seeds` must be a whole number from 1 to 1000[^]*unknown key `profil`/u,
  ],
  ['what is no YAML', { 'chaos.config.yaml': 'seed: [1\n' }, /^chaos\.config\.yaml:1:8: a `\]` is missing/u],
  ['a list', { 'chaos.config.json': '[]' }, /^chaos\.config\.json: a config is a map, but this file holds a list/u],
  [
    'an empty file',
    { 'chaos.config.yaml': '' },
    /^chaos\.config\.yaml: a config is a map, but this file holds nothing/u,
  ],
  [
    'no export',
    { 'chaos.config.js': 'export const seed = 1' },
    /exports only seed; its default must be an object\.\nWrite: /u,
  ],
  ['nothing at all', { 'chaos.config.ts': '' }, /The config chaos\.config\.ts exports nothing/u],
  [
    'a function',
    { 'chaos.config.js': 'export default () => ({})' },
    /exports a function; its default must be an object/u,
  ],
  [
    'one that throws',
    { 'chaos.config.ts': "const seed = 1\nthrow new Error('no such luck')\nexport default { seed }" },
    /^chaos\.config\.ts:2:7: The config chaos\.config\.ts could not be loaded: no such luck\./u,
  ],
  [
    'two in one folder',
    { 'chaos.config.js': '', 'chaos.config.yaml': '' },
    /^There are two configs: chaos\.config\.js and chaos\.config\.yaml\./u,
  ],
  [
    'a client that is not there',
    { 'chaos.config.ts': "export default { clients: {\n  desk: './dsk.ts' } }" },
    /^chaos\.config\.ts:2:9: there is no client file `\.\/dsk\.ts`[^]*Did you mean "\.\/desk\.ts"\?/u,
  ],
  [
    'a name of a client that is not there',
    { 'chaos.config.yaml': 'clients: { desk: desk.ts }\nclient: dsk\n' },
    /^chaos\.config\.yaml:2:9: there is no client `dsk`[^]*Did you mean `desk`\?/u,
  ],
  [
    'the name of a shipped client',
    { 'chaos.config.yaml': 'clients: { sdk: desk.ts }\n' },
    /:1:12: `sdk` cannot be the name of a client of yours[^]*A shipped client is called so/u,
  ],
  [
    'all clients for one scenario',
    { 'chaos.config.yaml': 'clients: { desk: desk.ts }\noverrides: { busy-day: { client: all } }\n' },
    /:2:34: an override is of one client/u,
  ],
  [
    'a folder that is not there',
    { 'chaos.config.yaml': 'scenarios: [web, chaos]\n' },
    /:1:18: there is no folder `chaos`/u,
  ],
  [
    'a file to extend that is not there',
    { 'chaos.config.yaml': 'seed: 1\nextends: ./base.yaml\n' },
    /^chaos\.config\.yaml:2: there is no config "\.\/base\.yaml" to extend/u,
  ],
  [
    'a package to extend that is not there',
    { 'chaos.config.yaml': 'extends: [ours]\n' },
    /^chaos\.config\.yaml:1: there is no package with the config "ours"[^]*written as "\.\/ours"/u,
  ],
  [
    'a circle',
    { 'chaos.config.yaml': 'extends: ./a.yaml\n', 'a.yaml': 'extends: ./b.yaml\n', 'b.yaml': '\nextends: ./a.yaml\n' },
    /^b\.yaml:2: a config cannot extend itself: a\.yaml extends b\.yaml extends a\.yaml\n/u,
  ],
  [
    'a mistake in what is extended',
    { 'chaos.config.yaml': 'extends: ./a.yaml\n', 'a.yaml': 'sed: 1\n' },
    /^a\.yaml:1:1: unknown key `sed`[^]*Did you mean `seed`\?/u,
  ],
])('%s is told', async ([, files, says]) => {
  put(files)
  expect(await complaint()).toMatch(says)
})

test('an override of a scenario that is not there is told, once the names are known', async () => {
  put({ 'chaos.config.yaml': 'overrides:\n  busy-dya: { seed: 1 }\n' })
  const { configured } = await command('run')
  expect(() => configured.check(() => ['busy-day'])).toThrow('there is no scenario `busy-dya`')
  expect(() => configured.check(() => ['busy-dya:mild'])).not.toThrow()
})

test('who is to be played is of no concern to a command that plays nobody', async () => {
  put({ 'chaos.config.yaml': 'clients: { desk: ./gone.ts }\n' })
  const list = new Command('list')
  await expect(configureBy(findConfig(shop), list, shop)).resolves.toBeDefined()
})
