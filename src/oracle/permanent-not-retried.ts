// An answer that will not change is not asked for again.
//
// Verified: after 400, 401, 403, 404, 405, 406, 409, 410, 411, 413, 414, 415, 422 or 501 the same request is not sent again by
// the same operation. Not counted: once after a 401 (a token was refreshed); 403 and 413 with Retry-After (a limit); 409 with
// an idempotency key, or when the client did something in between; once after a 404 on an entity it knows to exist (a lagging
// replica).
// Not verified: the same request by a later operation; operations with borrowed exchanges.

import type { History } from '#history/history.ts'
import { receipts } from '#history/knowledge.ts'
import { callsOf, operations, type Exchange, type LogicalCall, type Operation } from '#history/query.ts'
import { isPermanent, isSafe, overlaps, statusOf } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { endOfExchange, nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'permanent-not-retried'

const params = {
  resends: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 1 },
    cite: 'a final answer is final (RFC 9110; WASABI, "retrying unrecoverable errors")',
  },
  retry405: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 1 },
    cite: 'a scenario with intermittent 405s may allow safe requests one more attempt',
  },
} as const satisfies Record<string, Param>

export const permanentNotRetried = defineOracle({
  name,
  family: 'safety',
  verified: 'After an answer that is final the same operation does not send the same request again.',
  notVerified: 'Whether a later operation asks again, and what the client does about the cause.',
  hint: 'Retry only what can pass by itself: 408, 425, 429, 5xx but not 501, resets and time-outs.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { resends, retry405 } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    let excused = 0
    for (const operation of operations(history)) {
      if (!operation.certain) {
        if (operation.exchanges.some(isPermanent)) tally.skip()
        continue
      }
      for (const call of callsOf(history, operation)) {
        const finals = call.attempts.filter(isPermanent)
        const final = finals.find((attempt) => !isInProgress(attempt))
        if (!final) {
          excused += finals.length
          continue
        }
        const again = resendsAfter(history, operation, call, final)
        const limit = statusOf(final) === 405 && isSafe(final) && retry405.value > resends.value ? retry405 : resends
        tally.compare(limit, again.length, () => ({
          witness: [operation.invoked.seq, ...seqsOf(final), ...again.flatMap(seqsOf)],
          sentence: `${nameOf(operation)} sent ${requestOf(final)} again although it had been ${endOfExchange(history, final)}: ${again.map(({ sent }) => timeOf(history, sent.at)).join(', ')}.`,
        }))
      }
    }
    return tally.judgement({ unarmed: whyUnarmed(excused) })
  },
})

function whyUnarmed(excused: number): string {
  if (excused === 0) return 'No request got an answer that is final.'
  return `The only final answers (${excused}) were 409s with an idempotency key, and those may pass.`
}

/** The API works on it under this key, and will soon know how it ended. */
function isInProgress(exchange: Exchange): boolean {
  return statusOf(exchange) === 409 && exchange.sent.idempotencyKey !== undefined
}

function resendsAfter(
  history: History,
  operation: Operation,
  { attempts }: LogicalCall,
  final: Exchange,
): readonly Exchange[] {
  const later = attempts.filter(({ sent }) => sent.seq > final.sent.seq).filter((attempt) => !overlaps(final, attempt))
  const status = statusOf(final)
  if (status === 401 || (status === 404 && wasKnown(history, final))) return later.slice(1)
  if (status !== 409) return later
  return later.filter((attempt) => !didSomethingBetween(operation, final, attempt))
}

/** A replica that lags may not have heard yet of what the client has seen; another one may. */
function wasKnown(history: History, { sent }: Exchange): boolean {
  if (sent.entity === undefined) return false
  return receipts(history, sent.instance, sent.entity).some(({ seq, certain }) => certain && seq < sent.seq)
}

function didSomethingBetween(operation: Operation, final: Exchange, again: Exchange): boolean {
  return operation.exchanges.some(
    ({ sent }) => sent.seq > final.sent.seq && sent.seq < again.sent.seq && sent.route !== final.sent.route,
  )
}
