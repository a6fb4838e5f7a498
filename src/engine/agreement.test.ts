import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resolveClient } from '#client/resolve-client.ts'
import { runSeeds } from './agreement.ts'
import { createCrew, type Crew } from './crew.ts'
import { run } from './run.ts'

const root = join(import.meta.dirname, '../..')

function storm(client: string) {
  const folder = mkdtempSync(join(tmpdir(), 'agreement-'))
  return {
    scenario: join(root, 'scenarios/drills/429-storm.yaml'),
    client: resolveClient(client, root),
    seed: '1',
    profile: 'default',
    historyFile: join(folder, 'history.ndjson'),
    dropHosts: [],
    signal: new AbortController().signal,
    folder,
  } as const
}

test(
  'the worst of several seeds is shown, with how many agree, and only its history is kept',
  { timeout: 60_000 },
  async () => {
    const options = storm('sdk')
    const result = await runSeeds({ ...options, ablate: true }, ['1', '2'])
    expect(result).toMatchObject({
      kind: 'judged',
      outcome: 'fail',
      agreement: { seeds: ['1', '2'], failedIn: { 'settles-within-promise': 2 }, outcomes: { fail: 2 } },
      ablations: [{ fault: 'window', stillFail: [] }],
    })
    expect(readdirSync(options.folder)).toEqual(['history.ndjson'])
  },
)

test('a client that cannot be played with one seed is not tried with others', { timeout: 60_000 }, async () => {
  const options = storm('sdk')
  const client = { name: 'nothing', url: new URL('../../test/hostile/table.ts', import.meta.url).href }
  const result = await runSeeds({ ...options, client }, ['1', '2', '3'])
  expect(result.kind).toBe('rejected')
  expect(existsSync(options.historyFile)).toBe(false)
})

/** Somebody presses Ctrl-C when the client is about to be played once more, after `plays` times. */
function interruptedAfter(plays: number) {
  const stop = new AbortController()
  const crew = createCrew(2)
  let left = plays
  const play: Crew['play'] = (...job) => {
    if (left === 0) stop.abort()
    left -= 1
    return crew.play(...job)
  }
  return { ...storm('sdk'), signal: stop.signal, crew: { ...crew, play } }
}

test('a run that is interrupted after its history was kept leaves none', { timeout: 180_000 }, async () => {
  const options = interruptedAfter(2)
  const { crew, folder, historyFile } = options
  let kept = false
  const play: Crew['play'] = (...job) => {
    kept ||= existsSync(historyFile)
    return crew.play(...job)
  }
  const several = join(root, 'scenarios/incidents/au-regional-timeout.yaml')
  const result = await run({ ...options, crew: { ...crew, play }, scenario: several, ablate: true })
  crew.close()
  expect(result.kind).toBe('interrupted')
  expect(kept).toBe(true)
  expect(readdirSync(folder)).toEqual([])
})

test('several seeds leave none either, whichever of them is interrupted', { timeout: 60_000 }, async () => {
  // The second seed is played by cells that have played before, so what fails is played again.
  const options = interruptedAfter(4)
  const result = await runSeeds(options, ['1', '2'])
  options.crew.close()
  expect(result.kind).toBe('interrupted')
  expect(readdirSync(options.folder)).toEqual([])
})

test('a run that cannot be repeated is no verdict', { timeout: 60_000 }, async () => {
  const options = storm('sdk')
  const file = join(root, 'test/hostile/reads-its-memory.ts')
  const client = { name: 'reads-its-memory', url: new URL(`file://${file}`).href }
  const result = await run({ ...options, client, repeat: true })
  expect(result).toMatchObject({ kind: 'harness-error', message: expect.stringContaining('did not do the same twice') })
})

test('a run that can be repeated is judged as ever', { timeout: 60_000 }, async () => {
  const result = await run({ ...storm('resilient'), repeat: true })
  expect(result).toMatchObject({ kind: 'judged', outcome: 'pass' })
})
