// Several runs as one table: a line for each, and how all of them ended.

import { formatDuration, formatMeasured } from '#clock/instant.ts'
import { oneLine } from '#context/foreign-text.ts'
import { seedsInWords } from './console-card.ts'
import { alignColumns, wrapText, type Align } from './layout.ts'
import { outcomes } from './outcome.ts'
import { nameOf, type Paint } from './paint.ts'
import type { JudgedRun, ReportedRun } from './report-schema.ts'
import { isWaived } from './waived.ts'

type Column = {
  readonly title: string
  readonly align: Align
  readonly show: (run: ReportedRun) => string
}

const columns: readonly Column[] = [
  { title: 'scenario', align: 'left', show: ({ scenario }) => oneLine(scenario) },
  { title: 'severity', align: 'left', show: judged(({ severity }) => severity) },
  { title: 'replayed', align: 'right', show: judged(({ spanMs }) => formatDuration(spanMs)) },
  { title: 'operations', align: 'right', show: judged((run) => String(total(run, 'operations'))) },
  { title: 'exchanges', align: 'right', show: judged((run) => String(total(run, 'exchanges'))) },
  { title: 'served', align: 'right', show: judged(servedShare) },
  { title: 'oracles', align: 'right', show: judged(oraclesPassed) },
]

/** Why a run did not pass stands behind its figures, or below them where that is too long. */
export function tableLines(runs: readonly ReportedRun[], paint: Paint, width: number): string[] {
  const rows = runs.map((run) => [wordOf(run, paint), ...columns.map(({ show }) => show(run))])
  const [head = '', ...lines] = alignColumns(
    [['', ...columns.map(({ title }) => title)], ...rows],
    ['left', ...columns.map(({ align }) => align)],
  )
  const full = Math.max(head.length, ...lines.map((line) => line.length))
  const whole = runs.flatMap((run, index) =>
    withReason((lines[index] ?? '').padEnd(full), whyOf(run), width).map((line) => painted(line, run, paint)),
  )
  return [paint.dim(head), ...whole]
}

const reasonIndent = '      '

function withReason(line: string, why: string, width: number): string[] {
  if (line.length + 2 + why.length <= width) return [`${line}  ${why}`.trimEnd()]
  return [line.trimEnd(), ...wrapText(why, width - reasonIndent.length).map((text) => reasonIndent + text)]
}

/** `43 runs in 24.3s: 41 pass, 2 fail`. */
export function totalLine(runs: readonly ReportedRun[], wallMs: number | undefined): string {
  const counts = outcomes.flatMap((outcome) => {
    const count = runs.filter((run) => run.outcome === outcome).length
    return count > 0 ? [`${count} ${nameOf(outcome).toLowerCase()}`] : []
  })
  const took = wallMs === undefined ? '' : ` in ${formatMeasured(wallMs)}`
  const clients = [...new Set(runs.map(({ client, seed }) => `client ${oneLine(client)}, seed ${oneLine(seed)}`))]
  return `${runs.length} runs${took}, ${clients.join('; ')}: ${counts.join(', ')}`
}

function judged(show: (run: JudgedRun) => string): Column['show'] {
  return (run) => (run.kind === 'judged' ? show(run) : '')
}

function wordOf({ outcome }: ReportedRun, paint: Paint): string {
  return `${paint.symbol(outcome)} ${nameOf(outcome)}`
}

function painted(line: string, run: ReportedRun, paint: Paint): string {
  return run.outcome !== 'pass' ? paint.of(run.outcome, line) : line
}

function total({ phases }: JudgedRun, figure: 'operations' | 'exchanges' | 'ok' | 'stale' | 'degraded'): number {
  return phases.reduce((sum, phase) => sum + phase[figure], 0)
}

/** Of all operations, those that ended in anything that is of use: fresh, or degraded as declared. */
function servedShare(run: JudgedRun): string {
  const served = total(run, 'ok') + total(run, 'stale') + total(run, 'degraded')
  const asked = total(run, 'operations')
  return asked === 0 ? '-' : `${Math.floor((served / asked) * 100)}%`
}

/** Of those that had something to judge. */
function oraclesPassed({ verdicts }: JudgedRun): string {
  const passed = verdicts.filter(({ verdict }) => verdict === 'pass').length
  const judging = verdicts.filter(({ verdict }) => verdict !== 'inconclusive' && verdict !== 'not-applicable').length
  return `${passed} of ${judging}`
}

/** What a pass owes to waivers must not go unseen. */
function waivedNames({ verdicts }: JudgedRun): string {
  const names = verdicts.filter(isWaived).map(({ oracle }) => oneLine(oracle))
  return names.length === 0 ? '' : `waived: ${names.join(', ')}`
}

function whyOf(run: ReportedRun): string {
  if (run.kind === 'judged') return oneLine(`${whyJudged(run)} ${seedsInWords(run)}`)
  if (run.kind === 'rejected') return oneLine(run.problem.split('\n')[0] ?? '')
  if (run.kind === 'not-applicable') return `needs ${run.needs.map(oneLine).join(', ')}`
  return run.kind === 'harness-error' ? oneLine(run.message) : 'stopped before a verdict'
}

function whyJudged(run: JudgedRun): string {
  const failed = run.verdicts.filter(
    (verdict) => (verdict.verdict === 'fail' && !isWaived(verdict)) || verdict.verdict === 'error',
  )
  if (run.outcome === 'pass') return waivedNames(run)
  return failed.length > 0 && !run.withoutFaults
    ? failed.map(({ oracle }) => oneLine(oracle)).join(', ')
    : oneLine(run.because)
}
