// What does not depend on the failing part goes on as before.
//
// Verified: of the load that the scenario names, while faults were on: the share of operations that ended neither in an error
// nor degraded (in a way that is not usual for it without faults), and the 99th percentile of their latency against the fault-free twin.
// Not verified: throughput (the load is open: nobody waits for the client before asking again); which resource is shared.

import { formatMeasured } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import type { Operation } from '#history/query.ts'
import { isOffered, isSlow, judged, latencyLimit, slowAllowed, sparedParams, usualOutcomes, wentWell } from './loads.ts'
import { defineOracle } from './oracle.ts'
import { createTally, nominal, thresholdsOf } from './tally.ts'
import { nameOf, storyOf, witnessOf } from './words.ts'

const name = 'unaffected'

export const unaffected = defineOracle({
  name,
  family: 'safety',
  verified: 'The named load succeeds as before and is not slower while faults are on.',
  notVerified: 'Throughput, and which resource is shared.',
  hint: 'Give each dependency its own queue, connections and breaker, so that one that hangs cannot hold up the others.',
  params: sparedParams,
  selectors: { load: 'load' },
  judge: (history, { number, text }) => {
    const { load } = text
    if (load === undefined)
      return { verdict: 'not-applicable', needs: 'a load that the scenario expects to be unaffected' }
    if (!isOffered(history, load))
      return { verdict: 'not-applicable', needs: `a client that offers what the load ${load} asks for` }
    const { success, slower } = thresholdsOf(history, name, sparedParams, number)
    const asked = duringFaults(history, load)
    const usual = usualOutcomes(history)
    const bad = asked.filter((operation) => !wentWell(operation, usual))
    const good = asked.filter((operation) => wentWell(operation, usual))
    const limitMs = latencyLimit(history, load, number.slower)
    const slow = good.filter((operation) => isSlow(operation, limitMs))
    const tally = createTally()
    if (asked.length >= number.samples) {
      tally.compare(success, (asked.length - bad.length) / asked.length, () => ({
        witness: bad.slice(0, 1).flatMap((operation) => witnessOf(operation)),
        sentence: `${bad.length} of ${asked.length} operations of the load ${load} suffered: ${example(history, bad[0])}.`,
      }))
      const p99Ms = percentile99(good)
      const reference = history.header.baseline?.loads[load]
      if (reference && p99Ms !== null && Number.isFinite(limitMs))
        tally.compare(
          nominal(slower, { name: 'p99', value: limitMs, unit: 'ms', cite: slower.cite }),
          slow.length > slowAllowed(good.length) ? p99Ms : Math.min(p99Ms, limitMs),
          () => {
            const worst = slow.toSorted((one, other) => (other.latencyMs ?? 0) - (one.latencyMs ?? 0))[0]
            const told =
              worst && `${nameOf(worst)} took ${formatMeasured(worst.latencyMs ?? 0)}, ${storyOf(history, worst)}`
            return {
              witness: worst ? witnessOf(worst) : [],
              sentence: `The 99th percentile of the load ${load} rose to ${formatMeasured(p99Ms)} from ${formatMeasured(reference.p99Ms)} without faults: ${told ?? 'none'}.`,
            }
          },
        )
    }
    const unarmed = `No operation of the load ${load} was asked while faults were on.`
    return tally.judgement({ unarmed, armed: asked.length, samples: number.samples })
  },
})

function duringFaults(history: History, load: string): readonly Operation[] {
  const { firstFaultAt, lastLiftAt } = history.header
  const from = firstFaultAt ?? 0
  const until = lastLiftAt ?? Number.POSITIVE_INFINITY
  return judged(history).filter(({ invoked }) => invoked.load === load && invoked.at >= from && invoked.at < until)
}

function percentile99(asked: readonly Operation[]): number | null {
  const latencies = asked
    .flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs]))
    .toSorted((one, other) => one - other)
  return latencies[Math.ceil(latencies.length * 0.99) - 1] ?? null
}

function example(history: History, operation: Operation | undefined): string {
  return operation ? `${nameOf(operation)} ended ${operation.outcome}, ${storyOf(history, operation)}` : 'none'
}
