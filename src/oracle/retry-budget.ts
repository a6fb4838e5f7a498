// While most requests fail a client does not spend what is left of the API on retries.
//
// Verified: within any minute in which more than half of what one process sent to one workspace and host failed, its further
// attempts are few: a share of its first attempts, and a floor below which retries do no harm. The effect is judged and not
// the mechanism: a breaker, a token bucket or a cap all do. Not counted as retries: a copy in flight (hedge), the repetition
// after a 401, redirects, and what a loop in the background asks no sooner than it does when all is well.
// Not verified: times in which most requests succeed, where retries are welcome; the load of first attempts (`amplification`
// compares that with the fault-free twin).

import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import {
  callName,
  callsOfBackground,
  callsOfOperations,
  exchanges,
  selector,
  type Exchange,
  type LogicalCall,
} from '#history/query.ts'
import { isTransient, overlaps, statusOf } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { endOfExchange, howMany, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'retry-budget'

const windowMs = 60_000

const params = {
  ratio: {
    unit: 'ratio',
    domain: 'client',
    defaults: { strict: 0.1, default: 1, lenient: 2 },
    cite: 'one retry for ten requests (Google SRE), one for five (Finagle RetryBudget); by default twice the load, as `amplification` allows',
  },
  floor: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 20, default: 20, lenient: 60 },
    cite: 'Finagle RetryBudget has a floor too; one retry in three seconds harms nobody',
  },
  failing: {
    unit: 'share',
    domain: 'incident',
    defaults: { strict: 0.5, default: 0.5, lenient: 0.5 },
    cite: 'gRPC A6 stops retrying when its bucket is half empty: only an outage is judged',
  },
} as const satisfies Record<string, Param>

type Minute = {
  readonly last: Exchange
  readonly sent: number
  readonly failed: number
  readonly retries: readonly Exchange[]
}

export const retryBudget = defineOracle({
  name,
  family: 'safety',
  verified: 'Retries per first attempt in each minute in which most requests fail, for each process and workspace.',
  notVerified: 'Minutes in which most requests succeed, and the load of first attempts.',
  hint: 'Pay for retries from a budget: each success earns a tenth of one, and when the budget is empty failures are final.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { ratio } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    let armed = 0
    for (const lane of Map.groupBy(exchanges(history), laneOf).values()) {
      const found = worstMinute(history, lane, number.failing, number.floor)
      armed += found.retries
      const { worst } = found
      if (!worst) continue
      const beyond = beyondFloor(worst, number.floor)
      tally.compare(ratio, beyond, () => evidenceFor(history, worst, ratio, number.floor))
    }
    return tally.judgement({ unarmed: 'Nothing was tried again while most requests failed.', armed })
  },
})

function laneOf({ sent }: Exchange): string {
  return `${sent.instance} ${sent.workspace} ${sent.host}`
}

const retriesOf = selector((history): ReadonlySet<Exchange> => {
  const asked = callsOfOperations(history).flatMap(({ attempts }) => attempts.filter(isAgain))
  const inBackground = callsOfBackground(history)
  const paces = pacesOf(inBackground)
  const polled = inBackground.flatMap(({ attempts }) =>
    attempts.filter((attempt, nth) => {
      const sinceMs = attempt.sent.at - (attempts[nth - 1]?.sent.at ?? 0)
      return isAgain(attempt, nth, attempts) && sinceMs < (paces.get(loopOf(attempt)) ?? Infinity)
    }),
  )
  return new Set([...asked, ...polled])
})

function isAgain(attempt: Exchange, nth: number, attempts: readonly Exchange[]): boolean {
  const before = attempts[nth - 1]
  // In a borrowed context one after the other may be the first attempts of several.
  return before !== undefined && attempt.certain && !overlaps(before, attempt) && statusOf(before) !== 401
}

/** A loop of one process that looks after many things in the same way. */
function loopOf({ sent }: Exchange): string {
  return `${sent.instance} ${sent.workspace} ${sent.method} ${sent.route}`
}

/** How soon a loop comes back to the same thing after a good answer: nine times out of ten no sooner. */
function pacesOf(calls: readonly LogicalCall[]): ReadonlyMap<string, number> {
  const ended = new Map<string, number>()
  const gaps = new Map<string, number[]>()
  for (const { attempts } of calls) {
    const [first] = attempts
    const last = attempts.at(-1)
    if (!first || !last) continue
    const before = ended.get(callName(first))
    const loop = loopOf(first)
    const known = gaps.get(loop) ?? []
    if (before !== undefined) known.push(first.sent.at - before)
    gaps.set(loop, known)
    ended.set(callName(first), last.sent.at)
  }
  return new Map(Array.from(gaps, ([loop, list]) => [loop, tenth(list)]))
}

function tenth(gaps: readonly number[]): number {
  return gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 10)] ?? Infinity
}

/** Retries beyond the floor, for each first attempt. */
function beyondFloor({ sent, retries }: Pick<Minute, 'sent' | 'retries'>, floor: number): number {
  return Math.max(0, retries.length - floor) / Math.max(1, sent - retries.length)
}

/** One window slides over everything the process sent there. */
function worstMinute(history: History, lane: readonly Exchange[], failing: number, floor: number) {
  const again = retriesOf(history)
  const retries: Exchange[] = []
  let first = 0
  let firstRetry = 0
  let failed = 0
  let worst: Minute | undefined
  let mostBeyond = -1
  let counted = 0
  lane.forEach((exchange, index) => {
    failed += Number(isBad(exchange))
    if (again.has(exchange)) retries.push(exchange)
    for (; isBefore(lane[first], exchange); first += 1) failed -= Number(isBad(lane[first]))
    while (isBefore(retries[firstRetry], exchange)) firstRetry += 1
    const sent = index - first + 1
    if (!again.has(exchange) || failed <= sent * failing) return
    counted += 1
    const many = retries.length - firstRetry
    const beyond = Math.max(0, many - floor) / Math.max(1, sent - many)
    if (beyond <= mostBeyond) return
    mostBeyond = beyond
    worst = { last: exchange, sent, failed, retries: retries.slice(firstRetry) }
  })
  return { worst: worst as Minute | undefined, retries: counted }
}

function isBefore(earlier: Exchange | undefined, { sent }: Exchange): boolean {
  return earlier !== undefined && earlier.sent.at <= sent.at - windowMs
}

function isBad(exchange: Exchange | undefined): boolean {
  return exchange !== undefined && (exchange.outcome.kind === 'pending' || isTransient(exchange))
}

function evidenceFor(history: History, { last, sent, failed, retries }: Minute, ratio: Threshold, floor: number) {
  const { instance, workspace, host } = last.sent
  const firsts = sent - retries.length
  return {
    witness: retries
      .slice(-floor - 1)
      .map((exchange) => exchange.sent.seq)
      .concat(seqsOf(last).filter((seq) => seq !== undefined)),
    sentence: `in the minute until ${timeOf(history, last.sent.at)} process ${instance} sent ${howMany(sent, 'request')} to ${host} for the workspace ${workspace}, of which ${failed} failed, and ${retries.length} of them were retries, for ${howMany(firsts, 'first attempt')}; ${floor} and ${ratio.value} for each first attempt are the limit. The last was ${requestOf(last)}, ${endOfExchange(history, last)}.`,
  }
}
