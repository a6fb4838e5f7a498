// Goal: what `init` writes works as it is, in whatever project, and takes nothing away that somebody has written; and the first page for
// newcomers shows what happens. Method: projects of somebody else, the command, and what it has written played.

import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { exampleIn } from './examples.ts'

/** Whole replays, on a machine that may be busy. */
const patience = 300_000
const root = join(import.meta.dirname, '..')
const rooms: string[] = []
afterAll(() => {
  for (const room of rooms) rmSync(room, { recursive: true })
})

type Ended = { readonly code: number; readonly out: string; readonly err: string }

function done(cwd: string, words: readonly string[]): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd, env: { PATH, HOME, NO_COLOR: '1' } }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

const brownout = (cwd: string, words: string): Promise<Ended> =>
  done(cwd, [join(root, 'src/cli/main.ts'), ...words.split(' ')])

/** A project with this manifest, and with these packages of ours. */
function project(manifest: object, packages: readonly string[] = []): string {
  const room = mkdtempSync(join(tmpdir(), 'init-'))
  rooms.push(room)
  put(room, 'package.json', JSON.stringify(manifest, null, 2))
  for (const name of packages) {
    mkdirSync(join(room, 'node_modules'), { recursive: true })
    // An older release of a package lies here under a name of its own.
    symlinkSync(join(root, 'node_modules', name), join(room, 'node_modules', name.replace(/-\d+$/u, '')))
  }
  return room
}

function put(room: string, path: string, text: string): void {
  mkdirSync(dirname(join(room, path)), { recursive: true })
  writeFileSync(join(room, path), text)
}

const read = (room: string, path: string): string => readFileSync(join(room, path), 'utf8')
const typescript = { devDependencies: { typescript: '5.9.3', brownout: '0.1.0' } }

test.for([
  {
    what: 'TypeScript and the SDK',
    manifest: typescript,
    packages: ['intercom-client'],
    ending: 'ts',
    also: ' server-errors-5xx',
  },
  { what: 'JavaScript modules', manifest: { type: 'module' }, packages: [], ending: 'js', also: '' },
  {
    what: 'the SDK as it was before 6',
    manifest: { type: 'module' },
    packages: ['intercom-client-5'],
    ending: 'js',
    also: ' server-errors-5xx',
  },
  { what: 'CommonJS and the SDK', manifest: {}, packages: ['intercom-client'], ending: 'mjs', also: '' },
])(
  'in a project with $what the client that is written plays',
  { timeout: patience },
  async ({ manifest, packages, ending, also }) => {
    const room = project(manifest, packages)
    const { code, out } = await brownout(room, 'init --yes')
    expect(code).toBe(0)
    const written = [
      `chaos.config.${ending}`,
      `chaos/client.${ending}`,
      'scenarios/first-incident.yaml',
      '.github/workflows/chaos.yml',
    ]
    for (const path of written) {
      expect(out).toContain(`wrote        ${path}\n`)
      expect(existsSync(join(room, path))).toBe(true)
    }
    expect(read(room, `chaos/client.${ending}`).includes('intercom-client')).toBe(packages.length > 0)
    expect(parse(read(room, '.github/workflows/chaos.yml'))).toMatchObject({
      jobs: { gate: { steps: expect.arrayContaining([{ run: 'npm run chaos' }]) as unknown }, fuzz: {} },
    })
    const validator = join(root, 'node_modules/.bin/action-validator')
    expect((await done(room, [validator, '.github/workflows/chaos.yml'])).code).toBe(0)
    expect(JSON.parse(read(room, 'package.json'))).toEqual({ ...manifest, scripts: { chaos: 'brownout' } })
    expect((await brownout(room, 'validate first-incident')).out).toBe('scenarios/first-incident.yaml: valid\n')
    const played = await brownout(room, `run first-incident${also} --quiet`)
    expect(played.out).toMatch(/PASS +first-incident · chaos\/client\./u)
    expect(played.err).not.toContain('Warning')
    expect([0, 1]).toContain(played.code)
  },
)

