// `judge` and waivers as people and CI meet them: a process with words in, text and an exit code out. Nothing is replayed.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeHistory } from '#history/codec.ts'
import { ReportSchema } from '#report/report-schema.ts'
import { createStory, minute } from './history-builder.ts'
import { promises } from './judging.ts'

const patience = 180_000
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
let desk = ''

/** Reads every minute; those from 20 to 25 minutes end in an error after three attempts. */
function storyText(scenario: string): string {
  const story = createStory({ promises, scenario, client: 'subject' })
  for (let index = 0; index < 59; index += 1) {
    if (index < 20 || index > 25) story.read({ at: index * minute })
    else {
      const read = story.ask('contact.read', { at: index * minute, entity: 'contact:9' })
      for (const second of [0, 1, 3]) story.attempt(read, { at: index * minute + second * 1_000, ends: 503 })
      story.error(read, { at: index * minute + 4_000 })
    }
  }
  return encodeHistory(story.history())
}

beforeAll(() => {
  desk = mkdtempSync(join(tmpdir(), 'brownout-judge-'))
  for (const [folder, scenario] of [
    ['alone', 'alone'],
    ['several/one', 'one'],
    ['several/two', 'two'],
  ] as const) {
    mkdirSync(join(desk, folder), { recursive: true })
    writeFileSync(join(desk, folder, 'history.ndjson'), storyText(scenario))
  }
  mkdirSync(join(desk, 'several/cut'))
  writeFileSync(join(desk, 'several/cut/history.ndjson'), storyText('cut').slice(0, -20))
  mkdirSync(join(desk, 'empty'))
})
afterAll(() => rmSync(desk, { recursive: true }))

function brownout(words: readonly string[], env: Record<string, string> = {}) {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [main, ...words], { cwd: desk, env: { PATH, HOME, ...env } })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

const strict = ['--set', 'bounded-attempts.attempts=2']

test('a history is judged as a run is, and by another threshold it fails', { timeout: patience }, async () => {
  const [kept, other] = await Promise.all([
    brownout(['judge', 'alone/history.ndjson']),
    brownout(['judge', 'alone', '--profile', 'strict', ...strict]),
  ])
  expect([kept.code, kept.err]).toEqual([0, ''])
  expect(kept.out).toMatch(/^✓ PASS {2}alone · client subject · seed 1\n/u)
  expect(kept.out).toContain('judged again: 1h of virtual time')
  expect(kept.out).toMatch(/reproduce {2}node \S+\/src\/cli\/brownout\.js judge alone\/history\.ndjson\n/u)
  expect(kept.out).not.toContain('from those recorded')
  expect(other.code).toBe(1)
  expect(other.out).toMatch(/\d+ thresholds differ from those recorded\n/u)
  expect(other.out).toMatch(/✗ FAIL {2}bounded-attempts +3 {2}attempts ≤ 2 +-1 {2}config\n/u)
  expect(other.out).toContain(
    '/src/cli/brownout.js judge alone/history.ndjson --profile strict --set bounded-attempts.attempts=2',
  )
  expect(readdirSync(join(desk, 'alone'))).toEqual(['history.ndjson'])
})

test('of several there is a table, in which one that is cut is a line', { timeout: patience }, async () => {
  const { code, out } = await brownout(['judge', 'several', '--report-dir', 'reports'])
  expect(code).toBe(2)
  expect(out).toMatch(/3 runs in .*: 2 pass, 1 invalid/u)
  expect(out).toContain('the history is cut off: its last line is not whole')
  const report = ReportSchema.parse(JSON.parse(readFileSync(join(desk, 'reports/report.json'), 'utf8')))
  expect(report.runs.map(({ kind }) => kind)).toEqual(['rejected', 'judged', 'judged'])
  expect(existsSync(join(desk, 'reports/junit.xml'))).toBe(true)
})

