// How much each command says: one line or none with --quiet, everything with --verbose, and no more columns than there are.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeHistory } from '#history/codec.ts'
import { createStory, minute } from './history-builder.ts'
import { promises } from './judging.ts'

const patience = 60_000
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
let desk = ''

beforeAll(() => {
  desk = mkdtempSync(join(tmpdir(), 'brownout-levels-'))
  const story = createStory({ promises, scenario: 'story', client: 'subject' })
  for (let index = 0; index < 59; index += 1) story.read({ at: index * minute })
  writeFileSync(join(desk, 'history.ndjson'), encodeHistory(story.history()))
})
afterAll(() => rmSync(desk, { recursive: true }))

function linesOf(words: string, columns = ''): readonly string[] {
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, COLUMNS: columns }
  const { stdout, stderr } = spawnSync(process.execPath, [main, ...words.split(' ')], {
    cwd: desk,
    env,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout.trimEnd().split('\n')
}

test('list: names only, a line for each, or all that there is', { timeout: patience }, () => {
  const [quiet, normal, verbose] = ['list P2 --quiet', 'list P2', 'list P2 --verbose'].map((words) => linesOf(words))
  expect(quiet).toContain('429-storm')
  expect(quiet?.filter((line) => line.includes(' '))).toEqual([])
  expect(Math.max(...(normal ?? []).map(({ length }) => length))).toBeLessThanOrEqual(120)
  expect(Math.max(...(verbose ?? []).map(({ length }) => length))).toBeGreaterThan(120)
})

test('list: a narrow terminal has the titles and not the tags', { timeout: patience }, () => {
  const lines = linesOf('list P2', '80')
  expect(lines[0]).toMatch(/^scenario +title$/u)
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80)
})

test('validate: only what is wrong, a line for each, or what is in each', { timeout: patience }, () => {
  expect(linesOf('validate 429-storm --quiet')).toEqual([''])
  expect(linesOf('validate 429-storm')).toEqual([expect.stringMatching(/429-storm\.yaml: valid$/u)])
  expect(linesOf('validate 429-storm --verbose')).toEqual([
    expect.stringMatching(/429-storm\.yaml: valid, 18m, 4 phases, \d+ faults, \d+ loads, 0 variants$/u),
  ])
})

test('explain: only what happens when, or all of it', { timeout: patience }, () => {
  const [quiet = [], normal = []] = ['explain 429-storm --quiet', 'explain 429-storm'].map((words) => linesOf(words))
  expect(quiet[0]).toMatch(/^429-storm: /u)
  expect(normal).toEqual(expect.arrayContaining([...quiet]))
  expect(quiet).not.toContain('The load')
})

test('judge and baseline save: one line or none, or a line for each run', { timeout: patience }, () => {
  expect(linesOf('judge history.ndjson --quiet')).toHaveLength(1)
  expect(linesOf('judge history.ndjson --verbose').length).toBeGreaterThan(linesOf('judge history.ndjson').length)
  expect(linesOf('baseline save history.ndjson --quiet')).toEqual([''])
  expect(linesOf('baseline save history.ndjson --verbose')).toEqual([
    'history.ndjson: story with the client subject, seed 1: pass',
    'chaos.baseline.yaml: saved one run.',
  ])
})
