// summary.md, and what GitHub shows below a job: the verdict, why, and the command that reproduces it, on at most sixty lines.

import { formatDuration } from '#clock/instant.ts'
import { changeInWords, countInWords } from '../baseline/compare.ts'
import { nameOf } from '../paint.ts'
import { describeParts, nameInWords, othersInWords, titleOf } from '../quantity.ts'
import type { JudgedRun, MeasuredVerdict, Report, ReportedRun } from '../report-schema.ts'
import { reportOf } from '../report.ts'
import type { Reporter } from '../reporter.ts'
import { waivedInWords } from '../waived.ts'
import { bold, code, plain, table } from './text.ts'

const most = 60
/** Rows of the table of runs, so that there is room for what failed. */
const mostRuns = 30

const symbols = { pass: '✅', fail: '❌', waived: '🟡', inconclusive: '❔', error: '💥', rejected: '🚫' } as const

export const summaryReporter: Reporter = {
  name: 'summary',
  file: 'summary.md',
  render: (results, options) => `${fitted(blocksOf(reportOf(results, options))).join('\n')}\n`,
}

/** Whole blocks only, from the first on; what does not fit is counted. */
function fitted(blocks: readonly (readonly string[])[]): readonly string[] {
  const lines: string[] = []
  for (const [index, block] of blocks.entries()) {
    const room = most - (index === blocks.length - 1 ? 0 : 2)
    if (lines.length + block.length + (index === 0 ? 0 : 1) > room) {
      const left = blocks.length - index
      return [...lines, '', left === 1 ? 'One more is in report.json.' : `${left} more are in report.json.`]
    }
    lines.push(...(index === 0 ? [] : ['']), ...block)
  }
  return lines
}

function blocksOf({ runs, complaints = [] }: Report): string[][] {
  const warnings = complaints.map((complaint) => [bold(complaint)])
  const [only] = runs
  if (runs.length === 1 && only) return [[headOf(only)], ...warnings, ...wholeRun(only)]
  const sorted = runs.toSorted((one, other) => rankOf(one) - rankOf(other))
  const bad = sorted.filter((run) => rankOf(run) < ranks.indexOf('pass'))
  return [
    [`## ${symbolOf(bad[0] ?? runs[0])} ${countOf(runs)}`],
    ...warnings,
    tableOf(sorted),
    ...bad.map((run) => [`${bold(run.scenario)}: ${briefly(run)}`, '', reproduced(run)]),
  ]
}

const ranks = ['interrupted', 'rejected', 'fail', 'error', 'inconclusive', 'pass', 'not-applicable'] as const

function rankOf({ outcome }: ReportedRun): number {
  return ranks.indexOf(outcome)
}

function symbolOf(run: Pick<ReportedRun, 'outcome'> | undefined): string {
  const outcome = run?.outcome ?? 'inconclusive'
  return outcome in symbols ? symbols[outcome as keyof typeof symbols] : '➖'
}

function countOf(runs: readonly ReportedRun[]): string {
  const counts = ranks.flatMap((outcome) => {
    const count = runs.filter((run) => run.outcome === outcome).length
    return count === 0 ? [] : [`${count} ${nameOf(outcome).toLowerCase()}`]
  })
  return `Brownout: ${runs.length} runs, ${counts.join(', ')}`
}

function tableOf(runs: readonly ReportedRun[]): string[] {
  const rows = runs.slice(0, runs.length > mostRuns ? mostRuns - 1 : mostRuns).map((run) => {
    const failed = run.kind === 'judged' ? failuresOf(run).map(titleOf) : []
    const [first = '', ...others] = failed
    const what = others.length === 0 ? first : `${first} +${others.length}`
    return [code(run.scenario), code(run.client), `${symbolOf(run)} ${nameOf(run.outcome)}`, plain(what)]
  })
  const left = runs.length - rows.length
  const more = left > 0 ? [[`${left} more`, '', '', '']] : []
  return table(['scenario', 'client', 'verdict', 'fails'], [...rows, ...more])
}

function headOf(run: ReportedRun): string {
  return `## ${symbolOf(run)} ${nameOf(run.outcome)}: ${plain(run.scenario)}, client ${plain(run.client)}`
}

