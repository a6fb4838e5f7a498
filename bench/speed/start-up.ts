// How long one waits before anything happens, by turns with the start of Node itself, which is as slow as the machine is. The
// fastest is told beside the median: nothing makes a start shorter than it is, and much makes it longer.

import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { channelDescriptor, readMessages } from '#engine/channel.ts'
import { launch } from '#engine/launch.ts'
import { openNamelessFile } from '#engine/nameless-file.ts'
import type { Figure } from './figure.ts'
import { median, turnsOf } from './statistics.ts'

const rounds = 7
const root = fileURLToPath(new URL('../../', import.meta.url))
const command = join(root, 'src/cli/brownout.js')
const reports = mkdtempSync(join(tmpdir(), 'bench-'))

type Start = {
  readonly name: string
  readonly most?: number
  readonly work: () => Promise<number>
  readonly took: number[]
}

export async function measure(): Promise<readonly Figure[]> {
  const bare: Start = { name: 'Node itself', work: () => commandMs(['--eval', '0']), took: [] }
  const starts: readonly Start[] = [
    bare,
    { name: 'list', most: 250, work: () => commandMs([command, 'list']), took: [] },
    { name: 'run, to the first line', most: 500, work: firstLineMs, took: [] },
    { name: 'a cell, to its first sign of life', work: cellMs, took: [] },
  ]
  // The first time compiles, and keeps what it compiled.
  for (const { work } of starts) await work()
  for (const turn of turnsOf(starts, rounds)) for (const { work, took } of turn) took.push(await work())
  return starts.flatMap((start) => figuresOf(start, bare))
}

function figuresOf({ name, most, took }: Start, bare: Start): readonly Figure[] {
  const aim = most === undefined ? {} : { aim: { bound: 'at-most', value: most } as const }
  const value = median(took)
  return [
    { name, value, unit: 'ms', ...aim },
    { name: `${name}, the fastest of ${rounds}`, value: Math.min(...took), unit: 'ms' },
    ...(took === bare.took
      ? []
      : [{ name: `${name} / Node itself`, value: value / median(bare.took), unit: 'x' } as const]),
  ]
}

function commandMs(flags: readonly string[]): Promise<number> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, flags, { cwd: root, stdio: 'ignore' })
  return new Promise((resolve) => child.once('close', () => resolve(performance.now() - startedAt)))
}

async function firstLineMs(): Promise<number> {
  const startedAt = performance.now()
  const flags = [command, 'run', 'ten-minutes', '--report-dir', reports]
  const child = spawn(process.execPath, flags, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const took = await new Promise<number>((resolve) => {
    const heard = () => resolve(performance.now() - startedAt)
    child.stdout.once('data', heard)
    child.stderr.once('data', heard)
  })
  child.kill('SIGINT')
  await new Promise((resolve) => child.once('close', resolve))
  return took
}

async function cellMs(): Promise<number> {
  const file = openNamelessFile()
  const startedAt = performance.now()
  const child = launch(
    fileURLToPath(new URL('../../src/engine/cell-start.ts', import.meta.url)),
    process.env,
    file.descriptor,
  )
  const took = await new Promise<number>((resolve) =>
    readMessages(child.stdio[channelDescriptor] as Duplex, () => resolve(performance.now() - startedAt)),
  )
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('close', resolve))
  file.close()
  return took
}
