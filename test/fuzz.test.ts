// Campaigns as people and CI meet them: real clients in real processes, and files that replay.

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { loadFile } from '#scenario/load.ts'

type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

const patience = 300_000
const root = fileURLToPath(new URL('..', import.meta.url))
const elsewhere = mkdtempSync(join(tmpdir(), 'brownout-fuzz-'))
afterAll(() => rmSync(elsewhere, { recursive: true }))

/** `interruptOn`: the folder in which the first counterexample ends it. */
function brownout(words: readonly string[], interruptOn?: string, by: NodeJS.Signals = 'SIGINT'): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), ...words], { cwd: root, env: { PATH, HOME } })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const watch = setInterval(() => {
    if (interruptOn !== undefined && readdirSync(interruptOn).some((file) => file.endsWith('.yaml'))) child.kill(by)
  }, 50)
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearInterval(watch)
      resolve({ code, out, err })
    })
  })
}

function folder(name: string): string {
  const path = join(elsewhere, name)
  mkdirSync(path, { recursive: true })
  return path
}

/** `where` holds the counterexamples and the report. */
function fuzz(where: string, ...more: readonly string[]): Promise<Ended> {
  return brownout(
    ['fuzz', 'ten-minutes', '--any', '--client', 'sdk', '--regressions', folder(`${where}/found`)].concat([
      '--report-dir',
      folder(`${where}/reports`),
      ...more,
    ]),
  )
}

function reportOf(where: string): Record<string, unknown> {
  const text = readFileSync(join(elsewhere, where, 'reports/fuzz.json'), 'utf8')
  const { wallMs: _, workers: __, ...report } = JSON.parse(text) as Record<string, unknown>
  return report
}

test(
  'a campaign finds what breaks the SDK, and the same with one process as with two',
  { timeout: patience },
  async () => {
    const [one, two] = await Promise.all([
      fuzz('one', '--runs', '32', '--no-shrink', '--workers', '1'),
      fuzz('two', '--runs', '32', '--no-shrink', '--workers', '2'),
    ])
    expect([one.code, two.code]).toEqual([1, 1])
    const strip = (text: string) => text.replaceAll(elsewhere, '').replaceAll(/\/(?:one|two)\//gu, '/')
    expect(strip(JSON.stringify(reportOf('two')))).toBe(strip(JSON.stringify(reportOf('one'))))
    const files = readdirSync(join(elsewhere, 'one/found')).toSorted()
    expect(files.length).toBeGreaterThan(0)
    for (const file of files)
      expect(readFileSync(join(elsewhere, 'two/found', file), 'utf8')).toBe(
        readFileSync(join(elsewhere, 'one/found', file), 'utf8'),
      )
  },
)

test(
  'what was found is made smaller, replays with one word, and is played first the next time',
  { timeout: patience },
  async () => {
    const first = await fuzz('again', '--runs', '16')
    expect(first.code).toBe(1)
    const [file = ''] = readdirSync(join(elsewhere, 'again/found'))
    const path = join(elsewhere, 'again/found', file)
    const oracle = file.replace(/-[0-9a-f]{6}\.yaml$/u, '')
    const replayed = await brownout(['replay', path, '--report-dir', folder('again/replay')])
    expect(replayed.code).toBe(1)
    expect(replayed.out).toContain(oracle)
    const findings = reportOf('again')['findings'] as Record<'original' | 'found', { windows: unknown[] }>[]
    expect(findings[0]?.found.windows.length).toBeLessThanOrEqual(findings[0]?.original.windows.length ?? 0)
    const other = ['replay', path, '--client', 'resilient', '--drop-host', 'metrics.example', '--report-dir']
    const byAnother = await brownout([...other, folder('again/other')])
    expect(byAnother.err).toContain(`sdk failed ${oracle} here when it was found.`)
    const second = await fuzz('again', '--runs', '1', '--seed', '2')
    expect(second.out).toMatch(new RegExp(`known .*still fails.*${oracle}`, 'u'))
  },
)

test('interrupted, it ends with 130 and what was found is on the disk', { timeout: patience }, async () => {
  const found = folder('interrupted/found')
  const words = ['fuzz', 'ten-minutes', '--any', '--client', 'sdk', '--runs', '100000', '--regressions', found]
  const { code } = await brownout([...words, '--report-dir', folder('interrupted/reports')], found)
  expect(code).toBe(130)
  const files = readdirSync(found)
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) expect(readFileSync(join(found, file), 'utf8')).toContain('found:')
})

test('killed, what was found is on the disk and whole', { timeout: patience }, async () => {
  const found = folder('killed/found')
  const words = ['fuzz', 'ten-minutes', '--any', '--client', 'sdk', '--runs', '100000', '--regressions', found]
  const { code } = await brownout([...words, '--report-dir', folder('killed/reports')], found, 'SIGKILL')
  expect(code).toBe(null)
  const files = readdirSync(found).filter((file) => file.endsWith('.yaml'))
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) expect(loadFile(join(found, file), elsewhere).found?.campaign).toBe('1')
})

test('exhaustive placement says how much of the space it has covered', { timeout: patience }, async () => {
  const words = ['fuzz', 'ten-minutes', '--enumerate', '--client', 'resilient', '--runs', '8']
  const { code, out } = await brownout([
    ...words,
    '--regressions',
    folder('placed/found'),
    '--report-dir',
    folder('placed/reports'),
  ])
  expect(code).toBe(0)
  expect(out).toMatch(/covered: 8 of \d+ placements of one fault, 0 of \d+ of two/u)
})

test('mistakes are sentences', { timeout: patience }, async () => {
  writeFileSync(join(elsewhere, 'odd.yaml'), 'scenario: odd\n')
  const asked = await Promise.all([
    brownout(['fuzz', 'ten-minutes', '--runs', '0', '--client', 'sdk']),
    brownout(['fuzz', 'drill', '--client', 'sdk']),
    brownout(['fuzz', 'ten-minutes', '--any', '--enumerate', '--client', 'sdk']),
    brownout(['fuzz', 'ten-minutes', '--client', 'nobody']),
    brownout(['replay', 'nothing.yaml']),
    brownout(['replay', 'scenarios/drills/ten-minutes.yaml']),
    brownout(['replay', join(elsewhere, 'odd.yaml')]),
  ])
  expect(asked.map(({ code }) => code)).toEqual(asked.map(() => 2))
  const texts = asked.map(({ err }) => err)
  expect(texts[0]).toContain('--runs takes a whole number from 1 to 1000000, not "0".')
  expect(texts[1]).toContain('is more than one scenario, and a campaign plays around one.')
  expect(texts[2]).toContain('cannot be used with option')
  expect(texts[4]).toContain('There is no file "nothing.yaml".')
  expect(texts[5]).toContain('was written by a person')
  for (const text of texts) expect(text).not.toMatch(/^\s+at /mu)
})
