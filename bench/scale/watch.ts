// What a command and the cells that it starts take: the highest resident memory of each process, and processor time of all.

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { realInterval } from '#engine/real-time.ts'

export type Taken = {
  readonly code: number | null
  /** Of the command, and of the largest of its cells: bytes. */
  readonly parentBytes: number
  readonly cellBytes: number
  /** Of the command and its cells, user and system. */
  readonly parentMs: number
  readonly cellsMs: number
  readonly output: string
}

type Process = { readonly ms: number; readonly peakBytes: number }

/** Runs a command of Node and looks at it ten times a second; what happens after the last look is not seen. */
export async function watch(args: readonly string[]): Promise<Taken> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const seen = new Map<number, Process>()
  const look = () => {
    for (const pid of familyOf(child.pid ?? 0)) {
      const [now, before] = [processOf(pid), seen.get(pid)]
      // One that is gone holds nothing any more.
      if (now) seen.set(pid, { ms: now.ms, peakBytes: Math.max(now.peakBytes, before?.peakBytes ?? 0) })
    }
  }
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const stop = realInterval(100, look)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  stop()
  const own = seen.get(child.pid ?? 0)
  const cells = Array.from(seen).flatMap(([pid, one]) => (pid === child.pid ? [] : [one]))
  return {
    code,
    parentBytes: own?.peakBytes ?? 0,
    cellBytes: Math.max(0, ...cells.map(({ peakBytes }) => peakBytes)),
    parentMs: own?.ms ?? 0,
    cellsMs: cells.reduce((sum, { ms }) => sum + ms, 0),
    output,
  }
}

/** A process and those that it started. */
function familyOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim()
    return [pid, ...(children === '' ? [] : children.split(' ').map(Number))]
  } catch {
    return []
  }
}

/** Gone between two looks is gone. */
function processOf(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const peak = /VmHWM:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    const ms = (Number(fields[11]) + Number(fields[12])) * 10
    return { ms, peakBytes: Number(peak ?? 0) * 1_024 }
  } catch {
    return undefined
  }
}
