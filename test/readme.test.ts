// Goal: what the README shows is what happens. Method: run its commands; compare its screens with the real ones, wall times
// apart. `UPDATE_README=1 npx vitest run test/readme.test.ts` writes the screens anew; read the difference before you commit it.

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeHistory } from '#history/codec.ts'
import { findScenarios, shippedScenarios } from '#scenario/files.ts'
import { loadFile } from '#scenario/load.ts'
import { exampleIn } from './examples.ts'

const root = join(import.meta.dirname, '..')
const file = join(root, 'README.md')
const readme = () => readFileSync(file, 'utf8')

type Ran = { readonly code: number; readonly output: string }

function chaos(args: readonly string[], cwd = root): Promise<Ran> {
  const main = join(root, 'src/cli/main.ts')
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', COLUMNS: '' }
    execFile(process.execPath, [main, ...args], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + (error && stdout === '' ? stderr : '') })
    })
  })
}

type Played = Ran & { readonly directory: string }
const played = new Map<string, Promise<Played>>()

/** A command with the directory of its reports: played once, whoever looks at it. */
function replay(command: string): Promise<Played> {
  const directory = reportDirectory()
  const known =
    played.get(command) ??
    chaos([...command.split(' '), '--report-dir', directory]).then((ran) => ({ ...ran, directory }))
  played.set(command, known)
  return known
}

const exampleClient = () => exampleIn('README.md', 'my-client.ts')
const reportDirectory = () => mkdtempSync(join(tmpdir(), 'readme-'))

/** The screen as the README has it: indented, without what differs between machines. */
function asShown(screen: string): string {
  return screen
    .replaceAll(/in [\dhms.]+ \([\dhms.]+ in all\)/gu, 'in 2.5s (3.7s in all)')
    .replaceAll(/(evidence +)\S*\/(history\.ndjson)/gu, '$1reports/$2')
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n')
}

const screens = [...readme().matchAll(/<!-- screen: (.+?) -->\n/gu)].map((match) => match[1] ?? '')

test('the README has screens', () => {
  expect(screens).toEqual(['au-regional-timeout', 'au-regional-timeout --client runbook'])
})

test.for(screens)('the screen of `%s` is the real one', { timeout: 180_000 }, async (command) => {
  const { output } = await replay(command)
  const shown = asShown(output)
  const marker = `<!-- screen: ${command} -->\n`
  if (process.env['UPDATE_README']) {
    const [before = '', after = ''] = readme().split(marker)
    writeFileSync(file, `${before}${marker}\n${shown}\n\n${after.replace(/^(?:\n| {4}.*\n)*/u, '')}`)
  }
  expect(readme()).toContain(`${marker}\n${shown}\n\n`)
})

test.for([
  ['au-regional-timeout', 0],
  ['au-regional-timeout --client sdk', 1],
  ['list', 0],
  ['explain au-regional-timeout', 0],
  ['validate', 0],
  ['au-regional-timeout --seed 7 --profile strict', 0],
] as const)('`npm run chaos -- %s` ends with %i', { timeout: 180_000 }, async ([command, code]) => {
  expect(readme()).toContain(`npm run chaos -- ${command}`)
  const { code: got } = await (command.startsWith('au-') ? replay(command) : chaos(command.split(' ')))
  expect(got).toBe(code)
})

