// A report directory that cannot be written, as people meet it: a sentence and exit code 4 before anything is replayed, and what lies
// there stays as it is. The administrator may write everywhere, so for them the command runs as nobody, where that can be.

import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { encodeHistory } from '#history/codec.ts'
import { createStory, minute } from './history-builder.ts'
import { promises } from './judging.ts'

const patience = 120_000
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
const isAble = spawnSync(process.execPath, [main, '--version'], nobody).status === 0
if (!isAble)
  console.warn('The tests of a read-only directory are skipped: this is root, and nobody else may read the project.')

const older = ['history.ndjson', 'report.html', 'report.json'] as const
let desk = ''
let temporary = ''
beforeEach(() => {
  temporary = tmpdir()
  desk = mkdtempSync(join(tmpdir(), 'brownout-read-only-'))
  chmodSync(desk, 0o755)
  mkdirSync(join(desk, 'd'))
  for (const file of older) writeFileSync(join(desk, 'd', file), `older ${file}`)
  writeFileSync(join(desk, 'story.ndjson'), storyText())
})
afterEach(() => {
  chmodSync(join(desk, 'd'), 0o755)
  rmSync(desk, { recursive: true })
})

function storyText(): string {
  const story = createStory({ promises, scenario: 'story', client: 'subject' })
  for (let index = 0; index < 59; index += 1) story.read({ at: index * minute })
  return encodeHistory(story.history())
}

type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

function brownout(...words: readonly string[]): Promise<Ended> {
  const { PATH = '' } = process.env
  const env = { PATH, HOME: desk, TMPDIR: temporary }
  const child = spawn(process.execPath, [main, ...words], { cwd: desk, env, ...nobody })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

const commands = [
  ['flapping-network', '--client', 'resilient'],
  ['flapping-network', '429-storm', '--client', 'resilient'],
  ['judge', 'story.ndjson'],
  ['judge', 'story.ndjson', '--postmortem'],
] as const

describe.skipIf(!isAble)('a report directory that is read-only', () => {
  test.for(commands)('%s is refused in a sentence', { timeout: patience }, async (words) => {
    chmodSync(join(desk, 'd'), 0o555)
    const { code, out, err } = await brownout(...words, '--report-dir', 'd')
    expect({ code, out }).toEqual({ code: 4, out: '' })
    expect(err).toMatch(/^Cannot write reports to "d": you have no permission to write there\.\n/u)
    expect(readdirSync(join(desk, 'd')).toSorted()).toEqual(older)
    for (const file of older) expect(readFileSync(join(desk, 'd', file), 'utf8')).toBe(`older ${file}`)
  })

  test.for([['run'], ['fuzz', '--runs', '1']] as const)(
    '%s finds no place for temporary files, and says so',
    async (words) => {
      chmodSync(desk, 0o777)
      chmodSync(join(desk, 'd'), 0o555)
      temporary = join(desk, 'd')
      const { code, out, err } = await brownout(...words, 'redirected', '--client', 'resilient')
      expect({ code, out }).toEqual({ code: 4, out: '' })
      expect(err).toBe(
        `Cannot write temporary files to "${temporary}": you have no permission to write there.\nMake it writable, or name another directory in TMPDIR.\n`,
      )
    },
  )

  test('a baseline there stays as it is', { timeout: patience }, async () => {
    writeFileSync(join(desk, 'd/base.yaml'), 'baseline: 1\nruns: {}\n')
    chmodSync(join(desk, 'd/base.yaml'), 0o444)
    chmodSync(join(desk, 'd'), 0o555)
    const { code, err } = await brownout('baseline', 'save', 'story.ndjson', '--file', 'd/base.yaml')
    expect(err).toMatch(/^Cannot write the baseline to ".*d\/base\.yaml": you have no permission to write there\.\n/u)
    expect(code).toBe(4)
    expect(readFileSync(join(desk, 'd/base.yaml'), 'utf8')).toBe('baseline: 1\nruns: {}\n')
  })
})

// Whoever names such a place can name another.
test.for(commands)('%s below a file is refused in a sentence', { timeout: patience }, async (words) => {
  const { code, out, err } = await brownout(...words, '--report-dir', 'd/report.json/deep')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(/^Cannot write reports to "d\/report\.json\/deep": a part of the path is a file\.\n/u)
  expect(readFileSync(join(desk, 'd/report.json'), 'utf8')).toBe('older report.json')
})
