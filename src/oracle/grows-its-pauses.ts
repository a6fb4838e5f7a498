// A client pauses longer with each attempt that fails, and never for too long.
//
// Verified: of most requests the pause before attempt k+2 is longer than that before attempt k+1, until pauses are long enough, or twice the first (a cap); and no
// pause within an operation is longer than a maximum. Pauses are the client's own (see pauses.ts): what Retry-After or the end
// of a rate window asked for is not counted, nor a copy in flight, another host, or a refreshed token; nor a pause after a 429,
// which everything the client sends may share.
// Not verified: single pauses, which jitter makes long or short; clients that try twice at most; queues and pollers, which may
// come by at a constant pace; operations with borrowed exchanges.

import { formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { operations } from '#history/query.ts'
import { statusOf } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { ownPauses, type Pause } from './pauses.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { endOfExchange, howMany, nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'grows-its-pauses'

/** Pauses that have doubled may have reached the client's own cap, which may be low. */
const grown = 2

const params = {
  growth: {
    unit: 'ratio',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 1.5, default: 1.2, lenient: 1 },
    cite: 'pauses double (gRPC A6, AWS SDK, stripe); jitter and few samples blur that',
  },
  enough: {
    unit: 'ms',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 20_000, default: 5_000, lenient: 1_000 },
    cite: 'the caps of SDKs: 5 s (stripe), 8 s (OpenAI), 20 s (AWS); a pause as long as that need not grow',
  },
  longest: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 90_000, default: 120_000, lenient: 600_000 },
    cite: 'undici caps its pauses at 30 s, kubelet at 5 min; a scroll of Intercom that broke needs a minute of rest',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 20, default: 20, lenient: 20 },
    cite: 'the median of fewer than 20 pauses follows the jitter',
  },
} as const satisfies Record<string, Param>

/** Two pauses of one request in a row. Compared in pairs, because not every request is tried as often as the next. */
type Pair = { readonly earlier: Pause; readonly later: Pause; readonly ratio: number }
type Step = { readonly nth: number; readonly pairs: readonly Pair[]; readonly ratio: number; readonly medianMs: number }

export const growsItsPauses = defineOracle({
  name,
  family: 'safety',
  verified: 'Each pause between attempts is longer than the one before, as a median, and none is too long.',
  notVerified: 'Single pauses, background tasks, and clients that try twice at most.',
  hint: 'Double the pause with each attempt, with jitter, and cap it: min(cap, base * 2 ** attempt).',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { growth, longest } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const pauses = ownPauses(history).filter(({ before }) => statusOf(before) !== 429)
    if (pauses.length === 0 && operations(history).some(({ certain }) => !certain)) tally.skip()
    const steps = stepsOf(pauses)
    const capMs = Math.min(number.enough, grown * (steps.find(({ nth }) => nth === 1)?.medianMs ?? Infinity))
    const judged = steps.filter(({ pairs, medianMs }) => pairs.length >= number.samples && medianMs < capMs)
    for (const step of judged) tally.compare(growth, step.ratio, () => evidenceFor(history, step))
    addLongest(history, tally, pauses, longest, judged.length > 0)
    const pairs = steps.reduce((sum, step) => sum + step.pairs.length, 0)
    return tally.judgement({
      unarmed: 'No operation tried three times, with pauses of its own.',
      armed: Math.max(pairs, pauses.filter(({ ms }) => ms > longest.value).length),
      samples: number.samples,
    })
  },
})

function stepsOf(pauses: readonly Pause[]): readonly Step[] {
  const byEnd = new Map(pauses.map((pause) => [pause.after, pause]))
  const pairs = pauses.flatMap((later): readonly Pair[] => {
    const earlier = byEnd.get(later.before)
    return earlier && earlier.ms > 0 ? [{ earlier, later, ratio: later.ms / earlier.ms }] : []
  })
  return Array.from(
    Map.groupBy(pairs, ({ earlier }) => earlier.nth),
    ([nth, all]) => {
      const sorted = all.toSorted((one, other) => one.ratio - other.ratio)
      return { nth, pairs: sorted, ratio: middle(sorted)?.ratio ?? 1, medianMs: medianOf(all) }
    },
  )
}

function medianOf(pairs: readonly Pair[]): number {
  return middle(pairs.map(({ earlier }) => earlier.ms).toSorted((one, other) => one - other)) ?? 0
}

function middle<T>(sorted: readonly T[]): T | undefined {
  return sorted[Math.floor(sorted.length / 2)]
}

/** One pause that is too long is enough; that none is proves nothing while there are few. */
function addLongest(
  history: History,
  tally: Tally,
  pauses: readonly Pause[],
  limit: Threshold,
  withPasses: boolean,
): void {
  for (const { ms, before, after, of } of pauses) {
    if (ms <= limit.value && !withPasses) continue
    tally.compare(limit, ms, () => ({
      witness: [of.invoked.seq, ...seqsOf(before), after.sent.seq],
      sentence: `${nameOf(of)} sent ${requestOf(before)}, ${endOfExchange(history, before)}, and tried again only ${formatMeasured(ms)} later, at ${timeOf(history, after.sent.at)}; nobody had asked it to wait.`,
    }))
  }
}

function evidenceFor(history: History, { nth, pairs, ratio }: Step) {
  const { earlier, later } = middle(pairs) as Pair
  const count = howMany(pairs.length, 'request')
  return {
    witness: [...seqsOf(earlier.before), ...seqsOf(earlier.after), later.after.sent.seq],
    sentence: `the pauses do not grow: the one before attempt ${nth + 2} was ${ratio.toFixed(2)} times as long as the one before attempt ${nth + 1}, in the middle of ${count}; ${nameOf(earlier.of)} waited for ${formatMeasured(earlier.ms)}, then for ${formatMeasured(later.ms)}, until ${timeOf(history, later.after.sent.at)}, while ${requestOf(earlier.before)} kept failing.`,
  }
}
