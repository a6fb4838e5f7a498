// Counterexamples that were kept: every campaign begins with them, and what fails again is told before anything new.

import { readFileSync } from 'node:fs'
import { limits } from '#context/limits.ts'
import type { End } from '#engine/played.ts'
import type { Trials } from '#engine/trial.ts'
import { findScenarios } from '#scenario/files.ts'
import { loadFile } from '#scenario/load.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { differenceOf } from './confirm.ts'
import { servicesOf, type Failure } from './player.ts'

/** `file`: how a person would call it. */
export type Regression = { readonly file: string; readonly text: string; readonly scenario: Scenario }

export type Replayed = {
  readonly file: string
  /** What it was found for. */
  readonly oracle: string | null
  readonly failed: readonly Failure[]
  /** Why it says nothing about this client: a load that it does not offer, or does not survive without faults; or it is not repeatable. */
  readonly because: string | null
}

/** Those of a directory. `shown` is how a person would call a file. Files that do not parse are told, not passed over: somebody meant
 * them to be replayed. */
export function regressionsIn(directory: string, cwd: string, shown: (file: string) => string): readonly Regression[] {
  const files = findScenarios(directory).slice(0, limits.regressions)
  return files.map(({ file }) => ({
    file: shown(file),
    text: readFileSync(file, 'utf8'),
    scenario: loadFile(file, cwd),
  }))
}

/** In the order of the files. Ends early with whatever ends a campaign. */
export async function replayRegressions(
  regressions: readonly Regression[],
  trials: Trials,
  seed: string,
): Promise<{ readonly replayed: readonly Replayed[]; readonly end: End | undefined }> {
  const replayed: Replayed[] = []
  for (const { file, text, scenario } of regressions) {
    const play = { given: text, file, seed: scenario.found?.seed ?? seed, ...servicesOf(scenario) }
    const one = { file, oracle: scenario.found?.oracle ?? null, failed: [], because: null }
    const twin = await trials.twin(play)
    if (twin.kind === 'judged' || twin.kind === 'not-applicable') {
      const because = twin.kind === 'judged' ? twin.because : twin.problem.message
      replayed.push({ ...one, because })
    } else if (twin.kind === 'twin') {
      const trial = await trials.try(play, twin.baseline, true)
      if (trial.kind !== 'tried') return { replayed, end: trial }
      const failed = trial.verdicts.filter((verdict): verdict is Failure => verdict.verdict === 'fail')
      const again = failed.length > 0 ? await trials.try(play, twin.baseline, true) : trial
      if (again.kind !== 'tried') return { replayed, end: again }
      const difference = differenceOf(trial, again)
      if (difference) replayed.push({ ...one, because: notRepeatable(difference.line) })
      else replayed.push({ ...one, failed })
    } else return { replayed, end: twin }
  }
  return { replayed, end: undefined }
}

function notRepeatable(line: number): string {
  return `it is not repeatable: two runs with the same seed differ, from line ${line} of their histories on`
}
