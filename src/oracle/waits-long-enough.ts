// A client gives a healthy API the time to answer.
//
// Verified: while nothing is wrong (before the first fault, or the whole run when there is none) the client gives up on
// hardly any exchange that the world would have answered soon. A time-out below the usual latency fails good requests, doubles
// them by retries, and makes every slow minute an outage.
// Not counted: what its caller cancelled, alone or with others; a copy that was no longer needed because another attempt was
// answered (hedging); what was still under way when the operation had settled, when the run was over, or when the process died;
// answers that would have taken long.
// Not verified: anything while faults are on (there an early end is a virtue), and whether a time-out is too long.

import { formatMeasured } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { callName, exchanges, operationOf, selector, succeeded, type Exchange } from '#history/query.ts'
import { isWantedByAnother } from './live.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { howMany, lineOf, nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'waits-long-enough'

const params = {
  givenUp: {
    unit: 'share',
    domain: 'client',
    defaults: { strict: 0.001, default: 0.02, lenient: 0.05 },
    cite: 'AWS sets time-outs so that 0.1 % are false; with the samples before a fault that is none, or one in fifty at most',
  },
  soon: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 3_000, default: 1_000, lenient: 500 },
    cite: 'a person waits a second without losing the thread (Nielsen); 99.9 % of healthy answers come sooner',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 50, default: 50, lenient: 50 },
    cite: 'the ten minutes before a fault have sixty to two hundred exchanges; a run without faults has a thousand',
  },
} as const satisfies Record<string, Param>

export const waitsLongEnough = defineOracle({
  name,
  family: 'liveness',
  verified: 'While nothing is wrong hardly any exchange is given up that would soon have been answered.',
  notVerified: 'Anything while faults are on, and time-outs that are too long.',
  hint: 'Set the time-out of an attempt above the 99.9th percentile of healthy answers, some seconds rather than milliseconds.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { givenUp } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const soon = answeredSoon(history, number.soon)
    const lost = soon.filter((exchange) => wasGivenUp(history, exchange))
    const [example] = lost.toSorted((one, other) => lengthOf(one) - lengthOf(other))
    if (soon.length >= number.samples)
      tally.compare(givenUp, lost.length / soon.length, () => ({
        witness: example ? [...seqsOf(example), example.arrived?.seq] : [],
        sentence: example ? sentenceFor(history, example, lost.length, soon.length) : '',
      }))
    return tally.judgement({
      unarmed: 'No exchange ended before the first fault.',
      armed: soon.length,
      samples: number.samples,
    })
  },
})

/** What the world answered, or was about to, within `soonMs` of being asked and before anything went wrong. */
function answeredSoon(history: History, soonMs: number): readonly Exchange[] {
  const { firstFaultAt, spanMs } = history.header
  const until = firstFaultAt ?? spanMs
  return exchanges(history).filter((exchange) => {
    const answerAt = answeredAt(exchange)
    return exchange.hits.length === 0 && answerAt < until && answerAt - exchange.sent.at <= soonMs
  })
}

function answeredAt({ arrived }: Exchange): number {
  return arrived && arrived.answersIn !== null ? arrived.at + arrived.answersIn : Number.POSITIVE_INFINITY
}

function wasGivenUp(history: History, exchange: Exchange): boolean {
  const { outcome, end, sent } = exchange
  if (outcome.kind !== 'aborted' || end === null || outcome.reason === 'the process died') return false
  const operation = sent.operation === null ? undefined : operationOf(history, sent.operation)
  // Whoever shared it may have been another, and may have left.
  if (operation?.cancelled && operation.cancelled.at <= end.at) return false
  if (
    operation?.settled &&
    operation.settled.seq < end.seq &&
    !isWantedByAnother(history, operation, exchange, end.seq)
  )
    return false
  return !wasAnsweredOtherwise(history, exchange, end.seq)
}

const byName = selector((history) => Map.groupBy(exchanges(history), callName))

/** Another copy of the same request was answered while this one was under way: there was no need to wait for both. */
function wasAnsweredOtherwise(history: History, exchange: Exchange, seq: number): boolean {
  const copies = byName(history).get(callName(exchange)) ?? []
  return copies.some(
    (copy) =>
      copy !== exchange &&
      succeeded(copy) &&
      copy.end !== null &&
      copy.end.seq < seq &&
      copy.end.seq > exchange.sent.seq,
  )
}

function lengthOf({ sent, completedAt }: Exchange): number {
  return (completedAt ?? sent.at) - sent.at
}

function sentenceFor(history: History, exchange: Exchange, lost: number, all: number): string {
  const { sent } = exchange
  const operation = sent.operation === null ? undefined : operationOf(history, sent.operation)
  const who = operation ? nameOf(operation) : 'a background task'
  const early = formatMeasured(answeredAt(exchange) - sent.at - lengthOf(exchange))
  return `While nothing was wrong, the client gave up on ${lost} of ${howMany(all, 'exchange')} that would soon have been answered: ${who} sent ${requestOf(exchange)} at ${timeOf(history, sent.at)} and gave up after ${formatMeasured(lengthOf(exchange))}, ${early} before the answer was due${lineOf(exchange)}.`
}
