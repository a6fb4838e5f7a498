// A scenario as a game day: its services on sockets of this machine, in real time, as if the incident happened now. No client
// is asked anything and nothing is judged; whoever likes may call.

import type { HistoryEvent } from '#history/event.ts'
import type { Recorder } from '#history/recorder.ts'
import { createRealClock, epochMs } from '#clock/real-clock.ts'
import { createPlan } from '#fault/plan.ts'
import { limits } from '#context/limits.ts'
import { createPrng } from '#random/prng.ts'
import type { Scenario } from '#scenario/scenario.ts'
import type { Authority } from '#transport/authority.ts'
import { listen, type Place } from '#transport/listen.ts'
import { scheduleScript } from './script.ts'
import { createWorld } from './world.ts'

export type ServeOptions = {
  readonly scenario: Scenario
  readonly seed: string
  /** Where in the run to begin, ms since its start. */
  readonly fromMs: number
  readonly port: number
  /** Over HTTPS, under this word. */
  readonly authority?: Authority
  readonly onEvent: (event: HistoryEvent) => void
}

export interface Serving {
  readonly places: readonly Place[]
  readonly tokens: Readonly<Record<string, string>>
  readonly graphToken: string
  /** Settles when the scenario is over. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

/** Throws UserError when a port is taken. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { scenario: written, seed, fromMs, port, authority, onEvent } = options
  // Clients have real clocks: rate windows, ages and the page's times must be theirs.
  const scenario = { ...written, startMs: epochMs() - fromMs }
  const random = createPrng(seed)
  const clock = createRealClock(fromMs)
  const world = createWorld(scenario, true, random.fork('world'))
  const plan = createPlan(scenario.faults, true)
  let seq = 0
  const recorder: Recorder = {
    record(event) {
      if (seq < limits.eventsPerRun) onEvent({ seq, at: clock.now(), ...event })
      seq += 1
    },
  }
  const listening = await listen(
    {
      world,
      plan,
      recorder,
      clock,
      startMs: scenario.startMs,
      random: random.fork('transport'),
      entityOf: () => undefined,
      isOpen: () => true,
      dropHosts: new Set(),
      ...(authority && { authority }),
    },
    port,
  )
  scheduleScript({ clock, recorder, scenario, plan, onPhase() {} })
  const ended = new Promise<void>((resolve) => clock.schedule(scenario.spanMs, resolve))
  const close = async (): Promise<void> => {
    clock.close()
    await listening.close()
  }
  return { places: listening.places, tokens: world.tokens, graphToken: world.graphToken, ended, close }
}
