// A client that has been told its rate limit keeps to it.
//
// Verified: what one process sent to one workspace within any ten seconds, or as long as a window of the API is, against the limit that
// the answers had told it (X-RateLimit-Limit, the calls of one window), times `factor`. At least twice, because nobody knows where the
// windows lie: a full one may be followed by a full one. When several limits were told within the last minute or window, the highest
// counts: one may have been wrong, or be new. `floor` sends are free, so that a tiny limit is no trap.
// Not verified: before a limit was told; what never reached the API; the sum of several processes, which cannot know of one
// another (storm-converges sees them together); quotas that other apps share.

import { formatDuration } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import type { Exchange } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { isRefused, limited, usualWindowMs, windowMsOf } from './rate-windows.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { timeOf } from './words.ts'

const name = 'stays-within-rate-limit'

/** For so long a limit that was told counts beside a newer one, at least. */
const rememberedMs = 60_000

const params = {
  factor: {
    unit: 'ratio',
    domain: 'client',
    defaults: { strict: 2, default: 2, lenient: 3 },
    cite: 'a token bucket may send a burst and a refill within one window (GCRA), and nobody knows where the windows lie',
  },
  floor: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 5, default: 10, lenient: 20 },
    cite: 'one a second is no storm, whatever the limit',
  },
} as const satisfies Record<string, Param>

type Peak = { readonly ratio: number; readonly limit: number; readonly sent: readonly Exchange[] }

export const staysWithinRateLimit = defineOracle({
  name,
  family: 'safety',
  verified:
    'A process does not send several times the limit it was told within one of its windows: ten seconds for Intercom.',
  notVerified: 'What several processes send together, and quotas shared with other apps.',
  hint: 'Read the limit (X-RateLimit-Limit, or what the API calls it) and let requests wait for a token: as many as that in one window, retries included.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { factor } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    let armed = 0
    for (const all of limited(history).values()) {
      const windowMs = windowMsOf(all)
      for (const sent of Map.groupBy(all, ({ sent: { instance } }) => instance).values()) {
        const { peak, told } = peakOf(sent, windowMs, number.floor)
        armed += told
        if (peak) tally.compare(factor, peak.ratio, () => evidenceFor(history, peak, windowMs, number.floor))
      }
    }
    return tally.judgement({ unarmed: 'No answer told a rate limit before something was sent.', armed })
  },
})

function peakOf(
  all: readonly Exchange[],
  windowMs: number,
  floor: number,
): { readonly peak: Peak | undefined; readonly told: number } {
  const limitAt = createMemory(all, Math.max(rememberedMs, windowMs))
  let peak: Peak | undefined
  let first = 0
  let told = 0
  all.forEach((exchange, index) => {
    const { at, seq } = exchange.sent
    while ((all[first]?.sent.at ?? at) <= at - windowMs) first += 1
    const limit = limitAt(at, seq)
    if (limit === undefined) return
    told += 1
    const ratio = Math.max(0, index - first + 1 - floor) / limit
    if (!peak || ratio > peak.ratio) peak = { ratio, limit, sent: all.slice(first, index + 1) }
  })
  return { peak, told }
}

type Told = { readonly at: number; readonly seq: number; readonly limit: number }

/** The limit that a process knows at a moment; to be asked in the order of time. */
function createMemory(all: readonly Exchange[], memoryMs: number): (at: number, seq: number) => number | undefined {
  const heard = all
    .flatMap(({ head }): Told[] => {
      const limit = head?.rateLimit?.limit ?? 0
      return head && limit > 0 ? [{ at: head.at, seq: head.seq, limit }] : []
    })
    .toSorted((one, other) => one.seq - other.seq)
  let next = 0
  let known: Told[] = []
  return (at, seq) => {
    for (let told = heard[next]; told && told.seq < seq; told = heard[next]) {
      // An older limit that is no higher can never count again.
      const { limit } = told
      known = known.filter((earlier) => earlier.limit > limit)
      known.push(told)
      next += 1
    }
    // The newest is never forgotten.
    while (known.length > 1 && (known[0]?.at ?? at) < at - memoryMs) known.shift()
    return known[0]?.limit
  }
}

function evidenceFor(history: History, { limit, sent }: Peak, windowMs: number, floor: number) {
  const first = sent[0]?.sent
  const last = sent.at(-1)?.sent
  const span = windowMs === usualWindowMs ? 'ten seconds' : formatDuration(windowMs)
  const refused = sent.filter(isRefused).length
  const who = `process ${first?.instance ?? 0} sent ${sent.length} requests to ${first?.workspace}`
  const when = `between ${timeOf(history, first?.at ?? 0)} and ${timeOf(history, last?.at ?? 0)}`
  return {
    witness: sent.map((exchange) => exchange.sent.seq),
    sentence: `${who} ${when}; it had been told that ${limit} are allowed within ${span} (${floor} more are not counted), and ${refused} of them were answered 429.`,
  }
}
