// Goal: a client whose cache is a real Redis is told from those that cannot do without it, and nothing is left of any run. Real sockets,
// real time and a real Redis: some forty seconds a run.

import { mkdtempSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { resolveClient } from '#client/resolve-client.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { RunOptions } from '#engine/run-options.ts'
import { hasRedis, without } from '#engine/redis/test-redis.ts'
import { run } from '#engine/run.ts'
import { decodeEvents } from '#history/codec.ts'
import { loadFile } from '#scenario/load.ts'

const root = join(import.meta.dirname, '..')
const drill = join(root, 'scenarios/drills/cold-cache-loop-redis.yaml')
const short = join(root, 'test/scenarios/twelve-seconds.yaml')
const slowly = { timeout: 300_000 }

type Played = { readonly result: RunResult; readonly historyFile: string }

async function play(scenario: string, client: string, more: Partial<RunOptions> = {}): Promise<Played> {
  const historyFile = join(mkdtempSync(join(tmpdir(), 'redis-')), 'history.ndjson')
  const result = await run({
    scenario,
    client: resolveClient(client, root),
    seed: '1',
    profile: 'default',
    historyFile,
    dropHosts: [],
    signal: new AbortController().signal,
    ...more,
  })
  return { result, historyFile }
}

function failedIn({ result }: Played): readonly string[] {
  if (result.kind !== 'judged')
    throw new Error(`${JSON.stringify(result)} ${'problem' in result ? String(result.problem) : ''}`)
  expect(result.withoutFaults).toBe(false)
  return result.verdicts.flatMap(({ oracle, verdict }) => (verdict === 'fail' ? [oracle] : []))
}

/** A machine that was too busy for real time is asked once more. So is a client that fails without faults: each Redis begins empty, and
 * where the machine stands still just then, who stampedes does so before any fault. */
async function playQuietly(client: string): Promise<Played> {
  const first = await play(drill, client)
  const { result } = first
  const isBusy = result.kind === 'judged' && result.because.startsWith('This machine was too busy')
  return isBusy || (result.kind === 'judged' && result.withoutFaults) ? play(drill, client) : first
}

const isHousehold = (name: string): boolean => name.startsWith('brownout-drivers-')

/** Processes at work below this directory. A Redis that has started shows nothing of its environment. */
function livingIn(directory: string): number {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/u.test(name) && readlinkSync(`/proc/${name}/cwd`).startsWith(directory)
    } catch {
      return false
    }
  }).length
}

describe.skipIf(!hasRedis)(`a Redis that goes cold, mute and away${without}`, () => {
  const { fails } = loadFile(drill, root)

  test('the reference with its cache there degrades correctly, and is told what became of it', slowly, async () => {
    const played = await playQuietly('redis/brisk')
    expect(failedIn(played)).toEqual([])
    const events = decodeEvents(readFileSync(played.historyFile, 'utf8'))
    const changes = events.flatMap((event) => (event.kind === 'cache.changed' ? [event] : []))
    expect(changes.map(({ state, emptied }) => `${state}${emptied ? ', empty' : ''}`)).toEqual([
      'serving, empty',
      'paused',
      'serving',
      'gone, empty',
      'serving, empty',
    ])
    expect(events[0]).toMatchObject({
      header: { services: { redis: expect.stringContaining('redis-server') as string } },
    })
    expect(played.result).toMatchObject({ untouched: [], environment: { moved: 'redis' } })
    expect(played.result.environment.clientLog).toContain('=== redis')
  })

  // One after the other: a run has a process for the client and one for its twin, and two processors are usual.
  test.for(fails)('$client fails $oracle', slowly, async ({ client, oracle }) => {
    expect(failedIn(await playQuietly(client))).toContain(oracle)
  })
})

describe.skipIf(!hasRedis)(`a client with a Redis${without}`, () => {
  test('is not moved when virtual time is asked for', async () => {
    const { result } = await play(short, 'redis/brisk', { stays: true })
    expect(result).toMatchObject({
      kind: 'rejected',
      problem: { message: expect.stringContaining('needs a Redis') as string },
    })
  })

  test('leaves nothing when it is interrupted in the middle', slowly, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'redis-'))
    vi.stubEnv('TMPDIR', directory)
    const interruption = new AbortController()
    const playing = play(short, 'redis/brisk', {
      signal: interruption.signal,
      loopback: { scale: 1 },
      onProgress: ({ virtualMs }) => {
        if (virtualMs > 2_000) interruption.abort()
      },
    })
    await vi.waitUntil(() => livingIn(directory) === 2, { timeout: 30_000 })
    expect(await playing).toMatchObject({ result: { kind: 'interrupted' } })
    await vi.waitUntil(() => livingIn(directory) === 0 && !readdirSync(directory).some(isHousehold), {
      timeout: 10_000,
    })
    vi.unstubAllEnvs()
  })
})

test('a client without one is not asked about a cache', async () => {
  const { result } = await play(drill, 'sound/brisk')
  expect(result).toMatchObject({ kind: 'not-applicable', needs: ['a Redis (services.redis)'] })
})
