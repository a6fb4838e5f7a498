// Workflow commands of GitHub Actions: each failure at the line of the scenario that asks for it. GitHub shows ten of a step.

import type { RunResult } from '#engine/run-result.ts'
import { clip } from '../clip.ts'
import { othersInWords, titleOf } from '../quantity.ts'
import { reportOf } from '../report.ts'
import type { ReportedRun } from '../report-schema.ts'
import type { Reporter, ReportOptions, Source } from '../reporter.ts'
import { waivedInWords } from '../waived.ts'

type Annotation = {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly text: string
  readonly source: Source | null
}
type Find = (about: { readonly oracle: string; readonly about?: string } | null) => Source | null

const shownAtOnce = 10
const characters = 1_000

export const annotationsReporter: Reporter = {
  name: 'annotations',
  file: null,
  render(results, options) {
    const { runs, complaints = [] } = reportOf(results, options)
    const all = [
      ...complaints.map((text) => ({ level: 'error', title: 'Brownout', text, source: null }) as const),
      ...runs.flatMap((run, index) => annotationsOf(run, finderOf(results[index], options))),
    ]
    const order = ['error', 'warning', 'notice']
    const sorted = all.toSorted((one, other) => order.indexOf(one.level) - order.indexOf(other.level))
    return fitted(sorted).map(commandOf).join('')
  },
}

function finderOf(result: RunResult | undefined, { source }: ReportOptions): Find {
  return (about) => (result && source ? source(result, about) : null)
}

function fitted(all: readonly Annotation[]): readonly Annotation[] {
  if (all.length <= shownAtOnce) return all
  const kept = all.slice(0, shownAtOnce - 1)
  const text = `${all.length - kept.length} more are in the summary and in report.json.`
  return [...kept, { level: kept.at(-1)?.level ?? 'error', title: 'Brownout', text, source: null }]
}

function annotationsOf(run: ReportedRun, find: Find): readonly Annotation[] {
  const whole = (level: Annotation['level'], text: string) =>
    [{ level, title: `${run.scenario}: ${run.client}`, text: `${text} ${run.reproduce}`, source: find(null) }] as const
  switch (run.kind) {
    case 'rejected':
      return whole('error', run.problem)
    case 'harness-error':
      return whole('error', run.message)
    case 'interrupted':
    case 'not-applicable':
      return []
    case 'judged': {
      const told = run.verdicts.flatMap((verdict): Annotation[] => {
        if (verdict.verdict !== 'fail') return []
        const { oracle, about, sentence, violations, waived } = verdict
        const text = `${sentence} ${othersInWords(violations)}`.trimEnd()
        return [
          {
            level: waived ? 'notice' : run.withoutFaults ? 'warning' : 'error',
            title: `${titleOf(verdict)} fails in ${run.scenario}, client ${run.client}`,
            text: waived ? `${text} ${waivedInWords(waived)}` : `${text} ${verdict.hint} Reproduce: ${run.reproduce}`,
            source: find({ oracle, ...(about !== undefined && { about }) }),
          },
        ]
      })
      return run.outcome === 'pass' || run.outcome === 'fail' ? told : [...whole('warning', run.because), ...told]
    }
  }
}

function commandOf({ level, title, text, source }: Annotation): string {
  const properties = [
    ...(source ? [['file', source.file] as const] : []),
    ...(source?.line === undefined ? [] : [['line', String(source.line)] as const]),
    ...(source?.column === undefined ? [] : [['col', String(source.column)] as const]),
    ['title', clip(title, 200)] as const,
  ].map(([name, value]) => `${name}=${escapeProperty(value)}`)
  return `::${level} ${properties.join(',')}::${escapeData(clip(text, characters))}\n`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
