// What is tried again is the whole request, body and all.
//
// Verified: when a write with a body failed, the same operation does not send the same request without
// one. A stream that was read by the first attempt, or a body that was taken out of a shared object, leaves nothing to send.
// Not verified: whether a body that is there is the same (`keeps-idempotency-key` sees that where there is a key; some clients
// rightly put an attempt number or a time into it); routes that have no body in the first place; redirects, after which HTTP
// itself may drop the body; background tasks; borrowed exchanges.

import type { History } from '#history/history.ts'
import { operations, succeeded, type Exchange, type Operation } from '#history/query.ts'
import { overlaps } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { endOfExchange, nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'retries-the-whole-request'

const params = {
  empty: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'a retry repeats the request (RFC 9110, 9.2.2)',
  },
} as const satisfies Record<string, Param>

const withBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

export const retriesTheWholeRequest = defineOracle({
  name,
  family: 'safety',
  verified: 'A write that is tried again carries its body again.',
  notVerified: 'Whether it is the same body, and background tasks.',
  hint: 'Build the body anew for each attempt: a stream, and a Request that was sent, can be read once.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { empty } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const operation of operations(history)) {
      const writes = operation.exchanges.filter(
        ({ sent }) => withBody.has(sent.method) && sent.redirectOf === undefined,
      )
      if (writes.length < 2) continue
      for (const attempts of Map.groupBy(writes, targetOf).values()) {
        const failed = attempts.find((each) => !each.sent.empty && !succeeded(each))
        const again = failed ? attempts.filter((each) => isAfter(failed, each)) : []
        if (!failed || again.length === 0) continue
        if (!operation.certain) {
          tally.skip()
          continue
        }
        const bare = again.filter(({ sent }) => sent.empty)
        tally.compare(empty, bare.length, () => evidenceFor(history, operation, failed, bare))
      }
    }
    return tally.judgement({ unarmed: 'No write with a body was tried again.' })
  },
})

function targetOf({ sent }: Exchange): string {
  return `${sent.instance} ${sent.method} ${sent.route}`
}

function isAfter(failed: Exchange, each: Exchange): boolean {
  if (each.sent.seq <= failed.sent.seq || overlaps(failed, each)) return false
  // Where the body names the entity, a request without one names none.
  return each.sent.entity === failed.sent.entity || (each.sent.empty === true && each.sent.entity === undefined)
}

function evidenceFor(history: History, operation: Operation, failed: Exchange, bare: readonly Exchange[]) {
  const times = bare.map(({ sent }) => timeOf(history, sent.at)).join(', ')
  return {
    witness: [operation.invoked.seq, ...seqsOf(failed), ...bare.flatMap(seqsOf)],
    sentence: `${nameOf(operation)} sent ${requestOf(failed)} with a body, ${endOfExchange(history, failed)}, and tried again without one at ${times}. The body had been used up by the first attempt.`,
  }
}
