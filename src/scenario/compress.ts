// The same incident in less time: the gaps between what happens are divided, for replays in real time, and the same is asked
// in the same order. What belongs to the client or to the API stays as it is: patience, deadlines, service times, windows of
// limits, Retry-After, promises. What a fault allows of the load grows with it.

import type { FaultSpec, Shape } from '#fault/spec.ts'
import type { Maintenance, Scenario } from './scenario.ts'

/** `by` is 1 or more. Durations become shorter by this factor, in whole milliseconds. */
export function compress(scenario: Scenario, by: number): Scenario {
  if (by === 1) return scenario
  const less = (ms: number): number => Math.round(ms / by)
  const at = <T extends { readonly at: number }>(one: T): T => ({ ...one, at: less(one.at) })
  const denser = <T extends Rhythm>(one: T): T => ({
    ...one,
    fromMs: less(one.fromMs),
    untilMs: less(one.untilMs),
    gapMs: one.gapMs / by,
  })
  return {
    ...scenario,
    spanMs: less(scenario.spanMs),
    loads: scenario.loads.map(denser),
    activities: scenario.activities.map(denser),
    faults: scenario.faults.map((fault) => shorter(fault, by, less)),
    statusPage: scenario.statusPage.map(at),
    maintenances: scenario.maintenances.map((one) => announced(one, less)),
    actions: scenario.actions.map(at),
    problems: scenario.problems.map((problem) => ({
      ...problem,
      from: less(problem.from),
      until: less(problem.until),
      withinMs: less(problem.withinMs),
    })),
    phases: scenario.phases.map(at),
    timeline: scenario.timeline.map(at),
  }
}

type Less = (ms: number) => number
type Rhythm = { readonly fromMs: number; readonly untilMs: number; readonly gapMs: number }

function shorter(fault: FaultSpec, by: number, less: Less): FaultSpec {
  const from = less(fault.from)
  return {
    ...fault,
    params: fault.kind.denser?.(fault.params, by) ?? fault.params,
    from,
    until: Math.max(from + 1, less(fault.until)),
    shape: shorterShape(fault.shape, less),
  }
}

function shorterShape(shape: Shape, less: Less): Shape {
  const atLeastOne = (ms: number): number => Math.max(1, less(ms))
  switch (shape.kind) {
    case 'constant':
      return shape
    case 'ramp':
      return { ...shape, overMs: less(shape.overMs) }
    case 'square':
    case 'sawtooth':
      return { ...shape, periodMs: atLeastOne(shape.periodMs) }
    case 'flap':
      return { ...shape, onMs: atLeastOne(shape.onMs), offMs: atLeastOne(shape.offMs) }
    case 'false-recovery':
      return { ...shape, quietFromMs: less(shape.quietFromMs), quietUntilMs: less(shape.quietUntilMs) }
    case 'relapse':
      return { ...shape, firstMs: less(shape.firstMs), againMs: less(shape.againMs) }
  }
}

function announced(one: Maintenance, less: Less): Maintenance {
  return {
    ...one,
    announcedAt: less(one.announcedAt),
    scheduledFrom: less(one.scheduledFrom),
    scheduledUntil: less(one.scheduledUntil),
    startedAt: less(one.startedAt),
    completedAt: less(one.completedAt),
  }
}

/** The shortest phase, and how long it lasts; the last one lasts to the end of the run. */
export function shortestPhase({ phases, spanMs }: Pick<Scenario, 'phases' | 'spanMs'>): {
  readonly name: string
  readonly ms: number
} {
  const lasting = phases.map(({ name, at }, index) => ({ name, ms: (phases[index + 1]?.at ?? spanMs) - at }))
  return lasting.reduce((least, phase) => (phase.ms < least.ms ? phase : least))
}
