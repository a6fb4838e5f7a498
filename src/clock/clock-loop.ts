// Moves virtual time: one real turn of the event loop, in which everything that can run now runs, then the next timer.
// Timers fire from the turn itself and not from a promise, so that ticks and microtasks follow them in Node's order.

import { limits } from '#context/limits.ts'
import type { ThreadpoolGuard } from './threadpool-guard.ts'
import type { Timeline } from './timeline.ts'

export type LoopEnd = { end: 'done' | 'horizon' | 'deadlock' | 'livelock' } | { end: 'stuck'; resource: string }

export type LoopOptions = {
  readonly until: () => boolean
  /** Milliseconds since the run's start at which to stop. */
  readonly horizon: number
  /** Tells a watchdog that we live; called every `limits.beatWallMs` at most. */
  readonly beat?: (() => void) | undefined
}

const { setImmediate: nextTurn, setTimeout: sleep } = globalThis
const realNow = performance.now.bind(performance)

/** Turns of waiting for the threadpool before we leave the processor to it. */
const busyTurns = 500

export function runLoop(timeline: Timeline, guard: ThreadpoolGuard, options: LoopOptions): Promise<LoopEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<LoopEnd>()
  const loop = new ClockLoop(timeline, guard, options)
  const turn = (): void => {
    try {
      const end = loop.step()
      if (end) resolve(end)
      else if (loop.isWaiting) sleep(turn, 1)
      else nextTurn(turn)
    } catch (error) {
      reject(error)
    }
  }
  nextTurn(turn)
  return promise
}

class ClockLoop {
  readonly #timeline: Timeline
  readonly #guard: ThreadpoolGuard
  readonly #options: LoopOptions
  #lastBeat = realNow()
  #waitingTurns = 0
  #waitingSince = 0
  #hops = 0
  #idleSteps = 0
  #countedFrom: number

  constructor(timeline: Timeline, guard: ThreadpoolGuard, options: LoopOptions) {
    this.#timeline = timeline
    this.#guard = guard
    this.#options = options
    this.#countedFrom = timeline.now
  }

  get isWaiting(): boolean {
    return this.#waitingTurns > busyTurns
  }

  /** One turn's decision; `undefined` means another turn. */
  step(): LoopEnd | undefined {
    this.#beat()
    const resource = this.#guard.pending()
    if (resource !== undefined) return this.#wait(resource)
    this.#waitingTurns = 0
    if (this.#guard.hopping() && this.#hops < limits.immediateTurns) {
      this.#hops += 1
      return undefined
    }
    this.#hops = 0
    return this.#advance()
  }

  #advance(): LoopEnd | undefined {
    const { until, horizon } = this.#options
    if (until()) return { end: 'done' }
    const work = this.#timeline.queue.peek()
    if (!work) return { end: 'deadlock' }
    if (work.due > horizon) {
      this.#timeline.now = Math.max(this.#timeline.now, horizon)
      return { end: 'horizon' }
    }
    if (this.#isLivelock(work.due)) return { end: 'livelock' }
    this.#timeline.now = work.due
    work.fire()
    return undefined
  }

  #isLivelock(due: number): boolean {
    if (due - this.#countedFrom >= 1) {
      this.#countedFrom = due
      this.#idleSteps = 0
    }
    this.#idleSteps += 1
    return this.#idleSteps > limits.idleTimerSteps
  }

  #wait(resource: string): LoopEnd | undefined {
    if (this.#waitingTurns === 0) this.#waitingSince = realNow()
    this.#waitingTurns += 1
    const isStuck = this.#waitingTurns > busyTurns && realNow() - this.#waitingSince > limits.threadpoolWallMs
    return isStuck ? { end: 'stuck', resource } : undefined
  }

  #beat(): void {
    const { beat } = this.#options
    if (!beat) return
    const now = realNow()
    if (now - this.#lastBeat < limits.beatWallMs) return
    this.#lastBeat = now
    beat()
  }
}
