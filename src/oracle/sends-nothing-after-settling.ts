// Nobody works for an operation that is over.
//
// Verified: after an operation ended in an error, was dropped, or was a write that ended well, no exchange of it is sent
// (retrying obsolete work), also not by a queue that works in nobody's name. Not counted: what another waiting operation shares, redirects, what was handed to the network in
// the same millisecond, queued writes (sending later is their point), and the renewal of a copy after a read.
// Not verified: exchanges with borrowed context; whether background work is useful.

import { formatMeasured } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { operations, type Exchange, type Operation } from '#history/query.ts'
import { isSafe } from './classify.ts'
import { isWantedByAnother } from './live.ts'
import { defineOracle, type Param } from './oracle.ts'
import { graceMs } from './real-time.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { howMany, nameOf, requestOf, seqsOf, timeOf } from './words.ts'
import { asksFor, isWrite, sentFor } from './writes.ts'

const name = 'sends-nothing-after-settling'

const params = {
  sends: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 1 },
    cite: 'work for a task that is over is a defect of its own class (WASABI, 4 of 70 issues)',
  },
} as const satisfies Record<string, Param>

export const sendsNothingAfterSettling = defineOracle({
  name,
  family: 'safety',
  verified: 'No exchange is sent for an operation that has failed, was dropped, or was written.',
  notVerified: 'Background work without an operation, and whether it is useful.',
  hint: 'End the retry loop together with the operation: check the signal before each attempt, not only the race outside.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { sends } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const operation of operations(history)) {
      if (!isOver(operation)) continue
      const sent = [...operation.exchanges, ...sentByNobody(history, operation)]
      if (sent.length === 0) continue
      const late = sent.filter((exchange) => isLate(history, operation, exchange))
      if (late.some(({ certain, sent: { operation: id } }) => !certain && id === operation.id)) {
        tally.skip()
        continue
      }
      tally.compare(sends, late.length, () => ({
        witness: [operation.invoked.seq, operation.settled?.seq, ...late.slice(0, 3).flatMap(seqsOf)],
        sentence: sentenceFor(history, operation, late),
      }))
    }
    return tally.judgement({ unarmed: 'No operation with exchanges was over before the run was.' })
  },
})

function isOver({ outcome, invoked }: Operation): boolean {
  if (outcome === 'error' || outcome === 'dropped') return true
  return invoked.effect === 'write' && outcome === 'fresh'
}

/** A queue works in nobody's name: what it writes for an ask that failed is told by the business key, where nobody else has
 * asked for the same. */
function sentByNobody(history: History, operation: Operation): readonly Exchange[] {
  if (operation.outcome === 'fresh' || !isWrite(operation) || asksFor(history, operation).length > 1) return []
  return sentFor(history, operation).filter((exchange) => !isSafe(exchange) && exchange.sent.operation !== operation.id)
}

function isLate(history: History, operation: Operation, exchange: Exchange): boolean {
  const { settled } = operation
  const { sent } = exchange
  if (
    !settled ||
    sent.seq < settled.seq ||
    sent.at - settled.at <= graceMs(history.header) ||
    sent.redirectOf !== undefined
  )
    return false
  return !isWantedByAnother(history, operation, exchange, sent.seq)
}

function sentenceFor(history: History, operation: Operation, late: readonly Exchange[]): string {
  const { settled, outcome } = operation
  const [first] = late
  if (!first || !settled) return ''
  const ended = outcome === 'fresh' ? 'succeeded' : outcome === 'dropped' ? 'was dropped' : 'failed'
  return `${nameOf(operation)} ${ended} at ${timeOf(history, settled.at)}, and ${howMany(late.length, 'exchange')} followed for it: ${requestOf(first)} at ${timeOf(history, first.sent.at)}, ${formatMeasured(first.sent.at - settled.at)} later.`
}
