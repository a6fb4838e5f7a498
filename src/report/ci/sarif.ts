// report.sarif, for code scanning (SARIF 2.1.0): a result for each failure, at the line of the scenario that asks for it; a rule for
// each oracle that judged. What is no failure of the client (an invalid scenario, a defect of ours) is a notification.

import type { RunResult } from '#engine/run-result.ts'
import { oracles } from '#oracle/catalog.ts'
import { describeMeasure, othersInWords, titleOf } from '../quantity.ts'
import type { JudgedRun, Report, ReportedRun, ReportedVerdict } from '../report-schema.ts'
import { reportOf } from '../report.ts'
import type { Reporter, ReportOptions, Source } from '../reporter.ts'
import { waivedInWords } from '../waived.ts'
import { fingerprintsOf } from './fingerprint.ts'
import { inertMessage, uriOf } from './sarif-text.ts'

type Failure = Extract<ReportedVerdict, { verdict: 'fail' }>
type Shown = { readonly run: ReportedRun; readonly result: RunResult }
type Find = NonNullable<ReportOptions['source']>

const nowhere: Find = () => null

export const sarifReporter: Reporter = {
  name: 'sarif',
  file: 'report.sarif',
  render(results, options) {
    const report = reportOf(results, options)
    const shown = report.runs.flatMap((run, index) => {
      const result = results[index]
      return result ? [{ run, result }] : []
    })
    return `${JSON.stringify(logOf(report, shown, options), null, 2)}\n`
  },
}

function logOf(report: Report, shown: readonly Shown[], { source = nowhere, version }: ReportOptions) {
  const rules = rulesOf(report.runs)
  const indexes = new Map(rules.map(({ id }, index) => [id, index]))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Brownout', ...(version !== undefined && { semanticVersion: version }), rules } },
        automationDetails: { id: 'brownout/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          PROJECT: { description: { text: 'The directory in which Brownout was started.' } },
          BROWNOUT: { description: { text: 'The package of Brownout, with the scenarios that come with it.' } },
        },
        invocations: [invocationOf(report, shown, source)],
        results: shown.flatMap((one) => resultsOf(one, indexes, source)),
      },
    ],
  }
}

/** Of oracles that had something to judge: whoever looks for what was checked finds it here. */
function rulesOf(runs: readonly ReportedRun[]) {
  const verdicts = runs.flatMap((run) => (run.kind === 'judged' ? run.verdicts : []))
  const judged = new Set(
    verdicts.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail').map(({ oracle }) => oracle),
  )
  return [...judged].map((id) => {
    const { verified, notVerified, family } = oracles.get(id) ?? {}
    const hint = verdicts.find(({ oracle }) => oracle === id)?.hint ?? ''
    return {
      id,
      name: id.replaceAll(/(?:^|-)(\w)/gu, (_, letter: string) => letter.toUpperCase()),
      shortDescription: { text: inertMessage(verified ?? id) },
      fullDescription: { text: inertMessage(`${verified ?? id} Not verified: ${notVerified ?? 'unknown'}`) },
      help: { text: inertMessage(hint) },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['resilience', ...(family === undefined ? [] : [family])] },
    }
  })
}

function resultsOf({ run, result }: Shown, indexes: ReadonlyMap<string, number>, source: Find) {
  if (run.kind !== 'judged') return []
  return run.verdicts.flatMap((verdict) => {
    if (verdict.verdict !== 'fail') return []
    const { oracle, about, threshold, observed, margin, unit, waived } = verdict
    return [
      {
        ruleId: oracle,
        ruleIndex: indexes.get(oracle) ?? -1,
        kind: 'fail',
        level: run.withoutFaults ? 'warning' : 'error',
        message: { text: inertMessage(messageOf(verdict, run)) },
        locations: [
          {
            ...physical(source(result, { oracle, ...(about !== undefined && { about }) })),
            logicalLocations: [
              { name: run.scenario, fullyQualifiedName: `${run.scenario}/${titleOf(verdict)}`, kind: 'scenario' },
            ],
          },
        ],
        partialFingerprints: fingerprintsOf(run, verdict),
        ...(waived && {
          suppressions: [{ kind: 'external', status: 'accepted', justification: waivedInWords(waived) }],
        }),
        properties: { client: run.client, seed: run.seed, observed, margin, unit, threshold: threshold.value },
      },
    ]
  })
}

function messageOf(verdict: Failure, run: JudgedRun): string {
  const sentences = [
    `${run.withoutFaults ? 'Without any fault: ' : ''}${verdict.sentence} ${othersInWords(verdict.violations)}`.trimEnd(),
    `${titleOf(verdict)} of client ${run.client}: ${describeMeasure(verdict)}.`,
    verdict.hint,
    `Reproduce: ${run.reproduce}`,
  ]
  return sentences.join('\n')
}

function physical(source: Source | null) {
  if (!source) return {}
  const { file, line, column, shipped } = source
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file), uriBaseId: shipped ? 'BROWNOUT' : 'PROJECT' },
      ...(line !== undefined && {
        region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
      }),
    },
  }
}

function invocationOf(report: Report, shown: readonly Shown[], source: Find) {
  const notes = shown.flatMap(({ run, result }) =>
    noteOf(run).map((note) => ({ ...note, where: source(result, null) })),
  )
  const notification = ({ text, where }: (typeof notes)[number]) => ({
    level: 'error',
    message: { text: inertMessage(text) },
    ...(where && { locations: [physical(where)] }),
  })
  const complaints = (report.complaints ?? []).map((text) => ({ text, ours: false, where: null }))
  return {
    executionSuccessful: shown.every(({ run }) => run.kind === 'judged' || run.kind === 'not-applicable'),
    toolConfigurationNotifications: [...notes.filter(({ ours }) => !ours), ...complaints].map(notification),
    toolExecutionNotifications: notes.filter(({ ours }) => ours).map(notification),
  }
}

/** Why a run is no pass though no oracle failed. `ours`: it is not for the user to mend. */
function noteOf(run: ReportedRun): { readonly text: string; readonly ours: boolean }[] {
  switch (run.kind) {
    case 'judged': {
      const broken = run.verdicts.filter((verdict) => verdict.verdict === 'error')
      if (broken.length > 0) return broken.map(({ message }) => ({ text: `${run.scenario}: ${message}`, ours: true }))
      const isTold = run.outcome === 'pass' || run.outcome === 'fail'
      return isTold ? [] : [{ text: `${run.scenario} is inconclusive. ${run.because}`, ours: false }]
    }
    case 'rejected':
      return [{ text: run.problem, ours: false }]
    case 'harness-error':
      return [{ text: `${run.scenario}: ${run.message}`, ours: true }]
    case 'not-applicable':
      return []
    case 'interrupted':
      return [{ text: `${run.scenario} was interrupted.`, ours: false }]
  }
}
