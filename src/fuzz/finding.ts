// What a campaign has found: for each oracle that failed one case, as small as it could be made, and how often the oracle failed.

import type { Case } from './case.ts'
import type { Failure } from './player.ts'
import type { CasePath } from './path.ts'

export type Finding = {
  readonly oracle: string
  readonly path: CasePath
  /** As it was found, and as small as it became. */
  readonly original: Case
  readonly found: Case
  /** What the oracle says of the small one. */
  readonly failure: Failure
  /** Cases of the campaign in which the oracle failed. */
  readonly cases: number
  /** After how many runs of the campaign it was found. */
  readonly afterRuns: number
  readonly shrinkTrials: number
  /** False when there was no time or no trial left to make it smaller still. */
  readonly smallest: boolean
  /** The file that holds it, as a person would call it, and what stands in it. */
  readonly file: string
  readonly text: string
}

/** The same case and seed gave two histories: nothing can be said about the client by it. */
export type Flake = {
  readonly path: CasePath
  readonly oracle: string
  /** The first line in which the histories differ, and what stands there in each. */
  readonly line: number
  readonly one: string
  readonly other: string
}
