// Queues that promise longer than a run lasts: what was queued must at least be on its way out when the API is well again.

import type { History } from '#history/history.ts'
import { endOf } from '#history/query.ts'
import { backlog, type Queued } from './backlog.ts'
import { queueLimit } from './ladder.ts'
import { startOf } from './recovery.ts'

export type Drain = {
  readonly from: number
  /** What waited then and was not due before the end of the run. */
  readonly waited: readonly Queued[]
  /** What of it still waited at the end. */
  readonly left: readonly Queued[]
  /** At the pace of what went out, the rest goes out in time. */
  readonly isInTime: boolean
}

/** What of the backlog of each operation, workspace and process became of it, since at least `patienceMs` before the end. */
export function drains(history: History, patienceMs: number): readonly Drain[] {
  const from = freeFrom(history)
  if (from === null || endOf(history) - from < patienceMs) return []
  const owed = backlog(history).filter(({ operation, from: at, until }) => {
    const limitMs = queueLimit(history, operation.invoked.name)
    const waits = at < from && (until === null || until > from)
    return limitMs !== null && waits && operation.invoked.at + limitMs > endOf(history)
  })
  const groups = Map.groupBy(owed, ({ operation: { invoked } }) =>
    [invoked.instance, invoked.workspace, invoked.name].join(' '),
  )
  return Array.from(groups.values(), (waited) => drainOf(history, from, waited))
}

/** Faults are over, and nobody has paused, resumed or restarted the client since. */
function freeFrom(history: History): number | null {
  const lifted = startOf(history, undefined)
  if (lifted === null) return null
  const last = [history.all('action.taken').at(-1), history.all('client.restarted').at(-1)]
  return Math.max(lifted, ...last.map((event) => event?.at ?? 0))
}

function drainOf(history: History, from: number, waited: readonly Queued[]): Drain {
  // What is tried in vain is not forgotten; why the API does not take it is another matter.
  const left = waited.filter(({ until, tried }) => until === null && !tried.some(({ sent }) => sent.at >= from))
  const gone = waited.length - left.length
  const neededMs = ((endOf(history) - from) * left.length) / gone
  const dueAt = Math.max(
    ...left.map(({ operation: { invoked } }) => invoked.at + (queueLimit(history, invoked.name) ?? 0)),
  )
  return { from, waited, left, isInTime: left.length === 0 || (gone > 0 && endOf(history) + neededMs <= dueAt) }
}
