// The idempotency key belongs to one piece of work: it stays the same when that is tried again, and nothing else has it.
//
// Verified: where a client sends Idempotency-Key, all attempts of one request carry the same; no two operations share one,
// unless they are the same piece of business (asked for again by an impatient person, or queued and sent later); and one key
// never comes with two different requests, which servers refuse (422) or, worse, answer with the first one's result.
// Not verified: whether the server looks at the key; how long it remembers it; borrowed exchanges. A client that sends no such
// key is not judged: Intercom documents none.

import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import {
  callsOfBackground,
  callsOfOperations,
  exchanges,
  operationOf,
  type Exchange,
  type LogicalCall,
} from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { endOfExchange, nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'keeps-idempotency-key'

const params = {
  keys: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 1, default: 1, lenient: 1 },
    cite: 'one key for all attempts of a request (IETF Idempotency-Key; stripe)',
  },
  requests: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 1, default: 1, lenient: 1 },
    cite: 'a key must not be reused with another request (IETF Idempotency-Key)',
  },
} as const satisfies Record<string, Param>

export const keepsIdempotencyKey = defineOracle({
  name,
  family: 'safety',
  verified: 'All attempts of a request carry the same Idempotency-Key, and no other request carries it.',
  notVerified: 'Whether the server honours the key, and clients that send none.',
  hint: 'Make the key when the operation begins, store it with the queued write, and send it with every attempt.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { keys, requests } = thresholdsOf(history, name, params, number)
    const keyed = exchanges(history).filter(({ sent }) => sent.idempotencyKey !== undefined)
    if (keyed.length === 0) return { verdict: 'not-applicable', needs: 'a client that sends Idempotency-Key' }
    const tally = createTally()
    for (const call of [...callsOfOperations(history), ...callsOfBackground(history)])
      addCall(history, tally, call, keys)
    const byKey = Map.groupBy(keyed, ({ sent }) => `${sent.workspace} ${sent.host} ${sent.idempotencyKey}`)
    for (const all of byKey.values()) addKey(history, tally, all, requests)
    return tally.judgement({ unarmed: 'No keyed request was judged.' })
  },
})

/** The first attempt counts too when it had no key: what it did cannot be recognized. */
function addCall(history: History, tally: Tally, { operation, attempts }: LogicalCall, limit: Threshold): void {
  const own = attempts.filter(({ sent }) => sent.redirectOf === undefined)
  if (own.length < 2 || !own.some(({ sent }) => sent.idempotencyKey !== undefined)) return
  if (operation?.certain === false) {
    tally.skip()
    return
  }
  // In the background the same request may be sent for two pieces of work.
  if (operation === null && new Set(own.map(({ sent }) => sent.key)).size > 1) return
  const [first] = own
  const other = own.find(({ sent }) => sent.idempotencyKey !== first?.sent.idempotencyKey)
  const found = new Set(own.map(({ sent }) => sent.idempotencyKey)).size
  tally.compare(limit, found, () => {
    if (!first || !other) throw new Error('One key was found twice.')
    const who = operation ? nameOf(operation) : 'a background task'
    return {
      witness: [...seqsOf(first), ...seqsOf(other)],
      sentence: `${who} sent ${requestOf(first)} with ${keyOf(first)}, ${endOfExchange(history, first)}, and at ${timeOf(history, other.sent.at)} again with ${keyOf(other)}: the server takes it for another request and does it twice.`,
    }
  })
}

function keyOf({ sent }: Exchange): string {
  return sent.idempotencyKey === undefined ? 'no Idempotency-Key' : `Idempotency-Key ${sent.idempotencyKey}`
}

function addKey(history: History, tally: Tally, all: readonly Exchange[], limit: Threshold): void {
  const sure = all.filter(({ certain }) => certain)
  const [first] = sure
  if (!first) {
    tally.skip()
    return
  }
  const names = Map.groupBy(sure, (exchange) => workOf(history, exchange))
  tally.compare(limit, names.size, () => {
    const other = sure.find((exchange) => workOf(history, exchange) !== workOf(history, first)) ?? first
    const bodies = other.sent.bodyHash === first.sent.bodyHash ? '' : ', with another body'
    return {
      witness: [...seqsOf(first), ...seqsOf(other)],
      sentence: `${keyOf(first)} was sent with ${sure.length} requests that are not the same: ${ownerOf(history, first)} sent ${requestOf(first)} at ${timeOf(history, first.sent.at)}, and ${ownerOf(history, other)} ${requestOf(other)} at ${timeOf(history, other.sent.at)}${bodies}. The second is refused, or answered as if it were the first.`,
    }
  })
}

/** What one key may stand for. The same content for the same entity may be the same work, so only what differs tells. */
function workOf(history: History, { sent }: Exchange): string {
  const business = sent.key ?? (sent.operation === null ? undefined : operationOf(history, sent.operation)?.invoked.key)
  return `${sent.method} ${sent.route} ${sent.entity ?? ''} ${sent.bodyHash} ${business ?? ''}`
}

function ownerOf(history: History, { sent }: Exchange): string {
  const operation = sent.operation === null ? undefined : operationOf(history, sent.operation)
  return operation ? nameOf(operation) : 'a background task'
}
