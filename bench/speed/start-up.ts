// How long one waits before anything happens. Each is done several times; the fastest is told beside the median, because here
// there is no other side of a ratio that would be as slow on a busy machine.

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
import { median } from './statistics.ts'

const times = 9
const root = fileURLToPath(new URL('../../', import.meta.url))
const command = join(root, 'src/cli/brownout.js')
const reports = mkdtempSync(join(tmpdir(), 'bench-'))

export async function measure(): Promise<readonly Figure[]> {
  return [
    ...(await repeated('Node itself', () => commandMs(['--eval', '0']))),
    ...(await repeated('list', () => commandMs([command, 'list']), 250)),
    ...(await repeated('run, to the first line', firstLineMs, 500)),
    ...(await repeated('a cell, to its first sign of life', cellMs)),
  ]
}

async function repeated(name: string, work: () => Promise<number>, most?: number): Promise<readonly Figure[]> {
  // The first time compiles, and keeps what it compiled.
  await work()
  const took: number[] = []
  for (let nth = 0; nth < times; nth += 1) took.push(await work())
  const aim = most === undefined ? {} : { aim: { bound: 'at-most', value: most } as const }
  return [
    { name, value: median(took), unit: 'ms', ...aim },
    { name: `${name}, the fastest of ${times}`, value: Math.min(...took), unit: 'ms' },
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
    fileURLToPath(new URL('../../src/engine/cell-main.ts', import.meta.url)),
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
