// What happens by itself during a run: phases begin, faults start and are lifted, the status page changes.

import type { Clock } from '#clock/clock.ts'
import type { FaultPlan } from '#fault/plan.ts'
import type { Recorder } from '#history/recorder.ts'
import type { Scenario, StatusChange } from '#scenario/scenario.ts'

/** Runs `work` for each item when its time comes; items are in order of time. Only one timer is pending at once. */
export function scheduleSeries<T extends { readonly at: number }>(
  clock: Clock,
  items: readonly T[],
  work: (item: T) => void,
): void {
  let index = 0
  const next = (): void => {
    const item = items[index]
    if (!item) return
    clock.schedule(item.at, () => {
      index += 1
      next()
      work(item)
    })
  }
  next()
}

/** Calls `work` every `gapMs`, for the first time after one gap, to the end of the run. `nth` counts from 1. */
export function every(clock: Clock, gapMs: number, untilMs: number, work: (nth: number) => void): void {
  const next = (nth: number): void => {
    if (nth * gapMs >= untilMs) return
    clock.schedule(nth * gapMs, () => {
      next(nth + 1)
      work(nth)
    })
  }
  next(1)
}

type Script = {
  readonly clock: Clock
  readonly recorder: Recorder
  readonly scenario: Scenario
  readonly plan: FaultPlan
  readonly onPhase: (phase: string) => void
}

export function scheduleScript({ clock, recorder, scenario, plan, onPhase }: Script): void {
  scheduleSeries(clock, scenario.phases, ({ name }) => {
    recorder.record({ kind: 'phase.started', phase: name })
    onPhase(name)
  })
  scheduleSeries(clock, plan.edges, ({ kind, fault }) => recorder.record({ kind, fault }))
  const shown = plan.specs.length === 0 ? [] : scenario.statusPage
  scheduleSeries(clock, shown, (change) => recorder.record({ kind: 'status.changed', ...statusOf(change, scenario) }))
  // The run lasts until its end even when nobody asks anything any more.
  clock.schedule(scenario.spanMs, () => {})
}

function statusOf(
  change: StatusChange,
  { statusPage }: Scenario,
): { component: string; status: string; incident: string } {
  if (change.kind === 'open') return { component: change.component, status: change.impact, incident: change.incident }
  const opened = statusPage.find((other) => other.kind === 'open' && other.incident === change.incident)
  return {
    component: opened?.kind === 'open' ? opened.component : 'unknown',
    status: 'operational',
    incident: change.incident,
  }
}
