// Tells a client that keeps its process busy, or blocks it, from a process that the machine does not let run. Silence alone
// says nothing on a busy machine: what counts is processor time spent in silence, or sleeping in silence.

import { readFileSync } from 'node:fs'
import { limits } from '#context/limits.ts'
import { wallMs } from './real-time.ts'

/** How the system sees a process; `null` where it does not tell. Linux counts processor time in hundredths of a second. */
type Vitals = { readonly cpuMs: number; readonly residentBytes: number; readonly sleeps: boolean }

type Ailment = 'stalled' | 'overdue' | 'memory'

export interface Pulse {
  /** The process gave a sign of life. */
  beat(): void
  /** What is wrong with it now, if anything. To be asked often: a long gap between two questions is our own absence. */
  check(): Ailment | undefined
}

/** Longer between two checks, and it was us who did not run. */
const ownAbsenceMs = 1_000

/** `runMs`: real milliseconds after which a run is overdue. */
export function createPulse(pid: number | undefined, runMs: number = limits.runWallMs): Pulse {
  const startedAt = wallMs()
  let heardAt = startedAt
  let checkedAt = startedAt
  let cpuAtBeatMs = vitalsOf(pid)?.cpuMs ?? 0
  let asleepMs = 0
  const beat = (): void => {
    heardAt = wallMs()
    asleepMs = 0
    cpuAtBeatMs = vitalsOf(pid)?.cpuMs ?? 0
  }
  return {
    beat,
    check: () => {
      const now = wallMs()
      const sinceCheckMs = now - checkedAt
      checkedAt = now
      if (now - startedAt > runMs) return 'overdue'
      const vitals = vitalsOf(pid)
      if (vitals && vitals.residentBytes > limits.residentBytes) return 'memory'
      if (sinceCheckMs > ownAbsenceMs) {
        heardAt += sinceCheckMs
        return undefined
      }
      if (!vitals) return now - heardAt > limits.silentSleepMs ? 'stalled' : undefined
      asleepMs = vitals.sleeps ? asleepMs + sinceCheckMs : asleepMs
      const busyMs = vitals.cpuMs - cpuAtBeatMs
      return busyMs > limits.silentBusyMs || asleepMs > limits.silentSleepMs ? 'stalled' : undefined
    },
  }
}

function vitalsOf(pid: number | undefined): Vitals | null {
  if (pid === undefined) return null
  try {
    // The name of the command stands in brackets and may hold anything.
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return {
      sleeps: fields[0] === 'S' || fields[0] === 'T',
      cpuMs: (Number(fields[11]) + Number(fields[12])) * 10,
      residentBytes: Number(fields[21]) * 4_096,
    }
  } catch {
    return null
  }
}
