// Goal: a cell that is used again says exactly what a new one says, and what one run leaves behind never reaches the next.

import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createCrew, type Crew } from '#engine/crew.ts'
import type { RunResult } from '#engine/run-result.ts'
import { run } from '#engine/run.ts'
import { createTrials } from '#engine/trial.ts'
import { resolveClient } from '#client/resolve-client.ts'

const here = import.meta.dirname
const withLine = '"from":'
const lines = /,"from":"[^"]*"/gu

async function play(client: string, crew?: Crew): Promise<{ result: RunResult; history: string }> {
  const historyFile = join(mkdtempSync(join(tmpdir(), 'warm-')), 'history.ndjson')
  const result = await run({
    scenario: join(here, 'scenarios/short-hang.yaml'),
    client: resolveClient(client, here),
    seed: '1',
    profile: 'default',
    historyFile,
    dropHosts: [],
    signal: new AbortController().signal,
    ...(crew && { crew }),
  })
  if (result.kind !== 'judged') throw new Error(JSON.stringify(result))
  return { result, history: readFileSync(historyFile, 'utf8') }
}

/** Counts what was played in new cells. */
function createCounted(size: number): { crew: Crew; fresh: () => number; plays: () => number } {
  const crew = createCrew(size)
  onTestFinished(() => crew.close())
  let [plays, fresh] = [0, 0]
  const counted: Crew = {
    async play(...about) {
      const played = await crew.play(...about)
      plays += 1
      if (!played.warm) fresh += 1
      return played
    },
    close: () => crew.close(),
  }
  return { crew: counted, fresh: () => fresh, plays: () => plays }
}

// The agents of Node and what packages keep outlive a run, so clients with connections of their own are asked too.
const asked = ['resilient', 'sound/axios-desk', 'sound/got-desk', 'sound/node-http']

test.for(asked)(
  'a cell in which %s played tells the same as a new one, to the byte',
  { timeout: 60_000 },
  async (name) => {
    const { crew, fresh, plays } = createCounted(1)
    const first = await play(name, crew)
    const second = await play(name, crew)
    const alone = await play(name)
    expect(second.history).toBe(first.history)
    expect(alone.history).toBe(first.history)
    expect([plays(), fresh()]).toEqual([4, 1])
    expect(second.result).toMatchObject({ kind: 'judged', outcome: 'pass' })
  },
)

test('a planted bug is as much there in a cell that played before', { timeout: 60_000 }, async () => {
  const { crew, fresh } = createCounted(1)
  await play('resilient', crew)
  const warm = await play('broken/falls-back-on-a-snapshot', crew)
  const alone = await play('broken/falls-back-on-a-snapshot')
  expect(warm.history).toBe(alone.history)
  expect(fresh()).toBe(1)
})

// Clients that wait for ever are what campaigns find most, and starting a process for each would double what they cost.
test.for(['sdk', './hostile/waits-for-ever.ts'])(
  'a cell in which %s waited for what never came is used again, and tells the same',
  { timeout: 60_000 },
  async (name) => {
    const { crew, fresh, plays } = createCounted(1)
    const about = { client: resolveClient(name, here), profile: 'default', dropHosts: [] } as const
    const trials = createTrials({ ...about, crew, signal: new AbortController().signal })
    const given = readFileSync(join(here, 'scenarios/answers-for-an-hour.yaml'), 'utf8')
    const all = { given, file: 'answers-for-an-hour.yaml', seed: '1' }
    const twin = await trials.twin(all)
    if (twin.kind !== 'twin') throw new Error(JSON.stringify(twin))
    const texts: string[] = []
    for (const isFresh of [false, false, true]) {
      const trial = await trials.try(all, twin.baseline, isFresh)
      if (trial.kind !== 'tried') throw new Error(JSON.stringify(trial))
      expect(trial.history.all('run.ended')[0]).toMatchObject({ reason: 'limit', inFlight: 48 })
      texts.push(trial.text)
    }
    // Which line sent what is looked for where a finding is confirmed, in new cells.
    expect(texts.map((text) => text.includes(withLine))).toEqual([false, false, name !== 'sdk'])
    expect(new Set(texts.map((text) => text.replaceAll(lines, ''))).size).toBe(1)
    expect([plays(), fresh()]).toEqual([4, 2])
  },
)

test.for(['./hostile/remembers.ts', './hostile/remembers-in-commonjs.cts'])(
  'what %s keeps at module level is gone in the next run',
  { timeout: 60_000 },
  async (client) => {
    const { crew, fresh } = createCounted(1)
    for (let nth = 0; nth < 3; nth += 1) {
      const { result } = await play(client, crew)
      expect(result).toMatchObject({ kind: 'judged', outcome: 'pass' })
    }
    expect(fresh()).toBe(1)
  },
)

test('anything but a pass is played again in new cells before it is said', { timeout: 60_000 }, async () => {
  const { crew, fresh, plays } = createCounted(2)
  await play('resilient', crew)
  const { result } = await play('broken/no-timeout', crew)
  expect(result).toMatchObject({ kind: 'judged', outcome: 'fail' })
  expect([plays(), fresh()]).toEqual([6, 4])
  const { result: after } = await play('resilient', crew)
  expect(after).toMatchObject({ kind: 'judged', outcome: 'pass' })
})

test('a client that ends its process costs nobody else anything', { timeout: 60_000 }, async () => {
  const { crew } = createCounted(1)
  expect((await play('./hostile/exits.ts', crew)).result).toMatchObject({ kind: 'judged', outcome: 'fail' })
  expect((await play('resilient', crew)).result).toMatchObject({ kind: 'judged', outcome: 'pass' })
})

test('what a cell has compiled is kept for the cells of the next command', { timeout: 60_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'compiled-'))
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('NODE_COMPILE_CACHE', directory)
  const { crew } = createCounted(1)
  await play('resilient', crew)
  const compiled = () => readdirSync(directory, { recursive: true }).length
  await expect.poll(compiled, { timeout: 10_000 }).toBeGreaterThan(300)
})
