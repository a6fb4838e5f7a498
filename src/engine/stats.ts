// Figures of one history: the table of phases, and the baseline that a nominal run gives to its faulted twin.

import type { EventOf, HistoryEvent } from '#history/event.ts'
import type { Baseline, LoadBaseline } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { peakInFlight, peakSends } from '#history/traffic.ts'
import type { PhaseStats } from './run-result.ts'

type Result = EventOf<'operation.ok'>['result'] | 'error' | 'unknown'
/** Of an operation no more than is counted: there may be a million of them. */
type Row = {
  readonly name: string
  readonly workspace: string
  readonly load: string
  readonly askedAt: number
  settledAt: number
  result: Result
  cancelled: boolean
  exchanges: number
}

function rows(history: History): Map<number, Row> {
  const byOperation = new Map<number, Row>()
  for (const event of history) note(byOperation, event)
  return byOperation
}

function note(byOperation: Map<number, Row>, event: HistoryEvent): void {
  if (event.kind === 'operation.invoked') {
    const { name, workspace, load, at } = event
    const open = { askedAt: at, settledAt: at, result: 'unknown', cancelled: false, exchanges: 0 } as const
    byOperation.set(event.operation, { name, workspace, load, ...open })
    return
  }
  const row = 'operation' in event && event.operation !== null ? byOperation.get(event.operation) : undefined
  if (!row) return
  if (event.kind === 'operation.cancelled') row.cancelled = true
  if (event.kind === 'exchange.sent') row.exchanges += 1
  if (event.kind === 'operation.ok' || event.kind === 'operation.error' || event.kind === 'operation.unknown')
    settle(row, event)
}

function settle(row: Row, event: EventOf<'operation.ok' | 'operation.error' | 'operation.unknown'>): void {
  row.settledAt = event.at
  row.result = event.kind === 'operation.ok' ? event.result : event.kind === 'operation.error' ? 'error' : 'unknown'
}

/** One row per phase, from each mark to the next; the last reaches to the end of the history. */
export function phaseStats(history: History): PhaseStats[] {
  const { phases, spanMs } = history.header
  const all = [...rows(history).values()]
  return phases.map((phase, index) => {
    const from = phase.at
    const next = phases[index + 1]
    const within = (at: number) => at >= from && (next === undefined || at < next.at)
    const exchanges = sentWithin(history, within)
    return {
      phase: phase.name,
      from,
      until: next?.at ?? spanMs,
      exchanges,
      ...summarise(
        all.filter((row) => within(row.askedAt)),
        exchanges,
      ),
    }
  })
}

function sentWithin(history: History, within: (at: number) => boolean): number {
  let sent = 0
  for (const { at } of history.each('exchange.sent')) if (within(at)) sent += 1
  return sent
}

/** Whatever else is what somebody was given instead. */
const plain: ReadonlySet<Result> = new Set(['fresh', 'stale', 'error', 'unknown'])

function summarise(
  some: readonly Row[],
  exchanges: number,
): Omit<PhaseStats, 'phase' | 'from' | 'until' | 'exchanges'> {
  const kept = some.filter((row) => !row.cancelled)
  const count = (test: (result: Result) => boolean) => kept.filter(({ result }) => test(result)).length
  const latencies = kept.flatMap(({ askedAt, settledAt, result }) =>
    result === 'unknown' ? [] : [settledAt - askedAt],
  )
  latencies.sort((one, other) => one - other)
  return {
    operations: some.length,
    ok: count((result) => result === 'fresh'),
    stale: count((result) => result === 'stale'),
    degraded: count((result) => !plain.has(result)),
    error: count((result) => result === 'error'),
    unknown: count((result) => result === 'unknown'),
    cancelled: some.length - kept.length,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    exchangesPerOperation: some.length === 0 ? null : exchanges / some.length,
  }
}

/** Nearest rank on sorted values; `null` when there are none. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}

export function baselineOf(history: History): Baseline {
  const all = [...rows(history).values()]
  const exchangesPerOperation: Record<string, number> = {}
  for (const [name, some] of group(all, (row) => row.name)) {
    exchangesPerOperation[name] = some.reduce((sum, row) => sum + row.exchanges, 0) / some.length
  }
  const loads: Record<string, LoadBaseline> = {}
  for (const [load, some] of group(all, (row) => row.load)) loads[load] = loadBaseline(some, all)
  return {
    operations: all.length,
    exchanges: history.count('exchange.sent'),
    exchangesPerOperation,
    peakSends: peakSends(history),
    peakInFlight: peakInFlight(history),
    loads,
  }
}

function loadBaseline(some: readonly Row[], all: readonly Row[]): LoadBaseline {
  const kept = some.filter((row) => !row.cancelled)
  const results = kept.flatMap(({ result }) => (result === 'error' || result === 'unknown' ? [] : [result]))
  const shareOf = (result: string): number =>
    results.length === 0 ? 0 : results.filter((own) => own === result).length / results.length
  return {
    okShare: kept.length === 0 ? 1 : results.length / kept.length,
    p99Ms: summarise(some, 0).p99Ms ?? 0,
    ...askedFigure(some, all),
    usual: { queued: shareOf('queued'), stale: shareOf('stale') },
  }
}

function askedFigure(some: readonly Row[], all: readonly Row[]): Pick<LoadBaseline, 'askedP99Ms'> {
  if (some.every((row) => row.exchanges > 0)) return {}
  const asks = new Set(some.map(nameAndWorkspace))
  const { p99Ms } = summarise(
    all.filter((row) => row.exchanges > 0 && asks.has(nameAndWorkspace(row))),
    0,
  )
  return p99Ms === null ? {} : { askedP99Ms: p99Ms }
}

function nameAndWorkspace({ name, workspace }: Row): string {
  return `${name} ${workspace}`
}

function group<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const list = groups.get(keyOf(item))
    if (list) list.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

/** How often each kind of event happened, in the order of first appearance. */
export function eventCounts(history: History): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const event of history) counts[event.kind] = (counts[event.kind] ?? 0) + 1
  return counts
}
