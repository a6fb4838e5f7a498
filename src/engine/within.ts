// Asks something of the client while the clock runs, and waits for the answer no longer than so much virtual time.

import { runAs, type Owner } from '#context/owner.ts'
import type { Clock } from '#clock/clock.ts'

export type Settled =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: unknown }
export type Answer = Settled | { readonly kind: 'overdue' }

/** Never rejects. What comes later than `ms` is not heard any more. */
export function within(clock: Clock, ms: number, owner: Owner, work: () => unknown): Promise<Answer> {
  return new Promise((resolve) => {
    const timer = clock.schedule(clock.now() + ms, () => resolve({ kind: 'overdue' }))
    void settled(() => runAs(owner, work)).then((answer) => {
      timer.cancel()
      resolve(answer)
    })
  })
}

/** However the client's code ends: it may throw, reject, or hand over anything. */
export function settled(work: () => unknown): Promise<Settled> {
  return attempt(work).then(
    (value) => ({ kind: 'returned', value }),
    (error: unknown) => ({ kind: 'failed', error }),
  )
}

function attempt(work: () => unknown): Promise<unknown> {
  try {
    return Promise.resolve(work())
  } catch (error) {
    return Promise.reject(error as Error)
  }
}