test('all clients compile in a strict project', { timeout: patience }, async () => {
  for (const packages of [['intercom-client'], ['intercom-client-5'], []]) {
    const room = project({ type: 'module', ...typescript }, packages)
    await brownout(room, 'init --yes')
    // As it is named in a project of CommonJS.
    put(room, 'chaos/renamed.mts', read(room, 'chaos/client.ts'))
    const paths = { brownout: [join(root, 'src/index.ts')] }
    const typeRoots = [join(root, 'node_modules/@types')]
    const options = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { paths, typeRoots },
      include: ['chaos*', 'chaos/*'],
    }
    put(room, 'tsconfig.json', JSON.stringify(options))
    expect((await done(room, [join(root, 'node_modules/.bin/tsc'), '-p', '.'])).out).toBe('')
  }
})

test('the client is written for the SDK that is installed; before 3 it knew no contacts and is not used', async () => {
  const clientWith = async (version: string) => {
    const room = project(typescript)
    put(room, 'node_modules/intercom-client/package.json', JSON.stringify({ version }))
    expect((await brownout(room, 'init --yes')).code).toBe(0)
    return read(room, 'chaos/client.ts')
  }
  expect(await clientWith('2.11.2')).not.toContain('intercom-client')
  expect(await clientWith('3.1.4')).toContain('new Client({ tokenAuth: { token: access.token } })')
  expect(await clientWith('5.0.0')).toContain('new Client({ tokenAuth: { token: access.token } })')
  expect(await clientWith('6.4.0')).toContain('new IntercomClient({ token, environment: url })')
})

test('a second time nothing changes; what was changed is kept, and overwritten when that is asked for', async () => {
  const room = project({ ...typescript, scripts: { chaos: 'mine' } })
  put(room, 'chaos/client.ts', '// mine\n')
  const first = await brownout(room, 'init --yes')
  expect(first.out).toContain(
    'kept         chaos/client.ts, which is not what would be written (--force overwrites it)',
  )
  expect(first.out).toContain('kept         package.json, the script "chaos", which')
  expect(read(room, 'chaos/client.ts')).toBe('// mine\n')
  expect(read(room, 'package.json')).toContain('"chaos": "mine"')
  const manifest = read(room, 'package.json')
  const second = await brownout(room, 'init --yes')
  expect(second.out.match(/^unchanged/gmu)).toHaveLength(4)
  expect(second.out).not.toMatch(/^wrote/mu)
  expect(read(room, 'package.json')).toBe(manifest)
  const forced = await brownout(room, 'init --yes --force')
  expect(forced.out.match(/^wrote/gmu)).toHaveLength(2)
  expect(read(room, 'chaos/client.ts')).toContain('defineClient')
  expect(JSON.parse(read(room, 'package.json'))).toMatchObject({ scripts: { chaos: 'brownout' } })
})

test('a config of another kind is kept, because two would be a mistake', async () => {
  const room = project({})
  put(room, 'chaos.config.yaml', 'client: resilient\n')
  const { out } = await brownout(room, 'init --yes')
  expect(out).toContain('kept         the config that is there')
  expect(existsSync(join(room, 'chaos.config.mjs'))).toBe(false)
})

test('--dry-run writes nothing', async () => {
  const room = project({ name: 'shop' })
  const { code, out } = await brownout(room, 'init --dry-run')
  expect(out.match(/^would write/gmu)).toHaveLength(6)
  expect(code).toBe(0)
  expect(existsSync(join(room, 'chaos'))).toBe(false)
  expect(JSON.parse(read(room, 'package.json'))).toEqual({ name: 'shop' })
})

test.for<[string, string | null, string, RegExp]>([
  ['without a manifest', null, 'init --yes', /^There is no package\.json here\.\nGo to the folder/u],
  ['with a manifest that is none', '[1]', 'init --yes', /^package\.json: this is not the manifest of a package/u],
  ['with scripts that are none', '{ "scripts": ["a"] }', 'init --yes', /^package\.json: `scripts` must be a map/u],
  ['without a terminal', '{}', 'init', /^Init asks what to write, and here is no terminal to ask\.\nGive --yes/u],
])('%s it is a sentence and exit code 2', async ([, manifest, words, says]) => {
  const room = project({})
  if (manifest === null) rmSync(join(room, 'package.json'))
  else put(room, 'package.json', manifest)
  const { code, out, err } = await brownout(room, words)
  expect(err).toMatch(says)
  expect({ code, out }).toEqual({ code: 2, out: '' })
})

