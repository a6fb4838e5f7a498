// Every operation settles in the time the client promised, whatever the API does.
//
// Verified: from the ask to the answer or error: queueing, retries, sleeps and reading the body included; also of operations
// that a person gave up on, and of those that had not settled when the run ended.
// Not counted: time in which its process was frozen.
// Not verified: how long a single exchange took; operations that a crash or a limit of the harness cut off.

import { formatDuration, formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { ownMs } from '#history/pauses.ts'
import { endOf, operations, type Operation } from '#history/query.ts'
import { capped, ceilingOf, withinCeiling } from './ceilings.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally } from './tally.ts'
import { nameOf, storyOf, witnessOf } from './words.ts'

const name = 'settles-within-promise'

const params = {
  tolerance: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 1, default: 2, lenient: 50 },
    cite: 'timers count whole milliseconds: one at each end',
  },
} as const satisfies Record<string, Param>

/** How long an operation may take: as promised, and never longer than the ceiling of the profile. */
export function timeAllowed(history: History, operation: string): Threshold {
  const ceiling = withinCeiling(history, operation)
  const ms = history.header.promises[operation]?.withinMs
  if (ms === undefined) return { ...ceilingOf(history, ceiling), oracle: name, name: 'ceiling' }
  return capped(history, name, 'within', { operation, ms, ceiling })
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
        sentence: sentenceFor(history, operation, tookMs, limit),
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
  const { instance, at } = operation.invoked
  return ownMs(history, instance, at, endOf(history))
}

function sentenceFor(history: History, operation: Operation, tookMs: number, limit: Threshold): string {
  const took = formatMeasured(tookMs)
  const promise = `its promise${limit.source === 'promise' ? ' of' : ', capped at'} ${formatDuration(limit.value)}`
  const story = storyOf(history, operation)
  if (operation.latencyMs === null)
    return `${nameOf(operation)} had not settled after ${took}, when the run ended; ${promise} was long over: ${story}.`
  return `${nameOf(operation)} took ${took}, ${beyond(tookMs, limit.value)} ${promise}: ${story}.`
}

/** Less than twice as long is told as the difference: a promise missed by milliseconds would read `1.0 times`. */
function beyond(tookMs: number, limitMs: number): string {
  const times = tookMs / limitMs
  if (times < 2 || !Number.isFinite(times)) return `${formatMeasured(tookMs - limitMs)} more than`
  return times === 2 ? 'twice' : `${Number(times.toPrecision(times < 10 ? 2 : 3))} times`
}
