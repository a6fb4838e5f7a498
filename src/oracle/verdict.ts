// What an oracle says of a history, and how many such words become one.

import type { Threshold, Unit } from '#history/header.ts'

/** What was measured, against which threshold. A positive margin is slack; a negative one, how far beyond. */
type Measure = {
  /** How often the oracle had something to judge: operations, retries, effects... */
  readonly armed: number
  readonly observed: number
  readonly margin: number
  readonly unit: Unit
  readonly threshold: Threshold
}

/** A known failure: who answers for it, until which day (`2026-12-31`, that day included), and why. */
export type Waived = { readonly owner: string; readonly until: string; readonly because: string }

export type Judgement =
  | ({ readonly verdict: 'pass' } & Measure)
  | ({
      readonly verdict: 'fail'
      /** Sequence numbers of the smallest set of events that proves the failure, in order. */
      readonly witness: readonly number[]
      /** How many operations (or effects, loads...) violate the threshold that is shown; the witness shows the worst. */
      readonly violations: number
      /** The witness in plain words: who, what, when, how much. No final full stop is missing. */
      readonly sentence: string
      /** Somebody answers for it, so it does not make the run fail. No oracle says this of itself. */
      readonly waived?: Waived
    } & Measure)
  | {
      readonly verdict: 'inconclusive'
      readonly armed: number
      readonly reason: 'not-armed' | 'few-samples' | 'uncertain'
      readonly detail: string
    }
  | { readonly verdict: 'not-applicable'; readonly needs: string }
  | { readonly verdict: 'error'; readonly message: string }

export type Verdict = Judgement & {
  readonly oracle: string
  /** What it is about, where the scenario expects several things of one oracle. */
  readonly about?: string
  readonly family: 'safety' | 'liveness'
  /** The scenario asks for it by name: unarmed then makes the run inconclusive. */
  readonly required: boolean
  readonly hint: string
}

export type Outcome = 'pass' | 'fail' | 'inconclusive' | 'error'
