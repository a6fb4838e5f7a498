// Goal: what is published is what a project of somebody else needs, and works there. Method: build, pack and install the tarball; run the
// command there with clients in JavaScript and in TypeScript; compare with what the sources do.

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findScenarios, shippedScenarios } from '#scenario/files.ts'
import { exampleIn } from './examples.ts'
import { linksIn } from './links.ts'
import { install, pack, said, type Said } from './installed.ts'

/** Whole replays, on a machine that may be busy. */
const patience = 300_000
const root = join(import.meta.dirname, '..')
const incident = 'au-regional-timeout'
const typed = exampleIn('README.md', 'my-client.ts')

const tests = exampleIn('docs/vitest.md', 'desk.test.ts')
const testFile = tests.slice(0, tests.indexOf('// A campaign'))
const storm = exampleIn('docs/msw.md', 'storm.test.ts')

let tarball = ''
let files: readonly string[] = []
let shop = ''

beforeAll(async () => {
  ;({ tarball, files } = await pack())
  shop = await install(tarball, ['vitest'])
  const texts = {
    'desk.ts': `enum Desk { Support }\n${typed}export const desk = Desk.Support\n`,
    'desk.js': stripTypeScriptTypes(typed),
    'image.client.yaml': 'image: desk:1.4\n',
    'desk.test.ts': testFile,
    'storm.test.ts': storm,
  }
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(shop, name), text)
}, patience)

afterAll(() => {
  for (const directory of [dirname(tarball), shop]) if (directory !== '') rmSync(directory, { recursive: true })
}, patience)

const npx = (words: string): Promise<Said> => said(shop, 'npx', ['--no-install', 'brownout', ...words.split(' ')])
/** What npx starts, without the time that it takes itself. */
const brownout = (words: string, env: NodeJS.ProcessEnv = {}): Promise<Said> =>
  said(shop, join(shop, 'node_modules/.bin/brownout'), words.split(' '), env)

test('has what a user needs: the compiled code, every scenario, schemas, what reports read, clients and drivers to learn from', () => {
  const scenarios = findScenarios(shippedScenarios).map(({ file }) => file.slice(root.length + 1))
  expect(files).toEqual(expect.arrayContaining(scenarios))
  expect(files).toEqual(
    expect.arrayContaining([
      'README.md',
      'package.json',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/cli/brownout.js',
      'dist/engine/cell-main.js',
      'dist/engine/cell-start.js',
      'dist/client/data-main.js',
      'dist/vitest/index.js',
      'dist/vitest/index.d.ts',
      'dist/msw/index.js',
      'dist/msw/browser.js',
      'dist/msw/index.d.ts',
      'dist/client/test-file/vitest.js',
      'dist/client/test-file/brownout-vitest.js',
      'dist/container/guard-main.js',
      'dist/report/html/page/page.css',
      'assets/report-page.js',
      'docs/clients.md',
      'schemas/v1/scenario.schema.json',
      'schemas/v1/config.schema.json',
      'schemas/v1/service.schema.json',
      'dist/client/definition-main.js',
      'fixtures/record.json',
      'fixtures/workspaces/small-shop.json',
      'fixtures/clients/sdk.ts',
      'fixtures/clients/runbook.ts',
      'fixtures/clients/resilient/index.ts',
      'fixtures/drivers/python/driver.py',
      'fixtures/services/parcels/parcels.service.ts',
    ]),
  )
})

test('has nothing else: no tests, no sources, no reports, no planted bugs, and no code of a dependency', () => {
  const strange =
    /\.test\b|^(?:src|test|bench|reports)\/|^fixtures\/(?:histories|regressions)|clients\/(?:broken|sound|redis)|__pycache__|node_modules/u
  expect(files.filter((file) => strange.test(file))).toEqual([])
})

