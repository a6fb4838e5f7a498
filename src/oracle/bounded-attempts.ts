// A client does not try the same thing for ever.
//
// Verified: attempts of one request within one operation (nested retries multiply and are seen here; bursts name them), failed exchanges of
// the whole operation, and the hard stop of the harness. Pages, polls and redirects are not retries; one repetition after a
// 401 (a token was refreshed), one after a connection that never opened, and one copy in flight (a hedge) are allowed.
// Not verified: background queues, which may try for as long as they promised; operations with borrowed exchanges.

import { limits } from '#context/limits.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { callsOf, operationOf, operations, succeeded, type Exchange, type Operation } from '#history/query.ts'
import { wordsForBursts } from './bursts.ts'
import { neverSent, overlaps, statusOf } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { howMany, nameOf, requestOf, seqsOf, storyOf, timeOf, witnessOf } from './words.ts'

const name = 'bounded-attempts'

const params = {
  attempts: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 3, default: 5, lenient: 10 },
    cite: 'at most 3 attempts of a request (Google SRE, Handling Overload; AWS SDK), 5 is the cap of gRPC (A6)',
  },
  failures: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 6, default: 10, lenient: 20 },
    cite: 'twice the attempts of one request: an operation such as find-or-create makes two',
  },
} as const satisfies Record<string, Param>

export const boundedAttempts = defineOracle({
  name,
  family: 'safety',
  verified: 'Attempts of one request, and failed exchanges of one operation, stay under a cap.',
  notVerified: 'Background queues, and operations whose exchanges cannot be told apart.',
  hint: 'Cap the attempts of an operation in one place, and count those of every layer below (the SDK retries too).',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { attempts, failures } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const reached of history.all('limit.reached')) {
      const operation = reached.operation === null ? undefined : operationOf(history, reached.operation)
      if (reached.limit !== 'exchangesPerOperation' || !operation) continue
      const sentence = `${nameOf(operation)} sent ${limits.exchangesPerOperation} exchanges until the harness stopped it at ${timeOf(history, reached.at)}.`
      const evidence = () => ({ witness: [...witnessOf(operation), reached.seq], sentence })
      tally.compare(failures, Math.max(limits.exchangesPerOperation, failures.value + 1), evidence)
    }
    for (const operation of operations(history)) {
      const failed = operation.exchanges.filter((exchange) => !succeeded(exchange))
      if (failed.length === 0) continue
      if (!operation.certain) {
        tally.skip()
        continue
      }
      const sentence = () =>
        `${nameOf(operation)} went on through ${howMany(failed.length, 'failed exchange')}: ${storyOf(history, operation)}.`
      tally.compare(failures, failed.length, () => ({ witness: witnessOf(operation), sentence: sentence() }))
      addCalls(history, tally, operation, attempts)
    }
    return tally.judgement({ unarmed: 'No exchange of an operation failed.' })
  },
})

function addCalls(history: History, tally: Tally, operation: Operation, limit: Threshold): void {
  for (const { attempts } of callsOf(history, operation)) {
    const [first] = attempts
    if (!first || succeeded(first)) continue
    tally.compare(limit, attempts.length - allowances(attempts), () => ({
      witness: [operation.invoked.seq, ...attempts.slice(0, limit.value + 1).flatMap(seqsOf)],
      sentence: `${nameOf(operation)} sent ${requestOf(first)} ${attempts.length} times${wordsForBursts(attempts)}: ${storyOf(history, operation)}.`,
    }))
  }
}

/** Each kind of harmless repetition is allowed once: after a 401, after a connection that never opened, as a hedge. */
function allowances(attempts: readonly Exchange[]): number {
  const refreshed = attempts.some((attempt, index) => index < attempts.length - 1 && statusOf(attempt) === 401)
  const unsent = attempts.some((attempt, index) => index < attempts.length - 1 && neverSent(attempt))
  const hedged = attempts.some((attempt, index) => index > 0 && overlaps(attempts[index - 1], attempt))
  return Number(refreshed) + Number(unsent) + Number(hedged)
}
