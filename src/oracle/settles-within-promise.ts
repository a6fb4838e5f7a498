// Every operation settles in the time the client promised, whatever the API does.
//
// Verified: from the ask to the answer or error: queueing, retries, sleeps and reading the body included; also of operations
// that a person gave up on, and of those that had not settled when the run ended.
// Not verified: how long a single exchange took; operations that a crash or a limit of the harness cut off.

import { formatDuration, formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { endOf, operations, type Operation } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, promised, thresholdsOf } from './tally.ts'
import { nameOf, storyOf, witnessOf } from './words.ts'

const name = 'settles-within-promise'

const params = {
  ceiling: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 30_000, default: 300_000, lenient: 3_600_000 },
    cite: 'a weaker promise is capped: 30 s is the bound for batch work, 5 min is where Node itself gives up on headers',
  },
  tolerance: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 1, default: 2, lenient: 50 },
    cite: 'timers count whole milliseconds: one at each end',
  },
} as const satisfies Record<string, Param>

/** How long an operation may take: as promised, and never longer than the profile's ceiling. */
export function timeAllowed(history: History, operation: string): Threshold {
  const { thresholds, profile, promises } = history.header
  const known = thresholds.find((threshold) => threshold.oracle === name && threshold.name === 'ceiling')
  const ceilingMs = known?.value ?? params.ceiling.defaults[profile]
  const { ceiling } = thresholdsOf(history, name, params, { ceiling: ceilingMs, tolerance: 0 })
  const withinMs = promises[operation]?.withinMs
  return withinMs !== undefined && withinMs <= ceiling.value ? promised(name, 'within', withinMs, operation) : ceiling
}

export const settlesWithinPromise = defineOracle({
  name,
  family: 'safety',
  verified: 'Every operation with a promise `within` settles in that time, retries and queueing included.',
  notVerified: 'Single exchanges, and operations cut off by a crash.',
  hint: 'Give the whole operation one deadline that every attempt, pause and queue shares, and settle when it passes.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { promises } = history.header
    if (!Object.values(promises).some(({ withinMs }) => withinMs !== undefined))
      return { verdict: 'not-applicable', needs: 'a promise `within` for at least one operation' }
    const tally = createTally()
    for (const operation of operations(history)) {
      const withinMs = promises[operation.invoked.name]?.withinMs
      const tookMs = timeTaken(history, operation)
      if (withinMs === undefined || tookMs === null) continue
      const limit = timeAllowed(history, operation.invoked.name)
      if (operation.settled?.kind === 'operation.unknown' && tookMs <= limit.value + number.tolerance) continue
      const evidence = () => ({
        witness: witnessOf(operation),
        sentence: sentenceFor(history, operation, tookMs, limit.value),
      })
      tally.compare(limit, tookMs, evidence, number.tolerance)
    }
    return tally.judgement({ unarmed: 'No operation with a promise `within` settled.' })
  },
})

/** At least this long, for an operation that never settled; `null` when nobody can tell. */
function timeTaken(history: History, operation: Operation): number | null {
  if (operation.latencyMs !== null) return operation.latencyMs
  if (operation.settled?.kind !== 'operation.unknown' || operation.settled.reason !== 'unsettled') return null
  return endOf(history) - operation.invoked.at
}

function sentenceFor(history: History, operation: Operation, tookMs: number, limitMs: number): string {
  const took = formatMeasured(tookMs)
  const promise = `its promise of ${formatDuration(limitMs)}`
  const story = storyOf(history, operation)
  if (operation.latencyMs === null)
    return `${nameOf(operation)} had not settled after ${took}, when the run ended; ${promise} was long over: ${story}.`
  return `${nameOf(operation)} took ${took}, ${beyond(tookMs, limitMs)} ${promise}: ${story}.`
}

/** Less than twice as long is told as the difference: a promise missed by milliseconds would read `1.0 times`. */
function beyond(tookMs: number, limitMs: number): string {
  const times = tookMs / limitMs
  if (times < 2 || !Number.isFinite(times)) return `${formatMeasured(tookMs - limitMs)} more than`
  return times === 2 ? 'twice' : `${Number(times.toPrecision(times < 10 ? 2 : 3))} times`
}
