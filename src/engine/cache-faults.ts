// What faults do to the Redis of the client: it is emptied, paused, or killed and started again. One thing at a time, in the order in which
// it was to happen.

import type { RunClock } from '#clock/run-clock.ts'
import type { FaultPlan } from '#fault/plan.ts'
import type { EventOf } from '#history/event.ts'
import type { Recorder } from '#history/recorder.ts'
import type { Redis } from './redis/redis.ts'
import { every, scheduleSeries } from './script.ts'

type Parts = {
  readonly clock: RunClock
  readonly recorder: Recorder
  readonly plan: FaultPlan
  readonly spanMs: number
  readonly redis: Redis
}

type State = EventOf<'cache.changed'>['state']

/** How often a shape that comes and goes is looked at, and whether the Redis is still there. */
const lookEveryMs = 50

/** Nothing that the faults want of it is under way. */
export type Busy = () => boolean

export function scheduleCacheFaults(parts: Parts): Busy {
  const { clock, plan, spanMs, redis } = parts
  const keeper = new Keeper(parts)
  const look = (at: number): void => {
    const death = redis.death()
    if (death) throw death
    keeper.look(at)
  }
  const names = new Set(plan.specs.filter(({ kind }) => kind.on === 'cache').map(({ name }) => name))
  const edges = plan.edges.filter(({ fault }) => names.has(fault))
  scheduleSeries(clock, edges, ({ at }) => look(Math.max(at, clock.now())))
  every(clock, lookEveryMs, spanMs, () => look(clock.now()))
  return () => keeper.isBusy()
}

class Keeper {
  readonly #parts: Parts
  /** Faults that are on. */
  #on: ReadonlySet<string> = new Set()
  #wanted: State = 'serving'
  #state: State = 'serving'
  #toFlush = false
  #at = 0
  #work: Promise<void> | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  isBusy(): boolean {
    return this.#work !== undefined
  }

  look(at: number): void {
    const { plan, recorder } = this.#parts
    // A timer may come a little early; what has begun by then has begun.
    this.#at = Math.max(this.#at, at)
    const imposed = plan.cacheConditions(this.#at)
    const is = (kind: string): boolean => imposed.some(({ condition }) => condition.kind === kind)
    for (const { fault, condition } of imposed) {
      if (this.#on.has(fault)) continue
      recorder.record({ kind: 'fault.hit', exchange: null, fault, decision: 'condition', effect: 'none' })
      if (condition.kind === 'cache-emptied') this.#toFlush = true
    }
    this.#on = new Set(imposed.map(({ fault }) => fault))
    this.#wanted = is('cache-gone') ? 'gone' : is('cache-paused') ? 'paused' : 'serving'
    if (this.#work || !this.#isBehind()) return
    this.#work = this.#catchUp().finally(() => (this.#work = undefined))
    this.#work.catch((error: unknown) => this.#raise(error))
  }

  #isBehind(): boolean {
    return this.#wanted !== this.#state || (this.#toFlush && this.#state === 'serving')
  }

  async #catchUp(): Promise<void> {
    while (this.#isBehind()) {
      if (this.#wanted !== this.#state) await this.#change(this.#wanted)
      else await this.#flush()
    }
  }

  /** From one to the next; what was killed serves before it can be paused. */
  async #change(wanted: State): Promise<void> {
    const { redis } = this.#parts
    if (this.#state === 'gone') {
      await redis.start()
      this.#become('serving', true)
    } else if (wanted === 'gone') {
      await redis.kill()
      this.#become('gone', true)
    } else if (wanted === 'paused') {
      await redis.pause()
      this.#become('paused', false)
    } else {
      await redis.resume()
      this.#become('serving', false)
    }
  }

  async #flush(): Promise<void> {
    await this.#parts.redis.flush()
    this.#become('serving', true)
  }

  /** What is empty need not be emptied. */
  #become(state: State, emptied: boolean): void {
    this.#state = state
    if (emptied) this.#toFlush = false
    this.#parts.recorder.record({ kind: 'cache.changed', state, emptied })
  }

  /** As everything that goes wrong in a run: where the clock hears of it. */
  #raise(error: unknown): void {
    const { clock } = this.#parts
    clock.schedule(clock.now(), () => {
      throw error
    })
  }
}
