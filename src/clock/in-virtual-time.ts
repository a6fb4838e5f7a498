// One piece of work in virtual time, from its start to its end: what tests and benchmarks want of the clock.

import { createVirtualClock, type VirtualClock } from './virtual-clock.ts'

let shared: VirtualClock | undefined

/** Rejects when the work does, when a timer callback throws, and when time cannot bring the work to its end. */
export async function inVirtualTime<T>(
  work: (clock: VirtualClock) => Promise<T>,
  { startMs = 0, horizon = Number.MAX_SAFE_INTEGER }: { startMs?: number; horizon?: number } = {},
): Promise<T> {
  shared ??= createVirtualClock()
  const clock = shared
  clock.install(startMs)
  try {
    let isSettled = false
    const outcome = work(clock).finally(() => {
      isSettled = true
    })
    outcome.catch(() => {})
    const errors: unknown[] = []
    const until = (): boolean => isSettled || errors.length > 0
    const ended = await clock.run({ until, horizon, onClientError: (error) => errors.push(error) })
    if (errors.length > 0) throw errors[0]
    if (!isSettled) throw new Error(`the work did not end: ${JSON.stringify(ended)}`)
    return await outcome
  } finally {
    clock.uninstall()
  }
}
