// One part of the service fails; whoever does not need it notices nothing.
//
// Verified: while some workspace, host or product fails, of every load whose own exchanges all went well: the share of operations that
// went well, and the 99th percentile of the time they waited inside the client, both against the fault-free twin.
// Not verified: loads that were hit themselves, however little; what is shared. Where a scenario names the load, `unaffected` is
// stricter. False alarms: a load counts only while answers to the same part came shortly before and after, or it would have failed
// anyway; what one declared breaker covers is one part; a 429 or a Retry-After may silence the whole host; a restart takes
// its minute.

import { formatMeasured } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import type { Operation } from '#history/query.ts'
import { partsOf, sparedOperations } from './isolation.ts'
import { slowAllowed, sparedParams, usualOutcomes, wentWell } from './loads.ts'
import { defineOracle } from './oracle.ts'
import { createTally, nominal, thresholdsOf } from './tally.ts'
import { nameOf, storyOf, timeOf, witnessOf } from './words.ts'

const name = 'isolates-failures'

/** Below this a longer wait is noise. */
const unnoticedMs = 1_000

export const isolatesFailures = defineOracle({
  name,
  family: 'safety',
  verified: 'Loads whose own part of the service was well succeed as before, and as fast, while another part fails.',
  notVerified: 'Loads that were hit themselves, and which resource is shared.',
  hint: 'Give each workspace and each dependency its own breaker, queue and connections, so that one that fails cannot hold up the others.',
  params: sparedParams,
  selectors: {},
  judge: (history, { number }) => {
    const { success, slower } = thresholdsOf(history, name, sparedParams, number)
    const usual = usualOutcomes(history)
    const tally = createTally()
    let armed = 0
    for (const [load, asked] of Map.groupBy(sparedOperations(history), ({ invoked }) => invoked.load)) {
      const reference = history.header.baseline?.loads[load]
      if (!reference) continue
      armed = Math.max(armed, asked.length)
      if (asked.length < number.samples) continue
      const good = asked.filter((operation) => wentWell(operation, usual))
      const least = number.success * reference.okShare
      tally.compare(
        nominal(success, { name: 'success', value: least, unit: 'share', cite: success.cite }),
        good.length / asked.length,
        () =>
          suffered(
            history,
            load,
            asked,
            asked.filter((operation) => !wentWell(operation, usual)),
          ),
      )
      const limitMs = Math.max(reference.p99Ms * number.slower, reference.p99Ms + unnoticedMs)
      const slow = good.filter((operation) => waitedMs(operation) > limitMs)
      const p99Ms = percentile99(good)
      tally.compare(
        nominal(slower, { name: 'p99', value: limitMs, unit: 'ms', cite: slower.cite }),
        slow.length > slowAllowed(good.length) ? p99Ms : Math.min(p99Ms, limitMs),
        () => waited(history, load, slow, p99Ms, reference.p99Ms),
      )
    }
    const unarmed = 'No load was spared by a failure that hit others, and asked for enough meanwhile.'
    return tally.judgement({ unarmed, armed, samples: number.samples })
  },
})

/** Inside of the client: without the time its exchanges took. Less than nothing where they ran side by side. */
function waitedMs({ latencyMs, exchanges, invoked }: Operation): number {
  const latency = latencyMs ?? 0
  const until = invoked.at + latency
  const onTheWire = exchanges.reduce(
    (sum, { sent, completedAt }) => sum + Math.min(completedAt ?? until, until) - sent.at,
    0,
  )
  return latency - onTheWire
}

function percentile99(asked: readonly Operation[]): number {
  const waits = asked.map(waitedMs).toSorted((one, other) => one - other)
  return waits[Math.ceil(waits.length * 0.99) - 1] ?? 0
}

function suffered(history: History, load: string, asked: readonly Operation[], bad: readonly Operation[]) {
  const first = bad[0]
  const example = first ? `: ${nameOf(first)} ended ${first.outcome}, ${storyOf(history, first)}` : ''
  return {
    witness: [...bad.slice(0, 1).flatMap((operation) => witnessOf(operation)), ...failingNear(history, first)],
    sentence: `${bad.length} of ${asked.length} operations of the load ${load} suffered although the service answered all that was sent for them, while ${failingPart(history, first)}${example}.`,
  }
}

function waited(history: History, load: string, slow: readonly Operation[], p99Ms: number, usualMs: number) {
  const worst = slow.toSorted((one, other) => waitedMs(other) - waitedMs(one))[0]
  const example = worst
    ? `: ${nameOf(worst)} waited ${formatMeasured(waitedMs(worst))}, ${storyOf(history, worst)}`
    : ''
  return {
    witness: [...(worst ? witnessOf(worst) : []), ...failingNear(history, worst)],
    sentence: `operations of the load ${load} waited up to ${formatMeasured(p99Ms)} inside the client (99th percentile; a whole one takes ${formatMeasured(usualMs)} without faults) although its part of the service was well, while ${failingPart(history, worst)}${example}.`,
  }
}

function failingNear(history: History, operation: Operation | undefined): (number | undefined)[] {
  const failure = operation && partsOf(history).failureNear(operation.invoked.at)
  return failure ? [failure.sent.seq, failure.end?.seq] : []
}

function failingPart(history: History, operation: Operation | undefined): string {
  const failure = operation && partsOf(history).failureNear(operation.invoked.at)
  if (!failure) return 'others failed'
  const { workspace, host, product } = failure.sent
  const whose = workspace === null ? `${product} (${host})` : `the workspace ${workspace} (${product}, ${host})`
  return `${whose} was failing at ${timeOf(history, failure.sent.at)}`
}
