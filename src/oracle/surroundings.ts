// How the API was doing around one exchange, as all exchanges that went the same way saw it.

import type { History } from '#history/history.ts'
import { exchanges, selector, succeeded, type Exchange } from '#history/query.ts'
import { isTransient } from './classify.ts'

/** Everything within a minute, before and after, says whether the API was well. */
const surroundingMs = 60_000

/** Exchanges of one destination in the order they were sent; how many before each index went badly; and the first index
 * from each on whose exchange went well. */
type Lane = {
  readonly sent: readonly Exchange[]
  readonly badBefore: readonly number[]
  readonly nextGood: readonly number[]
}

const lanes = selector((history): ReadonlyMap<string, Lane> => {
  const byDestination = Map.groupBy(exchanges(history), destinationOf)
  return new Map(Array.from(byDestination, ([destination, sent]) => [destination, laneOf(sent)]))
})

function destinationOf({ sent }: Exchange): string {
  return `${sent.host} ${sent.region} ${sent.product} ${sent.workspace}`
}

function laneOf(sent: readonly Exchange[]): Lane {
  const badBefore = [0]
  for (const exchange of sent) badBefore.push((badBefore.at(-1) ?? 0) + Number(wentBadly(exchange)))
  const nextGood = Array<number>(sent.length + 1).fill(sent.length)
  for (let index = sent.length - 1; index >= 0; index -= 1) {
    const exchange = sent[index]
    nextGood[index] = exchange && succeeded(exchange) ? index : (nextGood[index + 1] ?? sent.length)
  }
  return { sent, badBefore, nextGood }
}

function wentBadly(exchange: Exchange): boolean {
  return exchange.outcome.kind === 'pending' || isTransient(exchange)
}

/** Nearly all others around a failure were answered, and one of them, sent right after it, within `roomMs`. */
export function wouldHaveAnswered(history: History, failure: Exchange, badShare: number, roomMs: number): boolean {
  const lane = lanes(history).get(destinationOf(failure))
  const failedAt = failure.completedAt
  if (!lane || failedAt === null) return false
  const from = indexAt(lane.sent, failedAt - surroundingMs)
  const until = indexAt(lane.sent, failedAt + surroundingMs + 1)
  const itself = Number(failure.sent.at >= failedAt - surroundingMs)
  const others = until - from - itself
  const bad = (lane.badBefore[until] ?? 0) - (lane.badBefore[from] ?? 0) - itself
  const next = lane.nextGood[indexAt(lane.sent, failedAt)] ?? until
  const good = next < until ? lane.sent[next] : undefined
  if (!good || good.completedAt === null || bad > others * badShare) return false
  return good.completedAt - good.sent.at <= roomMs
}

/** The first index of an exchange that was sent at `at` or later, by bisection: an outage has thousands of failures. */
function indexAt(sorted: readonly Exchange[], at: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle]?.sent.at ?? at) < at) low = middle + 1
    else high = middle
  }
  return low
}
