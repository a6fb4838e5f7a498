// A client comes back gently: it does not throw at an API that has just recovered all that it could not send before.
//
// Verified: the most that was sent within ten seconds in the first minute after the faults were lifted (or after the phase that
// the scenario names began), against `factor` times what is usual: the busiest ten seconds of the fault-free twin, or what was
// asked for in the same ten seconds when that is more. Each process may send `pace` on top, so that a backlog can be worked off:
// what is judged is the rate of that and never its amount.
// Not verified: bursts after single faults of several; whether the backlog gets done at all (catches-up, no-lost-write).

import type { Baseline } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { exchanges, operations, type Exchange } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { startOf } from './recovery.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { formatDuration } from '#clock/instant.ts'
import { howMany, requestOf, timeOf } from './words.ts'

const name = 'recovers-without-a-burst'
const windowMs = 10_000

const params = {
  factor: {
    unit: 'ratio',
    domain: 'client',
    defaults: { strict: 1.5, default: 2, lenient: 3 },
    cite: 'capacity is planned for twice the usual load (Google SRE, chapter 22)',
  },
  pace: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 30, default: 50, lenient: 100 },
    cite: 'five a second from each process work off 18,000 in an hour, and are 3 % of the limit of an app (166 a second)',
  },
  within: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 120_000, default: 60_000, lenient: 60_000 },
    cite: 'the first minute: breakers probe, queues wake up and people come back',
  },
} as const satisfies Record<string, Param>

type Peak = {
  readonly ratio: number
  readonly usual: number
  readonly asked: number
  readonly sent: readonly Exchange[]
}

export const recoversWithoutABurst = defineOracle({
  name,
  family: 'safety',
  verified: 'What is sent in the first minute after the incident stays near the usual rate, a paced backlog included.',
  notVerified: 'Bursts after single faults of several, and whether the backlog gets done.',
  hint: 'Work a backlog off at a steady pace, a few at a time, and spread what starts again at random over a minute.',
  params,
  selectors: { after: 'phase' },
  judge: (history, { number, text }) => {
    const { baseline } = history.header
    const from = startOf(history, text.after)
    if (!baseline || from === null)
      return { verdict: 'not-applicable', needs: 'faults that are lifted, and the figures of the fault-free twin' }
    const { factor } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const sent = exchanges(history).filter(({ sent: { at } }) => at >= from && at < from + number.within)
    const peak = peakOf(history, sent, baseline, number.pace)
    if (peak) tally.compare(factor, peak.ratio, () => evidenceFor(history, peak, from, number.pace))
    return tally.judgement({ unarmed: 'Nothing was sent in the first minute after the incident.', armed: sent.length })
  },
})

function peakOf(history: History, all: readonly Exchange[], baseline: Baseline, pace: number): Peak | undefined {
  const asked = operations(history).map(({ invoked }) => invoked.at)
  const free = pace * new Set(exchanges(history).map(({ sent }) => sent.instance)).size
  const perOperation = Math.max(1, baseline.exchanges / Math.max(1, baseline.operations))
  let peak: Peak | undefined
  let first = 0
  let firstAsked = 0
  let lastAsked = 0
  all.forEach(({ sent: { at } }, index) => {
    while ((all[first]?.sent.at ?? at) <= at - windowMs) first += 1
    while ((asked[firstAsked] ?? at) <= at - windowMs) firstAsked += 1
    while ((asked[lastAsked] ?? Number.POSITIVE_INFINITY) <= at) lastAsked += 1
    const askedHere = lastAsked - firstAsked
    const usual = Math.max(1, baseline.peakSends, askedHere * perOperation)
    const ratio = Math.max(0, index - first + 1 - free) / usual
    if (!peak || ratio > peak.ratio) peak = { ratio, usual, asked: askedHere, sent: all.slice(first, index + 1) }
  })
  return peak
}

function evidenceFor(history: History, { usual, asked, sent }: Peak, from: number, pace: number) {
  const start = sent[0]?.sent.at ?? from
  const [name_, count] = mostFrequent(sent)
  return {
    witness: sent.slice(0, 200).map((exchange) => exchange.sent.seq),
    sentence: `${sent.length} requests were sent within ten seconds from ${timeOf(history, start)} on, ${formatDuration(start - from)} after the API was well again at ${timeOf(history, from)}: ${count} of them ${name_}. ${howMany(asked, 'operation')} were asked for in that time; at most ${Math.round(usual)} requests are usual, and a backlog may add ${pace} from each process.`,
  }
}

function mostFrequent(sent: readonly Exchange[]): readonly [string, number] {
  const groups = Array.from(Map.groupBy(sent, requestOf), ([request, all]) => [request, all.length] as const)
  return groups.toSorted((one, other) => other[1] - one[1])[0] ?? ['', 0]
}
