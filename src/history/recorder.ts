// The only writer of a history: it stamps each event with its number and the virtual time, and hands it on at once.

import { limits } from '#context/limits.ts'
import type { Clock } from '#clock/clock.ts'
import type { HistoryEvent, Unstamped } from './event.ts'

export interface Recorder {
  /** Returns the event's sequence number. */
  record(event: Unstamped): number
}

/** Beyond `limits.eventsPerRun` nothing is recorded but one `limit.reached`. */
export function createRecorder(clock: Clock, sink: (event: HistoryEvent) => void): Recorder {
  let next = 0
  const write = (event: Unstamped): number => {
    const seq = next
    next += 1
    sink({ seq, at: roundToMicroseconds(clock.now()), ...event })
    return seq
  }
  return {
    record: (event) => {
      if (next === limits.eventsPerRun) write({ kind: 'limit.reached', limit: 'eventsPerRun', operation: null })
      if (next > limits.eventsPerRun && event.kind !== 'run.ended') return next
      return write(event)
    },
  }
}

function roundToMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000
}
