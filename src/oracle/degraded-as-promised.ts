// A client degrades the way it said it would.
//
// Verified: every outcome is on the operation's ladder; an error is no answer while a copy was promised, and this client held
// one that was young enough. A copy counts as held when an earlier read of the same thing brought it to the same process.
// Not verified: whether a write could have been queued; operations that a person gave up on, or that a crash cut off;
// an error after the API had said that the thing is gone, forbidden or asked for wrongly. What it said was gone, or what this
// process deleted itself, is no copy any more, until it is received again; nor is what was received before the client's cache was
// emptied, paused or killed, or until it had the time to find it again.

import { formatMeasured } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { bornAt, cacheLoss, lastReceipt, toldGone, type Receipt } from '#history/knowledge.ts'
import { operationOf, operations, selector, type Operation } from '#history/query.ts'
import type { PromiseOf } from '#history/promises.ts'
import { statusOf } from './classify.ts'
import { isPreferred, ladderInWords, staleLimit, stepOf } from './ladder.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { nameOf, seqsOf, storyOf, timeOf, witnessOf } from './words.ts'

const name = 'degraded-as-promised'

const params = {
  broken: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'a promise is a promise',
  },
  tolerance: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 1_000, default: 1_000, lenient: 5_000 },
    cite: 'a copy about to expire may be missed by a second',
  },
  reconnect: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 1_000, default: 2_200, lenient: 10_000 },
    cite: 'ioredis waits 2 s between two attempts to reconnect, node-redis 2.2 s',
  },
} as const satisfies Record<string, Param>

/** Answers that rightly end in an error, whatever copy there is. */
const refusals: ReadonlySet<number> = new Set([400, 401, 403, 404, 409, 410, 422])

export const degradedAsPromised = defineOracle({
  name,
  family: 'safety',
  verified: 'Outcomes are on the ladder of their operation, and a copy that was promised and held is handed over.',
  notVerified: 'Whether a write could have been queued.',
  hint: 'Do what the ladder says, in its order (a copy as `stale(value, { age })`, `queued()`), or list the outcome in `degrade`: without it even an error breaks the promise.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { promises } = history.header
    if (Object.keys(promises).length === 0)
      return { verdict: 'not-applicable', needs: 'a promise for at least one operation' }
    const { broken } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const operation of operations(history)) {
      const promise = promises[operation.invoked.name]
      if (!promise || operation.outcome === 'unknown' || operation.cancelled) continue
      const step = stepOf(operation.outcome)
      const listed = step === null || promise.degrade.some(({ kind }) => kind === step)
      const copy = listed && step === 'error' ? heldCopy(history, operation, promise, number) : undefined
      tally.compare(broken, listed && !copy ? 0 : 1, () => ({
        witness: [...(copy ? seqsOf(copy.by) : []), ...witnessOf(operation)],
        sentence: copy ? owedSentence(history, operation, copy) : unlistedSentence(history, operation, promise),
      }))
    }
    return tally.judgement({ unarmed: 'No operation with a promise settled.' })
  },
})

function heldCopy(
  history: History,
  operation: Operation,
  promise: PromiseOf,
  { tolerance, reconnect }: { readonly tolerance: number; readonly reconnect: number },
): Receipt | undefined {
  const { invoked, settled } = operation
  const maxAgeMs = staleLimit(history, invoked.name)
  if (maxAgeMs === null || invoked.entity === undefined || !settled) return undefined
  if (!isPreferred(promise, 'stale', 'error') || wasRefused(operation)) return undefined
  // What an earlier process held in memory died with it; what it had stored may be at hand, but nobody can tell.
  const born = bornAt(history, invoked.instance, settled.seq)
  const lost = cacheLoss(history, settled.seq)
  const gone = toldGone(history, invoked.instance, invoked.entity, settled.seq) ?? born
  return lastReceipt(
    history,
    invoked.instance,
    invoked.entity,
    settled.seq,
    ({ at, seq, by, certain }) =>
      certain &&
      seq > Math.max(born, gone, lost.seq) &&
      (lost.backAt === 0 || at >= lost.backAt + reconnect) &&
      settled.at - at <= maxAgeMs - tolerance &&
      broughtCopy(history, operation, by),
  )
}

function wasRefused({ exchanges }: Operation): boolean {
  return exchanges.some((exchange) => refusals.has(statusOf(exchange) ?? 0))
}

/** A read of the thing itself in the way in which such operations read, or any exchange of an earlier one of the same name. What
 * a write looks up on its way, under another address, need not be kept for readers. */
function broughtCopy(history: History, { invoked }: Operation, by: Receipt['by']): boolean {
  const { method, route, entity, operation } = by.sent
  const isUsual = operation === null || routesOf(history).get(invoked.name)?.has(route) === true
  if (method === 'GET' && entity === invoked.entity && isUsual) return true
  const earlier = by.sent.operation === null ? undefined : operationOf(history, by.sent.operation)
  return earlier?.invoked.name === invoked.name && earlier.invoked.entity === invoked.entity
}

/** By name of operation, the routes that operations of that name have asked. */
const routesOf = selector(
  (history): ReadonlyMap<string, ReadonlySet<string>> =>
    new Map(
      Array.from(
        Map.groupBy(operations(history), ({ invoked }) => invoked.name),
        ([operation, all]) => [
          operation,
          new Set(all.flatMap(({ exchanges }) => exchanges.map(({ sent }) => sent.route))),
        ],
      ),
    ),
)

function owedSentence(history: History, operation: Operation, copy: Receipt): string {
  const endedAt = operation.settled?.at ?? operation.invoked.at
  const age = formatMeasured(endedAt - copy.at)
  return `${nameOf(operation)} ended in an error at ${timeOf(history, endedAt)} although a copy ${age} old (received ${timeOf(history, copy.at)}) was at hand and promised: ${storyOf(history, operation)}.`
}

function unlistedSentence(history: History, operation: Operation, promise: PromiseOf): string {
  const ended = operation.outcome === 'error' ? 'ended in an error' : `ended as ${operation.outcome}`
  return `${nameOf(operation)} ${ended}, and its promise allows ${ladderInWords(promise)}: ${storyOf(history, operation)}.`
}
