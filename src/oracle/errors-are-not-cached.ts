// An error is an answer for now, not a value to keep: the next ask, a little later, asks the API again.
//
// Verified: reads that end with a status the API gave for the same thing earlier, or with nothing at all, without a request,
// longer after that answer than a negative cache may last. A breaker that is open, or a pause that was asked for, refuses fast
// as well; so only while the same kind of request was just answered well for others, twice in a row, and no 429 to whatever else
// has asked for a pause since. An answer that is true (a
// thing that is gone stays gone) may be kept: only what a fault answered, and what may pass by itself, counts.
// Not verified: errors kept for lists and searches; garbled bodies kept as values, which `honest-degradation` judges; a breaker
// of one single thing.

import { formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { exchanges, operations, selector, succeeded, type Exchange, type Operation } from '#history/query.ts'
import { isSafe, isTransient, statusOf } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { isRefused } from './rate-windows.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { endOfExchange, nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'errors-are-not-cached'

const params = {
  kept: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 30_000, default: 60_000, lenient: 300_000 },
    cite: 'a negative cache lasts a minute at most',
  },
  recent: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 30_000, default: 30_000, lenient: 30_000 },
    cite: 'what went well for others longer ago says nothing about a breaker now',
  },
} as const satisfies Record<string, Param>

type Lane = readonly Exchange[]
type Kept = {
  readonly operation: Operation
  readonly error: Exchange
  readonly other: Exchange
  readonly ageMs: number
}

export const errorsAreNotCached = defineOracle({
  name,
  family: 'safety',
  verified: 'An error that the API gave for one thing is not handed over again, unasked, for longer than a minute.',
  notVerified: 'Lists and searches, and garbled bodies kept as values.',
  hint: 'Keep only good answers in the cache; if errors must be kept, keep a 404 for seconds, and never a 5xx or a 429.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { kept } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const operation of operations(history)) {
      const error = errorBefore(history, operation)
      if (!error) continue
      const found = handsOver(history, operation, error, number.recent)
      if (found) tally.compare(kept, found.ageMs, () => evidenceFor(history, found, kept))
      else if (operation.exchanges.length > 0) tally.compare(kept, 0, () => ({ witness: [], sentence: '' }))
    }
    return tally.judgement({ unarmed: 'Nothing was asked for again after the API had answered it with an error.' })
  },
})

/** About each thing, and of each kind, in the order in which it was sent. */
const lanesByThing = selector((history) => Map.groupBy(exchanges(history).filter(isSafe), ({ sent }) => thing(sent)))
const refusals = selector((history) => Map.groupBy(exchanges(history).filter(isRefused), ownerOf))
const lanesByRoute = selector((history) => Map.groupBy(exchanges(history).filter(isSafe), routeOf))

function thing(about: { instance: number; workspace: string | null; entity?: string }): string {
  return `${about.instance} ${about.workspace} ${about.entity ?? ''}`
}

function ownerOf({ sent }: Exchange): string {
  return `${sent.instance} ${sent.workspace}`
}

function routeOf({ sent }: Exchange): string {
  return `${sent.instance} ${sent.workspace} ${sent.host} ${sent.method} ${sent.route}`
}

/** The last that the API said of the thing before it was asked for, when that was an error that need not be true now. */
function errorBefore(history: History, { invoked, cancelled, settled, certain }: Operation): Exchange | undefined {
  if (invoked.effect !== 'read' || invoked.entity === undefined || cancelled || !certain || !settled) return undefined
  const last = lastEnded(lanesByThing(history).get(thing(invoked)) ?? [], invoked.seq)
  const status = last && statusOf(last)
  if (!last || status === null || status === undefined || status < 400) return undefined
  const isOfFault = last.hits.some(({ decision }) => decision !== 'delay' && decision !== 'drip')
  return isOfFault || isTransient(last) ? last : undefined
}

/** Lanes are asked about in the order of time, and few of their exchanges overlap: a short look back finds it. */
function lastEnded(lane: Lane, seq: number): Exchange | undefined {
  return lane[lastIndex(lane, seq)]
}

function lastIndex(lane: Lane, seq: number, below = sentBefore(lane, seq)): number {
  for (let index = below - 1; index >= 0; index -= 1)
    if ((lane[index]?.end?.seq ?? Number.POSITIVE_INFINITY) < seq) return index
  return -1
}

/** How many of a lane were sent before `seq`, by bisection. */
function sentBefore(lane: Lane, seq: number): number {
  let low = 0
  let high = lane.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((lane[middle]?.sent.seq ?? seq) < seq) low = middle + 1
    else high = middle
  }
  return low
}

function handsOver(history: History, operation: Operation, error: Exchange, recentMs: number): Kept | undefined {
  const { invoked, settled, exchanges: own } = operation
  if (own.length > 0 || !settled || !saysTheSame(operation, error) || error.completedAt === null) return undefined
  // Somebody who waits for the same answer sends nothing either.
  const lane = lanesByThing(history).get(thing(invoked)) ?? []
  const sent = sentBefore(lane, settled.seq)
  if (lane.slice(Math.max(0, sent - 3), sent).some(({ end }) => end === null || end.seq > invoked.seq)) return undefined
  const others = lanesByRoute(history).get(routeOf(error)) ?? []
  const newest = lastIndex(others, invoked.seq)
  const other = others[newest]
  const before = others[lastIndex(others, invoked.seq, newest)]
  if (!other || !before || !succeeded(other) || !succeeded(before) || other.completedAt === null) return undefined
  if (other.completedAt < error.completedAt || invoked.at - other.completedAt > recentMs) return undefined
  const isPaused = refusals(history)
    .get(ownerOf(error))
    ?.some(isBetween(other.end?.seq ?? 0, invoked.seq))
  if (isPaused) return undefined
  return { operation, error, other, ageMs: invoked.at - error.completedAt }
}

function isBetween(from: number, until: number) {
  return ({ end }: Exchange): boolean => end !== null && end.seq > from && end.seq < until
}

function saysTheSame({ settled }: Operation, error: Exchange): boolean {
  if (settled?.kind === 'operation.error') return settled.error.status === statusOf(error)
  return settled?.kind === 'operation.ok' && settled.result === 'fresh' && settled.hollow === true
}

function evidenceFor(history: History, { operation, error, other, ageMs }: Kept, limit: Threshold) {
  const { settled, invoked } = operation
  const what = settled?.kind === 'operation.error' ? `the same ${statusOf(error)}` : 'nothing, as a success,'
  return {
    witness: [...seqsOf(error), other.end?.seq, invoked.seq, settled?.seq],
    sentence: `${nameOf(operation)} was given ${what} at ${timeOf(history, invoked.at)} without a request, ${formatMeasured(ageMs)} after ${requestOf(error)} for ${invoked.entity} was ${endOfExchange(history, error)}; an error may be kept for ${formatMeasured(limit.value)}, and the same request for others was ${endOfExchange(history, other)}.`,
  }
}
