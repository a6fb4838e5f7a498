// Whose work a request is that came over a socket. Its trace is a hint, not a proof; without one it is background work of the
// first process.

import type { Owner } from '#context/owner.ts'
import type { Traced } from '#context/trace.ts'
import type { Instance } from './instance.ts'

/** `isKnown`: whether such an operation was ever asked for. */
export function tracedOwner(
  traced: Traced | undefined,
  instances: readonly Instance[],
  isKnown: (operation: number) => boolean,
): Owner {
  const index = traced && traced.instance < instances.length ? traced.instance : 0
  const life = instances[index]?.alive?.life
  const operation = traced?.operation ?? null
  return {
    instance: index,
    ...(life && { life }),
    workspace: '',
    operation: operation !== null && isKnown(operation) ? operation : null,
    // Its process draws its own chance.
    random: () => 0,
  }
}
