// How the API was doing around one exchange, as all exchanges that went the same way saw it.

import type { History } from '#history/history.ts'
import { exchanges, selector, succeeded, type Exchange } from '#history/query.ts'
import { isTransient } from './classify.ts'

/** Everything within a minute, before and after, says whether the API was well. */
const surroundingMs = 60_000
/** And something went well this soon before and after it: the first probe of a breaker after a rest has no such company. */
const soonMs = 15_000

/** Exchanges of one destination in the order they were sent; how many before each index went badly; and the next
 * index from each on, and the last one before each, whose exchange went well. */
type Lane = {
  readonly sent: readonly Exchange[]
  readonly badBefore: readonly number[]
  readonly nextGood: readonly number[]
  readonly lastGood: readonly number[]
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
  const lastGood = [-1]
  sent.forEach((exchange, index) => lastGood.push(succeeded(exchange) ? index : (lastGood[index] ?? -1)))
  return { sent, badBefore, nextGood, lastGood }
}

function wentBadly(exchange: Exchange): boolean {
  return exchange.outcome.kind === 'pending' || isTransient(exchange)
}

/** Nearly all others around a failure were answered; one of them right before it; and one, sent right after it, within
 * `roomMs`. */
export function wouldHaveAnswered(history: History, failure: Exchange, badShare: number, roomMs: number): boolean {
  const lane = lanes(history).get(destinationOf(failure))
  const failedAt = failure.completedAt
  if (!lane || failedAt === null) return false
  const from = indexAt(lane.sent, failedAt - surroundingMs)
  const until = indexAt(lane.sent, failedAt + surroundingMs + 1)
  const itself = Number(failure.sent.at >= failedAt - surroundingMs)
  const others = until - from - itself
  const bad = (lane.badBefore[until] ?? 0) - (lane.badBefore[from] ?? 0) - itself
  return bad <= others * badShare && wasWell(lane, failure.sent.at) && wasWellAgain(lane, failedAt, roomMs)
}

function wasWell({ sent, lastGood }: Lane, at: number): boolean {
  const good = sent[lastGood[indexAt(sent, at)] ?? -1]
  return (good?.completedAt ?? Number.NEGATIVE_INFINITY) >= at - soonMs
}

function wasWellAgain({ sent, nextGood }: Lane, at: number, roomMs: number): boolean {
  const good = sent[nextGood[indexAt(sent, at)] ?? sent.length]
  if (!good || good.completedAt === null || good.sent.at > at + soonMs) return false
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
