// Goal: who copies what we say of CI has a gate. Method: the action and the workflows are what GitHub accepts; the commands in all of them
// are played in a project like those they are for, with the words that each of them says.

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { exampleIn } from './examples.ts'

const root = join(import.meta.dirname, '..')
const workflow = () => exampleIn('docs/ci.md', '.github/workflows/chaos.yml')
let shop = ''

beforeAll(() => {
  shop = mkdtempSync(join(tmpdir(), 'shop-'))
  mkdirSync(join(shop, 'node_modules/.bin'), { recursive: true })
  symlinkSync(root, join(shop, 'node_modules/brownout'))
  symlinkSync(join(root, 'src/cli/brownout.js'), join(shop, 'node_modules/.bin/brownout'))
  writeFileSync(join(shop, 'package.json'), '{ "name": "shop", "type": "module" }')
  writeFileSync(join(shop, 'desk.ts'), exampleIn('README.md', 'my-client.ts'))
})

afterAll(() => rmSync(shop, { recursive: true, force: true }))

type Ran = { readonly code: number; readonly told: string }

function run(command: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:GITHUB_|BROWNOUT_)/u.test(name)),
  )
  return new Promise((resolve) => {
    execFile(command, words, { cwd: shop, env: { ...clean, NO_COLOR: '1', ...env } }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, told: out + err })
    })
  })
}

test.for([
  ['the action', 'action.yml', () => readFileSync(join(root, 'action.yml'), 'utf8')],
  ['the workflow of docs/ci.md', '.github/workflows/chaos.yml', workflow],
] as const)('%s is what GitHub accepts', async ([, name, text]) => {
  const directory = mkdtempSync(join(tmpdir(), 'workflow-'))
  const file = join(directory, name)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text())
  const said = await run(process.execPath, [join(root, 'node_modules/.bin/action-validator'), file])
  rmSync(directory, { recursive: true })
  expect(said).toEqual({ code: 0, told: expect.any(String) })
})

type Inputs = Readonly<Record<string, string>>
type Step = { readonly id?: string; readonly run: string; readonly env: Inputs }
type Action = {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: { readonly steps: readonly Step[] }
}

const action = () => parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action

/** The step that starts brownout, as a runner starts it. */
async function act(given: Inputs): Promise<Ran & { readonly output: string; readonly summary: string }> {
  const { inputs, runs } = action()
  const step = runs.steps.find(({ id }) => id === 'brownout') as Step
  const values = {
    ...Object.fromEntries(Object.entries(inputs).map(([name, { default: said }]) => [name, said])),
    ...given,
  }
  const env = Object.fromEntries(
    Object.entries(step.env)
      .filter(([name]) => name.startsWith('INPUT_'))
      .map(([name, text]) => [name, values[/inputs\.([\w-]+)/u.exec(text)?.[1] ?? ''] ?? '']),
  )
  const [GITHUB_OUTPUT, GITHUB_STEP_SUMMARY] = ['output', 'summary'].map((name) => join(shop, name))
  for (const file of [GITHUB_OUTPUT, GITHUB_STEP_SUMMARY]) writeFileSync(file ?? '', '')
  const more = { ...env, GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, GITHUB_ACTIONS: 'true' }
  const ran = await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], more)
  const textOf = (name: string) => readFileSync(join(shop, name), 'utf8')
  return { ...ran, output: textOf('output'), summary: textOf('summary') }
}

/** What no example says: to play less, so that a test does not take as long as a gate. */
const gate = () => (parse(workflow()) as { jobs: Record<string, { steps: { with?: Inputs }[] }> }).jobs
const inputsOf = (job: string): Inputs => gate()[job]?.steps.at(-1)?.with ?? {}

test('the step of the action plays, says how that ended, and leaves a summary', { timeout: 120_000 }, async () => {
  const ended = await act({ ...inputsOf('gate'), scenarios: 'contact-deleted-404 stale-replica-reads' })
  expect(ended.output).toBe(`exit-code=${ended.code}\n`)
  expect(ended.code).toBe(1)
  expect(ended.summary).toContain('contact-deleted-404')
  expect(ended.told).toContain('::error')
})

test('a campaign that finds something keeps it where the action takes it from', { timeout: 120_000 }, async () => {
  const nightly = inputsOf('nightly')
  const args = (nightly['args'] ?? '').replace('--time 20m', '--runs 12 --no-shrink').replace(/--seed .*/u, '--seed 1')
  // One of whom something is found soon.
  const ended = await act({ ...nightly, args, client: 'sdk' })
  expect(ended.output).toBe('exit-code=1\n')
  const kept = readdirSync(join(shop, action().inputs['regressions']?.default ?? ''))
  expect(kept).not.toEqual([])
  for (const file of kept) expect(file).toMatch(/\.yaml$/u)
  expect(ended.summary).toContain('ten-minutes')
})

test(
  'what is no flag of ours ends in a sentence, and cannot become a command of the shell',
  { timeout: 120_000 },
  async () => {
    const ended = await act({ scenarios: '$(touch stolen);`touch stolen`', client: '"; touch stolen; "' })
    expect(ended.output).toBe('exit-code=2\n')
    await expect(run('ls', [])).resolves.not.toMatchObject({ told: expect.stringContaining('stolen') })
  },
)

test.for([
  ['.gitlab-ci.yml', /npx brownout (all .*)/u],
  ['Jenkinsfile', /npx brownout (all [^']*)/u],
] as const)('the command of %s leaves the reports that it collects', { timeout: 120_000 }, async ([name, command]) => {
  const example = exampleIn('docs/ci.md', name)
  const words = (command.exec(example)?.[1] ?? '').replace('all', 'contact-deleted-404').split(' ')
  const { code } = await run(join(shop, 'node_modules/.bin/brownout'), words)
  expect(code).toBe(1)
  expect(readFileSync(join(shop, 'reports/junit.xml'), 'utf8')).toContain('<testsuite')
  expect(example).toContain('reports/junit.xml')
})

test.for(['.gitlab-ci.yml', 'Jenkinsfile'])(
  'the campaign of %s by night leaves what it finds where that is collected',
  { timeout: 120_000 },
  async (name) => {
    const example = exampleIn('docs/ci.md', name)
    const written = /npx brownout (fuzz [^'\n]*)/u.exec(example)?.[1] ?? ''
    const words = written.replace('--time 20m', '--runs 12 --no-shrink').replace(/--seed \$\w+/u, '--seed 1')
    rmSync(join(shop, 'fixtures'), { recursive: true, force: true })
    // One of whom something is found soon.
    const command = words.replace('./desk.ts', 'sdk').split(' ')
    expect((await run(join(shop, 'node_modules/.bin/brownout'), command)).code).toBe(1)
    expect(readdirSync(join(shop, 'fixtures/regressions'))).not.toEqual([])
    expect(example).toMatch(/reports\/.*fixtures\/regressions\//u)
  },
)
