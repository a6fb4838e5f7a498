// What a client says of itself from within: `always`, `sometimes`, `reachable`. Declared at module level, so that what never
// happens is known too. During a run a register of the harness hears of it, through a symbol that every copy of this package
// shares; anywhere else all of this does nothing, so it may stay in production code.

import type { PropertyKind } from '#history/event.ts'

/** Where the harness listens, for the length of a run. */
export const propertyRegister: unique symbol = Symbol.for('brownout.properties') as never

export interface PropertyRegister {
  /** Before anything happens; again after a restart. */
  declare(type: PropertyKind, name: string): void
  see(type: PropertyKind, name: string, holds: boolean, details: unknown): void
}

/** To be called whenever it can be looked at. `details` are shown with the first time that it does not hold. */
export type Property = (condition: boolean, details?: unknown) => void

/** Must hold whenever it is looked at: `const noLoss = always('no write is forgotten')`, then `noLoss(queue.size <= limit)`. */
export function always(name: string): Property {
  return declare('always', name)
}

/** Must hold at least once: `const servedStale = sometimes('a stale copy is shown')`, then `servedStale(copy.isOld)`. */
export function sometimes(name: string): Property {
  return declare('sometimes', name)
}

/** Must be come by: `const rejoined = reachable('the breaker closes again')`, then `rejoined()`. */
export function reachable(name: string): (details?: unknown) => void {
  const reached = declare('reachable', name)
  return (details) => reached(true, details)
}

function declare(type: PropertyKind, name: string): Property {
  register()?.declare(type, name)
  return (condition, details) => register()?.see(type, name, Boolean(condition), details)
}

function register(): PropertyRegister | undefined {
  return (globalThis as { [propertyRegister]?: PropertyRegister })[propertyRegister]
}
