// What faults do to the process of the client: it dies, or its system clock is off.

import type { RunClock } from '#clock/run-clock.ts'
import type { FaultPlan } from '#fault/plan.ts'
import type { Recorder } from '#history/recorder.ts'
import type { Instance } from './instance.ts'
import type { Restarts } from './restarts.ts'
import { every, scheduleSeries } from './script.ts'

type Parts = {
  readonly clock: RunClock
  readonly recorder: Recorder
  readonly plan: FaultPlan
  readonly spanMs: number
  readonly instances: readonly Instance[]
  readonly restarts: Restarts
}

/** How often a clock that drifts, or comes and goes, is set. */
const clockEveryMs = 60_000

export function scheduleProcessFaults({ clock, recorder, plan, spanMs, instances, restarts }: Parts): void {
  const names = new Set(
    plan.specs.filter(({ kind }) => kind.acts === 'imposes' && kind.on === 'client').map(({ name }) => name),
  )
  if (names.size === 0) return
  // In real time the clock is nobody's to set, and there is no fault that would.
  const sets = plan.specs.some(({ name, kind }) => names.has(name) && kind.kind.startsWith('clock-'))
  const setClock = (): void => {
    if (sets) clock.offset(offsetAt(plan, clock.now()))
  }
  const edges = plan.edges.filter(({ fault }) => names.has(fault))
  scheduleSeries(clock, edges, ({ at, kind, fault }) => {
    setClock()
    if (kind === 'fault.lifted') return
    recorder.record({ kind: 'fault.hit', exchange: null, fault, decision: 'condition', effect: 'none' })
    const awayMs = plan
      .clientConditions(at)
      .flatMap(({ fault: own, condition }) =>
        own === fault && condition.kind === 'restart' ? [condition.awayMs] : [],
      )[0]
    if (awayMs !== undefined) for (const instance of instances) restarts.kill(instance, awayMs)
  })
  every(clock, clockEveryMs, spanMs, setClock)
}

/** Several faults add up. */
function offsetAt(plan: FaultPlan, at: number): number {
  const offsets = plan
    .clientConditions(at)
    .map(({ condition }) => (condition.kind === 'clock-offset' ? condition.ms : 0))
  return Math.round(offsets.reduce((sum, ms) => sum + ms, 0))
}
