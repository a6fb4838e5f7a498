// Goal: the library keeps what it promises. Each scenario tells where it comes from and what is assumed; the reference client
// passes it; and each client that the file says fails here does so by the oracle it names. Real runs.

import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { resolveClient, shippedClients } from '#client/resolve-client.ts'
import { createCrew } from '#engine/crew.ts'
import { run } from '#engine/run.ts'
import { explainScenario } from '#scenario/explain.ts'
import { findScenarios, shippedScenarios } from '#scenario/files.ts'
import { loadFile } from '#scenario/load.ts'

const root = join(import.meta.dirname, '..')
const files = findScenarios(shippedScenarios)
/** Played on real sockets, in redis.test.ts. */
const isReal = ({ file }: { readonly file: string }) =>
  loadFile(file, root).faults.some(({ kind }) => kind.on === 'cache')
const rows = files.flatMap(({ name, file }) => {
  const { variants, fails } = loadFile(file, root)
  if (isReal({ file })) return []
  const own = variants.length === 0 ? [null] : variants.map((variant) => variant.name)
  return own.map((variant) => ({ name: variant === null ? name : `${name}:${variant}`, file, variant, fails }))
})

test('the library has at least forty scenarios', () => {
  expect(files.length).toBeGreaterThanOrEqual(40)
})

test.for(files.map(({ name, file }) => [name, file] as const))(
  '%s says what it is and how much of it is known',
  ([name, file]) => {
    const scenario = loadFile(file, root)
    expect(scenario.name).toBe(name)
    const { documented, assumed } = scenario.evidence
    expect(documented.length + assumed.length).toBeGreaterThan(0)
    // An incident has a source, and something of it is in the replay; a drill is a pattern, and nobody's account.
    const isDrill = file.includes('/drills/')
    expect(isDrill || documented.length > 0).toBe(true)
    expect(isDrill ? 'seeds/000' : scenario.source.document).toMatch(/^(?:seeds\/00[0-4]|https:\/\/\S+)/u)
    // A scenario that no naive client fails, or that expects nothing of its own, teaches nothing.
    expect(scenario.fails.length).toBeGreaterThan(0)
    expect(shippedClients()).toEqual(expect.arrayContaining(scenario.fails.map(({ client }) => client)))
    expect(scenario.expect.length).toBeGreaterThan(0)
    const text = explainScenario(scenario)
    expect(text).toContain(scenario.title)
    expect(text).toContain(scenario.source.severity)
    for (const { fact } of scenario.timeline) expect(text.replaceAll(/\s+/gu, ' ')).toContain(fact)
    expect(text).not.toMatch(/undefined|NaN|\[object/u)
    expect(readFileSync(file, 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/v1\/scenario\.schema\.json/u,
    )
  },
)

/** Two runs at a time, as the command plays them: while one is judged, the cells play the next. */
const slowly = { timeout: 60_000, concurrent: true }
const crew = createCrew(2)
afterAll(() => crew.close())

/** In cells that have played before: what they say is what new ones say (warm-cells.test.ts). */
async function play({ file, variant }: { file: string; variant: string | null }, client: string) {
  const result = await run({
    scenario: file,
    variant,
    client: resolveClient(client, root),
    seed: '1',
    profile: 'default',
    historyFile: join(mkdtempSync(join(tmpdir(), 'library-')), 'history.ndjson'),
    dropHosts: [],
    signal: new AbortController().signal,
    crew,
    confirm: 'never',
  })
  if (result.kind !== 'judged')
    throw new Error(
      `${client} was not judged: ${JSON.stringify(result)} ${'problem' in result ? result.problem.message : ''}`,
    )
  const failed = result.verdicts.filter(({ verdict }) => verdict === 'fail').map(({ oracle }) => oracle)
  return { outcome: result.outcome, failed, because: result.because }
}

test.for(rows)('$name: the reference client degrades correctly', slowly, async (row) => {
  const { outcome, failed, because } = await play(row, 'resilient')
  expect({ outcome, failed, because }).toMatchObject({ outcome: 'pass', failed: [] })
})

const failures = files
  .filter((file) => !isReal(file))
  .flatMap(({ name, file }) => {
    const { fails, variants } = loadFile(file, root)
    const variant = variants.at(0)?.name ?? null
    return fails.map(({ client, oracle }) => ({ name, file, variant, client, oracle }))
  })

test.for(failures)('$name: $client fails $oracle', slowly, async (row) => {
  const { outcome, failed } = await play(row, row.client)
  expect(outcome).toBe('fail')
  expect(failed).toContain(row.oracle)
})
