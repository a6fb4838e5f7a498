// Real time as the clock of a run: the client keeps its own timers, and nothing is patched. What it waits with is therefore
// unknown: no timer of the client is counted, and none can be taken away from it.

import { strict as assert } from 'node:assert'
import { runAsHarness } from '#context/owner.ts'
import type { LoopEnd } from './clock-loop.ts'
import { createRealClock } from './real-clock.ts'
import type { RunClock, RunOptions } from './run-clock.ts'

const { setInterval: realInterval, clearInterval: realClear } = globalThis

/** How often a run looks whether what it waits for has come: nothing is measured by it. */
const lookEveryMs = 5

export interface RealRunClock extends RunClock {
  /** Cancels everything that is still to come. */
  close(): void
}

export function createRealRunClock(): RealRunClock {
  const clock = createRealClock(0)
  const mistakes: unknown[] = []
  const lag = { ms: 0 }
  const guarded = (work: () => void) => (): void => {
    try {
      runAsHarness(work)
    } catch (error) {
      mistakes.push(error)
    }
  }
  return {
    now: () => clock.now(),
    schedule: (at, work) => clock.schedule(at, guarded(work)),
    run: (options) => wait(() => clock.now(), mistakes, lag, options),
    lagMs: () => Math.round(lag.ms),
    clientTimers: () => 0,
    dropTimers: () => {},
    offset: () => assert.fail('The clock of the machine is never set.'),
    close: () => clock.close(),
  }
}

function wait(
  now: () => number,
  mistakes: readonly unknown[],
  lag: { ms: number },
  { until, horizon }: RunOptions,
): Promise<LoopEnd> {
  let lookedAt = now()
  return new Promise((resolve, reject) => {
    const timer = realInterval(() => {
      lag.ms = Math.max(lag.ms, now() - lookedAt - lookEveryMs)
      lookedAt = now()
      if (mistakes.length > 0) end(() => reject(mistakes[0] as Error))
      else if (until()) end(() => resolve({ end: 'done' }))
      else if (now() >= horizon) end(() => resolve({ end: 'horizon' }))
    }, lookEveryMs)
    const end = (settle: () => void): void => {
      realClear(timer)
      settle()
    }
  })
}
