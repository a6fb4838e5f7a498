// What an operation handed over, when it is not simply a fresh value. Branded with Symbol.for, so that a second copy of
// this package understands them too.

import { inspect } from 'node:util'

const brand = Symbol.for('brownout.outcome')

export type Outcome<T = unknown> =
  | { readonly kind: 'stale'; readonly value: T; readonly ageMs: number }
  | { readonly kind: 'queued' }
  | { readonly kind: 'fallback'; readonly value: T }
  | { readonly kind: 'dropped' }

export type Branded<O extends Outcome = Outcome> = { readonly [brand]: O }

/** A copy from before, `age` milliseconds old. */
export function stale<T>(value: T, facts: { readonly age: number }): Branded {
  const age: unknown = (facts as typeof facts | undefined)?.age
  // An age that is not known must not pass for an outcome that was never declared.
  if (typeof age !== 'number' || !Number.isFinite(age) || age < 0)
    throw new TypeError(
      'stale() needs the age of the copy in milliseconds, a finite number and not negative: ' +
        `stale(value, { age: Date.now() - readAt }). It was given ${inspect(age, { depth: 0 })}.`,
    )
  return { [brand]: { kind: 'stale', value, ageMs: age } }
}

/** Accepted; it will be sent later. */
export function queued(): Branded {
  return { [brand]: { kind: 'queued' } }
}

/** Something else in its place. */
export function fallback<T>(value: T): Branded {
  return { [brand]: { kind: 'fallback', value } }
}

/** Deliberately not done. */
export function dropped(): Branded {
  return { [brand]: { kind: 'dropped' } }
}

/** The outcome behind a returned value. A plain object with `_stale: true` counts as stale (the runbook's convention), of
 * unknown age. */
export function outcomeOf(
  returned: unknown,
): { kind: 'fresh'; value: unknown } | Outcome | { kind: 'stale'; value: unknown } {
  if (typeof returned !== 'object' || returned === null) return { kind: 'fresh', value: returned }
  if (brand in returned) return (returned as Branded)[brand]
  if ('_stale' in returned && returned._stale === true) return { kind: 'stale', value: returned }
  return { kind: 'fresh', value: returned }
}
