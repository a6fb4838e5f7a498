// What the users of the client got while faults were on, against what it cost the provider: four numbers.

import { formatMeasured } from '#clock/instant.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { JudgedRun, ReportedPhase } from '../report-schema.ts'
import { grouped } from './grouped.ts'
import { html, type Markup } from './markup.ts'
import { percent } from './words.ts'

const shares = [
  ['ok', 'fresh', 'fresh'],
  ['stale', 'stale', 'stale, declared'],
  ['degraded', 'queued', 'queued or fallback'],
  ['error', 'error', 'error'],
  ['unknown', 'unknown', 'never ended'],
] as const

/** Phases that begin while faults are on; without faults, all of them. */
function faultyPhases(run: JudgedRun, result: RunResult): readonly ReportedPhase[] {
  const header = result.kind === 'judged' ? result.header : null
  const { firstFaultAt, lastLiftAt } = header ?? { firstFaultAt: null, lastLiftAt: null }
  if (firstFaultAt === null || lastLiftAt === null) return run.phases
  const within = run.phases.filter(({ from, until }) => until > firstFaultAt && from < lastLiftAt)
  return within.length > 0 ? within : run.phases
}

export function servedTiles(run: JudgedRun, result: RunResult): Markup | null {
  const phases = faultyPhases(run, result)
  const sum = (figure: 'operations' | 'exchanges' | 'cancelled' | (typeof shares)[number][0]): number =>
    phases.reduce((all, phase) => all + phase[figure], 0)
  const kept = sum('operations') - sum('cancelled')
  if (kept <= 0) return null
  const served = sum('ok') + sum('stale') + sum('degraded')
  const parts = shares.flatMap(([figure, tone, word]) => (sum(figure) > 0 ? [{ tone, word, count: sum(figure) }] : []))
  return html`<div class="tiles">
    <div class="tile wide">
      <p class="label">
        ${result.kind === 'judged' && result.header.firstFaultAt !== null ? 'while faults were on, users got' : 'users got'}
      </p>
      <p class="figure">
        ${percent(served, kept)} <span>served, of ${grouped(kept)} operations that somebody waited for</span>
      </p>
      <div class="parts" aria-hidden="true">
        ${parts.map(({ tone, count }) => html`<span class="${tone}" style="flex-grow:${count}"></span>`)}
      </div>
      <p class="legend">
        ${parts.map(({ tone, word, count }) => html`<span><i class="swatch ${tone}" aria-hidden="true"></i>${word} ${percent(count, kept)} (${grouped(count)})</span> `)}
      </p>
    </div>
    ${costTile(run, sum('exchanges'), sum('operations'))} ${slowestTile(run, phases)}
  </div>`
}

function costTile({ nominal }: JudgedRun, exchanges: number, operations: number): Markup {
  const usual = nominal && ratioOf(total(nominal, 'exchanges'), total(nominal, 'operations'))
  return html`<div class="tile">
    <p class="label">requests per operation</p>
    <p class="figure">${ratioOf(exchanges, operations)}×</p>
    <p class="legend">${usual === undefined ? '' : `${usual}× without faults`}</p>
  </div>`
}

function slowestTile({ nominal }: JudgedRun, phases: readonly ReportedPhase[]): Markup {
  const usual = nominal && slowest(nominal)
  return html`<div class="tile">
    <p class="label">slowest 1 % of the worst phase</p>
    <p class="figure">${waited(slowest(phases))}</p>
    <p class="legend">${usual === undefined ? '' : `${waited(usual)} without faults`}</p>
  </div>`
}

function total(phases: readonly ReportedPhase[], figure: 'operations' | 'exchanges'): number {
  return phases.reduce((sum, phase) => sum + phase[figure], 0)
}

function ratioOf(part: number, whole: number): string {
  return whole === 0 ? '–' : (part / whole).toFixed(2)
}

function slowest(phases: readonly ReportedPhase[]): number {
  return Math.max(0, ...phases.map(({ p99Ms }) => p99Ms ?? 0))
}

function waited(ms: number): string {
  return formatMeasured(ms < 1_000 ? Math.round(ms) : ms)
}
