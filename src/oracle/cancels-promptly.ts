// When a person walks away, the client stops.
//
// Verified: after `call.signal` was aborted the operation settles at once, its writes in flight are aborted, and nothing more
// is sent for it. A read in flight may run on, to fill a cache, when it ends in the time that the operation itself had. Not
// counted: what another waiting operation shares (single-flight), and a write that the client promised to queue, which it may
// finish; time in which its process was frozen.
// Not verified: work in another operation's context; what the server does with the request.

import { formatDuration, formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { ownMs } from '#history/pauses.ts'
import { endOf, operations, type Exchange, type Operation } from '#history/query.ts'
import { isSafe } from './classify.ts'
import { queueLimit } from './ladder.ts'
import { isWantedByAnother } from './live.ts'
import { defineOracle, type Param } from './oracle.ts'
import { timeAllowed } from './settles-within-promise.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'cancels-promptly'

const params = {
  settles: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 1, default: 100, lenient: 1_000 },
    cite: 'an abort takes no time of its own; a tenth of a second goes unnoticed',
  },
  tolerance: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 1, default: 2, lenient: 50 },
    cite: 'a read that runs on: timers count whole milliseconds, one at each end',
  },
} as const satisfies Record<string, Param>

type Cancelled = Operation & { readonly cancelled: NonNullable<Operation['cancelled']> }

export const cancelsPromptly = defineOracle({
  name,
  family: 'safety',
  verified: 'After an abort the operation settles, its writes are aborted, its reads end in time, and none is sent.',
  notVerified: 'Work that runs in another context, and what the server still does.',
  hint: 'Pass `call.signal` to every request and to every pause between attempts.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { settles } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const operation of operations(history)) {
      if (!isCancelled(operation) || wasCutOff(operation)) continue
      addSettling(history, operation, settles, tally)
      const mayFinish = operation.invoked.effect === 'write' && queueLimit(history, operation.invoked.name) !== null
      if (mayFinish) continue
      for (const exchange of operation.exchanges)
        addExchange(history, operation, exchange, settles, number.tolerance, tally)
    }
    return tally.judgement({ unarmed: 'No operation was cancelled.' })
  },
})

function isCancelled(operation: Operation): operation is Cancelled {
  return operation.cancelled !== null
}

/** A crash or a limit of the harness; the client cannot settle any more. */
function wasCutOff({ settled }: Operation): boolean {
  return settled === null || (settled.kind === 'operation.unknown' && settled.reason !== 'unsettled')
}

function addSettling(history: History, operation: Cancelled, limit: Threshold, tally: Tally): void {
  const { cancelled, settled } = operation
  const never = settled?.kind !== 'operation.ok' && settled?.kind !== 'operation.error'
  const until = never ? endOf(history) : settled.at
  const how = never ? 'had not settled when the run ended' : `settled at ${timeOf(history, until)}`
  const tookMs = ownMs(history, operation.invoked.instance, cancelled.at, until)
  if (never && tookMs <= limit.value) return
  tally.compare(limit, tookMs, () => ({
    witness: [operation.invoked.seq, cancelled.seq, settled?.seq],
    sentence: `${nameOf(operation)} was cancelled by its caller at ${timeOf(history, cancelled.at)} and ${how}, ${formatMeasured(tookMs)} later.`,
  }))
}

function addExchange(
  history: History,
  operation: Cancelled,
  exchange: Exchange,
  limit: Threshold,
  toleranceMs: number,
  tally: Tally,
): void {
  const { cancelled } = operation
  const { sent, end } = exchange
  if (end !== null && end.seq < cancelled.seq) return
  if (
    sent.redirectOf !== undefined ||
    isWantedByAnother(history, operation, exchange, Math.max(cancelled.seq, sent.seq))
  )
    return
  if (!exchange.certain) {
    tally.skip()
    return
  }
  const sentLater = sent.seq > cancelled.seq
  if (!sentLater && mayRunOn(operation, exchange, limit)) {
    addRead(history, operation, exchange, toleranceMs, tally)
    return
  }
  const until = sentLater ? sent.at : (exchange.completedAt ?? endOf(history))
  const what = sentLater ? 'was sent' : 'was still under way'
  const tookMs = ownMs(history, operation.invoked.instance, cancelled.at, until)
  tally.compare(limit, tookMs, () => ({
    witness: [operation.invoked.seq, cancelled.seq, ...seqsOf(exchange)],
    sentence: `${nameOf(operation)} was cancelled by its caller at ${timeOf(history, cancelled.at)}, and its ${requestOf(exchange)} ${what} ${formatMeasured(tookMs)} later, at ${timeOf(history, until)}; ${formatMeasured(limit.value)} is the limit.`,
  }))
}

/** A read whose caller has his answer: it may still be of use to the next one. */
function mayRunOn({ invoked, cancelled, settled }: Cancelled, exchange: Exchange, limit: Threshold): boolean {
  const reads = isSafe(exchange) || (invoked.effect === 'read' && exchange.effects.length === 0)
  return reads && settled !== null && settled.kind !== 'operation.unknown' && settled.at - cancelled.at <= limit.value
}

function addRead(history: History, operation: Cancelled, exchange: Exchange, toleranceMs: number, tally: Tally): void {
  const { cancelled, invoked } = operation
  const { sent, completedAt } = exchange
  const until = completedAt ?? endOf(history)
  const allowed = timeAllowed(history, invoked.name)
  const tookMs = ownMs(history, invoked.instance, sent.at, until)
  if (completedAt === null && tookMs <= allowed.value + toleranceMs) return
  const evidence = () => ({
    witness: [invoked.seq, cancelled.seq, ...seqsOf(exchange)],
    sentence: `${nameOf(operation)} was cancelled by its caller at ${timeOf(history, cancelled.at)}, and its ${requestOf(exchange)}, sent ${timeOf(history, sent.at)}, went on until ${timeOf(history, until)}, for ${formatMeasured(tookMs)}; a read may run on to fill a cache, but must end within ${formatDuration(allowed.value)}.`,
  })
  tally.compare(allowed, tookMs, evidence, toleranceMs)
}
