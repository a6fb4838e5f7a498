// A fault that is proposed: as a scenario writes it, with the words that it comes from.

import type { Said } from './evidence.ts'
import type { Written } from './rule.ts'
import type { Route } from './places.ts'

export type Proposal = {
  readonly name: string
  readonly kind: string
  readonly where: Readonly<Record<string, string>>
  /** In ms since the epoch. */
  readonly from: number
  readonly until: number
  readonly share?: string
  readonly square?: { readonly period: string; readonly on: string }
  readonly with?: Written
  /** What must be asked for to meet it. */
  readonly route?: Route
  readonly why: readonly string[]
  readonly said: readonly Said[]
}
