// A baseline from one command to the next: saved, kept, compared with, and wrong in every way that a file can be.

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeHistory } from '#history/codec.ts'
import { createStory, minute } from './history-builder.ts'
import { promises } from './judging.ts'

const patience = 120_000
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
let desk = ''

/** An hour of reads, of which those fail that begin in these minutes; `client` and `seed` may be others. */
function storyText(failing: number, more: { readonly client?: string; readonly seed?: string } = {}): string {
  const story = createStory({ promises, scenario: 'story', client: 'subject', ...more })
  for (let index = 0; index < 59; index += 1)
    if (index >= 12 && index < 12 + failing) {
      const operation = story.ask('contact.read', { at: index * minute })
      story.attempt(operation, { at: index * minute, took: '1s', ends: 503, hit: 'respond' })
      story.error(operation, { at: index * minute + 1_000, error: { name: 'ApiError', message: 'x', status: 503 } })
    } else story.read({ at: index * minute })
  return encodeHistory(story.history())
}

beforeAll(() => {
  desk = mkdtempSync(join(tmpdir(), 'brownout-baseline-'))
  // What a killed run had put aside is no history of its own.
  mkdirSync(join(desk, 'reports/.before'), { recursive: true })
  writeFileSync(join(desk, 'reports/.before/history.ndjson'), storyText(1))
  writeFileSync(join(desk, 'reports/history.ndjson'), storyText(3))
  writeFileSync(join(desk, 'worse.ndjson'), storyText(15))
  writeFileSync(join(desk, 'other.ndjson'), storyText(3, { client: 'other' }))
  writeFileSync(join(desk, 'seed.ndjson'), storyText(3, { seed: '2' }))
  writeFileSync(join(desk, 'garbage.yaml'), 'baseline: 1\nruns: [\n')
  writeFileSync(join(desk, 'newer.yaml'), 'baseline: 2\nruns: {}\n')
  writeFileSync(join(desk, 'scenario.yaml'), 'scenario: x\n')
})
afterAll(() => rmSync(desk, { recursive: true }))

type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

function brownout(...words: readonly string[]): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [main, ...words], { cwd: desk, env: { PATH, HOME } })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

test(
  'a run is as good as the one that was saved, and a worse one fails the command',
  { timeout: patience },
  async () => {
    const saved = await brownout('baseline', 'save')
    expect(saved).toEqual({ code: 0, out: 'chaos.baseline.yaml: saved one run.\n', err: '' })
    const text = readFileSync(join(desk, 'chaos.baseline.yaml'), 'utf8')
    const same = await brownout('judge', 'reports', '--against', 'baseline')
    expect(same.out).toContain('against the baseline: nothing differs')
    const without = await brownout('judge', 'reports')
    expect(same.code).toBe(without.code)

    const worse = await brownout('judge', 'worse.ndjson', '--against', 'chaos.baseline.yaml', '--report-dir', 'd')
    expect(worse.code).toBe(1)
    expect(worse.out).toMatch(/worse: failed 30\.6% \(was 6\.1%\)/u)
    expect(worse.out).toMatch(/chaos\.baseline\.yaml:7:5: story with the client subject is worse than the\s+baseline/u)
    expect(readFileSync(join(desk, 'd/junit.xml'), 'utf8')).toContain('is worse than the baseline')
    expect(JSON.parse(readFileSync(join(desk, 'd/report.json'), 'utf8')).runs[0].against[0]).toMatchObject({
      figure: 'failed',
      is: 'worse',
    })
    expect((await brownout('judge', 'worse.ndjson', '--against', 'baseline', '--tolerance', '999%')).out).toContain(
      'against the baseline:',
    )

    const more = await brownout('baseline', 'save', 'other.ndjson')
    expect(more.out).toBe('chaos.baseline.yaml: saved one run, kept 1 as before.\n')
    const both = readFileSync(join(desk, 'chaos.baseline.yaml'), 'utf8')
    expect(both).toContain(text.slice(text.indexOf('    subject:')))
    await brownout('baseline', 'save', 'other.ndjson', 'reports')
    expect(readFileSync(join(desk, 'chaos.baseline.yaml'), 'utf8')).toBe(both)
  },
)

test.for<[string, readonly string[], RegExp]>([
  [
    'none is there',
    ['judge', 'reports', '--against', 'none.yaml'],
    /^There is no baseline "none\.yaml"\.\nAfter a run/u,
  ],
  ['it is empty', ['judge', 'reports', '--against', ''], /^--against is empty\./u],
  ['it is garbage', ['judge', 'reports', '--against', 'garbage.yaml'], /^garbage\.yaml:2:\d+: /u],
  [
    'it is of another form',
    ['judge', 'reports', '--against', 'newer.yaml'],
    /^newer\.yaml:1:1: this baseline is of form/u,
  ],
  ['it is another file', ['judge', 'reports', '--against', 'scenario.yaml'], /^scenario\.yaml:1: this is no baseline/u],
  [
    'it is of another client',
    ['judge', 'other.ndjson', '--against', 'mine.yaml'],
    /^mine\.yaml:7:5: the baseline has no run of "story" with the client "other"\nIt has that scenario with subject\. Add/u,
  ],
  [
    'it is of another seed',
    ['judge', 'seed.ndjson', '--against', 'mine.yaml'],
    /^mine\.yaml:8:7: this was saved with the seed "1", and the run has "2"\nRun it with the same: --seed 1$/mu,
  ],
  [
    'it is of another profile',
    ['judge', 'reports', '--profile', 'strict', '--against', 'mine.yaml'],
    /^mine\.yaml:9:7: this was saved with the profile default, and the run has strict$/mu,
  ],
  [
    'the tolerance is no share',
    ['judge', 'reports', '--against', 'mine.yaml', '--tolerance', '0.1'],
    /^"0\.1" is no tolerance\./u,
  ],
  [
    'it is of another scenario',
    ['au-regional-timeout', '--client', 'resilient', '--against', 'mine.yaml'],
    /^mine\.yaml: the baseline has no run of "au-regional-timeout" with the client "resilient"\nIt has story\./u,
  ],
  [
    'it is of one seed, and several are asked for',
    ['au-regional-timeout', '--client', 'resilient', '--against', 'mine.yaml', '--seeds', '2'],
    /^A baseline is of one seed/u,
  ],
  [
    'one run is saved twice',
    ['baseline', 'save', 'reports', 'worse.ndjson'],
    /are both runs of story with the client/u,
  ],
  ['there is nothing to save', ['baseline', 'save', 'nowhere'], /^There is no file and no directory "nowhere"\./u],
  ['what is there is not overwritten', ['baseline', 'save', '--file', 'scenario.yaml'], /this is no baseline/u],
])('ends in 2 when %s', { timeout: patience }, async ([, words, says]) => {
  if (words.includes('mine.yaml')) await brownout('baseline', 'save', '--file', 'mine.yaml')
  const { code, out, err } = await brownout(...words)
  expect(err).toMatch(says)
  expect({ code, out }).toEqual({ code: 2, out: '' })
})
