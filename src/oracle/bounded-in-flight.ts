// When answers come late or never, what a client has in flight grows with what it is asked for, and with nothing else.
//
// Verified: exchanges in flight at any moment, of all processes together, against the peak of the fault-free twin or, when that
// is more, against what was open then: operations that had not settled (each as many as its kind needs without faults) and
// writes accepted within the last `trust`. A slow server keeps more operations open, and with them more in flight: that is its
// own fault (Little's law), and no finding.
// Not verified: whether each single operation sends too much (amplification, bounded-attempts); peaks below `floor`.

import { formatDuration } from '#clock/instant.ts'
import type { Baseline } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { endOf, operations, type Exchange, type Operation } from '#history/query.ts'
import { flights, presentAt, type Stay } from './in-flight.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { endOfExchange, howMany, requestOf, timeOf } from './words.ts'

const name = 'bounded-in-flight'

const params = {
  factor: {
    unit: 'ratio',
    domain: 'client',
    defaults: { strict: 1.5, default: 2, lenient: 3 },
    cite: 'one request for each open operation, and a second one beside it: a hedge, or a look',
  },
  floor: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 10, default: 20, lenient: 50 },
    cite: 'a browser keeps 6 connections to a host; fewer than 20 do no harm',
  },
  trust: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 15_000, default: 30_000, lenient: 60_000 },
    cite: 'a write that was accepted may be sent at once, with a patience of 30 s',
  },
} as const satisfies Record<string, Param>

type Moment = { readonly at: number; readonly inFlight: number; readonly open: number; readonly ratio: number }

export const boundedInFlight = defineOracle({
  name,
  family: 'safety',
  verified: 'Exchanges in flight stay in proportion to the operations that are open, or to the peak without faults.',
  notVerified: 'Whether a single operation sends too much, and peaks too small to hurt.',
  hint: 'Abort a request when you stop waiting for it, let a poll be over before the next begins, and send a backlog a few at a time.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { baseline, firstFaultAt } = history.header
    if (!baseline || firstFaultAt === null)
      return { verdict: 'not-applicable', needs: 'faults, and the figures of the fault-free twin' }
    const { factor } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const inFlight = flights(history)
    const worst = worstMoment(inFlight, openOf(history, baseline, number.trust), baseline.peakInFlight, number.floor)
    if (worst)
      tally.compare(factor, worst.ratio, () => {
        const present = presentAt(inFlight, worst.at)
        return {
          witness: present.slice(0, 50).map(({ sent }) => sent.seq),
          sentence: sentenceFor(history, worst, present),
        }
      })
    return tally.judgement({ unarmed: 'Nothing was sent.', armed: inFlight.length })
  },
})

type Open = Stay<Operation> & { readonly weight: number }

/** What gives a reason to have something in flight. */
function openOf(history: History, { exchangesPerOperation }: Baseline, trustMs: number): readonly Open[] {
  return operations(history).map((operation) => {
    const { invoked, settled, outcome } = operation
    const settledAt = settled?.at ?? endOf(history) + 1
    // At the moment of settling it still counts: what it had in flight ends in the same millisecond.
    const until = outcome === 'queued' ? settledAt + trustMs : settledAt + 1
    return { from: invoked.at, until, of: operation, weight: Math.max(1, exchangesPerOperation[invoked.name] ?? 1) }
  })
}

type Step = { readonly at: number; readonly sent: number; readonly asked: number }

/** Looked at when all that happens in one millisecond has happened. */
function worstMoment(
  inFlight: readonly Stay<Exchange>[],
  open: readonly Open[],
  peak: number,
  floor: number,
): Moment | undefined {
  const steps: readonly Step[] = [
    ...inFlight.flatMap(({ from, until }) => [step(from, 1, 0), step(until, -1, 0)]),
    ...open.flatMap(({ from, until, weight }) => [step(from, 0, weight), step(until, 0, -weight)]),
  ].toSorted((one, other) => one.at - other.at)
  let worst: Moment | undefined
  let sent = 0
  let asked = 0
  steps.forEach(({ at, sent: moreSent, asked: moreAsked }, index) => {
    sent += moreSent
    asked += moreAsked
    if (steps[index + 1]?.at === at) return
    const ratio = Math.max(0, sent - floor) / Math.max(1, peak, asked)
    if (!worst || ratio > worst.ratio) worst = { at, inFlight: sent, open: asked, ratio }
  })
  return worst
}

function step(at: number, sent: number, asked: number): Step {
  return { at, sent, asked }
}

function sentenceFor(history: History, { at, inFlight, open }: Moment, present: readonly Exchange[]): string {
  const { baseline } = history.header
  const [oldest] = present
  const when = `At ${timeOf(history, at)} ${howMany(inFlight, 'exchange')} were in flight`
  const against = `while what was open asked for ${Math.round(open)}; without faults there are at most ${baseline?.peakInFlight ?? 0}`
  const example = oldest
    ? ` The oldest, ${requestOf(oldest)}, had been in flight for ${formatDuration(Math.round((at - oldest.sent.at) / 1_000) * 1_000)}; it was ${endOfExchange(history, oldest)}.`
    : ''
  return `${when}, ${against}.${example}`
}
