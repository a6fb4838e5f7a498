// Parts of a command that several machines have played, here one after the other, and what `merge` makes of them: the very files that
// one machine writes.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesIn } from './merged-files.ts'

const patience = 300_000
const root = fileURLToPath(new URL('..', import.meta.url))
const main = join(root, 'src/cli/main.ts')
const scenarios = ['ten-minutes', 'asked-to-wait', 'invalid-contact-422', 'broken.yaml', 'redirected']
const parts = ['1/3', '2/3', '3/3'] as const
let place = ''
let alone = { code: null as number | null, out: '' }

/** `broken.yaml` names a client that it cannot have: runs that were not judged are merged too. */
const unplayable = readFileSync(join(root, 'scenarios/drills/ten-minutes.yaml'), 'utf8')
  .replace('scenario: ten-minutes', 'scenario: broken')
  .replaceAll(/ {2}(?:reads|people|updates|searches|replies): .*\n/gu, '')

function brownout(...words: readonly string[]) {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'] }
  const done = spawnSync(process.execPath, [main, ...words], { cwd: place, env, encoding: 'utf8' })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'brownout-shards-'))
  writeFileSync(join(place, 'broken.yaml'), unplayable)
  writeFileSync(
    join(place, 'chaos.waivers.yaml'),
    '- { oracle: no-leaks, scenario: ten-minutes, owner: ada, until: 2999-01-01, because: the SDK }\n',
  )
  const asked = [...scenarios, '--client', 'sdk', '--no-color', '--report-dir'] as const
  alone = brownout('run', ...asked, 'by-one')
  for (const part of parts) brownout('run', ...asked, `part-${part[0]}`, '--shard', part)
}, patience)

afterAll(() => rmSync(place, { recursive: true, force: true }))

test('each part plays its share, and together they play everything once', () => {
  const played = parts.map((part) => readdirSync(join(place, `part-${part[0]}`)).filter((name) => !name.includes('.')))
  expect(played.map((names) => names.toSorted())).toEqual([
    ['broken', 'ten-minutes'],
    ['asked-to-wait', 'redirected'],
    ['invalid-contact-422'],
  ])
})

test('merged, whatever the order, they are byte for byte what one machine writes, and end the same', () => {
  const merged = brownout('merge', 'part-3', 'part-1', 'part-2', '--no-color', '--report-dir', 'by-three')
  expect(merged.err).toBe('')
  expect(merged.code).toBe(alone.code)
  const [files, expected] = [filesIn(join(place, 'by-three')), filesIn(join(place, 'by-one'))]
  expect(Object.keys(files)).toEqual(Object.keys(expected))
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['index.html', 'ten-minutes/history.ndjson']))
  expect(Object.keys(files).filter((name) => files[name] !== expected[name])).toEqual([])
  const shown = (out: string): string =>
    out.replaceAll('by-three', 'by-one').replaceAll(/^.*(?:of virtual time|\d runs).*\n/gmu, '')
  expect(shown(merged.out)).toBe(shown(alone.out))
})

describe('what is no whole is a sentence, and exit 2', () => {
  test.for<readonly [string, readonly string[], RegExp]>([
    ['a part is missing', ['part-1', 'part-3'], /These are 2 of 3 parts; missing: part 2 of 3\./u],
    ['a part is named twice', ['part-1', 'part-2', 'part-1'], /"part-1" and "part-1" are the same part\./u],
    ['a directory without a part', ['part-1', 'by-one'], /"by-one" holds no part of a command/u],
    ['the reports are to lie in a part', ['part-1', 'part-2', 'part-3', '--report-dir', 'part-1'], /cannot lie where/u],
    [
      'a part of another command',
      ['part-1', 'part-2', 'other'],
      /"part-1" and "other" are not parts of one command\./u,
    ],
    ['a part of another version', ['part-1', 'part-2', 'older'], /older\/shard\.json: it was written by version 0\.0/u],
    ['a part that was cut off', ['part-1', 'part-2', 'cut'], /this was not written by `run --shard`/u],
  ])('%s', ([, words, sentence]) => {
    const edited = {
      other: ['"seed":"1"', '"seed":"2"'],
      older: [/"version":"[^"]*"/u, '"version":"0.0.0-x"'],
    } as const
    for (const [name, [before, after]] of Object.entries(edited)) {
      cpSync(join(place, 'part-3'), join(place, name), { recursive: true })
      const file = join(place, name, 'shard.json')
      writeFileSync(file, readFileSync(file, 'utf8').replace(before, after))
    }
    cpSync(join(place, 'part-3'), join(place, 'cut'), { recursive: true })
    writeFileSync(join(place, 'cut/shard.json'), readFileSync(join(place, 'cut/shard.json'), 'utf8').slice(0, 5_000))
    const { code, err } = brownout('merge', ...words)
    expect(err).toMatch(sentence)
    expect(code).toBe(2)
  })

  test.for<readonly [string, readonly string[], RegExp]>([
    ['no part', ['--shard', '4/3'], /--shard takes a part such as 2\/4, not "4\/3"\./u],
    ['a part and a baseline', ['--shard', '1/3', '--against', 'baseline'], /A part is not compared with a baseline/u],
  ])('%s', ([, words, sentence]) => {
    const { code, err } = brownout('run', 'ten-minutes', '--client', 'sdk', ...words)
    expect(err).toMatch(sentence)
    expect(code).toBe(2)
  })
})

