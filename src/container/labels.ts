// By which labels the engine knows what is ours, whose it is, and whether its owner still lives. An engine may serve several machines, so
// the machine is named as well.

import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** Of containers, networks and volumes: the run that they belong to. */
export const runLabel = 'brownout.run'
/** The process that started the run. */
const ownerLabel = 'brownout.owner'

const machine = hostname()
let runs = 0

/** The name of another run, which no other process ever gives. */
export function nextRun(): string {
  runs += 1
  return `brownout-${ownIdentity().replaceAll(/[^\w-]/gu, '-')}-${runs}`
}

export function labelsOf(run: string): Record<string, string> {
  return { [runLabel]: run, [ownerLabel]: ownIdentity() }
}

/** Whether a process of this machine started it that is gone. */
export function isOrphan(labels: Readonly<Record<string, string>>): boolean {
  const [where, pid] = splitLast(labels[ownerLabel] ?? '')
  return where === machine && !isAlive(pid)
}

/** Numbers of processes are used again, so the time of birth belongs to it where the system tells. */
function ownIdentity(): string {
  return `${machine}/${process.pid}.${birthOf(process.pid)}`
}

function isAlive(identity: string): boolean {
  const [pid = '', birth = ''] = identity.split('.')
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return birthOf(Number(pid)) === birth
}

/** Ticks since the machine started; the name of the command stands in brackets and may hold anything. */
function birthOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '0'
  } catch {
    return '0'
  }
}

function splitLast(text: string): readonly [string, string] {
  const at = text.lastIndexOf('/')
  return [text.slice(0, at), text.slice(at + 1)]
}
