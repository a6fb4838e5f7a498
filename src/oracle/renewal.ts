// Whether a copy that a client hands over is one that it renews.

import type { History } from '#history/history.ts'
import { receipts } from '#history/knowledge.ts'
import { exchanges, selector, type Operation } from '#history/query.ts'

/** A cache may keep a copy for so long before it asks again. */
const keptMs = 300_000
/** So much later a copy may be renewed behind the scenes. */
const soonMs = 60_000

/** After the faults a copy of an earlier time is handed over that is no longer young, and nobody asks for the thing: a cache
 * that renews its copies would. */
export function isForgotten(history: History, { invoked, outcome, settled }: Operation): boolean {
  const { lastLiftAt } = history.header
  const { instance, entity } = invoked
  if (outcome !== 'stale' || lastLiftAt === null || entity === undefined || !settled) return false
  if (invoked.at < lastLiftAt) return false
  const from = Math.min(lastLiftAt, settled.at - keptMs)
  const isNear = (at: number): boolean => at >= from && at <= settled.at + soonMs
  if (receipts(history, instance, entity).some(({ at }) => isNear(at))) return false
  return !(asksFor(history).get(`${instance} ${entity}`) ?? []).some(({ sent }) => isNear(sent.at))
}

/** What each process asked for about each thing. */
const asksFor = selector((history) =>
  Map.groupBy(exchanges(history), ({ sent }) => `${sent.instance} ${sent.entity ?? ''}`),
)