test('the campaigns that are shown run as written, with fewer cases', { timeout: 300_000 }, async () => {
  const directory = reportDirectory()
  writeFileSync(join(directory, 'my-client.ts'), exampleClient())
  const [any, around] = [
    'fuzz ten-minutes --any --client sdk --runs 200',
    'fuzz au-regional-timeout --client ./my-client.ts --runs 500',
  ]
  for (const command of [any, around]) expect(readme()).toContain(`npm run chaos -- ${command}\n`)
  const first = await chaos([...any.replace('200', '16').split(' '), '--no-shrink'], directory)
  expect(first.code).toBe(1)
  const [kept] = /fixtures\/regressions\/[\w-]+\.yaml/u.exec(first.output) ?? []
  expect(readme()).toContain('npm run chaos -- replay fixtures/regressions/<what it found>\n')
  expect((await chaos(['replay', kept ?? ''], directory)).code).toBe(1)
  // What the first has found is replayed against this client, too.
  const second = await chaos([...around.replace('500', '1').split(' '), '--no-shrink'], directory)
  expect(second.output).toMatch(/known {2}fixtures\/regressions\//u)
  expect(second.output).toContain('fuzz au-regional-timeout · client my-client.ts')
})

test('a run is as good as the baseline that was saved from it', { timeout: 300_000 }, async () => {
  const directory = reportDirectory()
  const [save, compare] = ['baseline save', 'au-regional-timeout --against baseline']
  for (const command of [save, compare]) expect(readme()).toContain(`npm run chaos -- ${command}`)
  const client = ['--client', 'resilient']
  await chaos(['au-regional-timeout', ...client, '--postmortem', '--quiet'], directory)
  expect(readFileSync(join(directory, 'reports/postmortem.md'), 'utf8')).toContain('**Duration:** 1 hour 36 minutes')
  expect((await chaos(save.split(' '), directory)).output).toContain('saved one run')
  const { code, output } = await chaos([...compare.split(' '), ...client], directory)
  expect(output).toContain('against the baseline: nothing differs')
  expect(code).toBe(0)
})

test('the example client runs as it is written, from another directory', { timeout: 180_000 }, async () => {
  const directory = reportDirectory()
  writeFileSync(join(directory, 'my-client.ts'), exampleClient())
  const { code, output } = await chaos(['au-regional-timeout', '--client', './my-client.ts'], directory)
  expect(output).toContain('my-client.ts')
  expect(code).toBe(0)
})

const incident = 'au-regional-timeout'

/** What the findings of the README count, from a history. */
async function countsOf(client: string) {
  const { directory } = await replay(client === 'resilient' ? incident : `${incident} --client ${client}`)
  const history = decodeHistory(readFileSync(join(directory, 'history.ndjson'), 'utf8'))
  expect(history.header).toMatchObject({ scenario: incident, client, seed: '1' })
  const invoked = history.all('operation.invoked')
  const replies = new Set(invoked.filter(({ name }) => name === 'conversation.reply').map(({ operation }) => operation))
  const errors = history.all('operation.error')
  const failedReplies = new Set(errors.map(({ operation }) => operation).filter((operation) => replies.has(operation)))
  const senders = new Map(history.all('exchange.sent').map(({ exchange, operation }) => [exchange, operation]))
  const committers = history.all('effect.committed').map(({ exchange }) => senders.get(exchange ?? -1) ?? null)
  return {
    operations: invoked.length,
    exchanges: senders.size,
    repeats: invoked.filter(({ repeats }) => repeats !== undefined).length,
    timeouts: errors.filter(({ error }) => error.message === '"timeout"' && error.status === undefined).length,
    failedReplies: failedReplies.size,
    failedButSent: new Set(committers.filter((operation) => operation !== null && failedReplies.has(operation))).size,
    stale: history.all('operation.ok').filter(({ result }) => result === 'stale').length,
    cancelled: history.all('operation.cancelled').length,
    withTimer: errors.filter(({ timersLeft }) => timersLeft > 0).length,
  }
}

/** Its lines, by scenario. */
function tableIn(page: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(root, page), 'utf8')
  const table = /<!-- table: library -->([\s\S]*)<!-- end of table -->/u.exec(text)?.[1] ?? ''
  return new Map(
    table.split('\n').flatMap((line) => {
      const [, name] = /^\| ([\w:-]+) \| P\d/u.exec(line) ?? []
      return name === undefined ? [] : [[name, line] as const]
    }),
  )
}

test('the table of the library has a line for each of its scenarios', () => {
  const library = findScenarios(shippedScenarios).flatMap(({ name, file: path }) => {
    const { variants } = loadFile(path, root)
    return variants.length === 0 ? [name] : variants.map((variant) => `${name}:${variant.name}`)
  })
  expect([...tableIn('docs/library.md').keys()]).toEqual(library)
})

