// When what started the trouble is gone, the trouble ends: a client does not keep an API down by the way it tries again.
//
// Verified, for what was asked in the last third of the time after the faults were lifted: exchanges per operation against the
// fault-free twin, and of each load the share that ended well in any form. An overload that outlives its trigger shows in both:
// what is sent again keeps the servers busy, and nobody gets an answer (a metastable failure; HotOS 2021, OSDI 2022).
// The sentence says how long the extra load lasted. An operation may always send one exchange, so a cache that is cold after an
// incident is no extra load.
// Not verified: what is sent in the background (a backlog may take its time); recoveries shorter than `least`, in which the
// breakers and queues of a sound client may still be at work; loads of fewer than `samples` operations.

import { formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import type { Operation } from '#history/query.ts'
import { judged } from './loads.ts'
import { defineOracle, type Param } from './oracle.ts'
import { startOf } from './recovery.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { nameOf, storyOf, timeOf, witnessOf } from './words.ts'

const name = 'load-returns-to-normal'

const params = {
  extra: {
    unit: 'ratio',
    domain: 'client',
    defaults: { strict: 1.1, default: 1.2, lenient: 1.5 },
    cite: 'a retry budget of 10 % (Google SRE), and as much again for chance',
  },
  success: {
    unit: 'share',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 0.99, default: 0.95, lenient: 0.9 },
    cite: 'goodput back at 95 % of the usual (metastable failures, OSDI 2022)',
  },
  least: {
    unit: 'ms',
    bound: 'at-least',
    domain: 'incident',
    defaults: { strict: 180_000, default: 180_000, lenient: 600_000 },
    cite: 'a breaker that rests for a minute has had its chance before the last third of three minutes',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 20, default: 20, lenient: 20 },
    cite: 'a share of fewer than 20 operations turns with one of them',
  },
} as const satisfies Record<string, Param>

export const loadReturnsToNormal = defineOracle({
  name,
  family: 'liveness',
  verified: 'Long after the faults, operations need as many requests, and succeed as often, as without faults.',
  notVerified: 'Requests in the background, short recoveries, and loads of few operations.',
  hint: 'Stop the loop that feeds itself: a breaker or a retry budget that runs dry, fewer tries, and longer time-outs than the queue.',
  params,
  selectors: { after: 'phase' },
  judge: (history, { number, text }) => {
    const { baseline, spanMs } = history.header
    const from = startOf(history, text.after)
    if (!baseline || from === null)
      return { verdict: 'not-applicable', needs: 'faults that are lifted, and the figures of the fault-free twin' }
    const tally = createTally()
    const lastThird = spanMs - (spanMs - from) / 3
    if (spanMs - from < number.least)
      return tally.judgement({ unarmed: 'The run ended too soon after the faults were lifted.' })
    const thresholds = thresholdsOf(history, name, params, number)
    const after = judged(history).filter(({ invoked }) => invoked.at >= from && invoked.at < spanMs)
    const asked = after.filter(({ invoked }) => invoked.at >= lastThird)
    if (asked.length >= number.samples) addLoad(history, after, asked, from, thresholds.extra, tally)
    for (const [load, own] of Map.groupBy(asked, ({ invoked }) => invoked.load))
      if (own.length >= number.samples) addSuccess(history, load, own, from, thresholds.success, tally)
    return tally.judgement({
      unarmed: 'Nothing was asked in the last third of the time after the faults.',
      armed: asked.length,
      samples: number.samples,
    })
  },
})

function addLoad(
  history: History,
  after: readonly Operation[],
  asked: readonly Operation[],
  from: number,
  limit: Threshold,
  tally: Tally,
): void {
  const ratio = ratioOf(history, asked)
  tally.compare(limit, ratio, () => {
    const busiest = asked.reduce((one, other) => (other.exchanges.length > one.exchanges.length ? other : one))
    const failed = asked.filter(isLost).length
    return {
      witness: witnessOf(busiest),
      sentence: `The faults were lifted at ${timeOf(history, from)}, and ${lastedFor(history, after, from, limit.value)} the client still sent more than ${limit.value} times the usual load; in the last third of the time since then, from ${timeOf(history, asked[0]?.invoked.at ?? from)}, it sent ${ratio.toFixed(2)} times as many requests per operation, and ${failed} of ${asked.length} operations failed. The busiest was ${nameOf(busiest)}, ${storyOf(history, busiest)}.`,
    }
  })
}

function addSuccess(
  history: History,
  load: string,
  own: readonly Operation[],
  from: number,
  limit: Threshold,
  tally: Tally,
): void {
  const failed = own.filter(isLost)
  const usual = history.header.baseline?.loads[load]?.okShare ?? 1
  if (usual === 0) return
  tally.compare(limit, (own.length - failed.length) / own.length / usual, () => ({
    witness: failed.slice(0, 3).flatMap((operation) => witnessOf(operation)),
    sentence: `The faults were lifted at ${timeOf(history, from)}, but of the ${own.length} operations of the load ${load} from ${timeOf(history, own[0]?.invoked.at ?? from)} on, ${failed.length} failed, with ${ratioOf(history, own).toFixed(2)} times the usual requests each: ${failed[0] ? `${nameOf(failed[0])}, ${storyOf(history, failed[0])}` : 'none'}.`,
  }))
}

function isLost({ outcome }: Operation): boolean {
  return outcome === 'error' || outcome === 'unknown'
}

/** Exchanges, as a multiple of what the same operations send without faults. */
function ratioOf(history: History, asked: readonly Operation[]): number {
  const perOperation = history.header.baseline?.exchangesPerOperation ?? {}
  const sent = asked.reduce((sum, { exchanges }) => sum + exchanges.length, 0)
  return sent / asked.reduce((sum, { invoked }) => sum + Math.max(1, perOperation[invoked.name] ?? 1), 0)
}

/** For how long the extra load went on: to the end of the last stretch that had it. */
function lastedFor(history: History, after: readonly Operation[], from: number, limit: number): string {
  const stretchMs = Math.max(10_000, (history.header.spanMs - from) / 30)
  const stretches = Map.groupBy(after, ({ invoked }) => Math.floor((invoked.at - from) / stretchMs))
  const heavy = Array.from(stretches).flatMap(([index, own]) => (ratioOf(history, own) > limit ? [index] : []))
  const endsAt = (Math.max(-1, ...heavy) + 1) * stretchMs
  return endsAt === 0 ? 'at times' : `for ${formatMeasured(endsAt)}`
}
