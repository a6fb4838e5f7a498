// What travels between the parent and a cell. Everything is plain data.

import type { ClientLocation } from '#client/resolve-client.ts'
import type { Profile } from '#history/header.ts'
import type { Place } from '#context/user-error.ts'
import type { Authority } from '#transport/authority.ts'
import type { DefinedApi } from '#scenario/scenario.ts'
import type { ScenarioData } from '#scenario/write.ts'
import type { TimeScale } from './in-real-time.ts'

/** Where a cell writes its history: a file without a name, so that the client cannot find it. */
export const historyDescriptor = 4

export type Job = {
  /** `variant`: which row of a file that has several. */
  readonly scenario: {
    /** As it is written, or, for many that are never written down, what it would say. */
    readonly given: string | ScenarioData
    readonly file: string
    readonly variant: string | null
    /** What the files of its services say: they are read once. */
    readonly services?: readonly DefinedApi[]
  }
  readonly client: ClientLocation
  readonly seed: string
  readonly profile: Profile
  /** False for the nominal twin: same seed and load, no faults. */
  readonly faults: boolean
  /** Faults that are left out, to see what the client does without them. */
  readonly without?: readonly string[]
  readonly dropHosts: readonly string[]
  /** Real milliseconds that it may take in virtual time. Default: `limits.runWallMs`. */
  readonly wallMs?: number
  /** On sockets and in real time; without it in process and in virtual time. */
  readonly loopback?: {
    readonly scale: TimeScale
    /** Over HTTPS; over HTTP without it. */
    readonly authority?: Authority
    /** Real milliseconds after which it has not ended by itself. */
    readonly wallMs: number
  }
  /** Nobody will read what it tells but who judges it, which is faster: events are written many at a time, and lost when the process
   * dies, and which line of the client sent what is not looked for. */
  readonly hasty?: boolean
}

type Problem = {
  readonly message: string
  readonly place?: Place
  readonly hint?: string
  readonly excerpt?: string
  /** Operations that the client would have to offer. */
  readonly lacks?: readonly string[]
  readonly isMachine?: boolean
  readonly moves?: string
}

/** How far the run has come. `scale`: of the timeline, by which real time is shorter; absent in virtual time. */
export type Beat = { readonly at: number; readonly phase: string; readonly scale?: number }

export type FromCell =
  | ({ readonly kind: 'beat' } & Beat)
  | {
      readonly kind: 'finished'
      /** Real milliseconds that the replay took, without starting the process. */
      readonly replayMs: number
      readonly notOffered: readonly string[]
      readonly escapes: readonly { host: string; via: string; near: boolean }[]
      /** What programs of the client printed. */
      readonly logs: string
      /** The client froze what this process must be able to put back: it cannot play once more. */
      readonly spent?: true
    }
  /** The user's mistake. */
  | { readonly kind: 'rejected'; readonly problem: Problem }
  /** Our mistake. */
  | { readonly kind: 'broken'; readonly message: string }
