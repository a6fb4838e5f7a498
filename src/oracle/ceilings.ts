// How weak a promise may be. A client is held to its own words, but a promise of an hour for a read is no promise: what counts
// is never more than the ceiling of the profile. The oracle `promises-are-worth-something` owns these numbers.

import { formatDuration } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import type { Param } from './oracle.ts'
import { promised } from './tally.ts'

export const ownerOfCeilings = 'promises-are-worth-something'

const dayMs = 86_400_000

export const ceilings = {
  withinRead: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 180_000, default: 300_000, lenient: 3_600_000 },
    cite: 'all companies take two minutes to scroll; after 5 min Node itself gives up on an answer',
  },
  withinWrite: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 30_000, default: 300_000, lenient: 3_600_000 },
    cite: 'a write is one request: 30 s is the bound for batch work; after 5 min Node itself gives up on an answer',
  },
  fresh: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 300_000, default: 900_000, lenient: 3_600_000 },
    cite: 'what is handed over as fresh without its age: minutes; the copies of the runbook live for an hour, declared',
  },
  stale: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: dayMs, default: 7 * dayMs, lenient: 30 * dayMs },
    cite: 'a copy declared as old: a day, or the longest outage that anybody rides out on copies',
  },
  queue: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 3 * dayMs, default: 7 * dayMs, lenient: 30 * dayMs },
    cite: 'a write that waits: three days outlast a weekend; the media of WhatsApp are gone after seven',
  },
} as const satisfies Record<string, Param>

export type Ceiling = keyof typeof ceilings

/** The ceiling as the header resolved it. */
export function ceilingOf({ header }: History, name: Ceiling): Threshold {
  const known = header.thresholds.find((threshold) => threshold.oracle === ownerOfCeilings && threshold.name === name)
  const { unit, domain, defaults, cite } = ceilings[name]
  const value = defaults[header.profile]
  return known ?? { oracle: ownerOfCeilings, name, value, unit, bound: 'at-most', domain, source: 'profile', cite }
}

/** Which ceiling bounds the time of an operation. */
export function withinCeiling({ header }: History, operation: string): 'withinRead' | 'withinWrite' {
  const isWrite = header.intents.some(({ name, effect }) => name === operation && effect === 'write')
  return isWrite ? 'withinWrite' : 'withinRead'
}

/** The promise, or the ceiling where that is less. */
export function cappedMs(history: History, ceiling: Ceiling, promisedMs: number): number {
  return Math.min(promisedMs, ceilingOf(history, ceiling).value)
}

/** The threshold of a promise, capped. It says so when it was. */
export function capped(
  history: History,
  oracle: string,
  name: string,
  { operation, ms, ceiling }: { readonly operation: string; readonly ms: number; readonly ceiling: Ceiling },
): Threshold {
  const own = promised(oracle, name, ms, operation)
  const { value, source } = ceilingOf(history, ceiling)
  if (ms <= value) return own
  const by = source === 'profile' ? `the profile ${history.header.profile}` : `the ${source}`
  return {
    ...own,
    value,
    source,
    cite: `${own.cite}, ${formatDuration(ms)}, capped at ${formatDuration(value)} by ${by}`,
  }
}
