// The only writer of a history: it stamps each event with its number and the virtual time, and hands it on at once.

import { limits } from '#context/limits.ts'
import type { Clock } from '#clock/clock.ts'
import type { HistoryEvent, Unstamped } from './event.ts'

export interface Recorder {
  record(event: Unstamped): void
}

/** `run.started` is always event 0: what happens earlier (a client that calls out while it is imported) follows it. Beyond
 * `most` events nothing is recorded but one `limit.reached` and the end. */
export function createRecorder(
  clock: Clock,
  sink: (event: HistoryEvent) => void,
  most: number = limits.eventsPerRun,
): Recorder {
  let next = 0
  let early: Unstamped[] | null = []
  const write = (event: Unstamped): void => {
    sink({ seq: next, at: roundToMicroseconds(clock.now()), ...event })
    next += 1
  }
  const record = (event: Unstamped): void => {
    if (early && event.kind !== 'run.started') {
      early.push(event)
      return
    }
    if (next === most) write({ kind: 'limit.reached', limit: 'eventsPerRun', operation: null })
    if (next > most && event.kind !== 'run.ended') return
    write(event)
    const waiting = early ?? []
    early = null
    for (const one of waiting) record(one)
  }
  return { record }
}

function roundToMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000
}