test('where the release of the SDK is installed that was malware, nothing is written', async () => {
  const room = project({})
  put(room, 'node_modules/intercom-client/package.json', '{ "version": "7.0.4" }')
  const { code, err } = await brownout(room, 'init --yes')
  expect(err).toMatch(
    /^Intercom-client 7\.0\.4 is installed here, and that release was malware\.\nInstall 7\.0\.3 instead/u,
  )
  expect(code).toBe(2)
  expect(existsSync(join(room, 'chaos'))).toBe(false)
})

test('the malware is met above the package and in its manifest, too', async () => {
  const room = project({})
  put(room, 'node_modules/intercom-client/package.json', '{ "version": "7.0.4" }')
  put(room, 'packages/desk/package.json', '{}')
  expect((await brownout(join(room, 'packages/desk'), 'init --yes')).err).toContain('7.0.4 is installed here')
  const other = project({ dependencies: { 'intercom-client': '7.0.4' } })
  expect((await brownout(other, 'init --yes')).err).toContain('7.0.4 is wanted here')
})

test('where one file cannot be written none is', async () => {
  for (const blocked of ['chaos/client.mjs/x', 'chaos']) {
    const room = project({})
    put(room, blocked, '')
    const { code, err } = await brownout(room, 'init --yes --force')
    expect(err).toMatch(/^Cannot write "chaos\/client\.mjs": (?:it is a directory|"chaos" is a file)\.\nMove it away/u)
    expect(code).toBe(2)
    expect(existsSync(join(room, 'chaos.config.mjs'))).toBe(false)
  }
})

test('reports are ignored, once, and what was ignored before stays so', async () => {
  const room = project({})
  put(room, '.gitignore', 'node_modules\n*.log')
  expect((await brownout(room, 'init --yes')).out).toContain('wrote        .gitignore, a line for reports\n')
  expect(read(room, '.gitignore')).toBe('node_modules\n*.log\n/reports/\n')
  expect((await brownout(room, 'init --yes')).out).toContain('unchanged    .gitignore')
  expect(read(room, '.gitignore')).toBe('node_modules\n*.log\n/reports/\n')
})

test.for([
  {
    what: 'pnpm by its lock file',
    files: { 'pnpm-lock.yaml': '' },
    runs: ['pnpm install --frozen-lockfile', 'pnpm run chaos'],
    uses: { uses: 'pnpm/action-setup@v4', with: { version: 10 } },
    next: 'pnpm run chaos',
  },
  {
    what: 'pnpm by its manifest',
    manifest: { packageManager: 'pnpm@10.1.0' },
    files: { 'package-lock.json': '{}' },
    runs: ['pnpm install --frozen-lockfile', 'pnpm run chaos'],
    uses: { uses: 'pnpm/action-setup@v4' },
    next: 'pnpm run chaos',
  },
  {
    what: 'yarn of old',
    files: { 'yarn.lock': '# yarn lockfile v1\n' },
    runs: ['yarn install --frozen-lockfile', 'yarn run chaos'],
    uses: { uses: 'actions/checkout@v4' },
    next: 'yarn run chaos',
  },
  {
    what: 'yarn',
    files: { 'yarn.lock': '__metadata:\n' },
    runs: ['corepack enable', 'yarn install --immutable', 'yarn run chaos'],
    uses: { uses: 'actions/checkout@v4' },
    next: 'yarn run chaos',
  },
  {
    what: 'bun',
    files: { 'bun.lock': '' },
    runs: ['bun install --frozen-lockfile', 'bun run chaos'],
    uses: { uses: 'oven-sh/setup-bun@v2' },
    next: 'bun run chaos',
  },
])('a project with $what is told its own commands', async ({ manifest = {}, files, runs, uses, next }) => {
  const room = project({ ...typescript, ...manifest })
  for (const [path, text] of Object.entries(files)) put(room, path, text)
  const { out } = await brownout(room, 'init --yes')
  expect(out).toContain(`Next: ${next}\n`)
  const { jobs } = parse(read(room, '.github/workflows/chaos.yml')) as {
    readonly jobs: { readonly gate: { readonly steps: readonly { readonly run?: string }[] } }
  }
  expect(jobs.gate.steps.flatMap(({ run }) => run ?? [])).toEqual(runs)
  expect(jobs.gate.steps).toContainEqual(uses)
  const validator = join(root, 'node_modules/.bin/action-validator')
  expect((await done(room, [validator, '.github/workflows/chaos.yml'])).code).toBe(0)
  for (const path of ['chaos.config.ts', '.github/workflows/chaos.yml', 'scenarios/first-incident.yaml'])
    expect(read(room, path)).not.toMatch(/\bnp[mx] (?:run|ci|brownout)/u)
})

