// Test Anything Protocol 14: a subtest for each run, a point for each oracle. What does not apply, or has too little to judge, is
// skipped; a waived failure is to be mended, which consumers expect to fail.

import { describeMeasure, othersInWords, titleOf } from '../quantity.ts'
import type { Report, ReportedRun, ReportedVerdict } from '../report-schema.ts'
import { reportOf } from '../report.ts'
import type { Reporter } from '../reporter.ts'
import { waivedInWords } from '../waived.ts'
import { oneLine } from '#context/foreign-text.ts'

type Directive = { readonly kind: 'skip' | 'todo'; readonly why: string }
type Point = {
  readonly ok: boolean
  readonly name: string
  readonly directive?: Directive
  /** The lines of its diagnosis, by name. */
  readonly told?: Readonly<Record<string, string>>
}

export const tapReporter: Reporter = {
  name: 'tap',
  file: null,
  render: (results, options) => tapOf(reportOf(results, options)),
}

function tapOf({ runs, complaints = [] }: Report): string {
  const points = [...runs.map(runPoint), ...complaints.map((text) => failedPoint('the command', { message: text }))]
  const lines = points.flatMap((point, index) => {
    const run = runs[index]
    const inner = run?.kind === 'judged' ? run.verdicts.map(verdictPoint) : []
    return [...(inner.length > 0 ? subtest(point.name, inner) : []), ...pointLines(point, index + 1)]
  })
  return `${['TAP version 14', ...lines, planOf(points.length)].join('\n')}\n`
}

function subtest(name: string, points: readonly Point[]): string[] {
  const inner = [...points.flatMap((point, index) => pointLines(point, index + 1)), planOf(points.length)]
  return [`# Subtest: ${escape(name)}`, ...inner.map((line) => `    ${line}`)]
}

function planOf(count: number): string {
  return count === 0 ? '1..0 # skip nothing was run' : `1..${count}`
}

function pointLines({ ok, name, directive, told = {} }: Point, number: number): string[] {
  const end = directive ? ` # ${directive.kind} ${escape(directive.why)}` : ''
  // JSON is YAML, and leaves nothing open about what stands in it.
  const diagnosis = Object.entries(told).map(([key, text]) => `  ${key}: ${JSON.stringify(text)}`)
  return [
    `${ok ? 'ok' : 'not ok'} ${number} - ${escape(name)}${end}`,
    ...(diagnosis.length > 0 ? ['  ---', ...diagnosis, '  ...'] : []),
  ]
}

/** A `#` would begin a directive. */
function escape(text: string): string {
  return oneLine(text).replaceAll(/[\\#]/gu, String.raw`\$&`)
}

function failedPoint(name: string, told: Readonly<Record<string, string>>): Point {
  return { ok: false, name, told }
}

function runPoint(run: ReportedRun): Point {
  const name = `${run.scenario}, client ${run.client}, seed ${run.seed}`
  const { reproduce } = run
  switch (run.kind) {
    case 'judged':
      return run.outcome === 'pass' ? { ok: true, name } : failedPoint(name, { message: run.because, reproduce })
    case 'rejected':
      return failedPoint(name, { message: run.problem, reproduce })
    case 'harness-error':
      return failedPoint(name, { message: run.message, reproduce })
    case 'not-applicable':
      return { ok: true, name, directive: { kind: 'skip', why: `the client offers none of ${run.needs.join(', ')}` } }
    case 'interrupted':
      return failedPoint(name, { message: 'The run was interrupted.', reproduce })
  }
}

function verdictPoint(verdict: ReportedVerdict): Point {
  const name = titleOf(verdict)
  switch (verdict.verdict) {
    case 'pass':
      return { ok: true, name }
    case 'fail': {
      const message = `${verdict.sentence} ${othersInWords(verdict.violations)}`.trimEnd()
      const told = { message, measure: describeMeasure(verdict), change: verdict.hint }
      const { waived } = verdict
      return { ok: false, name, told, ...(waived && { directive: { kind: 'todo', why: waivedInWords(waived) } }) }
    }
    case 'inconclusive':
      return verdict.required
        ? failedPoint(name, { message: `Inconclusive (${verdict.reason}): ${verdict.detail}` })
        : { ok: true, name, directive: { kind: 'skip', why: `${verdict.reason}: ${verdict.detail}` } }
    case 'not-applicable':
      return { ok: true, name, directive: { kind: 'skip', why: `not applicable, needs ${verdict.needs}` } }
    case 'error':
      return failedPoint(name, { message: `The oracle broke: ${verdict.message}` })
  }
}
