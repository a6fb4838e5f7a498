// What makes a fault nonsense although each of its fields is well formed. The scenario parser turns it into an error at the
// line of the key; the plan takes it for granted.

import type { Effect } from '#history/event.ts'
import type { FaultKind } from './fault.ts'
import { scopeProblem } from './matching.ts'
import type { FaultSpec } from './spec.ts'

/** `key` is the field of the fault to point at. */
export type SpecProblem = { readonly key: keyof FaultSpec; readonly what: string }

/** The first problem of a fault; `fleets` are the fleets the world configures. */
export function specProblem(spec: FaultSpec, fleets?: readonly string[]): SpecProblem | undefined {
  const { kind, params, effect, shape, from, until } = spec
  const checks: readonly (readonly [key: keyof FaultSpec, what: string | undefined])[] = [
    ['where', scopeProblem(kind, spec.where, fleets)],
    ['until', until <= from ? 'A fault must end after it starts.' : undefined],
    ['share', spec.share <= 0 ? 'A fault with a share of 0% can match nothing.' : undefined],
    ['nth', nthProblem(spec)],
    ['shape', shape.kind === 'square' && (shape.periodMs <= 0 || shape.on <= 0) ? 'The fault is never on.' : undefined],
    ['effect', effectProblem(kind, params, effect)],
  ]
  for (const [key, what] of checks) if (what !== undefined) return { key, what }
  return undefined
}

/** Why a fault of this kind cannot have this effect, as a sentence. */
function effectProblem(kind: FaultKind, params: unknown, effect: Effect): string | undefined {
  const possible = kind.effects?.(params) ?? (kind.acts === 'imposes' ? ['none'] : ['none', 'committed'])
  if (possible.includes(effect)) return undefined
  return `A ${kind.kind} of this form cannot have "effect: ${effect}", only ${possible.join(' or ')}.`
}

function nthProblem({ kind, nth }: FaultSpec): string | undefined {
  if (nth === undefined) return undefined
  if (kind.acts === 'imposes') return `A ${kind.kind} acts on whole fleets, so it cannot pick the nth exchange.`
  return Number.isInteger(nth) && nth >= 1 ? undefined : 'nth counts from 1 and is a whole number.'
}
