// junit.xml: a suite for each scenario, a case for each oracle. A degraded promise is a `failure`; a run that proves nothing
// or broke is an `error`, so that no consumer takes it for green; what does not apply is `skipped`. No host; times are zero, because
// virtual time is none that a build took, and readers of Surefire's form want one. Valid by the schemas of Jenkins and Surefire.

import { XMLBuilder } from 'fast-xml-parser'
import { oneLine } from '#context/foreign-text.ts'
import { reportOf } from './report.ts'
import type { Reporter } from './reporter.ts'
import type { JudgedRun, Report, ReportedRun, ReportedVerdict } from './report-schema.ts'
import { describeMeasure, othersInWords, titleOf } from './quantity.ts'
import { waivedInWords } from './waived.ts'

type Problem = {
  readonly tag: 'failure' | 'error' | 'skipped'
  /** What sort of failure or error it is. */
  readonly type?: string
  readonly message: string
  readonly text?: string
}
type Case = { readonly name: string; readonly problem?: Problem }

export const junitReporter: Reporter = {
  name: 'junit',
  file: 'junit.xml',
  render: (results, options) => junitOf(reportOf(results, options)),
}

/** `@` marks an attribute and `#text` a text, which the builder escapes. */
const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
})

function junitOf(report: Report): string {
  const suites = report.runs.map((run) => ({ run, cases: casesOf(run) }))
  const complaints = (report.complaints ?? []).map(complaintCase)
  // Nobody's schema knows how many were skipped in all.
  const { '@skipped': _, ...all } = tally([...suites.flatMap(({ cases }) => cases), ...complaints])
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': 'brownout',
      ...all,
      testsuite: [...suites.map(({ run, cases }) => suiteOf(run, cases)), ...suiteOfComplaints(complaints)],
    },
  })
}

function suiteOf(run: ReportedRun, cases: readonly Case[]) {
  const properties = Object.entries(propertiesOf(run))
  return {
    '@name': oneLine(run.scenario),
    ...tally(cases),
    properties: { property: properties.map(([name, value]) => ({ '@name': name, '@value': oneLine(value) })) },
    testcase: cases.map(({ name, problem }) => ({
      '@classname': oneLine(`${run.scenario}.${run.client}`),
      '@name': oneLine(name),
      '@time': '0',
      ...(problem && { [problem.tag]: problemElement(problem) }),
    })),
  }
}

/** Of the command as a whole, beside its runs. */
function suiteOfComplaints(cases: readonly Case[]) {
  if (cases.length === 0) return []
  return [
    {
      '@name': 'the command',
      ...tally(cases),
      testcase: cases.map(({ name, problem }) => ({
        '@classname': 'brownout',
        '@name': oneLine(name),
        '@time': '0',
        ...(problem && { [problem.tag]: problemElement(problem) }),
      })),
    },
  ]
}

function complaintCase(complaint: string, index: number): Case {
  return { name: `complaint ${index + 1}`, problem: { tag: 'failure', type: 'complaint', message: complaint } }
}

/** Parsers turn line breaks in attributes into spaces anyway. Of what was skipped, the older schemas know a text only. */
function problemElement({ tag, type, message, text }: Problem) {
  if (tag === 'skipped') return { '#text': message }
  return {
    ...(type !== undefined && { '@type': type }),
    '@message': oneLine(message),
    ...(text !== undefined && { '#text': text }),
  }
}

function propertiesOf(run: ReportedRun): Record<string, string> {
  const { client, seed, outcome, reproduce } = run
  const judged = run.kind === 'judged' ? { profile: run.profile, because: run.because } : {}
  return { client, seed, outcome, reproduce, ...judged }
}

function tally(cases: readonly Case[]): Record<`@${string}`, number> {
  const count = (tag: Problem['tag']): number => cases.filter(({ problem }) => problem?.tag === tag).length
  return {
    '@tests': cases.length,
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
  }
}

function casesOf(run: ReportedRun): Case[] {
  switch (run.kind) {
    case 'judged':
      return judgedCases(run)
    case 'rejected':
      return [wholeRun(run, run.problem)]
    case 'harness-error':
      return [wholeRun(run, run.message)]
    case 'not-applicable':
      return [{ name: 'run', problem: { tag: 'skipped', message: `Not applicable: needs ${run.needs.join(', ')}` } }]
    case 'interrupted':
      return [wholeRun(run, 'The run was interrupted.')]
  }
}

/** A run that ended badly without any oracle to show for it gets a case of its own. */
function judgedCases(run: JudgedRun): Case[] {
  const cases = run.verdicts.map((verdict) => ({ name: titleOf(verdict), ...problemOf(verdict, run) }))
  const told = cases.some(({ problem }) => problem && problem.tag !== 'skipped')
  return told || run.outcome === 'pass' ? cases : [...cases, wholeRun(run, run.because)]
}

function wholeRun(run: ReportedRun, message: string): Case {
  const text = `${message}\nreproduce: ${run.reproduce}`
  return { name: 'run', problem: { tag: 'error', type: run.outcome, message, text } }
}

function problemOf(verdict: ReportedVerdict, run: JudgedRun): { problem?: Problem } {
  switch (verdict.verdict) {
    case 'pass':
      return {}
    case 'fail': {
      if (verdict.waived)
        return { problem: { tag: 'skipped', message: `${waivedInWords(verdict.waived)}. ${verdict.sentence}` } }
      const text = [
        `${verdict.sentence} ${othersInWords(verdict.violations)}`.trimEnd(),
        describeMeasure(verdict),
        `threshold: ${verdict.threshold.cite}`,
        `change: ${verdict.hint}`,
        `evidence: events ${verdict.witness.join(', ')} of history.ndjson`,
        `reproduce: ${run.reproduce}`,
      ].join('\n')
      if (run.withoutFaults)
        return { problem: { tag: 'error', type: 'unhealthy', message: `Without any fault: ${verdict.sentence}`, text } }
      return { problem: { tag: 'failure', type: verdict.family, message: verdict.sentence, text } }
    }
    case 'inconclusive': {
      const message = `Inconclusive (${verdict.reason}): ${verdict.detail}`
      return {
        problem: verdict.required ? { tag: 'error', type: 'inconclusive', message } : { tag: 'skipped', message },
      }
    }
    case 'not-applicable':
      return { problem: { tag: 'skipped', message: `Not applicable: needs ${verdict.needs}` } }
    case 'error':
      return { problem: { tag: 'error', type: 'broken', message: `The oracle broke: ${verdict.message}` } }
  }
}
