// A client pauses before it tries again.
//
// Verified: the pauses between attempts of one request, from the end of the failed attempt to the next, as a statistic: full
// jitter makes single pauses short. Not counted: another host (failover), a copy in flight (hedge), what the server asked for
// (Retry-After), the repetition after a 401, and one repetition at once after a connection that broke (a stale socket).
// Not verified: growth, jitter, and obedience to Retry-After; operations with borrowed exchanges.

import { formatMeasured } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { callsOfBackground, callsOfOperations, type Exchange, type Operation } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { endOfExchange, howMany, nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'backs-off'

/** Shorter than this is no pause: a timer of zero takes a millisecond. */
const noPauseMs = 2

const params = {
  withoutPause: {
    unit: 'share',
    domain: 'client',
    defaults: { strict: 0.1, default: 0.1, lenient: 0.25 },
    cite: 'full jitter leaves one pause in ten near zero; more is a missing delay (WASABI)',
  },
  meanPause: {
    unit: 'ms',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 25, default: 12.5, lenient: 12.5 },
    cite: 'a quarter of the base delay of the AWS SDK: 100 ms, or 50 ms since 2026',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 20, default: 20, lenient: 20 },
    cite: 'a statistic of fewer than 20 pauses says nothing',
  },
} as const satisfies Record<string, Param>

type Pause = { readonly ms: number; readonly before: Exchange; readonly after: Exchange; readonly of: Operation | null }

export const backsOff = defineOracle({
  name,
  family: 'safety',
  verified: 'The share of attempts that follow a failure without a pause, and the mean pause.',
  notVerified: 'Growth of the pauses, jitter between clients, obedience to Retry-After.',
  hint: 'Wait before each further attempt: exponentially longer, with full jitter, from at least 100 ms.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { withoutPause, meanPause } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const { pauses, skipped } = pausesOf(history)
    if (skipped) tally.skip()
    const short = pauses.filter(({ ms }) => ms < noPauseMs)
    const meanMs = pauses.reduce((sum, { ms }) => sum + ms, 0) / pauses.length
    const shortest = pauses.toSorted((one, other) => one.ms - other.ms)[0]
    if (shortest && pauses.length >= number.samples) {
      const witness = [...seqsOf(shortest.before), shortest.after.sent.seq]
      const example = sentenceFor(history, shortest)
      tally.compare(withoutPause, short.length / pauses.length, () => ({
        witness,
        sentence: `${short.length} of ${howMany(pauses.length, 'further attempt')} came without a pause; ${example}`,
      }))
      tally.compare(meanPause, meanMs, () => ({
        witness,
        sentence: `${howMany(pauses.length, 'further attempt')} came after ${formatMeasured(meanMs)} on average; ${example}`,
      }))
    }
    return tally.judgement({
      unarmed: 'No request was tried again after a failure.',
      armed: pauses.length,
      samples: number.samples,
    })
  },
})

function pausesOf(history: History): { readonly pauses: readonly Pause[]; readonly skipped: boolean } {
  const calls = [...callsOfOperations(history), ...callsOfBackground(history)]
  // What runs in a borrowed context may be the first attempts of several, one after the other.
  const sure = calls.filter(({ operation, attempts }) => operation?.certain ?? attempts.every(({ certain }) => certain))
  const pauses = sure.flatMap(({ attempts, operation }) =>
    attempts.flatMap((after, index) => {
      const before = attempts[index - 1]
      const ms = before && pauseBetween(before, after, index === 1)
      return before && ms !== undefined ? [{ ms, before, after, of: operation }] : []
    }),
  )
  return { pauses, skipped: sure.length < calls.length }
}

/** `undefined` when the next attempt needs no pause of the client's own. */
function pauseBetween(before: Exchange, after: Exchange, first: boolean): number | undefined {
  const { outcome, completedAt } = before
  if (completedAt === null || completedAt > after.sent.at) return undefined
  if (before.sent.host !== after.sent.host) return undefined
  if (outcome.kind === 'answered' && (outcome.status === 401 || before.head?.retryAfter !== undefined)) return undefined
  if (first && outcome.kind === 'failed' && outcome.phase !== 'body') return undefined
  return after.sent.at - completedAt
}

function sentenceFor(history: History, { ms, before, after, of }: Pause): string {
  const who = of ? nameOf(of) : 'a background task'
  return `${who} sent ${requestOf(before)}, ${endOfExchange(history, before)}, and sent it again ${formatMeasured(ms)} later, at ${timeOf(history, after.sent.at)}.`
}
