// What the flags of the commands become. Flags beat the environment (`BROWNOUT_*`), which beats the defaults.

import type { Profile } from '#history/header.ts'
import type { Output } from './printing.ts'

export type CommonFlags = {
  readonly output: 'text' | 'json'
  readonly quiet: boolean
  readonly verbose: boolean
  readonly color: boolean
}

export type DriverCheckFlags = CommonFlags & { readonly quiet: boolean; readonly https?: true }

export type ReportFlags = Omit<CommonFlags, 'output'> & {
  readonly output: Output
  /** A baseline to compare with; `false`: none, whatever a config says. */
  readonly against?: string | false
  /** The part of a figure by which it may be worse. */
  readonly tolerance: string
  /** Draft the documents of the incident. */
  readonly postmortem: boolean
}

export type RunFlags = ReportFlags & {
  readonly client?: string
  readonly seed: string
  readonly profile: Profile
  readonly reportDir: string
  readonly dropHost: readonly string[]
  /** Default: virtual, unless the client needs real sockets. */
  readonly transport?: 'virtual' | 'loopback'
  readonly timeScale: string
  /** On loopback. */
  readonly https: boolean
  /** What of these a config says, for the runs that are on loopback. */
  readonly ifReal?: readonly string[]
  /** `2/4`: the second of four parts. */
  readonly shard?: string
  /** How many seeds, from `seed` on. */
  readonly seeds: string
  /** Whether a failed run is replayed without each of its faults. Default: when it is the only one. */
  readonly ablate?: boolean
  /** The file of waivers. Default: `chaos.waivers.yaml`, if it is there. */
  readonly waivers?: string
}

export type MergeFlags = Omit<ReportFlags, 'postmortem'> & {
  readonly reportDir: string
  readonly waivers?: string
  /** Where counterexamples of a campaign go. */
  readonly regressions: string
}

export type JudgeFlags = ReportFlags & {
  /** Default: the one that the history was recorded with. */
  readonly profile?: Profile
  readonly set: readonly string[]
  /** Without it nothing is written. */
  readonly reportDir?: string
  readonly waivers?: string
}

export type FuzzFlags = CommonFlags & {
  readonly client?: string
  readonly seed: string
  /** The seed of every run; what the campaign draws comes from `seed`. */
  readonly runSeed: string
  readonly runs: string
  /** How long the campaign may take, as `5m`. */
  readonly time?: string
  readonly any: boolean
  readonly around: boolean
  readonly enumerate: boolean
  readonly blind: boolean
  readonly shrink: boolean
  /** `2/4`: the second of four parts. */
  readonly shard?: string
  readonly workers?: string
  /** One case only. */
  readonly path?: string
  readonly profile: Profile
  readonly dropHost: readonly string[]
  readonly regressions: string
  readonly reportDir: string
}

export type ReplayFlags = Omit<ReportFlags, 'against' | 'tolerance' | 'postmortem'> & {
  /** Default: the client that it was found with. */
  readonly client?: string
  readonly dropHost: readonly string[]
  readonly reportDir: string
}
