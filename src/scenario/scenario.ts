// A scenario after parsing: every name resolved, every time in ms since the run's start, every share in 0..1.

import type { FaultSpec } from '#fault/spec.ts'
import type { Arming, Expectation, PhaseMark, ProblemMark, Profile, PropertyMark } from '#history/header.ts'
import type { ServiceDefinition } from '#server/defined/definition.ts'
import type { FleetConfig } from '#server/fleet.ts'

export type Workspace = {
  readonly name: string
  readonly region: string
  /** The part of the provider's database that holds it. Default: `a`. */
  readonly shard: string
  /** What it holds at the start, instead of a generated population: the text of a workspace file. */
  readonly fixture?: { readonly file: string; readonly text: string }
  /** Visitors who left an address, in a generated population. */
  readonly leads?: number
}

/** An API of somebody's own, as the file that `path` names defines it; the path is as written, `file` as messages call it. */
export type DefinedApi = {
  readonly name: string
  readonly path: string
  readonly file: string
  readonly definition: ServiceDefinition
}

export type Load = {
  readonly name: string
  readonly do: string
  readonly workspace: string
  /** Asks lie in [fromMs, untilMs). Default: the whole run. */
  readonly fromMs: number
  readonly untilMs: number
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

/** What happens in a workspace without the client: customers write, colleagues edit. Each is told by a webhook. */
export type Activity = {
  readonly name: string
  readonly topic: string
  readonly workspace: string
  readonly gapMs: number
  readonly regular: boolean
  readonly fromMs: number
  readonly untilMs: number
  /** The message carries a file. */
  readonly attachment: boolean
}

/** What operators do. `restart` and `rotate-token` are ours; anything else is an action of the client. */
export type Action = { readonly at: number; readonly do: string; readonly workspace?: string }

/** An announced maintenance on the status page. */
export type Maintenance = {
  readonly name: string
  readonly title: string
  readonly components: readonly string[]
  /** When the page first told of it. It may lie before the run. */
  readonly announcedAt: number
  readonly scheduledFrom: number
  readonly scheduledUntil: number
  /** When the page said that it had begun, and that it was over. */
  readonly startedAt: number
  readonly completedAt: number
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

/** What found a scenario that no person wrote: everything that is needed to replay it, and to find it again. */
export type Found = {
  /** The command, without its flags: `fuzz au-regional-timeout`. */
  readonly by: string
  readonly client: string
  /** Of the run that fails. */
  readonly seed: string
  /** The campaign's seed, and which of its cases this grew out of. */
  readonly campaign: string
  readonly path: string
  /** What the client fails. */
  readonly oracle: string
  readonly profile: Profile
  /** Of this tool. */
  readonly version: string
}

type Source = { readonly document: string; readonly date: string; readonly severity: 'P1' | 'P2' | 'P3' | 'P4' }

export type Scenario = {
  readonly name: string
  readonly title: string
  /** The file it was read from, relative to the working directory when below it. */
  readonly file: string
  readonly source: Source
  /** `null` when a person wrote it. */
  readonly found: Found | null
  /** Words to select by, besides the severity. */
  readonly tags: readonly string[]
  /** Which row of the file this is; `null` when the file has one row only. */
  readonly variant: string | null
  readonly variants: readonly { readonly name: string; readonly title: string }[]
  readonly startMs: number
  readonly spanMs: number
  readonly instances: number
  /** What is due at the same instant happens in an order that chance decides. */
  readonly shuffled: boolean
  readonly workspaces: readonly Workspace[]
  /** Beside Intercom. Absent: none. */
  readonly services?: readonly DefinedApi[]
  readonly fleets: Readonly<Record<string, FleetConfig>>
  readonly loads: readonly Load[]
  readonly faults: readonly FaultSpec[]
  readonly statusPage: readonly StatusChange[]
  readonly maintenances: readonly Maintenance[]
  readonly activities: readonly Activity[]
  readonly actions: readonly Action[]
  /** What a health check must say, and when. */
  readonly problems: readonly ProblemMark[]
  /** Shipped clients that fail here, and an oracle that each fails: a test holds the library to it. */
  readonly fails: readonly { readonly client: string; readonly oracle: string }[]
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
  /** What holds for every operation of a load, or for at least one. */
  readonly properties: readonly PropertyMark[]
  /** `line` is the 1-based line of the file that states the expectation. */
  readonly expect: readonly (Expectation & { readonly line: number })[]
}
