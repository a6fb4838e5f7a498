// What a run takes.

import type { ClientLocation } from '#client/resolve-client.ts'
import type { Profile } from '#history/header.ts'
import type { Crew } from './crew.ts'
import type { TimeScale } from './in-real-time.ts'

export type RunProgress = {
  readonly phase: string
  readonly virtualMs: number
  readonly spanMs: number
  /** The instant of the start of the run, in milliseconds since the epoch. */
  readonly startMs: number
  readonly nominal: boolean
  /** By how much real time is shorter than the incident; absent in virtual time. */
  readonly scale?: number
}

export type RunOptions = {
  /** The scenario's file. */
  readonly scenario: string
  /** The row of a file that has several. */
  readonly variant?: string | null
  readonly client: ClientLocation
  readonly seed: string
  readonly profile: Profile
  /** Where the history goes; written whole or not at all. */
  readonly historyFile: string
  readonly dropHosts: readonly string[]
  readonly signal: AbortSignal
  /** On real sockets, in real time, with the timeline divided by `scale`. Default: in virtual time. */
  readonly loopback?: { readonly scale: TimeScale; readonly https?: boolean }
  /** Stays in virtual time, whatever the client needs. Default: a client that needs real sockets is moved there. */
  readonly stays?: boolean
  /** The cells to play in. Default: two of its own. */
  readonly crew?: Crew
  /** `never`: whatever a cell says that has played before is believed. Default: only a pass is. */
  readonly confirm?: 'always' | 'never'
  /** Plays the incident once more and compares: a run that is not repeatable proves nothing. Default: no. */
  readonly repeat?: boolean
  /** Replays a failed run once more without each of its faults. Default: no. */
  readonly ablate?: boolean
  /** Keeps what the documents of an incident tell. Default: no. */
  readonly incident?: boolean
  /** Keeps what a page draws of the run. Default: no. */
  readonly scene?: boolean
  readonly onProgress?: (progress: RunProgress) => void
}
