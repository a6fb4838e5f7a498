// What makes a fault nonsense although each of its fields is well formed. The scenario parser turns it into an error at the
// line of the key; the plan takes it for granted.

import type { Effect } from '#history/event.ts'
import type { FaultKind } from './fault.ts'
import { scopeProblem, subjectOf } from './matching.ts'
import { shapeProblem } from './shape.ts'
import type { FaultSpec } from './spec.ts'

/** `key` is the field of the fault to point at. */
export type SpecProblem = { readonly key: keyof FaultSpec; readonly what: string }

/** The first problem of a fault; `fleets` are the fleets the world configures. */
export function specProblem(spec: FaultSpec, fleets?: readonly string[]): SpecProblem | undefined {
  const { kind, params, effect, shape, from, until } = spec
  const checks: readonly (readonly [key: keyof FaultSpec, what: string | undefined])[] = [
    ['where', scopeProblem(kind, spec.where, fleets)],
    ['until', until <= from ? 'A fault must end after it starts.' : undefined],
    ['share', shareProblem(spec)],
    ['nth', nthProblem(spec)],
    ['shape', shapeProblem(shape, until - from)],
    ['effect', effectProblem(kind, params, effect)],
  ]
  for (const [key, what] of checks) if (what !== undefined) return { key, what }
  return undefined
}

/** The effects a fault of this kind can have; the first is the one it has when nothing is said. */
export function possibleEffects(kind: FaultKind, params: unknown): readonly Effect[] {
  return kind.effects?.(params) ?? (kind.acts === 'decides' ? ['none', 'committed'] : ['none'])
}

/** Why a fault of this kind cannot have this effect, as a sentence. */
function effectProblem(kind: FaultKind, params: unknown, effect: Effect): string | undefined {
  const possible = possibleEffects(kind, params)
  if (possible.includes(effect)) return undefined
  return `A ${kind.kind} of this form cannot have "effect: ${effect}", only ${possible.join(' or ')}.`
}

function shareProblem({ kind, share }: FaultSpec): string | undefined {
  if (share <= 0) return 'A fault with a share of 0% can match nothing.'
  if (share === 1 || kind.acts !== 'imposes' || (kind.on ?? 'fleet') === 'fleet') return undefined
  return `A ${kind.kind} acts on ${subjectOf(kind)}, so it has no share.`
}

function nthProblem({ kind, nth }: FaultSpec): string | undefined {
  if (nth === undefined) return undefined
  if (kind.acts === 'imposes') return `A ${kind.kind} acts on ${subjectOf(kind)}, so it cannot pick the nth exchange.`
  return Number.isInteger(nth) && nth >= 1 ? undefined : 'nth counts from 1 and is a whole number.'
}