test('jobs for GitLab stand beside those of somebody else', async () => {
  const room = project(typescript)
  const alone = await brownout(room, 'init --yes --ci gitlab')
  expect(alone.out).toContain('wrote        .gitlab-ci.yml\n')
  expect(existsSync(join(room, '.github'))).toBe(false)
  const jobs = parse(read(room, '.gitlab-ci.yml')) as Record<string, { readonly script: readonly string[] }>
  expect(jobs['chaos']?.script).toEqual(['npm ci', 'npm run chaos'])
  expect(jobs['chaos-fuzz']?.script.at(-1)).toBe('npm run chaos -- fuzz ten-minutes --seed $CI_PIPELINE_ID')
  expect((await brownout(room, 'init --yes')).out).toContain('unchanged    .gitlab-ci.yml\n')
  const other = project(typescript)
  put(other, '.gitlab-ci.yml', 'build: { script: [make] }\n')
  const beside = await brownout(other, 'init --yes')
  expect(beside.out).toContain('wrote        .gitlab/chaos.gitlab-ci.yml\n')
  expect(beside.out).toContain('Include it in .gitlab-ci.yml:')
  expect(read(other, '.gitlab-ci.yml')).toBe('build: { script: [make] }\n')
  const none = project(typescript)
  await brownout(none, 'init --yes --ci none')
  expect(['.github', '.gitlab', '.gitlab-ci.yml'].filter((path) => existsSync(join(none, path)))).toEqual([])
})

test('a manifest keeps its ends of lines and its link, and may begin with a mark', async () => {
  const room = project({})
  put(room, 'real.json', '\uFEFF{\r\n  "name": "shop"\r\n}\r\n')
  rmSync(join(room, 'package.json'))
  symlinkSync('real.json', join(room, 'package.json'))
  expect((await brownout(room, 'init --yes')).code).toBe(0)
  expect(read(room, 'real.json')).toBe(
    '{\r\n  "name": "shop",\r\n  "scripts": {\r\n    "chaos": "brownout"\r\n  }\r\n}\r\n',
  )
})

test('what the page for newcomers mends is plain JavaScript, too, as most projects have it', () => {
  const mended = exampleIn('docs/getting-started.md', 'mended.ts')
  expect(() => new Script(`(error) => {${mended}}`)).not.toThrow()
})

test('the commands of the page for newcomers end as it says', { timeout: patience }, async () => {
  const page = readFileSync(join(root, 'docs/getting-started.md'), 'utf8')
  const commands = Array.from(page.matchAll(/^ {4}npx brownout (.+)$/gmu), ([, words = '']) => words)
  expect(commands).toEqual([
    'init',
    'first-incident',
    'contact-deleted-404',
    'contact-deleted-404',
    'fuzz ten-minutes --runs 20 --no-shrink',
  ])
  const room = project(typescript)
  expect((await brownout(room, 'init --yes')).code).toBe(0)
  expect((await brownout(room, 'first-incident --quiet')).code).toBe(0)
  const failed = await brownout(room, 'contact-deleted-404 --no-ablate')
  expect(failed.out).toMatch(
    /✗ FAIL {2}honest-degradation[^]*although the API had said[^]*there is no such thing[^]*→ Hand over a copy only with its true age/u,
  )
  expect(failed.code).toBe(1)
  const client = read(room, 'chaos/client.ts')
  const mended = client.replace(
    'catch (error) {\n',
    (found) => found + exampleIn('docs/getting-started.md', 'mended.ts'),
  )
  expect(mended).not.toBe(client)
  put(room, 'chaos/client.ts', mended)
  expect((await brownout(room, 'contact-deleted-404 --quiet')).code).toBe(0)
  const campaign = await brownout(room, 'fuzz ten-minutes --runs 2 --no-shrink')
  expect(campaign.out).toContain('client chaos/client.ts')
  expect([0, 1]).toContain(campaign.code)
})
