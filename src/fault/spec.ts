// One fault of a scenario, resolved: names checked, times in ms since the run's start, shares in 0..1.

import type { Effect } from '#history/event.ts'
import type { FaultKind } from './fault.ts'

/** Every named field must match; an empty scope matches everything. */
export type Scope = {
  readonly region?: string
  readonly product?: string
  readonly fleet?: string
  readonly route?: string
  readonly method?: string
  readonly workspace?: string
  readonly shard?: string
  /** Of webhooks. */
  readonly topic?: string
  readonly customer?: string
}

export type Shape =
  | { readonly kind: 'constant' }
  /** From 0 to 1 over `overMs`, then 1. */
  | { readonly kind: 'ramp'; readonly overMs: number }
  /** 1 for `on` (0..1) of each period, then 0. */
  | { readonly kind: 'square'; readonly periodMs: number; readonly on: number }
  /** On and off by turns of irregular length, drawn from `seed` (the fault's name): on for `onMs` on average, off for `offMs`. */
  | { readonly kind: 'flap'; readonly onMs: number; readonly offMs: number; readonly seed: string }
  /** Full force at the start of each period, falling to 0 over it: recovery that comes and goes. */
  | { readonly kind: 'sawtooth'; readonly periodMs: number }
  /** On, well for [quietFromMs, quietUntilMs) after the start, and on again. */
  | { readonly kind: 'false-recovery'; readonly quietFromMs: number; readonly quietUntilMs: number }
  /** On for `firstMs`, well until `againMs` after the start, then on again to the end. */
  | { readonly kind: 'relapse'; readonly firstMs: number; readonly againMs: number }

export type FaultSpec = {
  readonly name: string
  readonly kind: FaultKind
  readonly where: Scope
  /** Active in [from, until). */
  readonly from: number
  readonly until: number
  readonly shape: Shape
  readonly share: number
  /** Only the nth exchange (1-based) of each operation. */
  readonly nth?: number
  readonly effect: Effect
  readonly params: unknown
}