/** The first failure of a run among several. */
function briefly(run: ReportedRun): string {
  if (run.kind !== 'judged') return plain(whyNot(run))
  const [failure] = failuresOf(run)
  return failure?.verdict === 'fail' ? `${plain(run.because)} ${plain(failure.sentence)}` : plain(run.because)
}

function whyNot(run: Exclude<ReportedRun, JudgedRun>): string {
  if (run.kind === 'rejected') return run.problem
  if (run.kind === 'harness-error') return `A mistake of the harness, not of the client: ${run.message}`
  if (run.kind === 'not-applicable') return `The client offers none of ${run.needs.join(', ')}.`
  return 'Stopped before a verdict.'
}

function failuresOf(run: JudgedRun) {
  return run.verdicts.filter((verdict) => verdict.verdict === 'fail' && !verdict.waived)
}

function reproduced({ reproduce }: ReportedRun): string {
  return `Reproduce: ${code(reproduce)}`
}

function wholeRun(run: ReportedRun): string[][] {
  if (run.kind !== 'judged') return [[plain(whyNot(run))], [reproduced(run)]]
  const failures = run.verdicts.flatMap((verdict) => {
    if (verdict.verdict !== 'fail') return []
    const { sentence, violations, hint, waived } = verdict
    const word = waived ? `(${plain(waivedInWords(waived))}) ` : ''
    return [
      [`- ${bold(titleOf(verdict))} ${word}${plain(`${sentence} ${othersInWords(violations)}`)} *${plain(hint)}*`],
    ]
  })
  const when = `${formatDuration(run.spanMs)} from ${run.start.slice(0, 16).replace('T', ' ')}Z, seed ${run.seed}, profile ${run.profile}`
  const opening = [`${plain(run.because)} ${plain(run.title)}: ${plain(when)}.`, '', reproduced(run)]
  const [first, ...others] = failures
  return [opening, ...againstBlock(run), ...(first ? [first] : []), phaseTable(run), ...others, ...measuredTable(run)]
}

function againstBlock({ against }: JudgedRun): string[][] {
  if (!against) return []
  const worse = against.filter(({ is }) => is === 'worse').slice(0, 8)
  const what = worse.length === 0 ? '' : ` Worse: ${worse.map(changeInWords).join('; ')}.`
  return [[plain(`Against the baseline: ${countInWords(against)}.${what}`)]]
}

function phaseTable({ phases }: JudgedRun): string[] {
  const shown = phases.slice(0, 12)
  const used = figures.filter((figure) => !seldom.has(figure) || shown.some((phase) => phase[figure] > 0))
  const rows = shown.map((phase) => [code(phase.phase), ...used.map((figure) => String(phase[figure]))])
  const left = phases.length - shown.length
  const more = left > 0 ? [[`${left} more`, ...used.map(() => '')]] : []
  return table(['phase', ...used], [...rows, ...more])
}

const figures = ['operations', 'exchanges', 'ok', 'stale', 'degraded', 'error', 'unknown', 'cancelled'] as const
/** Left out where it never happened. */
const seldom: ReadonlySet<string> = new Set(['degraded', 'unknown', 'cancelled'])

/** Failures first, then whose margin is least; as many as a glance takes in. */
function measuredTable({ verdicts }: JudgedRun): string[][] {
  const measured = verdicts.filter((verdict) => verdict.verdict === 'pass' || verdict.verdict === 'fail')
  if (measured.length === 0) return []
  const rows = measured
    .toSorted((one, other) => closeness(one) - closeness(other))
    .slice(0, 15)
    .map((verdict) => {
      const { observed, bound, limit, margin } = describeParts(verdict)
      const word = verdict.verdict === 'fail' && verdict.waived ? 'waived' : verdict.verdict
      const { name, source } = verdict.threshold
      return [
        `${symbols[word]} ${plain(titleOf(verdict))}`,
        observed,
        plain(`${bound} ${limit} (${nameInWords(name)}, ${source})`),
        margin,
      ]
    })
  const all = rows.length === measured.length ? 'oracle' : `oracle (${rows.length} of ${measured.length})`
  return [table([all, 'worst', 'threshold', 'margin'], rows)]
}

function closeness({ verdict, margin, threshold }: MeasuredVerdict): number {
  return (verdict === 'fail' ? -1e9 : 0) + (margin ?? -1e6) / (Math.abs(threshold.value ?? 0) || 1)
}
