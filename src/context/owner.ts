// Whose work is this? Every piece of client code runs on behalf of one owner: an instance of the client, one of its
// workspaces and, when somebody asked for it, one operation. AsyncLocalStorage carries the owner across awaits.
// It is a hint, not a proof: queues and single-flight lose or borrow it (see `certain` in the event union).

import { AsyncLocalStorage } from 'node:async_hooks'

/** One process of an instance, from its creation to its death. What a dead one still tries does not happen. */
export type Life = { readonly number: number; over: boolean }

export type Owner = {
  readonly instance: number
  /** Absent where processes do not end before the run. */
  readonly life?: Life
  readonly workspace: string
  /** `null` is background work: nobody asked for it. */
  readonly operation: number | null
  /** The delivery of the notification that made the client do this. */
  readonly delivery?: number
  /** Uniform in [0, 1): the owner's own stream, so that one client's draws never shift another's. */
  readonly random: () => number
}

const owners = new AsyncLocalStorage<Owner>()

export function currentOwner(): Owner | undefined {
  return owners.getStore()
}

/** Whether the process on whose behalf this runs has died. */
export function isDead(owner: Owner | undefined): boolean {
  return owner?.life?.over === true
}

export function runAs<T>(owner: Owner, work: () => T): T {
  return owners.run(owner, work)
}

/** Harness work that must not draw from, or be charged to, whoever happened to trigger it. */
export function runAsHarness<T>(work: () => T): T {
  return owners.exit(work)
}
