// Virtual time for one process: patches everything that shows or waits for time, moves it from timer to timer, and puts
// everything back. One clock per process, `reset` between runs: client modules keep the functions they captured.

import { strict as assert } from 'node:assert'
import { runAsHarness, type Life } from '#context/owner.ts'
import { fakeAbortSignalTimeout } from './abort-signal-timeout.ts'
import { runLoop } from './clock-loop.ts'
import type { Scheduled } from './clock.ts'
import { createDate, fakeDate } from './fake-date.ts'
import { createHrtime, fakeMonotonicClocks } from './fake-monotonic.ts'
import { createTimerFunctions, fakeTimerFunctions } from './fake-timer-functions.ts'
import { Patches } from '#context/patches.ts'
import type { RunClock } from './run-clock.ts'
import { ThreadpoolGuard } from './threadpool-guard.ts'
import { Timeline, type Work } from './timeline.ts'
import { fakeTimersPromises } from './timers-promises.ts'

export interface VirtualClock extends RunClock {
  /** Patches the globals; `now()` is 0 and `Date.now()` is `startMs`. */
  install(startMs: number): void
  /** Begins another run on the same patches: all waiting work is forgotten. */
  reset(startMs: number): void
  /** Puts every patched property back exactly as it was. */
  uninstall(): void
  /** Lets the lower rank go first among what is due at the same instant; without one, what was armed first. */
  breakTies(rankOf: ((due: number, armedAt: number) => number) | undefined): void
}

export function createVirtualClock(): VirtualClock {
  const timeline = new Timeline()
  const guard = new ThreadpoolGuard()
  const patches = new Patches()
  const functions = createTimerFunctions(timeline)
  const date = createDate(timeline)
  const hrtime = createHrtime(timeline)
  let isInstalled = false
  let isRunning = false

  const patchGlobals = (): void => {
    fakeTimerFunctions(patches, functions)
    fakeTimersPromises(patches, functions)
    fakeAbortSignalTimeout(patches, functions)
    fakeDate(patches, timeline, date)
    fakeMonotonicClocks(patches, timeline, hrtime)
    patches.publish()
  }

  return {
    now: () => timeline.now,
    schedule: (at, work) => scheduleWork(timeline, at, work),
    install(startMs) {
      assert(!isInstalled, 'the virtual clock is installed already')
      isInstalled = true
      timeline.restart(startMs)
      patchGlobals()
      guard.enable()
    },
    reset(startMs) {
      assert(isInstalled && !isRunning, 'a clock is reset between runs')
      timeline.restart(startMs)
      guard.reset()
    },
    uninstall() {
      if (!isInstalled) return
      isInstalled = false
      guard.disable()
      patches.restore()
    },
    async run({ onClientError, ...options }) {
      assert(isInstalled && !isRunning, 'time is moved by one loop at a time, on an installed clock')
      isRunning = true
      timeline.onClientError = onClientError
      try {
        return await runAsHarness(() => runLoop(timeline, guard, options))
      } finally {
        isRunning = false
      }
    },
    lagMs: () => undefined,
    clientTimers: (operation) => countClientTimers(timeline, operation),
    dropTimers: (life) => dropTimers(timeline, life),
    breakTies(rankOf) {
      timeline.queue.rankOf = rankOf
    },
    offset(ms) {
      assert(Number.isSafeInteger(ms), 'a clock is off by whole milliseconds')
      timeline.offsetMs = ms
    },
  }
}

function scheduleWork(timeline: Timeline, at: number, work: () => void): Scheduled {
  assert(Number.isFinite(at), 'work is scheduled at a number of milliseconds')
  const entry: Work = { due: 0, rank: 0, order: 0, index: -1, client: undefined, fire }
  function fire(): void {
    timeline.queue.remove(entry)
    work()
  }
  timeline.queue.push(entry, Math.max(at, timeline.now), timeline.now)
  return { cancel: () => timeline.queue.remove(entry) }
}

function countClientTimers(timeline: Timeline, operation: number | null | undefined): number {
  let count = 0
  for (const { client } of timeline.queue) {
    if (!client?.hasRef()) continue
    if (operation === undefined || client.owner?.operation === operation) count += 1
  }
  return count
}

function dropTimers(timeline: Timeline, life: Life): void {
  const dead = [...timeline.queue].filter(({ client }) => client?.owner?.life === life)
  for (const work of dead) timeline.queue.remove(work)
}
