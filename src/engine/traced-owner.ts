// Whose work a request is that came over a socket. Its trace is a hint, not a proof; without one it is background work of the
// first process.

import type { Owner } from '#context/owner.ts'
import type { Traced } from '#context/trace.ts'
import type { Instance } from './instance.ts'

type Knows = { knows(number: number): boolean }

/** What a trace may name: processes, operations that were asked for, deliveries that were sent. */
type Company = { readonly instances: readonly Instance[]; readonly desk?: Knows; readonly post?: Knows }

export function tracedOwner(traced: Traced | undefined, { instances, desk, post }: Company): Owner {
  const index = traced && traced.instance < instances.length ? traced.instance : 0
  const life = instances[index]?.alive?.life
  const { operation = null, delivery } = traced ?? {}
  return {
    instance: index,
    ...(life && { life }),
    workspace: '',
    operation: operation !== null && desk?.knows(operation) ? operation : null,
    ...(delivery !== undefined && post?.knows(delivery) && { delivery }),
    // Its process draws its own chance.
    random: () => 0,
  }
}
