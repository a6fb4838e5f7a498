// `npm run parity`: the same scenarios and client in virtual time and on real sockets, and whether the verdicts are the same. Ten
// scenarios by default, several at once, because in real time a run mostly waits. `--few` takes those that CI has time for; with `--container` the
// client on sockets is in a container.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { resolveClient, type ClientLocation } from '#client/resolve-client.ts'
import { limits } from '#context/limits.ts'
import { createCrew } from '#engine/crew.ts'
import type { RunResult } from '#engine/run-result.ts'
import { run } from '#engine/run.ts'
import { locateRows } from '#scenario/locate.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
// As the command does it: cells start sooner.
process.env['NODE_COMPILE_CACHE'] ||= join(tmpdir(), 'node-compile-cache')
// Those that take longest first, so that none is left for the end alone.
const few = ['slow-bodies', 'server-errors-5xx', 'ten-minute-square-wave', 'ten-minutes']
const ten = [
  'corrupt-bodies',
  'redirected',
  'commit-then-fail',
  'slow-bodies',
  'server-errors-5xx',
  'api-unreachable',
  'one-workspace-down',
  'ten-minute-square-wave',
  'ten-minutes',
  'callers-leave',
]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    few: { type: 'boolean', default: false },
    container: { type: 'boolean', default: false },
    client: { type: 'string', default: 'sound/brisk' },
  },
})
const scenarios = positionals.length > 0 ? positionals : values.few ? few : ten
const client = resolveClient(values.client, root)
const onSockets = values.container ? await inOne(values.client) : client
const directory = mkdtempSync(join(tmpdir(), 'parity-'))

async function inOne(name: string): Promise<ClientLocation> {
  // Looking for an engine is left to those who want a container.
  const { inContainer, moduleImage } = await import('../test/containers/clients.ts')
  return { ...inContainer(await moduleImage(name.replace('sound/', ''))), name }
}

/** `play`, with a line about how long it took and what came of it. */
async function timed(name: string, crew: ReturnType<typeof createCrew>): Promise<RunResult> {
  const from = performance.now()
  const result = await play(name, true, crew)
  const took = ((performance.now() - from) / 1_000).toFixed(0)
  console.error(`${name} on real sockets: ${took} s, ${verdictOf(result)}${reasonOf(result)}`)
  return result
}

async function play(name: string, real: boolean, crew: ReturnType<typeof createCrew>): Promise<RunResult> {
  const [row] = locateRows(name, root)
  if (!row) throw new Error(`There is no scenario ${name}.`)
  return run({
    scenario: row.file,
    variant: row.variant,
    client: real ? onSockets : client,
    seed: '1',
    profile: 'default',
    historyFile: join(directory, `${name}-${real ? 'real' : 'virtual'}.ndjson`),
    dropHosts: [],
    signal: new AbortController().signal,
    crew,
    ...(real && { loopback: { scale: 'auto' } }),
  })
}

/** The outcome, and who failed. */
function verdictOf(result: RunResult): string {
  if (result.kind !== 'judged') return result.kind
  const failed = result.verdicts.filter(({ verdict }) => verdict === 'fail')
  return [
    result.outcome,
    ...failed.map(({ oracle, about }) => (about === undefined ? oracle : `${oracle} (${about})`)),
  ].join(' ')
}

const reasonOf = (result: RunResult): string => (result.kind === 'judged' ? `: ${result.because}` : '')

async function inLanes<T>(count: number, work: (name: string) => Promise<T>): Promise<ReadonlyMap<string, T>> {
  const left = [...scenarios]
  const done = new Map<string, T>()
  const lane = async (): Promise<void> => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) done.set(name, await work(name))
  }
  await Promise.all(Array.from({ length: count }, lane))
  return done
}

const crew = createCrew(2)
const virtual = await inLanes(1, (name) => play(name, false, crew))
crew.close()
const startedAt = performance.now()
const many = createCrew(limits.realCells)
/** Real time is never twice the same: another verdict must come twice before it is believed. */
const real = await inLanes(limits.realCells / 2, async (name) => {
  const first = await timed(name, many)
  const expected = virtual.get(name)
  return !expected || verdictOf(first) === verdictOf(expected) ? first : timed(name, many)
})
many.close()
const seconds = (performance.now() - startedAt) / 1_000

let different = 0
let busy = 0
for (const name of scenarios) {
  const [one, other] = [virtual.get(name), real.get(name)]
  if (!one || !other) continue
  const isBusy = other.kind === 'judged' && other.because.startsWith('This machine was too busy')
  const isSame = verdictOf(one) === verdictOf(other)
  if (isBusy) busy += 1
  else if (!isSame) different += 1
  const scale = other.kind === 'judged' ? `divided by ${other.header.scale}` : ''
  console.log(`${isSame ? 'same     ' : isBusy ? 'too busy ' : 'DIFFERENT'}  ${name}  ${verdictOf(one)}  ${scale}`)
  if (!isSame) console.log(`           on real sockets: ${verdictOf(other)}${reasonOf(other)}`)
}
console.log(
  `${scenarios.length} scenarios with ${client.name} on real sockets${values.container ? ', in a container,' : ''} in ${seconds.toFixed(0)} s: ${scenarios.length - different - busy} with the same verdict as in virtual time, ${different} with another, ${busy} not told because this machine was too busy`,
)
process.exitCode = different > 0 ? 1 : 0
