// Real time as a Clock, for simulated services that serve real clients. `originMs` is where in the run it begins.

import type { Clock } from './clock.ts'

const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout, performance: realPerformance } = globalThis
const realDateNow = Date.now
/** Longer delays overflow a Node timer. */
const longestTimerMs = 2_000_000_000

export interface RealClock extends Clock {
  /** Cancels everything that is still to come. */
  close(): void
}

/** Milliseconds since the epoch. */
export function epochMs(): number {
  return realDateNow()
}

export function createRealClock(originMs: number): RealClock {
  const startedAt = realPerformance.now()
  const pending = new Set<NodeJS.Timeout>()
  const now = (): number => realPerformance.now() - startedAt + originMs
  return {
    now,
    schedule: (at, work) => {
      const timer = realSetTimeout(
        () => {
          pending.delete(timer)
          work()
        },
        Math.min(longestTimerMs, Math.max(0, at - now())),
      )
      pending.add(timer)
      const cancel = (): void => {
        pending.delete(timer)
        realClearTimeout(timer)
      }
      return { cancel }
    },
    close: () => {
      for (const timer of pending) realClearTimeout(timer)
      pending.clear()
    },
  }
}