test(
  'the page of each of several is gone when fewer are judged into the same place',
  { timeout: patience },
  async () => {
    const pages = () => readdirSync(join(desk, 'pages')).filter((name) => name.endsWith('.html'))
    await brownout(['judge', 'several', '--report-dir', 'pages'])
    expect(pages().toSorted()).toEqual(['index.html', 'report-1.html', 'report-2.html', 'report-3.html'])
    await brownout(['judge', 'alone', '--report-dir', 'pages'])
    expect(pages()).toEqual(['report.html'])
  },
)

test('of several every line says which history it is about', { timeout: patience }, async () => {
  const { out } = await brownout(['judge', 'several', '--quiet'])
  expect(out).toMatch(/PASS .* several\/one\/history\.ndjson\n.*PASS .* several\/two\/history\.ndjson\n/u)
  const alone = await brownout(['judge', 'alone', '--quiet'])
  expect(alone.out).not.toContain('history.ndjson')
})

test.for([
  [['judge'], "Missing required argument 'histories'"],
  [['judge', 'nowhere'], 'There is no file and no directory "nowhere".\nName the history.ndjson of a run'],
  [['judge', 'empty'], 'There is no history.ndjson below the directory "empty".'],
  [['judge', 'several/cut'], 'several/cut/history.ndjson:'],
  [['judge', 'alone', '--set', 'amplificaton.factor=1x'], 'Did you mean "amplification"?'],
  [['judge', 'alone', '--waivers', 'none.yaml'], 'none.yaml: the file cannot be read (ENOENT)'],
] as const)('%j is refused in a sentence', { timeout: patience }, async ([words, says]) => {
  const { code, out, err } = await brownout(words)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(says)
})

function waiver(until: string, oracle = 'bounded-attempts'): string {
  return `- { oracle: ${oracle}, scenario: alone, owner: ada, until: ${until}, because: the queue is being rebuilt }\n`
}

test('a failure that is waived passes with its owner, and an expired waiver fails', { timeout: patience }, async () => {
  writeFileSync(join(desk, 'good.yaml'), waiver('2999-12-31'))
  writeFileSync(join(desk, 'old.yaml'), waiver('2020-12-31'))
  writeFileSync(join(desk, 'needless.yaml'), waiver('2999-12-31', 'stays-alive'))
  const judge = (file: string, ...more: string[]) =>
    brownout(['judge', 'alone', ...strict, ...more], { BROWNOUT_WAIVERS: file })
  const [good, old, needless, json] = await Promise.all([
    judge('good.yaml'),
    judge('old.yaml'),
    brownout(['judge', 'alone', '--waivers', 'needless.yaml']),
    judge('old.yaml', '--output', 'json'),
  ])
  expect(good.code).toBe(0)
  expect(good.out).toContain('but for 1 waived')
  expect(good.out).toMatch(
    /~ WAIVED {2}bounded-attempts .*\n +waived by ada until 2999-12-31: the queue is being rebuilt/u,
  )
  expect(old.code).toBe(1)
  expect(old.out).toContain('old.yaml:1:3: the waiver of bounded-attempts in alone (ada) expired on 2020-12-31.')
  expect(needless.code).toBe(1)
  expect(needless.out).toContain('the waiver of stays-alive in alone (ada) is needless')
  const report = ReportSchema.parse(JSON.parse(json.out))
  expect(report).toMatchObject({ outcome: 'fail', complaints: [expect.stringContaining('expired on 2020-12-31')] })
})

test('chaos.waivers.yaml is read without being asked for', { timeout: patience }, async () => {
  writeFileSync(join(desk, 'chaos.waivers.yaml'), waiver('2999-12-31').replace('owner: ada, ', ''))
  const { code, err } = await brownout(['judge', 'alone'])
  rmSync(join(desk, 'chaos.waivers.yaml'))
  expect(code).toBe(2)
  expect(err).toContain('chaos.waivers.yaml:1:3: `waiver.0.owner` is missing')
})
