// `setTimeout`, `setInterval` and their `clear` halves on virtual time, as globals and in `node:timers`. Never `nextTick`,
// `queueMicrotask` or `setImmediate`: promises and the loop itself need the real ones.

import timers from 'node:timers'
import timersPromises from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Patches } from '#context/patches.ts'
import type { Timeline } from './timeline.ts'
import { Timeout, type TimerCallback } from './timeout.ts'

type TimerFunction = (callback: TimerCallback, delay?: unknown, ...values: unknown[]) => Timeout

export type TimerFunctions = {
  readonly setTimeout: TimerFunction
  readonly setInterval: TimerFunction
  readonly clearTimeout: (timer?: unknown) => void
  readonly clearInterval: (timer?: unknown) => void
}

const real = { ...timers }

export function createTimerFunctions(timeline: Timeline): TimerFunctions {
  const faked: TimerFunctions = {
    setTimeout(callback, delay, ...values) {
      if (typeof callback !== 'function') refuse(callback)
      return new Timeout(timeline, delay, false, callback, values)
    },
    setInterval(callback, delay, ...values) {
      if (typeof callback !== 'function') refuse(callback)
      return new Timeout(timeline, delay, true, callback, values)
    },
    clearTimeout: (timer) => clear(timeline, timer),
    clearInterval: (timer) => clear(timeline, timer),
  }
  const get = (): unknown => timersPromises.setTimeout
  Object.defineProperty(faked.setTimeout, promisify.custom, { get, enumerable: true })
  return faked
}

export function fakeTimerFunctions(patches: Patches, functions: TimerFunctions): void {
  for (const [name, faked] of Object.entries(functions)) {
    patches.replace(globalThis, name, faked)
    patches.replace(timers, name, faked)
  }
}

/** Node's own refusal, word for word. */
function refuse(callback: unknown): void {
  real.setTimeout(callback as () => void, 1)
}

/** A timer set before the clock was installed is a real one, and so is whatever is no timer at all. */
function clear(timeline: Timeline, timer: unknown): void {
  if (timer instanceof Timeout) timer.close()
  else if (typeof timer === 'number' || typeof timer === 'string') timeline.numbered.get(Number(timer))?.close()
  else real.clearTimeout(timer as NodeJS.Timeout)
}
