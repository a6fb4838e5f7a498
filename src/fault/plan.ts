// All faults of a scenario as one thing that can be asked. Pure: the same exchange at the same time gets the same answer.

import type { Prng } from '#random/prng.ts'
import type { Condition, Decision, ExchangeView } from './fault.ts'
import type { FaultSpec } from './spec.ts'

export type Hit = { readonly fault: string; readonly decision: Exclude<Decision, { kind: 'pass' }> }
export type Imposed = { readonly fault: string; readonly condition: Condition }

export interface FaultPlan {
  readonly specs: readonly FaultSpec[]
  /** Decisions for this exchange at `at`, in order; at most the last one ends it. `random` is the run's root stream. */
  decide(exchange: ExchangeView, at: number, random: Prng): readonly Hit[]
  /** Conditions on a fleet at `at`. */
  conditions(fleet: string, at: number): readonly Imposed[]
  /** When faults start and are lifted, in order. */
  readonly edges: readonly {
    readonly at: number
    readonly kind: 'fault.started' | 'fault.lifted'
    readonly fault: string
  }[]
}

export function createPlan(_specs: readonly FaultSpec[]): FaultPlan {
  throw new Error('Not written yet.')
}
