// Opens a campaign: the fault-free run of the scenario shows the ground, and whether there is anything to look for at all.

import { UserError } from '#context/user-error.ts'
import type { End } from '#engine/played.ts'
import type { Trials } from '#engine/trial.ts'
import type { History } from '#history/history.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { dataOf } from '#scenario/write.ts'
import { caseData } from './case-text.ts'
import type { Mode } from './draw-case.ts'
import { givenCase, groundOf, type Ground } from './ground.ts'
import type { KeptServices } from './kept-services.ts'
import { Player, servicesOf } from './player.ts'

export type Opened = { readonly ground: Ground; readonly nominal: History; readonly player: Player }

export type OpenOptions = {
  readonly scenario: Scenario
  /** The scenario's text. */
  readonly text: string
  readonly trials: Trials
  readonly mode: Mode
  /** Of every run. */
  readonly seed: string
  /** What counterexamples call its services. */
  readonly keptServices?: KeptServices
}

/** An end: the client does not load, fails without any fault, or the like. */
export async function openCampaign({
  scenario,
  text,
  trials,
  mode,
  seed,
  keptServices,
}: OpenOptions): Promise<Opened | End> {
  const surroundings = mode === 'around'
  const around = { scenario, data: dataOf(text) }
  const caption = { name: 'given', title: scenario.title, comment: '' }
  const given = caseData(givenCase(around), around, caption, surroundings)
  const twin = await trials.twin({ given, file: scenario.file, seed, ...servicesOf(scenario) })
  if (twin.kind !== 'twin') return twin
  const ground = groundOf(scenario, text, twin.history)
  if (!ground) return { kind: 'rejected', problem: nothingSent(scenario.name) }
  return { ground, nominal: twin.history, player: new Player({ ground, trials, seed, surroundings, keptServices }) }
}

function nothingSent(scenario: string): UserError {
  return new UserError(`The client sends nothing in ${scenario} while something could go wrong.`, {
    hint: 'Choose a scenario whose load it offers; `explain` says what is asked.',
  })
}
