// Plays cases: makes the scenario, sees to the twin of its load, and tells what came of it in the campaign's terms.

import { UserError, isUserError } from '#context/user-error.ts'
import type { End } from '#engine/played.ts'
import type { Trial, Trials, Twin } from '#engine/trial.ts'
import type { History } from '#history/history.ts'
import type { Verdict } from '#oracle/verdict.ts'
import { parseData } from '#scenario/parse.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { readFrom } from '#scenario/world-services.ts'
import type { ScenarioData } from '#scenario/write.ts'
import { workloadKey, type Case } from './case.ts'
import { caseData, caseText, type Caption } from './case-text.ts'
import { meetingsIn, type Meeting } from './coverage.ts'
import type { Ground } from './ground.ts'
import type { KeptServices } from './kept-services.ts'

export type Failure = Extract<Verdict, { verdict: 'fail' }>

export type Outcome =
  | {
      readonly kind: 'tried'
      readonly failed: readonly Failure[]
      /** By oracle that passed: how much room was left, in thresholds; 0 is the limit. */
      readonly slack: Readonly<Record<string, number>>
      readonly meetings: readonly Meeting[]
      readonly trial: Trial
    }
  /** It is no scenario: two windows of one kind over each other, and the like. */
  | { readonly kind: 'invalid'; readonly problem: UserError }
  /** The client fails without any fault under this load, so that nothing can be said about faults. */
  | { readonly kind: 'unhealthy'; readonly because: string }
  /** Everything else ends the campaign: a defect of ours, a mistake of the user's, an interruption. */
  | { readonly kind: 'stopped'; readonly end: End }

export type PlayerOptions = {
  readonly ground: Ground
  readonly trials: Trials
  readonly seed: string
  /** The status page, operators and maintenances of the incident happen too. */
  readonly surroundings: boolean
  readonly keptServices?: KeptServices
}

const caption: Caption = { name: 'case', title: 'A case of a campaign', comment: '' }

export class Player {
  readonly #options: PlayerOptions
  readonly #twins = new Map<string, Promise<Twin | End>>()

  constructor(options: PlayerOptions) {
    this.#options = options
  }

  textOf(found: Case, about: Caption): string {
    const { ground, surroundings, keptServices } = this.#options
    return caseText(found, ground, about, surroundings, keptServices)
  }

  /** `fresh`: in a cell that never played. */
  async play(found: Case, fresh = false): Promise<Outcome> {
    const { ground, surroundings } = this.#options
    const given = caseData(found, ground, caption, surroundings)
    const problem = problemOf(given, ground.scenario)
    if (problem) return { kind: 'invalid', problem }
    const play = { given, file: 'case.yaml', seed: this.#options.seed, ...servicesOf(ground.scenario) }
    const twin = await this.#twin(found, play)
    // A load of which this client offers nothing asks nothing of it.
    if (twin.kind === 'not-applicable') return { kind: 'invalid', problem: twin.problem }
    if (twin.kind === 'judged') return { kind: 'unhealthy', because: twin.because }
    if (twin.kind !== 'twin') return { kind: 'stopped', end: twin }
    const trial = await this.#options.trials.try(play, twin.baseline, fresh)
    return trial.kind === 'tried' ? outcomeOf(trial, found) : { kind: 'stopped', end: trial }
  }

  /** The fault-free run of a load that has been played. */
  async nominalOf(found: Case): Promise<History | undefined> {
    const twin = await this.#twins.get(workloadKey(found.workload))
    return twin?.kind === 'twin' ? twin.history : undefined
  }

  #twin({ workload }: Case, play: Parameters<Trials['twin']>[0]): Promise<Twin | End> {
    const key = workloadKey(workload)
    const known = this.#twins.get(key)
    if (known) return known
    const twin = this.#options.trials.twin(play)
    this.#twins.set(key, twin)
    return twin
  }
}

/** What a run of it takes with it. */
export function servicesOf({ services }: Scenario): Pick<Scenario, 'services'> {
  return services ? { services } : {}
}

function problemOf(given: ScenarioData, { services = [] }: Scenario): UserError | undefined {
  try {
    parseData(given, 'case.yaml', readFrom(services))
    return undefined
  } catch (error) {
    if (isUserError(error)) return error
    throw error
  }
}

function outcomeOf(trial: Trial, { windows }: Case): Outcome {
  const { verdicts, history } = trial
  const broken = verdicts.find(({ verdict }) => verdict === 'error')
  if (broken?.verdict === 'error') return { kind: 'stopped', end: { kind: 'harness-error', message: broken.message } }
  const kinds = new Map(windows.map(({ name, kind }) => [name, kind]))
  return {
    kind: 'tried',
    failed: verdicts.filter((verdict): verdict is Failure => verdict.verdict === 'fail'),
    slack: slackOf(verdicts),
    meetings: meetingsIn(history, (fault) => kinds.get(fault)),
    trial,
  }
}

function slackOf(verdicts: readonly Verdict[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    verdicts.flatMap((verdict) => {
      if (verdict.verdict !== 'pass') return []
      const { oracle, margin, threshold } = verdict
      return [[oracle, margin / Math.max(Math.abs(threshold.value), 1e-9 + (threshold.value === 0 ? 1 : 0))] as const]
    }),
  )
}
