// A case as a scenario, and as the text of one. The world is the one of the scenario that the campaign plays around; what goes wrong and
// what is asked is the case's; expectations that were made for the real incident are left out, so that the oracles judge that
// hold for every client.

import { exactDuration } from '#clock/instant.ts'
import type { Shape } from '#fault/spec.ts'
import { formatShare } from '#fault/units.ts'
import { showTime } from '#scenario/run-section.ts'
import type { Found } from '#scenario/scenario.ts'
import { writeScenario, type ScenarioData } from '#scenario/write.ts'
import type { Case, Window } from './case.ts'
import type { Ground } from './ground.ts'
import type { KeptServices } from './kept-services.ts'

/** What a case is called, and what is told of it, once it is kept. */
export type Caption = {
  readonly name: string
  readonly title: string
  readonly comment: string
  readonly found?: Found
  /** Shipped clients that fail it. */
  readonly fails?: Readonly<Record<string, string>>
}

type CaseGround = Pick<Ground, 'scenario' | 'data'>

/** `services`: their files, as the text is to name them. */
export function caseText(
  found: Case,
  ground: CaseGround,
  caption: Caption,
  surroundings: boolean,
  services?: KeptServices,
): string {
  const data = caseData(found, ground, caption, surroundings)
  const world = data['world'] as Readonly<Record<string, unknown>>
  return writeScenario(services ? { ...data, world: { ...world, services } } : data, caption.comment)
}

/** What the text says, for the many cases that nobody reads. `surroundings`: the status page, operators and maintenances of the incident
 * happen too. */
export function caseData(
  { windows, workload }: Case,
  ground: CaseGround,
  caption: Caption,
  surroundings: boolean,
): ScenarioData {
  const { scenario, data } = ground
  const at = (ms: number): string => showTime(scenario.startMs + ms, scenario.source.date)
  const [first, last] = [Math.min(...windows.map(({ fromMs }) => fromMs)), lastLift(windows)]
  const kept = surroundings ? ['activity', 'actions', 'statusPage', 'maintenances'] : ['activity']
  const around = Object.fromEntries(kept.filter((key) => key in data).map((key) => [key, data[key]]))
  const { instances, shuffled, fromMs, untilMs, loads } = workload
  const timing = { ...(instances > 1 && { instances }), ...(shuffled && { ties: 'shuffled' }) }
  return {
    scenario: caption.name,
    title: caption.title,
    tags: ['found'],
    source: scenario.source,
    ...(caption.found && { found: caption.found }),
    run: { from: at(fromMs), until: at(untilMs), ...timing },
    world: data['world'],
    load: loads,
    ...around,
    faults: Object.fromEntries(windows.map((window) => [window.name, faultText(window, at)])),
    phases: { onset: at(first), recovery: at(last) },
    evidence: {
      documented: {},
      assumed: ['world', 'load', 'faults', ...Object.keys(around).filter((key) => key !== 'statusPage')],
    },
    armed: { faultHits: 0 },
    ...(caption.fails && { fails: caption.fails }),
  }
}

export function lastLift(windows: readonly Window[]): number {
  return Math.max(...windows.map(({ untilMs }) => untilMs))
}

function faultText(window: Window, at: (ms: number) => string): Readonly<Record<string, unknown>> {
  const { kind, where, fromMs, untilMs, shape, share, nth, effect, with: parameters } = window
  return {
    kind,
    ...(Object.keys(where).length > 0 && { where }),
    from: at(fromMs),
    until: at(untilMs),
    ...shapeText(shape, (ms) => at(fromMs + ms)),
    ...(share < 1 && { share: formatShare(share) }),
    ...(nth !== undefined && { nth }),
    ...(effect !== undefined && { effect }),
    ...(Object.keys(parameters).length > 0 && { with: parameters }),
  }
}

function shapeText(shape: Shape, since: (ms: number) => string): Readonly<Record<string, unknown>> {
  switch (shape.kind) {
    case 'constant':
      return {}
    case 'ramp':
      return { ramp: exactDuration(shape.overMs) }
    case 'square':
      return { square: { period: exactDuration(shape.periodMs), on: formatShare(shape.on) } }
    case 'flap':
      return { flap: { on: exactDuration(shape.onMs), off: exactDuration(shape.offMs) } }
    case 'sawtooth':
      return { sawtooth: exactDuration(shape.periodMs) }
    case 'false-recovery':
      return { falseRecovery: { from: since(shape.quietFromMs), until: since(shape.quietUntilMs) } }
    case 'relapse':
      return { relapse: { ends: since(shape.firstMs), again: since(shape.againMs) } }
  }
}
