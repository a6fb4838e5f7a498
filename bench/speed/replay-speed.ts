// How fast scenarios are replayed: each of the library once, with faults and without its twin, in a cell that has been used before
// and has the machine to itself. Then the whole library as a user plays it.

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { resolveClient } from '#client/resolve-client.ts'
import { createCrew, type Crew } from '#engine/crew.ts'
import { wholeText } from '#history/text.ts'
import { libraryRows, type Row } from '../matrix/rows.ts'
import type { Figure } from './figure.ts'
import { median } from './statistics.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const client = resolveClient('resilient', root)
const signal = new AbortController().signal

type Replayed = {
  readonly name: string
  readonly seconds: number
  readonly virtual: number
  readonly exchanges: number
}

export async function measure(): Promise<readonly Figure[]> {
  const crew = createCrew(1)
  const replays: Replayed[] = []
  const rows = libraryRows(root)
  // The first is played twice: its code was cold.
  for (const row of rows.slice(0, 1)) await replayed(crew, row)
  for (const row of rows) replays.push(await replayed(crew, row))
  crew.close()
  const sum = (of: (one: Replayed) => number) => replays.reduce((total, one) => total + of(one), 0)
  const seconds = sum((one) => one.seconds)
  const au = replays.find(({ name }) => name === 'au-regional-timeout')?.seconds ?? Number.NaN
  return [
    ...replays.flatMap((one): Figure[] => [
      { name: `${one.name}: virtual seconds per second`, value: one.virtual / one.seconds, unit: 'x' },
      { name: `${one.name}: exchanges`, value: one.exchanges / one.seconds, unit: '/s' },
    ]),
    { name: 'virtual seconds per second, median', value: median(replays.map(speedOf)), unit: 'x' },
    { name: 'virtual seconds per second, all', value: sum((one) => one.virtual) / seconds, unit: 'x' },
    { name: 'exchanges, all', value: sum((one) => one.exchanges) / seconds, unit: '/s' },
    { name: 'au-regional-timeout alone', value: au, unit: 's', aim: { bound: 'at-most', value: 2 } },
    {
      name: 'the whole library with resilient',
      value: await libraryS(),
      unit: 's',
      aim: { bound: 'at-most', value: 15 },
    },
  ]
}

const speedOf = ({ virtual, seconds }: Replayed): number => virtual / seconds

async function replayed(crew: Crew, { name, file, variant }: Row): Promise<Replayed> {
  const scenario = { given: readFileSync(file, 'utf8'), file, variant }
  const job = { scenario, client, seed: '1', profile: 'default', faults: true, dropHosts: [] } as const
  const played = await crew.play(job, { signal, onBeat: () => {} })
  const { end } = played
  const text = wholeText(played.text)
  if (end.kind !== 'finished') throw new Error(`The replay of ${name} ended as ${end.kind}.`)
  const last = JSON.parse(text.slice(text.lastIndexOf('\n', text.length - 2) + 1)) as { at: number }
  return {
    name,
    seconds: end.replayMs / 1_000,
    virtual: last.at / 1_000,
    exchanges: text.split('"kind":"exchange.sent"').length - 1,
  }
}

async function libraryS(): Promise<number> {
  const reports = mkdtempSync(join(tmpdir(), 'bench-'))
  const command = [join(root, 'src/cli/brownout.js'), 'all', '--quiet', '--report-dir', reports]
  const startedAt = performance.now()
  const child = spawn(process.execPath, command, { cwd: root, stdio: 'ignore' })
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`The library ended with ${String(code)}.`)
  return (performance.now() - startedAt) / 1_000
}
