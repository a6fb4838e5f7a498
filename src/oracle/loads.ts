// Operations of a load, and how well they went compared with the same load without faults.

import type { History } from '#history/history.ts'
import { operations, selector, type Operation } from '#history/query.ts'
import { wasFrozen } from '#history/pauses.ts'
import type { Param } from './oracle.ts'
import { isForgotten } from './renewal.ts'

/** Below this a slower answer is noise. */
const unnoticedMs = 100

/** Operations that count: not those a person gave up on, nor those cut off by a crash or a limit of the harness, nor those
 * whose process stood still meanwhile. */
export function judged(history: History): readonly Operation[] {
  return operations(history).filter(
    ({ cancelled, settled, invoked }) =>
      cancelled === null &&
      settled !== null &&
      (settled.kind !== 'operation.unknown' || settled.reason === 'unsettled') &&
      !wasFrozen(history, invoked.instance, invoked.at, settled.at),
  )
}

/** Every load asks at least once, unless the client does not offer what it asks for. */
export function isOffered(history: History, load: string): boolean {
  return operations(history).some(({ invoked }) => invoked.load === load)
}

/** Whether an outcome that is degraded in name is the way its load works when all is well: a front that queues every write, a
 * cache that hands over a copy and renews it behind the scenes. Then it is as good as done. */
type Usual = (operation: Operation) => boolean

/** So large a part of what ended ok. Copies are few where little is asked for twice: in a whole run without faults even those are
 * on purpose, while the minutes before a fault show but a few operations. */
const usualShare = { twin: { queued: 0.5, stale: 0.01 }, before: { queued: 0.5, stale: 0.1 } } as const

export function usualOutcomes(history: History): Usual {
  const byLoad = usualByLoad(history)
  return (operation) =>
    byLoad.get(operation.invoked.load)?.has(operation.outcome) === true && !isForgotten(history, operation)
}

/** As the fault-free twin says; in a history that does not know, as the time before the first fault does. */
const usualByLoad = selector((history) => {
  const found = new Map<string, ReadonlySet<Operation['outcome']>>()
  // A run without faults is its own twin.
  const least = history.header.firstFaultAt === null ? usualShare.twin : usualShare.before
  for (const [load, shares] of sharesBefore(history)) found.set(load, usualOf(shares, least))
  for (const [load, { usual }] of Object.entries(history.header.baseline?.loads ?? {}))
    if (usual) found.set(load, usualOf(usual, usualShare.twin))
  return found
})

type Shares = { readonly queued: number; readonly stale: number }

function sharesBefore(history: History): Map<string, Shares> {
  const firstFaultAt = history.header.firstFaultAt ?? Number.POSITIVE_INFINITY
  const before = operations(history).filter(({ invoked, outcome }) => invoked.at < firstFaultAt && isOk(outcome))
  const shareOf = (all: readonly Operation[], kind: keyof Shares): number =>
    all.filter(({ outcome }) => outcome === kind).length / all.length
  const byLoad = Map.groupBy(before, ({ invoked }) => invoked.load)
  return new Map(
    Array.from(byLoad, ([load, all]) => [load, { queued: shareOf(all, 'queued'), stale: shareOf(all, 'stale') }]),
  )
}

function usualOf(shares: Shares, least: Shares): ReadonlySet<Operation['outcome']> {
  return new Set((['queued', 'stale'] as const).filter((kind) => shares[kind] >= least[kind]))
}

function isOk(outcome: Operation['outcome']): boolean {
  return outcome !== 'error' && outcome !== 'unknown'
}

/** Not degraded in any way that is not usual. */
export function wentWell(operation: Operation, usual: Usual): boolean {
  return operation.outcome === 'fresh' || usual(operation)
}

/** The latency that is still as without faults. */
export function latencyLimit(history: History, load: string, factor: number): number {
  const reference = history.header.baseline?.loads[load]
  if (!reference) return Number.POSITIVE_INFINITY
  const p99Ms = Math.max(reference.p99Ms, reference.askedP99Ms ?? 0)
  return Math.max(p99Ms * factor, p99Ms + unnoticedMs)
}

/** So many of `count` may be slower when the 99th percentile is to hold; one always may. */
export function slowAllowed(count: number): number {
  return Math.max(1, Math.floor(count / 100))
}

/** And so many where the service itself is slow now and then: three standard deviations more than one in a hundred. */
export function slowByChance(count: number): number {
  const expected = count / 100
  return Math.max(1, Math.floor(expected + 3 * Math.sqrt(expected)))
}

export function isSlow({ latencyMs }: Operation, limitMs: number): boolean {
  return latencyMs !== null && latencyMs > limitMs
}

/** What a load that is not hit itself keeps, whether a scenario names it or not. */
export const sparedParams = {
  success: {
    unit: 'share',
    bound: 'at-least',
    domain: 'incident',
    defaults: { strict: 0.99, default: 0.95, lenient: 0.9 },
    cite: 'a bulkhead keeps 95 % of what it protects (Gremlin, HasBulkhead)',
  },
  slower: {
    unit: 'ratio',
    domain: 'incident',
    defaults: { strict: 1.2, default: 1.5, lenient: 2 },
    cite: 'and its 99th percentile within 1.5 times of the fault-free run',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'incident',
    defaults: { strict: 20, default: 20, lenient: 20 },
    cite: 'a share of fewer operations says little',
  },
} as const satisfies Record<string, Param>
