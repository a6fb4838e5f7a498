// A single failure that would have passed does not reach the caller.
//
// Verified: of safe operations whose first failure was a reset, 408, 425, 429, 500, 502, 503, 504 or the client's own
// time-out, while nearly everything else was answered and time was left within the promise, enough were tried again (or ended
// well in another way). This is the counterpart of the rules against retrying: without it a client that never retries is best.
// Not verified: writes that may have happened, and looks at what has become of them; failures during an outage (a breaker or a retry budget rightly stays still);
// rate limits that last longer than a retry takes; certificates that
// are not believed, which are no better a second later. A client that never tries anything again is judged only where the scenario
// expects it: honest errors at once are a choice.

import { formatMeasured, parseDuration } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import {
  callName,
  callsOfBackground,
  callsOfOperations,
  exchanges,
  operations,
  selector,
  succeeded,
  type Exchange,
  type Operation,
} from '#history/query.ts'
import { isKnownUnsent, isOfCertificate, isSafe, isTransient, overlaps, statusOf } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { wouldHaveAnswered } from './surroundings.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { endOfExchange, nameOf, requestOf, timeOf, witnessOf } from './words.ts'

const name = 'transient-is-retried'

const params = {
  retried: {
    unit: 'share',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 0.9, default: 0.5, lenient: 0.1 },
    cite: 'a retry budget of 10 % of requests (Google SRE) may hold back some, not most',
  },
  saturation: {
    unit: 'share',
    domain: 'incident',
    defaults: { strict: 0.1, default: 0.1, lenient: 0.1 },
    cite: 'above 10 % of failures a breaker or a retry budget may rightly hold back (Google SRE)',
  },
  room: {
    unit: 'ms',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 2_000, default: 3_000, lenient: 5_000 },
    cite: 'the pause of the usual SDK (1 s and jitter) and an answer fit into it',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 3, default: 5, lenient: 5 },
    cite: 'a share of fewer operations says little',
  },
} as const satisfies Record<string, Param>

type Missed = { readonly operation: Operation; readonly failure: Exchange; readonly leftMs: number | null }

export const transientIsRetried = defineOracle({
  name,
  family: 'liveness',
  verified: 'Safe operations that met one transient failure, with time left, were tried again.',
  notVerified: 'Writes with an unknown outcome, and anything during an outage.',
  hint: 'Retry safe requests once or twice on resets, 429, 502, 503, 504 and your own time-out (its error looks like an abort).',
  params,
  selectors: {},
  judge: (history, { number }) => {
    if (!triesAgain(history) && !isExpected(history))
      return { verdict: 'not-applicable', needs: 'a client that tries anything again, or a scenario that expects it' }
    const { retried } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const missed: Missed[] = []
    // Beyond the limit it was the harness that let requests hang.
    const limited = new Set(history.all('limit.reached').map(({ operation }) => operation))
    let armed = 0
    for (const operation of operations(history)) {
      if (limited.has(operation.invoked.operation)) continue
      const failure = operation.exchanges.find((exchange) => isTransient(exchange) && !isOfCertificate(exchange))
      if (!failure || !isCandidate(operation, failure)) continue
      if (!operation.certain) {
        tally.skip()
        continue
      }
      const leftMs = timeLeft(history, operation, failure)
      if (leftMs !== null && leftMs < waitBefore(failure) + number.room) continue
      if (windowLeft(history, failure) > number.room) continue
      if (!wouldHaveAnswered(history, failure, number.saturation, number.room)) continue
      armed += 1
      if (!wasHandled(history, operation, failure)) missed.push({ operation, failure, leftMs })
    }
    const example = missed[0]
    if (armed >= number.samples)
      tally.compare(retried, (armed - missed.length) / armed, () => ({
        witness: example ? witnessOf(example.operation) : [],
        sentence: example ? sentenceFor(history, example, missed.length, armed) : '',
      }))
    const unarmed = 'No safe request failed alone: retrying into an outage is not asked for.'
    return tally.judgement({ unarmed, armed, samples: number.samples })
  },
})

/** Whoever never tries again, and says `error` in its ladder, has made a choice: an honest error at once. */
const triesAgain = selector((history) =>
  [...callsOfOperations(history), ...callsOfBackground(history)].some(({ attempts }) => attempts.length > 1),
)

function isExpected({ header }: History): boolean {
  return header.expect.some(({ oracle }) => oracle === name)
}

function isCandidate(operation: Operation, failure: Exchange): boolean {
  if (operation.settled === null || operation.outcome === 'unknown' || operation.cancelled) return false
  if (operation.outcome !== 'error' && operation.outcome !== 'fresh') return false
  if (failure.completedAt === null) return false
  if (operation.invoked.effect === 'read' || isKnownUnsent(failure)) return true
  return isSafe(failure) && !isLook(operation, failure)
}

/** A request that reads what has become of a write that went wrong: without it the error would be as honest. After a write that went
 * well it is the next step. */
function isLook({ exchanges: all }: Operation, failure: Exchange): boolean {
  const before = all.findLast((other) => !isSafe(other) && other.sent.seq < failure.sent.seq)
  return before !== undefined && (before.hits.length > 0 || !succeeded(before))
}

/** `null` without a promise: there is all the time in the world. */
function timeLeft(history: History, operation: Operation, failure: Exchange): number | null {
  const withinMs = history.header.promises[operation.invoked.name]?.withinMs
  if (withinMs === undefined || failure.completedAt === null) return null
  return operation.invoked.at + withinMs - failure.completedAt
}

/** Seconds that the server asked for; a date or nonsense counts as none. */
function waitBefore(failure: Exchange): number {
  const text = failure.head?.retryAfter
  return text === undefined ? 0 : (parseDuration(`${text}s`) ?? 0)
}

/** A 429 whose rate window goes on for longer than a retry takes is no hiccup: whoever is in a hurry may rightly give up. */
function windowLeft({ header }: History, failure: Exchange): number {
  const { completedAt, head } = failure
  if (statusOf(failure) !== 429 || !head?.rateLimit || completedAt === null) return 0
  return head.rateLimit.resetAt * 1_000 - (header.startMs + completedAt)
}

/** Tried again, in whoever's context, or well in the end. */
function wasHandled(history: History, operation: Operation, failure: Exchange): boolean {
  if (operation.outcome === 'fresh') return true
  const until = operation.settled?.seq ?? Number.POSITIVE_INFINITY
  const again = attemptsByName(history).get(callName(failure)) ?? []
  if (again.some(({ sent }) => sent.seq > failure.sent.seq && sent.seq < until)) return true
  return operation.exchanges.some((other) => other !== failure && !overlaps(failure, other))
}

const attemptsByName = selector((history) => Map.groupBy(exchanges(history), callName))

function sentenceFor(history: History, { operation, failure, leftMs }: Missed, missed: number, armed: number): string {
  const left = leftMs === null ? '' : `, with ${formatMeasured(leftMs)} of its promise left`
  const settledAt = operation.settled?.at ?? operation.invoked.at
  return `${missed} of ${armed} operations gave up at the first transient failure; ${nameOf(operation)} sent ${requestOf(failure)}, ${endOfExchange(history, failure)}, and failed at ${timeOf(history, settledAt)}${left}.`
}
