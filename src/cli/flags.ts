// What the flags of the commands become. Flags beat the environment (`BROWNOUT_*`), which beats the defaults.

import type { Profile } from '#history/header.ts'

export type CommonFlags = { readonly output: 'text' | 'json'; readonly verbose: boolean; readonly color: boolean }

export type RunFlags = CommonFlags & {
  readonly client?: string
  readonly seed: string
  readonly profile: Profile
  readonly reportDir: string
  readonly dropHost: readonly string[]
  readonly quiet: boolean
  /** How many seeds, from `seed` on. */
  readonly seeds: string
  /** Whether a failed run is replayed without each of its faults. Default: when it is the only one. */
  readonly ablate?: boolean
  /** The file of waivers. Default: `chaos.waivers.yaml`, if it is there. */
  readonly waivers?: string
}

export type JudgeFlags = CommonFlags & {
  /** Default: the one that the history was recorded with. */
  readonly profile?: Profile
  readonly set: readonly string[]
  /** Without it nothing is written. */
  readonly reportDir?: string
  readonly quiet: boolean
  readonly waivers?: string
}
