// A disk that is full, as people meet it: the verdict is told all the same, what could not be written is named, what was there stays,
// and nothing half-written is left. A device that is always full stands where a file goes first; the shell knows the number of the
// process that it becomes, which is part of that name.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { encodeHistory } from '#history/codec.ts'
import { createStory, minute } from './history-builder.ts'
import { promises } from './judging.ts'

type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

const patience = 180_000
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
let desk = ''

beforeEach(() => {
  desk = mkdtempSync(join(tmpdir(), 'brownout-full-'))
})
afterEach(() => rmSync(desk, { recursive: true }))

/** `before` is what the shell does before it becomes the command; `after` stands behind the words. */
function brownout(before: string, words: readonly string[], after = ''): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env
  const line = `${before}; exec "$0" "$@" ${after}`
  const env = { PATH, HOME }
  const child = spawn('/bin/sh', ['-c', line, process.execPath, main, ...words], { cwd: desk, env })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

function storyText(): string {
  const story = createStory({ promises, scenario: 'story', client: 'subject' })
  for (let index = 0; index < 59; index += 1) story.read({ at: index * minute })
  return encodeHistory(story.history())
}

const run = (...scenarios: readonly string[]) => [...scenarios, '--client', 'resilient', '--quiet', '--report-dir', 'd']
const reports = ['junit.xml', 'report.html', 'report.json', 'report.sarif', 'summary.md']
const full = (file: string) => `mkdir -p ${join('d', file, '..')}; ln -s /dev/full "d/${file}.$$.partial"`

describe.skipIf(!existsSync('/dev/full'))('on a full disk', () => {
  test('a run whose history is lost has its verdict and its reports', { timeout: patience }, async () => {
    const { code, out, err } = await brownout(full('history.ndjson'), run('flapping-network'))
    expect(out).toMatch(/PASS +flapping-network/u)
    expect(err).toMatch(/^Cannot write reports to ".*history\.ndjson": the disk is full\.$/mu)
    expect(err).not.toContain('Please report this')
    expect(code).toBe(4)
    expect(readdirSync(join(desk, 'd')).toSorted()).toEqual(reports)
  })

  test(
    'the reports of an earlier run stay whole when one of the new ones has no room',
    { timeout: patience },
    async () => {
      const older = [...reports, 'history.ndjson'].toSorted()
      mkdirSync(join(desk, 'd'))
      for (const file of older) writeFileSync(join(desk, 'd', file), `older ${file}`)
      const { code, out, err } = await brownout(full('summary.md'), run('flapping-network'))
      expect(out).toMatch(/PASS +flapping-network/u)
      expect(out).not.toContain('history.ndjson')
      expect(err).toMatch(/summary\.md": the disk is full\.$/mu)
      expect(err).toContain('The reports of an earlier run, which are whole, were left there instead.')
      expect(code).toBe(4)
      expect(readdirSync(join(desk, 'd')).toSorted()).toEqual(older)
      for (const file of older) expect(readFileSync(join(desk, 'd', file), 'utf8')).toBe(`older ${file}`)
    },
  )

  test('the page of a job that has no room is a loss of its own', { timeout: patience }, async () => {
    writeFileSync(join(desk, 'history.ndjson'), storyText())
    const { code, out, err } = await brownout('GITHUB_STEP_SUMMARY=/dev/full; export GITHUB_STEP_SUMMARY', [
      'judge',
      'history.ndjson',
    ])
    expect(out).toContain('story')
    expect(err).toMatch(/^Cannot write reports to "\/dev\/full": the disk is full\.$/mu)
    expect(code).toBe(4)
  })

  test('several runs have their verdicts, and what can be written is', { timeout: patience }, async () => {
    const lost = [full('flapping-network/history.ndjson'), full('report.json')].join('; ')
    const { code, out, err } = await brownout(lost, run('flapping-network', '429-storm'))
    expect(out).toMatch(/flapping-network[\s\S]*429-storm/u)
    expect(err).toMatch(/flapping-network\/history\.ndjson": the disk is full\.$/mu)
    expect(err).toMatch(/d\/report\.json": the disk is full\.$/mu)
    expect(code).toBe(4)
    expect(readdirSync(join(desk, 'd'), { recursive: true }).toSorted()).toEqual([
      '429-storm',
      '429-storm/history.ndjson',
      '429-storm/report.html',
      '429-storm/report.json',
      'flapping-network',
      'flapping-network/report.html',
      'flapping-network/report.json',
      'index.html',
      'junit.xml',
      'report.sarif',
      'summary.md',
    ])
  })

  test('the worst of several seeds is told without its history', { timeout: patience }, async () => {
    const lost = ['history.ndjson.0', 'history.ndjson.1'].map(full).join('; ')
    const { code, out, err } = await brownout(lost, [...run('flapping-network'), '--seeds', '2'])
    expect(out).toMatch(/PASS +flapping-network/u)
    expect(err).toContain('the disk is full')
    expect(code).toBe(4)
    expect(readdirSync(join(desk, 'd')).toSorted()).toEqual(reports)
  })

  test('a history that is judged again has its verdict', { timeout: patience }, async () => {
    writeFileSync(join(desk, 'history.ndjson'), storyText())
    const { code, out, err } = await brownout(full('report.json'), ['judge', 'history.ndjson', '--report-dir', 'd'])
    expect(out).toContain('story')
    expect(err).toMatch(/^Cannot write reports to ".*report\.json": the disk is full\.$/mu)
    expect(code).toBe(4)
    expect(readFileSync(join(desk, 'd/junit.xml'), 'utf8')).toMatch(/<\/testsuites>\n?$/u)
  })

  test('a screen that cannot be written is a sentence', { timeout: patience }, async () => {
    writeFileSync(join(desk, 'history.ndjson'), storyText())
    const words = ['judge', 'history.ndjson', '--output', 'json']
    const { code, err } = await brownout(':', words, '>/dev/full')
    expect({ code, err }).toEqual({ code: 4, err: 'Cannot write to the standard output: the disk is full.\n' })
    expect((await brownout(':', ['judge', 'nowhere'], '2>/dev/full')).code).toBe(2)
  })
})

// The system lets no file grow beyond a few kilobytes: the record of the run, which the client must not be blamed for.
test.skipIf(process.platform === 'win32')(
  'a record that has no room ends in a sentence',
  { timeout: patience },
  async () => {
    const { code, out } = await brownout('export NODE_COMPILE_CACHE=cache; ulimit -f 128', run('flapping-network'))
    expect(out).toContain('The record of the run cannot be written to the directory for temporary files')
    expect(out).not.toContain('wrote into the record')
    expect(code).toBe(4)
  },
)
