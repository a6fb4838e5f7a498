// A breaker that is open sends nothing until its rest is over.
//
// Verified: each time that the breaker must be open and is seen to be (operations are answered without a request): the time from
// the last operation it let through to the next that it sends, against the declared rest. Part of the rest may be missing: timers jitter.
// Not verified: how long it rests at most (`breaker-recloses`); whether it opens at all (`breaker-trips`). False alarms: as
// there; and the rest counts from the earliest moment at which the breaker can have opened.

import { formatMeasured } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { endOf } from '#history/query.ts'
import { openings, type Opening } from './breaker-view.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'open-breaker-rests'

const params = {
  kept: {
    unit: 'share',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 1, default: 0.9, lenient: 0.5 },
    cite: 'any request before the rest is over is a failure (Gremlin, HasCircuitBreaker); a tenth is left for jitter',
  },
} as const satisfies Record<string, Param>

export const openBreakerRests = defineOracle({
  name,
  family: 'safety',
  verified: 'From the moment it opens until its declared rest is over the breaker sends nothing.',
  notVerified: 'Whether it opens at all, and how long it rests at most.',
  hint: 'Let nothing through until the rest that you declare is over, counted from the last failure, retries included.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { breaker } = history.header.declares
    if (!breaker) return { verdict: 'not-applicable', needs: 'a declared breaker' }
    const { kept } = thresholdsOf(history, name, params, number)
    const rest = {
      ...kept,
      name: 'rest',
      value: breaker.restMs * number.kept,
      unit: 'ms',
      source: 'promise',
      cite: `the rest that the client declares; ${kept.cite}`,
    } as const
    const tally = createTally()
    for (const opening of openings(history)) {
      const { next, openedAfter, held, endedAt } = opening
      if (held.length === 0) continue
      const until = next?.first.sent.at ?? (endedAt === null ? endOf(history) : undefined)
      if (until === undefined || (!next && until - openedAfter < breaker.restMs)) continue
      tally.compare(rest, until - openedAfter, () => evidenceFor(history, opening))
    }
    return tally.judgement({ unarmed: 'Nobody asked for anything while the breaker had to be open.' })
  },
})

function evidenceFor(history: History, { next, openedAfter, held, failed, trippedAt }: Opening) {
  const first = held[0]
  const sentAt = next?.first.sent.at ?? openedAfter
  const sent = next ? `${nameOf(next.operation)} sent ${requestOf(next.first)}` : 'something was sent'
  const refused = first ? ` (${nameOf(first)} was still held back at ${timeOf(history, first.invoked.at)})` : ''
  return {
    witness: [
      failed.failedSeq ?? undefined,
      first?.invoked.seq,
      first?.settled?.seq,
      ...(next ? seqsOf(next.first) : []),
    ],
    sentence: `the breaker was open at ${timeOf(history, trippedAt)}${refused}, but ${sent} at ${timeOf(history, sentAt)}, no more than ${formatMeasured(sentAt - openedAfter)} after it can have opened; its declared rest is ${formatMeasured(history.header.declares.breaker?.restMs ?? 0)}.`,
  }
}
