// What a campaign plays on: a scenario, what of it can go wrong, and what matters to this client, learnt from its fault-free run.

import { faultKinds } from '#fault/catalog.ts'
import type { FaultKind } from '#fault/fault.ts'
import type { Header } from '#history/header.ts'
import type { History } from '#history/history.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { dataOf, type ScenarioData } from '#scenario/write.ts'
import type { Case, LoadText, Window, Workload } from './case.ts'

/** A request of the fault-free run, between baseline and recovery: a fault that is there then will meet one like it. */
export type Send = {
  readonly at: number
  readonly method: string
  readonly route: string
  readonly workspace: string | null
}

export type Ground = {
  readonly scenario: Scenario
  readonly data: ScenarioData
  /** Windows lie in [fromMs, untilMs): after a baseline, before the recovery. */
  readonly fromMs: number
  readonly untilMs: number
  readonly kinds: readonly FaultKind[]
  /** Some of them, when there are many. */
  readonly sends: readonly [Send, ...Send[]]
  /** Operations that the client promises something about. */
  readonly operations: readonly string[]
  /** Durations, ms, at which something changes for this client: time limits, ages of copies, rests of breakers. */
  readonly moments: readonly number[]
}

/** `undefined` when the client sends nothing while something could go wrong. */
export function groundOf(scenario: Scenario, text: string, nominal: History): Ground | undefined {
  const recovery = scenario.phases.at(-1)?.at ?? scenario.spanMs
  const onset = scenario.phases[1]?.at ?? 1
  // A third of the time before the recovery is baseline enough, and a window may come earlier than the real one did.
  const fromMs = Math.max(1, Math.min(onset, Math.round(recovery / 3)))
  const [first, ...others] = sendsOf(nominal, fromMs, recovery)
  if (!first) return undefined
  return {
    scenario,
    data: dataOf(text),
    fromMs,
    untilMs: recovery,
    kinds: [...faultKinds.values()].filter((kind) => canHit(kind, scenario)),
    sends: [first, ...others],
    operations: Object.keys(nominal.header.promises),
    moments: momentsOf(nominal.header),
  }
}

/** A fault of a kind that can meet nothing here would only make the space larger. */
function canHit({ acts, on = 'fleet', kind, real }: FaultKind, { fleets, activities, loads }: Scenario): boolean {
  // Campaigns are played in virtual time.
  if (real) return false
  if (acts === 'disturbs') return activities.length > 0
  // Nothing else has a second page.
  if (kind.startsWith('cursor-')) return loads.some((load) => load.do.endsWith('.list'))
  // Attachments come with messages that customers send on their own.
  if (kind === 'attachment-lag') return activities.some(({ attachment }) => attachment)
  // A campaign plays in virtual time, where no client has one.
  if (on === 'cache') return false
  return acts !== 'imposes' || on !== 'fleet' || Object.keys(fleets).length > 0
}

/** Many enough to hold every kind of request. */
const mostSends = 500

function sendsOf(nominal: History, fromMs: number, untilMs: number): readonly Send[] {
  const sent = nominal.all('exchange.sent').filter(({ at }) => at >= fromMs && at < untilMs - 1)
  const every = Math.ceil(sent.length / mostSends)
  return sent
    .filter((_, index) => index % every === 0)
    .map(({ at, method, route, workspace }) => ({ at: Math.floor(at), method, route, workspace }))
}

/** Numbers that the client itself has told: what it promises and what it declares, and waits that the API asks for. */
function momentsOf({ promises, declares }: Header): readonly number[] {
  const told = [...numbersIn(promises), ...numbersIn(declares)].filter((ms) => ms >= 100 && ms <= 86_400_000)
  return [...new Set([...told, 1_000, 10_000, 30_000, 60_000])].toSorted((one, other) => one - other)
}

function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

/** The scenario itself as a case: the middle of what lies around it. */
export function givenCase({ scenario, data }: Pick<Ground, 'scenario' | 'data'>): Case {
  const texts = data['faults'] as Record<string, { readonly with?: Record<string, unknown> }>
  const windows = scenario.faults.map(({ name, kind, where, from, until, shape, share, nth, effect }): Window => ({
    name,
    kind: kind.kind,
    where: where as Record<string, string>,
    fromMs: from,
    untilMs: until,
    shape,
    share,
    ...(nth !== undefined && { nth }),
    ...(kind.acts === 'decides' && { effect }),
    with: texts[name]?.with ?? {},
  }))
  return { windows, workload: givenWorkload({ scenario, data }) }
}

function givenWorkload({ scenario, data }: Pick<Ground, 'scenario' | 'data'>): Workload {
  return {
    loads: data['load'] as Record<string, LoadText>,
    instances: scenario.instances,
    shuffled: scenario.shuffled,
    fromMs: 0,
    untilMs: scenario.spanMs,
  }
}