test('the front page shows a dozen lines of that table', () => {
  const whole = tableIn('docs/library.md')
  const shown = tableIn('README.md')
  expect(shown.size).toBe(12)
  for (const [name, line] of shown) expect(line).toBe(whole.get(name))
})

test('the findings are what the replays show', { timeout: 300_000 }, async () => {
  const [sdk, runbook, resilient] = [await countsOf('sdk'), await countsOf('runbook'), await countsOf('resilient')]
  const number = (value: number) => value.toLocaleString('en-US')
  expect(resilient.repeats).toBe(0)
  expect(runbook.stale).toBe(0)
  const sentences = [
    `${number(sdk.timeouts)} of ${number(sdk.operations)} operations`,
    `${number(sdk.repeats)} extra operations with the SDK, none with the reference client`,
    `sent ${number(resilient.exchanges)} requests where the SDK sent ${number(sdk.exchanges)}`,
    `Of ${sdk.failedReplies} replies that the SDK reported as failed, ${sdk.failedButSent} had been accepted`,
    `of ${runbook.cancelled} operations that somebody walked away from`,
    `After each of the ${sdk.withTimer} cancelled operations a 20 s timer was pending`,
  ]
  if (process.env['UPDATE_README']) writeFileSync(file, sentences.reduce(withFigures, readme()))
  for (const sentence of sentences) expect(readme().replaceAll(/\s+/gu, ' ')).toContain(sentence)
})

/** Replaces the figures of a sentence and leaves its line breaks. */
function withFigures(text: string, sentence: string): string {
  const figures = sentence.match(/\d[\d,]*/gu) ?? []
  const pattern = sentence.replaceAll(' ', String.raw`\s+`).replaceAll(/(?<!\w)\d[\d,]*(?!\w)/gu, String.raw`\d[\d,]*`)
  let nth = 0
  return text.replace(new RegExp(pattern, 'u'), (found) => found.replaceAll(/\d[\d,]*/gu, () => figures[nth++] ?? ''))
}

test('the example with the SDK is judged, and healthy without faults', { timeout: 120_000 }, async () => {
  const directory = reportDirectory()
  writeFileSync(join(directory, 'sdk-client.ts'), exampleIn('docs/clients.md', 'sdk-client.ts'))
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }')
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'))
  const hang = readFileSync(join(root, 'test/scenarios/short-hang.yaml'), 'utf8')
  writeFileSync(join(directory, 'tags.yaml'), hang.replace(/^(load:\n)/mu, '$1  tags: { do: tag.add, every: 5s }\n'))
  const { output } = await chaos(['tags.yaml', '--client', './sdk-client.ts', '--no-ablate'], directory)
  const history = decodeHistory(readFileSync(join(directory, 'reports/history.ndjson'), 'utf8'))
  expect(output).toMatch(/(?:PASS|FAIL) .* client sdk-client\.ts/u)
  expect(history.header.baseline?.loads).toMatchObject({ reads: { okShare: 1 }, tags: { okShare: 1 } })
})

test.for<[string, string]>([
  ['README.md', 'my-client.ts'],
  ['docs/clients.md', 'sdk-client.ts'],
])(
  'the example in %s compiles under the strict settings of this project',
  { timeout: 180_000 },
  async ([page, name]) => {
    const directory = reportDirectory()
    writeFileSync(join(directory, name), exampleIn(page, name))
    writeFileSync(join(directory, 'package.json'), '{ "type": "module" }')
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'))
    const paths = { brownout: [join(root, 'src/index.ts')] }
    const options = { extends: join(root, 'tsconfig.json'), compilerOptions: { paths }, include: [name] }
    writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(options))
    const tsc = join(root, 'node_modules/.bin/tsc')
    const said = await new Promise<string>((resolve) => {
      execFile(process.execPath, [tsc, '-p', directory], (_, stdout) => resolve(stdout))
    })
    expect(said).toBe('')
  },
)
