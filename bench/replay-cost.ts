// What one replay costs when it has the machine to itself: the Australian incident against the reference client in a cell of
// its own, without the nominal twin beside it. The median of `rounds`; starting the process is not counted.

import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openCell } from '#engine/cell.ts'
import { resolveClient } from '#client/resolve-client.ts'

const rounds = 5
// Compiled code is kept between processes, as the command line does it.
process.env['NODE_COMPILE_CACHE'] ||= join(tmpdir(), 'node-compile-cache')
const file = fileURLToPath(new URL('../scenarios/incidents/au-regional-timeout.yaml', import.meta.url))
const scenario = { text: readFileSync(file, 'utf8'), file, variant: null }
const client = resolveClient('resilient', process.cwd())

async function replayMs(): Promise<number> {
  const cell = openCell()
  const job = { scenario, client, seed: '1', profile: 'default', faults: true, dropHosts: [] } as const
  const end = await cell.run(job, { signal: new AbortController().signal, onBeat: () => {} })
  cell.close()
  if (end.kind !== 'finished') throw new Error(`The replay ended as ${end.kind}.`)
  return end.replayMs
}

const costs: number[] = []
for (let round = 0; round < rounds; round += 1) costs.push(await replayMs())
const median = costs.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN
console.log(
  `One replay of au-regional-timeout alone, median of ${rounds}: ${(median / 1_000).toFixed(2)} s (aim: under 2 s)`,
)
