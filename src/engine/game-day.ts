// The services of a scenario in real time, as if the incident happened now. How they are reached, and by whom, is somebody else's
// matter; nobody is asked anything and nothing is judged.

import { parseInstant } from '#clock/instant.ts'
import { createRealClock, epochMs, type RealClock } from '#clock/real-clock.ts'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { createPlan } from '#fault/plan.ts'
import type { HistoryEvent } from '#history/event.ts'
import { createPrng } from '#random/prng.ts'
import type { Scenario } from '#scenario/scenario.ts'
import type { TransportOptions } from '#transport/transport.ts'
import { createWorld, type SimulatedWorld } from './world.ts'

export type GameDayOptions = {
  readonly scenario: Scenario
  readonly seed: string
  /** Where in the run to begin, ms since its start. */
  readonly fromMs: number
  readonly onEvent: (event: HistoryEvent) => void
}

export type GameDay = {
  /** It begins so long ago that it is `fromMs` now: rate windows, ages and the page's times are those of real clocks. */
  readonly scenario: Scenario
  readonly clock: RealClock
  readonly world: SimulatedWorld
  readonly transport: TransportOptions
}

/** Enough to see that all is well before the first fault. */
const leadMs = 60_000

export function beginGameDay({ scenario: written, seed, fromMs, onEvent }: GameDayOptions): GameDay {
  const scenario = { ...written, startMs: epochMs() - fromMs }
  const random = createPrng(seed)
  const clock = createRealClock(fromMs)
  const world = createWorld(scenario, true, random.fork('world'))
  let seq = 0
  const transport: TransportOptions = {
    world,
    plan: createPlan(scenario.faults, true),
    recorder: {
      record(event) {
        if (seq < limits.eventsPerRun) onEvent({ seq, at: clock.now(), ...event })
        seq += 1
      },
    },
    clock,
    startMs: scenario.startMs,
    random: random.fork('transport'),
    entityOf: () => undefined,
    isOpen: () => true,
    dropHosts: new Set(),
  }
  return { scenario, clock, world, transport }
}

/** ms since the start of the run: a phase, or a time of the scenario; without one, a minute before the first fault. `what` is how the
 * user has said it. */
export function whereToBegin(scenario: Scenario, from: string | undefined, what: string): number {
  const { phases, faults, startMs, spanMs, source } = scenario
  if (from === undefined) return Math.max(0, Math.min(...faults.map((fault) => fault.from), spanMs) - leadMs)
  const phase = phases.find(({ name }) => name === from)
  if (phase) return phase.at
  const at = (parseInstant(from) ?? parseInstant(`${source.date} ${from}`) ?? Number.NaN) - startMs
  if (at >= 0 && at < spanMs) return at
  const names = phases.map(({ name }) => name).join(', ')
  throw new UserError(`${what} ${from} is neither a phase nor a time of this scenario.`, {
    hint: `Phases: ${names}. Times are written as in the file, such as 11:14Z.`,
  })
}
