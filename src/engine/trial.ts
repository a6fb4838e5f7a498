// Trials: one scenario after the other against the same client, each judged at once, for campaigns that play thousands. The
// twin depends on the load and not on the faults, so it is played once for many trials.

import type { ClientLocation } from '#client/resolve-client.ts'
import type { Baseline, Profile } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { closeText, wholeText } from '#history/text.ts'
import { judge } from '#oracle/panel.ts'
import type { Verdict } from '#oracle/verdict.ts'
import type { DefinedApi } from '#scenario/scenario.ts'
import type { ScenarioData } from '#scenario/write.ts'
import { withBaseline } from './aftermath.ts'
import type { Crew } from './crew.ts'
import type { Job } from './job.ts'
import { judgeNominal } from './judge.ts'
import { playRun, type End, type Played } from './played.ts'
import { baselineOf } from './stats.ts'

export type TrialOptions = {
  readonly crew: Crew
  readonly client: ClientLocation
  readonly profile: Profile
  readonly dropHosts: readonly string[]
  readonly signal: AbortSignal
}

/** What is played: a scenario that parses, as text or as what the text would say, and the seed of all its chance. `file` is how it is called,
 * `services` what the files say that it names. */
type Play = {
  readonly given: string | ScenarioData
  readonly file: string
  readonly seed: string
  readonly services?: readonly DefinedApi[]
}

/** A healthy run without faults, which trials of the same load are compared with. */
export type Twin = { readonly kind: 'twin'; readonly baseline: Baseline; readonly history: History }

export type Trial = {
  readonly kind: 'tried'
  readonly history: History
  /** The history as it is written to disk. */
  readonly text: string
  readonly verdicts: readonly Verdict[]
  /** The cell had played before, so that what it says is only believed when it is a pass. */
  readonly warm: boolean
}

export interface Trials {
  /** The end of a run that is no healthy twin says why. */
  twin(play: Play): Promise<Twin | End>
  /** `fresh`: in a cell that never played. */
  try(play: Play, baseline: Baseline, fresh?: boolean): Promise<Trial | End>
}

export function createTrials(options: TrialOptions): Trials {
  const { crew, client, profile, dropHosts, signal } = options
  const jobOf = ({ given, file, seed, services }: Play, faults: boolean, fresh: boolean): Job => {
    const scenario = { given, file, variant: null, ...(services && { services }) }
    return { scenario, client, seed, profile, dropHosts, faults, hasty: !fresh }
  }
  const about = { crew, options: { client }, spanMs: 0, startMs: 0 }
  /** A client that ends its process is given another, in which everything up to that moment is on disk. */
  const playWhole = async (job: Job, fresh: boolean): Promise<Played | End> => {
    const played = await playRun(about, job, signal, fresh)
    const isWhole = 'history' in played ? !played.died : played.kind !== 'rejected'
    return isWhole ? played : playRun(about, { ...job, hasty: false }, signal, true)
  }
  const twinIn = async (play: Play, fresh: boolean): Promise<Twin | End> => {
    const played = await playWhole(jobOf(play, false, fresh), fresh)
    if (!('history' in played)) return played
    const unhealthy = judgeNominal(played, played.notOffered)
    closeText(played.text)
    return unhealthy ?? { kind: 'twin', baseline: baselineOf(played.history), history: played.history }
  }
  return {
    async twin(play) {
      const twin = await twinIn(play, false)
      // As with trials: only what is well is believed of a cell that has played before.
      return twin.kind === 'twin' || signal.aborted ? twin : twinIn(play, true)
    },
    async try(play, baseline, fresh = false) {
      const played = await playWhole(jobOf(play, true, fresh), fresh)
      if (!('history' in played)) return played
      const { history, text } = withBaseline(played, baseline)
      const kept = { text: wholeText(text), verdicts: judge(history) }
      closeText(text)
      return { kind: 'tried', history, ...kept, warm: played.warm }
    },
  }
}