test('every link of its pages leads to a file of it', () => {
  const folders = new Set(
    files.flatMap((file) => file.split('/').map((_, index, parts) => parts.slice(0, index).join('/'))),
  )
  const broken = files
    .filter((file) => file.endsWith('.md'))
    .flatMap((page) =>
      linksIn(readFileSync(join(root, page), 'utf8'))
        .map((link) => link.replace(/#.*/u, ''))
        .filter((link) => link !== '')
        .map((link) => ({ page, to: posix.join(posix.dirname(page), link).replace(/\/$/u, '') }))
        .filter(({ to }) => !files.includes(to) && !folders.has(to)),
    )
  expect(broken).toEqual([])
})

test.for([
  ['publint', ['run', '--strict']],
  ['attw', ['--profile', 'esm-only']],
] as const)('%s has nothing to say against it', { timeout: patience }, async ([tool, [...words]]) => {
  const at = tool === 'publint' ? [...words, tarball] : [tarball, ...words]
  const { code, out, err } = await said(root, process.execPath, [join(root, 'node_modules/.bin', tool), ...at])
  expect({ code, told: code === 0 ? '' : out + err }).toEqual({ code: 0, told: '' })
})

test.for(['desk.ts', 'desk.js'])('`npx brownout run` judges a client in %s', { timeout: patience }, async (client) => {
  const { code, out } = await npx(`run ${incident} --client ./${client} --report-dir of-${client}`)
  expect(out).toContain(`npx brownout run ${incident} --client ${client} --seed 1`)
  expect(code).toBe(0)
  expect(readFileSync(join(shop, `of-${client}/report.html`), 'utf8')).toContain('<script')
})

test(
  'a client that fails ends with 1, and its reports are those of the sources, byte for byte',
  { timeout: patience },
  async () => {
    const words = ['contact-deleted-404', '--no-ablate', '--report-dir']
    const { code, out } = await brownout([...words, 'ours'].join(' '), { BROWNOUT_CLIENT: './desk.ts' })
    expect(out).toMatch(/FAIL .*contact-deleted-404 · client desk\.ts/u)
    expect(code).toBe(1)
    const sources = [join(root, 'src/cli/main.ts'), ...words, 'theirs', '--client', './desk.ts']
    expect((await said(shop, process.execPath, sources)).code).toBe(1)
    const differs = (report: string) =>
      readFileSync(join(shop, 'ours', report), 'utf8') !== readFileSync(join(shop, 'theirs', report), 'utf8')
    expect(['history.ndjson', 'report.json', 'junit.xml'].filter(differs)).toEqual([])
  },
)

test('the reference client plays there too, one scenario after the other', { timeout: patience }, async () => {
  const { code, out } = await brownout('contact-deleted-404 flapping-network --client resilient --quiet')
  expect(out.match(/PASS/gu)).toHaveLength(2)
  expect(code).toBe(0)
  const history = readFileSync(join(shop, 'reports/contact-deleted-404/history.ndjson'), 'utf8')
  expect(history).toContain('"from":"fixtures/clients/resilient/')
})

test.for([
  ['run 429-storm', 2, /No client is named/u],
  [
    'run 429-storm --client sdk',
    2,
    /Cannot find package 'intercom-client'[\s\S]*npm install --save-dev intercom-client@7\.0\.3/u,
  ],
  [
    'run 429-storm --client ./image.client.yaml',
    2,
    /testcontainers is not installed.*\n?.*npm install --save-dev testcontainers@12/u,
  ],
  ['run nothing-like-this --client ./desk.js', 2, /There is no scenario "nothing-like-this"/u],
  ['validate', 0, /\d\d valid, 0 invalid/u],
  ['list', 0, /au-regional-timeout/u],
  ['--version', 0, /^\d+\.\d+\.\d+\n$/u],
] as const)('`npx brownout %s` ends with %i and says why', { timeout: patience }, async ([words, wanted, says]) => {
  const { code, out, err } = await brownout(words)
  expect(out + err).toMatch(says)
  expect(code).toBe(wanted)
})

test('a client compiles against the types that are published, in a strict project', { timeout: patience }, async () => {
  writeFileSync(join(shop, 'typed.ts'), typed)
  writeFileSync(join(shop, 'tests.ts'), testFile)
  writeFileSync(join(shop, 'wrong.ts'), typed.replace("'stale 1h'", "'queue 1h'"))
  const compilerOptions = { strict: true, module: 'nodenext', target: 'es2024', types: [], noEmit: true }
  writeFileSync(
    join(shop, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['typed.ts', 'tests.ts', 'storm.test.ts', 'wrong.ts'] }),
  )
  const { out } = await said(shop, process.execPath, [join(root, 'node_modules/.bin/tsc'), '-p', '.'])
  expect(out.split('\n').filter((line) => line !== '' && !line.startsWith(' '))).toEqual([
    expect.stringMatching(/^wrong\.ts\(.*: error TS2322: .*queue 1h/u),
  ])
})

test("an API of one's own is simulated there, and its client compiles", { timeout: patience }, async () => {
  const folder = join(shop, 'parcels')
  cpSync(join(shop, 'node_modules/brownout/fixtures/services/parcels'), folder, { recursive: true })
  const compilerOptions = { strict: true, module: 'nodenext', target: 'es2024', types: [], noEmit: true }
  const options = { ...compilerOptions, allowImportingTsExtensions: true }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }))
  const compiled = await said(folder, process.execPath, [join(root, 'node_modules/.bin/tsc'), '-p', '.'])
  expect(compiled).toEqual({ code: 0, out: '', err: '' })
  const words = 'run parcels/parcels-down.yaml --client ./parcels/parcels.client.ts --no-ablate --report-dir of-parcels'
  const { code, out } = await brownout(words)
  expect(out).toContain('PASS')
  expect(code).toBe(0)
})

test('the client of a test file is played there, by the runner of that project', { timeout: patience }, async () => {
  const words = ['run', '--reporter=tap-flat', 'desk']
  const { code, out, err } = await said(shop, join(shop, 'node_modules/.bin/vitest'), words)
  expect(out + err).toMatch(/ok 1 - .*stale-replica-reads[^]*ok 2 - .*a contact that was deleted is nothing/u)
  expect(code).toBe(0)
})

test("the simulated Intercom is there for that project's own MSW", { timeout: patience }, async () => {
  const words = ['run', '--reporter=tap-flat', 'storm']
  const { out, err } = await said(shop, join(shop, 'node_modules/.bin/vitest'), words)
  expect(out + err).toContain('ok 1 - storm.test.ts > whoever asks too often is told so')
})

test('a project is set up there, in TypeScript, and plays what it has as its gate', { timeout: patience }, async () => {
  const project = join(shop, 'project')
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "devDependencies": { "typescript": "*", "brownout": "*" } }')
  const command = join(shop, 'node_modules/.bin/brownout')
  expect((await said(project, command, ['init', '--yes'])).out).toMatch(
    /^wrote +chaos\.config\.ts$[^]*Next: npm run chaos\n$/mu,
  )
  const { code, out } = await said(project, command, ['--quiet'])
  expect(out).toMatch(/first-incident · chaos\/client\.ts[^]*server-errors-5xx · chaos\/client\.ts/u)
  expect(code).toBe(0)
})

test('schemas are found by the name of the package', async () => {
  const probe = "console.log(import.meta.resolve('brownout/schemas/v1/scenario.schema.json'))"
  const { out } = await said(shop, process.execPath, ['--input-type=module', '--eval', probe])
  expect(existsSync(new URL(out.trim()))).toBe(true)
})
