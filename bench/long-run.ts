// What a run costs by how long it is: `node bench/long-run.ts 10000 100000` plays generated scenarios of so many exchanges from the
// command line, reports and all, and says what each exchange took of the processor, and how large the processes grew. A run of
// 100 exchanges is what starting takes, and is taken off.

import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatInstant } from '#clock/instant.ts'
import { watch, type Taken } from './scale/watch.ts'

const perSecond = 100
const startMs = Date.UTC(2026, 2, 11, 9)
const [command, client] = ['../src/cli/brownout.js', './scale/reader.ts'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)
const directory = mkdtempSync(join(tmpdir(), 'long-run-'))

/** Reads all the time, and a twentieth of it without an answer worth having. */
function scenarioOf(exchanges: number): string {
  const spanMs = Math.round((exchanges / perSecond) * 1_000)
  const at = (share: number) => formatInstant(startMs + Math.round(spanMs * share)).replace('T', ' ')
  return `scenario: long-run
title: A run of ${exchanges} exchanges
source: { document: bench, date: 2026-03-11, severity: P3 }
run: { from: ${at(0)}, until: ${at(1)} }
world:
  workspaces: { ours: { region: us } }
load:
  reads: { do: contact.read, rate: ${perSecond}/s, pick: zipf of 1000 }
faults:
  outage: { kind: status, from: ${at(0.4)}, until: ${at(0.45)}, with: { code: 503 } }
phases:
  outage: ${at(0.4)}
  recovery: ${at(0.45)}
evidence:
  documented: {}
  assumed: [run, world, load, faults, phases]
armed: { faultHits: 1 }
`
}

async function play(exchanges: number): Promise<Taken & { readonly historyBytes: number }> {
  const [scenario, reports] = [join(directory, `${exchanges}.yaml`), join(directory, `${exchanges}`)]
  writeFileSync(scenario, scenarioOf(exchanges))
  const flags = ['--client', client ?? '', '--no-ablate', '--quiet', '--report-dir', reports]
  const taken = await watch([command ?? '', 'run', scenario, ...flags])
  const size = statSync(join(reports, 'history.ndjson'), { throwIfNoEntry: false })?.size ?? 0
  return { ...taken, historyBytes: size }
}

const sizes = process.argv.slice(2).map(Number)
const start = await play(100)
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`
let least: number | undefined
try {
  for (const size of sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000]) {
    const { output, ...taken } = await play(size)
    const each = (ms: number, less: number) => Math.round(((ms - less) / size) * 1_000)
    const [parent, cells] = [each(taken.parentMs, start.parentMs), each(taken.cellsMs, start.cellsMs)]
    least ??= parent + cells
    console.log(
      `${size} exchanges and as many of the twin: ${parent + cells} µs of the processor each (parent ${parent}, cells ${cells}), ` +
        `${((parent + cells) / least).toFixed(2)} times the first; parent ${megabytes(taken.parentBytes)}, ` +
        `larger cell ${megabytes(taken.cellBytes)}, history ${megabytes(taken.historyBytes)}; exit code ${taken.code}`,
    )
    if (taken.code !== 0) console.log(output.trim())
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
