// The contract of an oracle: a pure judge of one history. It sees nothing else, in particular not the fault plan or the
// Store. Every file of this folder states what it verifies and what it does not.

import type { Bound, Profile, Unit } from '#history/header.ts'
import type { History } from '#history/history.ts'
import type { Judgement } from './verdict.ts'

/** One numeric setting, with a default per profile and the place the numbers come from. */
export type Param = {
  readonly unit: Unit
  /** Default: `at-most`. */
  readonly bound?: Bound
  readonly domain: 'client' | 'incident'
  readonly defaults: Readonly<Record<Profile, number>>
  readonly cite: string
}

/** Numbers by parameter name; texts by selector name (`load`, `after`), present when the scenario's `expect` set them. */
export type Settings<P extends string, S extends string> = {
  readonly number: Readonly<Record<P, number>>
  readonly text: Readonly<Partial<Record<S, string>>>
}

export interface Oracle<P extends string = string, S extends string = string> {
  /** Kebab-case, equal to the file's name and to the key in `expect`. */
  readonly name: string
  readonly family: 'safety' | 'liveness'
  readonly verified: string
  readonly notVerified: string
  /** One sentence: what to change in the client when this fails. */
  readonly hint: string
  readonly params: Readonly<Record<P, Param>>
  /** Text settings: each names a load or a phase of the scenario. */
  readonly selectors: Readonly<Record<S, 'load' | 'phase'>>
  judge(history: History, settings: Settings<P, S>): Judgement
}

/** Keeps the literal names of parameters and selectors while erasing them for the catalogue. */
export function defineOracle<const P extends string, const S extends string>(oracle: Oracle<P, S>): Oracle {
  return oracle as unknown as Oracle
}
