// A scenario after parsing: every name resolved, every time in ms since the run's start, every share in 0..1.

import type { FaultSpec } from '#fault/spec.ts'
import type { Arming, Expectation, PhaseMark } from '#history/header.ts'
import type { FleetConfig } from '#server/fleet.ts'

export type Workspace = { readonly name: string; readonly region: string }

export type Load = {
  readonly name: string
  readonly do: string
  readonly workspace: string
  /** Mean gap between asks. `regular`: exactly; otherwise exponentially distributed (people). */
  readonly gapMs: number
  readonly regular: boolean
  /** Popularity of entities: rank r is asked for in proportion to 1/(r+1), over the first `of`. */
  readonly pick: { readonly kind: 'zipf' | 'uniform'; readonly of: number }
  /** A person asks again when nothing came in this time, at most twice. */
  readonly impatientMs?: number
  /** A person walks away: the call's signal is aborted. */
  readonly cancelAfterMs?: number
}

/** The page shows an incident from `at` until it is resolved. */
export type StatusChange = {
  readonly at: number
  readonly incident: string
} & (
  | {
      readonly kind: 'open'
      readonly title: string
      readonly component: string
      readonly impact: 'minor' | 'major' | 'critical'
    }
  | { readonly kind: 'resolve'; readonly title?: string }
)

/** A dated fact of the source, in our own words. It is told, not simulated, and may lie outside of the run. */
export type Fact = { readonly at: number; readonly fact: string }

type Source = { readonly document: string; readonly date: string; readonly severity: 'P1' | 'P2' | 'P3' | 'P4' }

export type Scenario = {
  readonly name: string
  readonly title: string
  /** The file it was read from, relative to the working directory when below it. */
  readonly file: string
  readonly source: Source
  readonly startMs: number
  readonly spanMs: number
  readonly instances: number
  readonly workspaces: readonly Workspace[]
  readonly fleets: Readonly<Record<string, FleetConfig>>
  readonly loads: readonly Load[]
  readonly faults: readonly FaultSpec[]
  readonly statusPage: readonly StatusChange[]
  /** `baseline` at 0 first, then as in the file. */
  readonly phases: readonly PhaseMark[]
  readonly timeline: readonly Fact[]
  readonly evidence: {
    readonly documented: readonly (readonly [path: string, words: string])[]
    readonly assumed: readonly string[]
    /** What the source says beyond the replay: products that stayed well, causes inside the provider. */
    readonly notSimulated: readonly string[]
  }
  readonly arming: Arming
  /** `line` is the 1-based line of the file that states the expectation. */
  readonly expect: readonly (Expectation & { readonly line: number })[]
}
