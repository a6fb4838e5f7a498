// Several runs as one table: a line for each, and how all of them ended.

import { formatDuration, formatMeasured } from '#clock/instant.ts'
import { oneLine } from '#context/foreign-text.ts'
import { seedsInWords } from './console-card.ts'
import { fitColumns, wrapText, type Align } from './layout.ts'
import { outcomes } from './outcome.ts'
import { nameOf, type Paint } from './paint.ts'
import type { JudgedRun, ReportedRun } from './report-schema.ts'
import { titleOf } from './quantity.ts'
import { isWaived } from './waived.ts'

type Column = {
  readonly title: string
  readonly align: Align
  readonly show: (run: ReportedRun) => string
}

const whose: Column = { title: 'client', align: 'left', show: ({ client }) => oneLine(client) }
const columns: readonly Column[] = [
  { title: 'scenario', align: 'left', show: ({ scenario }) => oneLine(scenario) },
  { title: 'severity', align: 'left', show: judged(({ severity }) => severity) },
  { title: 'replayed', align: 'right', show: judged(({ spanMs }) => formatDuration(spanMs)) },
  { title: 'operations', align: 'right', show: judged((run) => String(total(run, 'operations'))) },
  { title: 'exchanges', align: 'right', show: judged((run) => String(total(run, 'exchanges'))) },
  { title: 'served', align: 'right', show: judged(servedShare) },
  { title: 'oracles', align: 'right', show: judged(oraclesPassed) },
]

/** Left out where the terminal is narrow, in this order. */
const spare = ['replayed', 'exchanges', 'severity', 'operations', 'served']

/** Why a run did not pass stands behind its figures, or below them where that is too long. */
export function tableLines(runs: readonly ReportedRun[], paint: Paint, width: number): string[] {
  const [scenario, ...figures] = columns
  const several = new Set(runs.map(({ client }) => client)).size > 1
  const used = [...(scenario ? [scenario] : []), ...(several ? [whose] : []), ...figures]
  const rows = runs.map((run) => [wordOf(run, paint), ...used.map(({ show }) => show(run))])
  const titles = ['', ...used.map(({ title }) => title)]
  const [head = '', ...lines] = fitColumns(
    [titles, ...rows],
    ['left', ...used.map(({ align }) => align)],
    width,
    spare.map((title) => titles.indexOf(title)),
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

/** `43 runs in 24.3s, client sdk, seed 1: 41 pass, 2 fail`. */
export function totalLines(runs: readonly ReportedRun[], wallMs: number | undefined, width: number): string[] {
  const counts = outcomes.flatMap((outcome) => {
    const count = runs.filter((run) => run.outcome === outcome).length
    return count > 0 ? [`${count} ${nameOf(outcome).toLowerCase()}`] : []
  })
  const took = wallMs === undefined ? '' : ` in ${formatMeasured(wallMs)}`
  const clients = named('client', [...new Set(runs.map(({ client }) => client))])
  const seeds = named('seed', [...new Set(runs.map(({ seed }) => seed))])
  const line = `${runs.length} runs${took}, ${clients}, ${seeds}: ${counts.join(', ')}`
  return width === Number.POSITIVE_INFINITY ? [line] : wrapText(line, width)
}

function named(word: string, names: readonly string[]): string {
  return `${word}${names.length === 1 ? '' : 's'} ${names.map(oneLine).join(', ')}`
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
  const names = verdicts.filter(isWaived).map((verdict) => oneLine(titleOf(verdict)))
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
    ? failed.map((verdict) => oneLine(titleOf(verdict))).join(', ')
    : oneLine(run.because)
}
