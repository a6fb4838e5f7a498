// A process that starts again does not greet the service with a storm.
//
// Verified: after every restart, what the new process sends in ten seconds at its start, against the busiest ten seconds of the
// fault-free twin and of this run before the faults, and against what was asked of it in that time.
// Not verified: the first start of all; how often it is restarted, which is not the client's choice; effects that it repeats
// (`no-duplicate-effect`). False alarms: a small number is no storm; more work than usual needs more requests than usual.

import type { EventOf } from '#history/event.ts'
import type { History } from '#history/history.ts'
import { endOf, exchanges, operations, type Exchange } from '#history/query.ts'
import { peakSends } from '#history/traffic.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, nominal, thresholdsOf } from './tally.ts'
import { requestOf, timeOf } from './words.ts'

const name = 'restarts-gently'

const firstMs = 10_000
/** The own first minute is a start as well, and no measure of usual work. */
const settledAfterMs = 60_000
/** A shorter time says too little about what is usual. */
const measuredMs = 240_000

const params = {
  burst: {
    unit: 'ratio',
    domain: 'incident',
    defaults: { strict: 1.5, default: 2, lenient: 4 },
    cite: 'twice the nominal peak, as for every recovery; caches that fill at once are a storm of their own',
  },
  least: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 20, default: 20, lenient: 50 },
    cite: 'two requests a second are no storm',
  },
} as const satisfies Record<string, Param>

export const restartsGently = defineOracle({
  name,
  family: 'safety',
  verified: 'In the first ten seconds after a restart the process sends about as much as usual.',
  notVerified: 'The first start, the rhythm of restarts, and repeated effects.',
  hint: 'Warm caches when they are asked for, one after the other, and send what was queued at a steady pace after a start.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { burst } = thresholdsOf(history, name, params, number)
    const usual = usualSends(history)
    if (usual === null) return { verdict: 'not-applicable', needs: 'a fault-free twin' }
    const tally = createTally()
    for (const restart of history.all('client.restarted')) {
      if (restart.at + firstMs > endOf(history)) continue
      const sent = sentBy(history, restart)
      const limit = Math.ceil(Math.max(number.least, number.burst * Math.max(usual, workload(history, restart))))
      tally.compare(nominal(burst, { name: 'sends', value: limit, unit: 'count', cite: burst.cite }), sent.length, () =>
        evidenceFor(history, restart, sent, usual),
      )
    }
    return tally.judgement({ unarmed: 'The client was never restarted.' })
  },
})

type Restart = EventOf<'client.restarted'>

function usualSends(history: History): number | null {
  const { baseline, firstFaultAt } = history.header
  if (!baseline) return null
  const before = firstFaultAt ?? 0
  if (before < settledAfterMs + measuredMs) return baseline.peakSends
  return Math.min(baseline.peakSends, Math.max(1, peakSends(history, settledAfterMs, before)))
}

/** The busiest ten seconds from the end of the old process to ten seconds after the new one is ready: what it does to get
 * ready is part of the start. */
function sentBy(history: History, { instance, at, seq }: Restart): readonly Exchange[] {
  const ends = [...history.all('client.closed'), ...history.all('client.crashed')]
  const goneAt = Math.max(at - firstMs, ...ends.flatMap((event) => (event.seq < seq ? [event.at] : [])))
  const sent = exchanges(history).filter(
    (one) => one.sent.instance === instance && one.sent.at >= goneAt && one.sent.at < at + firstMs,
  )
  let first = 0
  let busiest: readonly Exchange[] = []
  sent.forEach((one, index) => {
    while ((sent[first]?.sent.at ?? 0) <= one.sent.at - firstMs) first += 1
    if (index - first + 1 > busiest.length) busiest = sent.slice(first, index + 1)
  })
  return busiest
}

/** Requests that what is asked of it would take without faults. */
function workload(history: History, restart: Restart): number {
  const each = history.header.baseline?.exchangesPerOperation ?? {}
  return operations(history)
    .filter(({ invoked: { instance, at } }) => instance === restart.instance && Math.abs(at - restart.at) < firstMs)
    .reduce((sum, { invoked }) => sum + Math.max(1, each[invoked.name] ?? 1), 0)
}

function evidenceFor(history: History, restart: Restart, sent: readonly Exchange[], usual: number) {
  const [most, count] = mostSent(sent)
  const how = restart.orderly ? 'was restarted' : 'started again after it was killed'
  const what = most ? `, ${count} of them ${most}` : ''
  return {
    witness: [restart.seq, ...sent.slice(0, 3).map((one) => one.sent.seq)],
    sentence: `the process ${restart.instance} ${how} at ${timeOf(history, restart.at)} and sent ${sent.length} requests in 10 s${what}; usually there are at most ${usual} in 10 s.`,
  }
}

function mostSent(sent: readonly Exchange[]): readonly [string, number] {
  const counts = Array.from(Map.groupBy(sent, requestOf), ([what, all]) => [what, all.length] as const)
  return counts.toSorted(([, one], [, other]) => other - one)[0] ?? ['', 0]
}
