// One line for each phase: what was asked, what went over the wire, how it ended and how long it took.

import { formatInstant, formatMeasured, formatTime, parseInstant } from '#clock/instant.ts'
import { fitColumns, type Align } from './layout.ts'
import type { Paint } from './paint.ts'
import { oneLine } from '#context/foreign-text.ts'
import type { JudgedRun, ReportedPhase } from './report-schema.ts'

type Column = {
  readonly title: string
  readonly align?: Align
  /** Left out when every phase has a zero there. */
  readonly optional?: true
  /** Left out where the terminal is narrow, the lowest first. */
  readonly spare?: number
  readonly show: (phase: ReportedPhase, startMs: number) => string
}

const columns: readonly Column[] = [
  { title: 'phase', align: 'left', show: ({ phase }) => oneLine(phase) },
  { title: 'from', spare: 4, show: ({ from }, startMs) => formatMoment(startMs + from, startMs) },
  { title: 'operations', show: ({ operations }) => String(operations) },
  { title: 'exchanges', spare: 5, show: ({ exchanges }) => String(exchanges) },
  { title: 'per operation', spare: 3, show: ({ exchangesPerOperation }) => exchangesPerOperation?.toFixed(2) ?? '-' },
  { title: 'ok', show: ({ ok }) => String(ok) },
  { title: 'stale', show: ({ stale }) => String(stale) },
  { title: 'degraded', optional: true, show: ({ degraded }) => String(degraded) },
  { title: 'error', show: ({ error }) => String(error) },
  { title: 'unknown', optional: true, show: ({ unknown }) => String(unknown) },
  { title: 'cancelled', optional: true, spare: 2, show: ({ cancelled }) => String(cancelled) },
  { title: 'p50', spare: 1, show: ({ p50Ms }) => latency(p50Ms) },
  { title: 'p99', show: ({ p99Ms }) => latency(p99Ms) },
]

/** The instant of `from: 0`, in milliseconds since the epoch. */
export function startOf({ start }: JudgedRun): number {
  return parseInstant(start) ?? 0
}

/** `11:14Z`: incidents are told in minutes. */
export function formatClock(epochMs: number): string {
  const text = formatTime(epochMs)
  return text.endsWith(':00Z') ? `${text.slice(0, 5)}Z` : text
}

/** With its date when that is not the one the run began on. */
export function formatMoment(epochMs: number, startMs: number): string {
  const day = formatInstant(epochMs).slice(0, 10)
  return day === formatInstant(startMs).slice(0, 10) ? formatClock(epochMs) : `${day} ${formatClock(epochMs)}`
}

export function phaseLines(run: JudgedRun, paint: Paint, width: number): string[] {
  return table(run.phases, startOf(run), paint, width)
}

/** The same for the fault-free twin. */
export function nominalLines(phases: readonly ReportedPhase[], run: JudgedRun, paint: Paint, width: number): string[] {
  return ['without faults:', ...table(phases, startOf(run), paint, width)]
}

function table(phases: readonly ReportedPhase[], startMs: number, paint: Paint, width: number): string[] {
  const used = columns.filter(({ optional, show }) => !optional || phases.some((phase) => show(phase, startMs) !== '0'))
  const rows = phases.map((phase) => used.map(({ show }) => show(phase, startMs)))
  const spare = used
    .flatMap(({ spare: rank }, column) => (rank === undefined ? [] : [{ rank, column }]))
    .toSorted((one, other) => one.rank - other.rank)
  const [head = '', ...lines] = fitColumns(
    [used.map(({ title }) => title), ...rows],
    used.map(({ align }) => align ?? 'right'),
    width,
    spare.map(({ column }) => column),
  )
  return [paint.dim(head), ...lines]
}

/** Whole milliseconds are enough for a reader. */
function latency(ms: number | null): string {
  return ms === null ? '-' : formatMeasured(ms < 1_000 ? Math.round(ms) : ms)
}
