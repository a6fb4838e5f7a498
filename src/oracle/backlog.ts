// Writes that a client accepted for later, and what became of them: by business key, so that no attribution is needed.

import type { History } from '#history/history.ts'
import { endOf, exchanges, operations, selector, type Exchange } from '#history/query.ts'
import { isPermanent, isSafe, statusOf } from './classify.ts'
import { queueLimit } from './ladder.ts'
import { commitsSince, isWrite, type Write } from './writes.ts'

export type Queued = {
  readonly operation: Write
  /** When its caller was told `queued`. */
  readonly from: number
  /** When the client sent what brought it to its end, or was to send it no more; `null` when it still waited at the end. */
  readonly until: number | null
  /** The exchange that brought it to its end; `null` when it expired, or never was. */
  readonly by: Exchange | null
  /** All that was sent for it since it was accepted, looks at the thing it is about included. */
  readonly tried: readonly Exchange[]
}

const sentFor = selector((history) =>
  Map.groupBy(
    exchanges(history).filter(({ sent }) => sent.key !== undefined),
    ({ sent }) => `${sent.workspace} ${sent.key}`,
  ),
)

const looksAt = selector((history) =>
  Map.groupBy(
    exchanges(history).filter((exchange) => isSafe(exchange) && exchange.sent.entity !== undefined),
    ({ sent }) => `${sent.workspace} ${sent.entity}`,
  ),
)

/** Writes with a business key that ended `queued`, in the order in which they were accepted. The same business accepted twice
 * while it waited is one. */
export const backlog: (history: History) => readonly Queued[] = selector((history) => {
  const waiting = new Map<string, Queued>()
  const found: Queued[] = []
  for (const operation of operations(history)) {
    if (!isWrite(operation) || operation.outcome !== 'queued' || !operation.settled) continue
    const { instance, workspace, name, key } = operation.invoked
    const lane = `${instance} ${workspace} ${name} ${key}`
    const earlier = waiting.get(lane)
    if (earlier && (earlier.until === null || earlier.until > operation.settled.at)) continue
    const one = queuedOf(history, operation, operation.settled.at)
    waiting.set(lane, one)
    found.push(one)
  }
  return found.toSorted((one, other) => one.from - other.from)
})

function queuedOf(history: History, operation: Write, from: number): Queued {
  const { invoked } = operation
  const sent = sentFor(history).get(`${invoked.workspace} ${invoked.key}`) ?? []
  const looks = looksAt(history).get(`${invoked.workspace} ${invoked.entity}`) ?? []
  const tried = [...sent, ...looks].filter((exchange) => exchange.sent.at >= from)
  const [commit] = commitsSince(history, operation)
  const ended = sent.find((one) => (one.end?.seq ?? 0) > invoked.seq && endsIt(one))
  const by = firstOf(commit?.exchange, ended)
  if (by) return { operation, from, until: Math.max(from, by.sent.at), by, tried }
  const limitMs = queueLimit(history, invoked.name)
  const expiresAt = limitMs === null ? Number.POSITIVE_INFINITY : invoked.at + limitMs
  return { operation, from, until: expiresAt <= endOf(history) ? expiresAt : null, by, tried }
}

/** A later ask with the same key may commit what this one was refused. */
function firstOf(commit: Exchange | null | undefined, ended: Exchange | undefined): Exchange | null {
  if (!commit || !ended) return commit ?? ended ?? null
  return commit.sent.seq <= ended.sent.seq ? commit : ended
}

/** It is done, it was done already, or it never will be. */
function endsIt(exchange: Exchange): boolean {
  if (isSafe(exchange)) return false
  const status = statusOf(exchange)
  return status !== null && (status < 300 || status === 409 || isPermanent(exchange))
}
