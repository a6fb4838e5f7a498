// What holds for a process of the client for a while: it does not run, or has no network. Looked at again and again, because a fault may come and
// go within its window, and processes may be replaced.

import type { Life } from '#context/owner.ts'
import { holdDriver } from '#client/driver/roster.ts'
import type { HeldState } from '#client/driver/link.ts'
import type { RunClock } from '#clock/run-clock.ts'
import type { FaultPlan } from '#fault/plan.ts'
import type { Recorder } from '#history/recorder.ts'
import type { Instance } from './instance.ts'
import { every } from './script.ts'

type Parts = {
  readonly clock: RunClock
  readonly recorder: Recorder
  readonly plan: FaultPlan
  readonly spanMs: number
  readonly instances: readonly Instance[]
}

const lookEveryMs = 100
const begins = { paused: 'client.paused', 'cut off': 'client.unplugged' } as const
const ends = { paused: 'client.resumed', 'cut off': 'client.plugged' } as const
const states: readonly HeldState[] = ['paused', 'cut off']

export function scheduleProcessStates({ clock, recorder, plan, spanMs, instances }: Parts): void {
  const kinds = new Set(plan.specs.map(({ kind }) => kind.kind))
  if (!kinds.has('client-pause') && !kinds.has('network-cut')) return
  const lives = new WeakMap<Life, Held>()
  every(clock, lookEveryMs, spanMs, () => {
    const conditions = plan.clientConditions(clock.now()).map(({ condition }) => condition)
    const wanted = states.filter((state) => conditions.some((each) => each.kind === 'held' && each.state === state))
    for (const { index, alive } of instances) {
      if (!alive) continue
      const held = lives.get(alive.life) ?? new Held(alive.life, index, recorder)
      lives.set(alive.life, held)
      for (const state of states) held.want(state, wanted.includes(state))
    }
  })
}

/** One change after the other, each when the one before has happened. */
class Held {
  readonly #life: Life
  readonly #instance: number
  readonly #recorder: Recorder
  readonly #now = new Set<HeldState>()
  #changes: Promise<void> = Promise.resolve()

  constructor(life: Life, instance: number, recorder: Recorder) {
    this.#life = life
    this.#instance = instance
    this.#recorder = recorder
  }

  want(state: HeldState, on: boolean): void {
    if (this.#now.has(state) === on) return
    if (on) this.#now.add(state)
    else this.#now.delete(state)
    this.#changes = this.#changes.then(() => this.#change(state, on))
  }

  /** From the moment at which it is about to be held until it surely is no more. */
  async #change(state: HeldState, on: boolean): Promise<void> {
    if (this.#life.over) return
    const instance = this.#instance
    if (on) this.#recorder.record({ kind: begins[state], instance })
    await holdDriver(this.#life, state, on)
    if (!on) this.#recorder.record({ kind: ends[state], instance })
  }
}
