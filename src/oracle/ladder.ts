// The ladder of degraded outcomes that a client promised for an operation.

import type { History } from '#history/history.ts'
import type { Operation } from '#history/query.ts'
import type { PromiseOf, Step } from '#history/promises.ts'
import { cappedMs } from './ceilings.ts'

/** How old a declared copy may be as the client promised it; `null` when none is. */
export function stalePromise({ header }: History, operation: string): number | null {
  const step = header.promises[operation]?.degrade.find(({ kind }) => kind === 'stale')
  return step?.kind === 'stale' ? step.maxAgeMs : null
}

/** The same, under the ceiling of the profile. */
export function staleLimit(history: History, operation: string): number | null {
  const promisedMs = stalePromise(history, operation)
  return promisedMs === null ? null : cappedMs(history, 'stale', promisedMs)
}

/** How long after the ask a queued write is still worth sending, as promised and under the ceiling; `null` when none is
 * promised. */
export function queueLimit(history: History, operation: string): number | null {
  const step = history.header.promises[operation]?.degrade.find(({ kind }) => kind === 'queue')
  return step?.kind === 'queue' ? cappedMs(history, 'queue', step.maxDelayMs) : null
}

/** The step an outcome stands on; `null` for a fresh value, which is above the ladder. */
export function stepOf(outcome: Exclude<Operation['outcome'], 'unknown'>): Step['kind'] | null {
  if (outcome === 'fresh') return null
  if (outcome === 'queued') return 'queue'
  return outcome === 'dropped' ? 'drop' : outcome
}

/** Whether `better` comes before `worse`. A step that is not on the ladder comes after all others. */
export function isPreferred({ degrade }: PromiseOf, better: Step['kind'], worse: Step['kind']): boolean {
  const first = degrade.findIndex(({ kind }) => kind === better)
  const second = degrade.findIndex(({ kind }) => kind === worse)
  return first >= 0 && (second < 0 || first < second)
}

/** The ladder in words: `stale 1h, then error`. */
export function ladderInWords({ degrade }: PromiseOf): string {
  return degrade.length === 0 ? 'nothing but success' : degrade.map(({ kind }) => kind).join(', then ')
}
