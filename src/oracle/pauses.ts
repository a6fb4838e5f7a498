// The pauses that a client chose itself between two attempts of one request. Not among them: a copy in flight (hedge), another
// host (failover), what the server asked for, and the repetition after a 401.

import type { History } from '#history/history.ts'
import { callsOfOperations, selector, type Exchange, type Operation } from '#history/query.ts'
import { statusOf } from './classify.ts'
import { silenceAskedBy } from './silence.ts'

export type Pause = {
  readonly ms: number
  /** 1 for the one before the second attempt. */
  readonly nth: number
  readonly before: Exchange
  readonly after: Exchange
  readonly of: Operation
}

/** Of all operations whose exchanges are certainly theirs. */
export const ownPauses: (history: History) => readonly Pause[] = selector((history) =>
  callsOfOperations(history).flatMap(({ operation: of, attempts }) => {
    if (!of?.certain) return []
    return attempts.flatMap((after, nth) => {
      const before = attempts[nth - 1]
      if (!before || before.completedAt === null || !isOwn(history, before, after)) return []
      return [{ ms: after.sent.at - before.completedAt, nth, before, after, of }]
    })
  }),
)

function isOwn(history: History, before: Exchange, after: Exchange): boolean {
  if (before.end === null || before.end.seq > after.sent.seq || before.sent.host !== after.sent.host) return false
  if (statusOf(before) === 401 || before.head?.retryAfter !== undefined) return false
  return silenceAskedBy(history, before) === undefined
}
