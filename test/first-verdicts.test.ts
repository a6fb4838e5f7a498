// Goal: the Australian incident separates clients that degrade correctly from those that do not, for the stated reason.
// Method: real runs of every shipped client; each planted bug must fail the oracle that names it, each sound client nothing.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createCrew } from '#engine/crew.ts'
import { run } from '#engine/run.ts'
import { resolveClient } from '#client/resolve-client.ts'
import { readDeclarations } from '../bench/matrix/declarations.ts'

const root = join(import.meta.dirname, '..')
/** Two runs at a time, as the command plays them: while one is judged, the cells play the next. */
const slowly = { timeout: 60_000, concurrent: true }
const crew = createCrew(2)
afterAll(() => crew.close())
const { declarations } = readDeclarations(join(root, 'fixtures/clients/broken'), 'fixtures/clients/broken')
const planted = declarations.filter(({ scenario }) => scenario === 'au-regional-timeout')

async function verdictsOf(client: string, seed = '1') {
  const result = await run({
    scenario: join(root, 'scenarios/incidents/au-regional-timeout.yaml'),
    client: resolveClient(client, root),
    seed,
    profile: 'default',
    historyFile: join(mkdtempSync(join(tmpdir(), 'verdicts-')), 'history.ndjson'),
    dropHosts: [],
    signal: new AbortController().signal,
    crew,
    confirm: 'never',
  })
  if (result.kind !== 'judged') throw new Error(`${client} was not judged: ${JSON.stringify(result)}`)
  const of = (kind: string) => result.verdicts.filter(({ verdict }) => verdict === kind).map(({ oracle }) => oracle)
  return { outcome: result.outcome, failed: of('fail'), passed: of('pass'), because: result.because, ok: result.phases }
}

test.for(planted)('$client fails $oracles', slowly, async ({ client, oracles }) => {
  const { outcome, failed } = await verdictsOf(client)
  expect(outcome).toBe('fail')
  expect(failed).toEqual(expect.arrayContaining([...oracles]))
})

/** All sound clients in all scenarios are for the matrix. */
test.for(['resilient', 'sound/plain-honest', 'sound/queued-front', 'sound/single-flight-cache'])(
  '%s passes, whatever the seed',
  { ...slowly, timeout: 120_000 },
  async (name) => {
    for (const seed of ['1', '2']) {
      const { outcome, failed } = await verdictsOf(name, seed)
      expect(failed).toEqual([])
      expect(outcome).toBe('pass')
    }
  },
)

test('the bare SDK breaks its time limit in this incident', slowly, async () => {
  const { failed } = await verdictsOf('sdk')
  expect(failed).toContain('settles-within-promise')
})

test('the runbook’s fallback never fires: time-outs carry no status code', slowly, async () => {
  const { failed, ok } = await verdictsOf('runbook')
  expect(failed).toContain('degraded-as-promised')
  expect(ok.every(({ stale }) => stale === 0)).toBe(true)
})
