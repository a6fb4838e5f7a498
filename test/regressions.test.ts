// Goal: counterexamples stay what they say. Each still breaks the client that it was found with, by its oracle, unless the bug is
// mended (then the file lists nobody under `fails`); and none breaks the reference client. Real replays, in processes that have seen nothing.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { resolveClient } from '#client/resolve-client.ts'
import { createCrew } from '#engine/crew.ts'
import { createTrials } from '#engine/trial.ts'
import { replayRegressions, type Replayed } from '#fuzz/regressions.ts'
import { findScenarios } from '#scenario/files.ts'
import { loadFile } from '#scenario/load.ts'

const root = join(import.meta.dirname, '..')
const files = findScenarios(join(root, 'fixtures/regressions'))
const crew = createCrew(2)
afterAll(() => crew.close())

async function replayed(file: string, name: string): Promise<Replayed> {
  const scenario = loadFile(file, root)
  const client = resolveClient(name, root)
  const { signal } = new AbortController()
  const profile = scenario.found?.profile ?? 'default'
  const trials = createTrials({ crew, client, profile, dropHosts: [], signal })
  const told = await replayRegressions([{ file, text: readFileSync(file, 'utf8'), scenario }], trials, '1')
  const [one] = told.replayed
  if (!one) throw new Error(`The replay ended as ${told.end?.kind}.`)
  return one
}

test('there are counterexamples', () => {
  expect(files.length).toBeGreaterThan(0)
})

test.for(files.map(({ name, file }) => [name, file] as const))(
  '%s breaks whom it lists under `fails`, and not the reference client',
  { timeout: 120_000, concurrent: true },
  async ([, file]) => {
    for (const { client, oracle } of loadFile(file, root).fails)
      expect((await replayed(file, client)).failed.map((failure) => failure.oracle)).toContain(oracle)
    expect((await replayed(file, 'resilient')).failed).toEqual([])
  },
)