test('a part that has nothing to play is a part all the same', () => {
  const asked = ['redirected', '--client', 'resilient', '--quiet', '--report-dir'] as const
  expect(brownout('run', ...asked, 'few-2', '--shard', '2/2')).toMatchObject({
    code: 0,
    err: 'There is nothing to play in this part: there are fewer scenarios than parts.\n',
  })
  expect(brownout('run', ...asked, 'few-1', '--shard', '1/2').code).toBe(0)
  const merged = brownout('merge', 'few-1', 'few-2', '--quiet', '--report-dir', 'few')
  expect(merged).toMatchObject({ code: 0, out: expect.stringMatching(/^✓ PASS +redirected/u) })
  expect(readdirSync(join(place, 'few'))).toContain('history.ndjson')
})

// With this seed a load is drawn of which the SDK offers nothing: that case is none, and the campaign goes on.
describe('a campaign', () => {
  const asked = ['fuzz', 'ten-minutes', '--any', '--client', 'sdk', '--blind', '--no-shrink', '--seed', '4'] as const
  const report = (directory: string) => {
    const text = readFileSync(join(place, directory, 'fuzz.json'), 'utf8')
    const { wallMs: _, workers: __, merged: ___, ...facts } = JSON.parse(text) as Record<string, unknown>
    return JSON.parse(JSON.stringify(facts).replaceAll(/[\w-]+\/found\//gu, '')) as unknown
  }
  const keptIn = (directory: string) => {
    const names = readdirSync(join(place, directory, 'found')).toSorted()
    return names.map((name) => [name, readFileSync(join(place, directory, 'found', name), 'utf8')])
  }

  beforeAll(() => {
    const into = (directory: string) => ['--report-dir', directory, '--regressions', `${directory}/found`]
    brownout(...asked, '--runs', '32', ...into('campaign'))
    for (const part of ['1', '2'])
      brownout(...asked, '--runs', '16', '--shard', `${part}/2`, ...into(`campaign-${part}`))
  }, patience)

  test('in two parts finds, merged, what it finds in one', () => {
    const merged = brownout('merge', 'campaign-2', 'campaign-1', '--report-dir', 'both', '--regressions', 'both/found')
    expect(merged.code).toBe(1)
    expect(merged.out).toContain('2 parts')
    expect(report('both')).toEqual(report('campaign'))
    expect(keptIn('both')).toEqual(keptIn('campaign'))
    expect(keptIn('both').length).toBeGreaterThan(0)
  })

  test.for([
    [['campaign-1'], 'These are 1 of 2 parts; missing: part 2 of 2.'],
    [['campaign-1', 'campaign-1'], 'are the same part'],
    [['campaign-1', 'campaign'], 'are not parts of one campaign'],
    [['campaign-1', 'part-1'], 'holds no part of a campaign'],
    [['campaign-1', 'none'], 'cannot lie where one of the parts lies'],
  ] as const)('%j is a mistake of the user', ([named, sentence]) => {
    const { code, err } = brownout('merge', ...named, '--report-dir', 'none')
    expect([code, err.includes(sentence)]).toEqual([2, true])
  })
})
