// When the API is well again, so is the client.
//
// Verified: after the faults were lifted (or the phase the scenario names began) each load is soon as good as without faults
// and stays so to the end of the run: errors, degraded values and latency. What is observed is when that began.
// Not verified: how the client noticed; the burst with which it came back; loads of fewer than `samples` operations.

import { formatMeasured } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { endOf, type Operation } from '#history/query.ts'
import { isSlow, judged, latencyLimit, slowByChance, usualOutcomes, wentWell } from './loads.ts'
import { defineOracle, type Param } from './oracle.ts'
import { startOf } from './recovery.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { nameOf, storyOf, timeOf, witnessOf } from './words.ts'

const name = 'recovers'

const params = {
  within: {
    unit: 'ms',
    domain: 'incident',
    defaults: { strict: 120_000, default: 300_000, lenient: 600_000 },
    cite: 'five minutes, as the fault-free tail of a simulation (TigerBeetle, liveness mode)',
  },
  drop: {
    unit: 'share',
    domain: 'incident',
    defaults: { strict: 0, default: 0.01, lenient: 0.05 },
    cite: 'success within 1 % of the fault-free run',
  },
  slower: {
    unit: 'ratio',
    domain: 'incident',
    defaults: { strict: 1.2, default: 1.5, lenient: 2 },
    cite: 'the 99th percentile within 1.2 to 1.5 times of the fault-free run, and what chance adds: three standard deviations',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'incident',
    defaults: { strict: 10, default: 10, lenient: 10 },
    cite: 'fewer operations after the incident prove no recovery',
  },
} as const satisfies Record<string, Param>

type Numbers = Readonly<Record<keyof typeof params, number>>
type Tail = { readonly load: string; readonly recoveredAt: number; readonly last: Operation | undefined }

export const recovers = defineOracle({
  name,
  family: 'liveness',
  verified: 'Each load is as good as without faults soon after they were lifted, and stays so.',
  notVerified: 'How the client noticed, and the burst with which it came back.',
  hint: 'Let the breaker try again after its pause, drop the fallback when the API answers, and drain queues at a steady rate.',
  params,
  selectors: { after: 'phase' },
  judge: (history, { number, text }) => {
    const from = startOf(history, text.after)
    if (from === null) return { verdict: 'not-applicable', needs: 'faults that are lifted before the run ends' }
    const { within } = thresholdsOf(history, name, params, number)
    const deadline = from + number.within
    const tally = createTally()
    const after = judged(history).filter(({ invoked }) => invoked.at >= from)
    let armed = 0
    for (const [load, asked] of Map.groupBy(after, ({ invoked }) => invoked.load)) {
      const counted = asked.filter(({ invoked }) => invoked.at >= deadline).length
      armed += counted
      if (counted < number.samples) continue
      const tail = tailOf(history, load, asked, from, number)
      tally.compare(within, tail.recoveredAt - from, () => evidenceFor(history, tail, from))
    }
    const few = tally.judgement({ unarmed: 'No operation was asked after the time to recover.', armed })
    if (few.verdict !== 'inconclusive' || armed === 0) return few
    return { ...few, detail: `Only ${armed} operations after the time to recover; each load takes ${number.samples}.` }
  },
})

/** When the load was well for good: the first operation from which on the rest is as good as without faults. A long good
 * tail may not excuse a bad end: the rest after the deadline is judged by itself. */
function tailOf(history: History, load: string, asked: readonly Operation[], from: number, number: Numbers): Tail {
  const { healthy, last } = healthOf(history, load, asked, number)
  const deadline = from + number.within
  const never = Math.max(endOf(history), deadline + 1)
  const inTime = healthy[asked.findIndex(({ invoked }) => invoked.at >= deadline)] === true
  const recovered = healthy.findIndex((well, index) => well && (inTime || timeAt(asked, index) > deadline))
  return { load, recoveredAt: recovered === 0 ? from : recovered < 0 ? never : timeAt(asked, recovered), last }
}

function timeAt(asked: readonly Operation[], index: number): number {
  return asked[index]?.invoked.at ?? Number.POSITIVE_INFINITY
}

/** For each operation whether it and all after it are, together, as good as without faults; and the last that was not. */
function healthOf(history: History, load: string, asked: readonly Operation[], number: Numbers) {
  const okShare = history.header.baseline?.loads[load]?.okShare ?? 1
  const limitMs = latencyLimit(history, load, number.slower)
  const usual = usualOutcomes(history)
  const healthy = asked.map(() => true)
  let bad = 0
  let slow = 0
  let last: Operation | undefined
  for (const [index, operation] of Array.from(asked.entries()).toReversed()) {
    const well = wentWell(operation, usual)
    const late = well && isSlow(operation, limitMs)
    if (!well) bad += 1
    if (late) slow += 1
    if (!well || late) last ??= operation
    const count = asked.length - index
    // The addend keeps a share such as 0.01 of 300 from falling just below 3.
    healthy[index] = bad <= Math.floor(count * (1 - okShare + number.drop) + 1e-9) && slow <= slowByChance(count)
  }
  return { healthy, last }
}

function evidenceFor(history: History, { load, recoveredAt, last }: Tail, from: number) {
  const until =
    recoveredAt >= endOf(history)
      ? 'had not recovered when the run ended'
      : `recovered at ${timeOf(history, recoveredAt)}`
  const took = formatMeasured(recoveredAt - from)
  const example = last ? `; ${nameOf(last)} still ended ${last.outcome}, ${storyOf(history, last)}` : ''
  return {
    witness: last ? witnessOf(last) : [],
    sentence: `The load ${load} ${until}, ${took} after the API was well again at ${timeOf(history, from)}${example}.`,
  }
}
