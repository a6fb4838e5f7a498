// What a campaign has come to, for people and as JSON.

import { formatDuration } from '#clock/instant.ts'
import { oneLine, plainText } from '#context/foreign-text.ts'
import { faultKinds } from '#fault/catalog.ts'
import type { CampaignResult } from '#fuzz/campaign.ts'
import type { Window } from '#fuzz/case.ts'
import type { Quest } from '#fuzz/counterexample.ts'
import type { Space } from '#fuzz/enumerate.ts'
import type { Finding } from '#fuzz/finding.ts'
import { pathText } from '#fuzz/path.ts'
import type { Replayed } from '#fuzz/regressions.ts'
import type { Verdict } from '#oracle/verdict.ts'
import type { End } from '#engine/played.ts'
import type { FuzzFlags } from './flags.ts'
import type { FuzzPlan } from './fuzz-plan.ts'
import { quoteWord } from './reproduce.ts'
import type { Screen } from './terminal.ts'

export type FuzzReport = {
  readonly replayed: readonly Replayed[]
  readonly result: CampaignResult | undefined
  readonly space: Space | undefined
  readonly end: End | undefined
  readonly quest: Quest
  readonly plan: FuzzPlan
  readonly flags: FuzzFlags
  readonly wallMs: number
}

const wide = 104

/** `lead`: what starts Brownout here. */
export function fuzzScreen(report: FuzzReport, { color, unicode }: Screen, lead: string): string {
  const paint = (code: number, text: string): string => (color ? `\u001B[${code}m${text}\u001B[0m` : text)
  const marks = unicode ? { fail: '✗', pass: '✓', other: '?' } : { fail: 'x', pass: '+', other: '?' }
  const { result, replayed } = report
  const findings = result?.findings ?? []
  const isClean = findings.length === 0 && replayed.every(({ failed }) => failed.length === 0)
  const [mark, word, code] = !isClean
    ? [marks.fail, 'FOUND', 31]
    : report.end || !result
      ? [marks.other, 'ENDED', 33]
      : judgedRuns(result) < 1
        ? [marks.other, 'NOTHING JUDGED', 33]
        : [marks.pass, 'NOTHING FOUND', 32]
  return [
    `${paint(code, `${mark} ${word}`)}  ${report.quest.by} · client ${report.quest.client} · seed ${report.quest.seed}`,
    ...summaryOf(report).flatMap((line) => wrap(line, 2)),
    ...replayed.flatMap((one) => indented(regressionText(one))),
    ...findings.flatMap((finding) => ['', ...findingText(finding, lead, (text) => paint(31, `${marks.fail} ${text}`))]),
    ...(result?.flakes ?? []).flatMap((flake) => [
      '',
      `  ${paint(33, marks.other)} NOT REPEATABLE  case ${pathText(flake.path)} gave two histories with the same seed, and nothing can be said about`,
      `      ${flake.oracle} by it. They differ from line ${flake.line} on:`,
      `      ${oneLine(flake.one).slice(0, wide)}`,
      `      ${oneLine(flake.other).slice(0, wide)}`,
    ]),
    '',
    `  again      ${againCommand(report, lead)}`,
    '  all of it  reports/fuzz.json'.replace('reports', oneLine(report.flags.reportDir)),
  ].join('\n')
}

/** Cases that say something of the client. */
function judgedRuns({ runs, invalid, unhealthy }: CampaignResult): number {
  return runs - invalid - unhealthy
}

/** One line. */
export function fuzzLine({ quest, result, end, replayed }: FuzzReport): string {
  const findings = result?.findings ?? []
  const again = replayed.filter(({ failed }) => failed.length > 0).length
  const found = findings.map(({ oracle, file }) => `${oracle} (${file})`).join(', ')
  const nothing = result && judgedRuns(result) < 1 ? 'nothing judged' : 'nothing found'
  const what = findings.length > 0 ? `found ${found}` : end ? endText(end) : nothing
  const known = replayed.length > 0 ? `; ${again} of ${replayed.length} known counterexamples fail` : ''
  return `${quest.by} · ${quest.client}: ${countOf(result?.runs ?? 0)}, ${what}${known}`
}

function summaryOf({ result, space, end, wallMs, plan }: FuzzReport): readonly string[] {
  if (!result) return end ? [endText(end)] : []
  const { runs, invalid, unhealthy, retracted, trials, meetings, coverage } = result
  const perSecond = ((runs + trials) / Math.max(1, wallMs)) * 1_000
  const [kinds, sites] = [
    new Set(coverage.map(({ kind }) => kind)).size,
    new Set(coverage.map(({ site }) => site)).size,
  ]
  const notes = [
    invalid > 0 ? `${invalid} were no scenario` : '',
    unhealthy > 0 ? `${unhealthy} asked what the client does not survive without any fault` : '',
    retracted > 0 ? `${retracted} failures were not confirmed by fresh processes` : '',
  ].filter((note) => note !== '')
  return [
    `${countOf(runs)}${trials > 0 ? ` and ${trials} trials of making smaller` : ''} in ${formatDuration(Math.round(wallMs / 100) * 100)} (${perSecond.toFixed(1)} per second, ${plan.workers} processes)${notes.length > 0 ? `; ${notes.join('; ')}` : ''}`,
    `${counted(kinds, 'kind')} of faults met ${counted(sites, 'kind')} of requests, in ${counted(meetings, 'way')}`,
    ...(space ? spaceText(space, plan, runs) : []),
    ...(end ? [endText(end)] : []),
    ...(end?.kind === 'interrupted' && result.findings.length > 0
      ? ['What was found until then is below, and kept.']
      : []),
  ]
}

/** What was covered of what there is. */
function spaceText(space: Space, { part }: FuzzPlan, runs: number): readonly string[] {
  const { exchanges, places, forms, kinds, singles, pairs } = space
  const [ones, twos] = [Math.ceil(singles / part.of), Math.ceil(pairs / part.of)]
  const share = (count: number, all: number) => `${Math.min(count, all)} of ${all}`
  return [
    `${forms} forms of ${kinds} kinds of faults, at ${places} kinds of exchanges (one of each; ${exchanges} in all)`,
    `covered: ${share(runs, ones)} placements of one fault, ${share(Math.max(0, runs - ones), twos)} of two${part.of > 1 ? ' in this part' : ''}`,
  ]
}

function endText(end: End): string {
  switch (end.kind) {
    case 'judged':
      return plainText([end.because, ...whyUnhealthy(end.verdicts)].join(' '))
    case 'harness-error':
      return `The harness failed: ${plainText(end.message)}`
    case 'interrupted':
      return 'Interrupted.'
    default:
      return plainText(end.problem.message)
  }
}

/** The worst case of each oracle that fails without faults, as far as a screen has room for them. */
function whyUnhealthy(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap((verdict) => (verdict.verdict === 'fail' ? [verdict.sentence] : [])).slice(0, 3)
}

function regressionText({ file, oracle, failed, because }: Replayed): readonly string[] {
  if (because !== null) return [`known  ${oneLine(file)}: says nothing here (${oneLine(because)})`]
  if (failed.length === 0) return [`known  ${oneLine(file)}: passes`]
  const names = failed.map((failure) => failure.oracle)
  const same = oracle !== null && names.includes(oracle) ? 'still fails' : 'fails'
  return [`known  ${oneLine(file)}: ${same} ${[...new Set(names)].join(', ')}`]
}

function findingText(finding: Finding, lead: string, fail: (text: string) => string): readonly string[] {
  const { oracle, failure, found, original, cases, afterRuns, shrinkTrials, smallest, file } = finding
  const smaller = `from ${counted(original.windows.length, 'window')} in ${counted(shrinkTrials, 'trial')}`
  return [
    `  ${fail('FAIL')}  ${oracle}  failed in ${counted(cases, 'case')}, first within ${counted(afterRuns, 'run')}`,
    ...wrap(plainText(failure.sentence)),
    ...found.windows.flatMap((window) => wrap(`with ${windowText(window)}`)),
    ...wrap(`→ ${plainText(failure.hint)}`),
    `      ${file} (${shrinkTrials === 0 ? 'as it was found' : smaller}${smallest || shrinkTrials === 0 ? '' : ', not yet the smallest'})`,
    `      ${lead} replay ${quoteWord(file)}`,
  ]
}

function windowText({ kind: name, with: written, fromMs, untilMs, share, nth, where, shape }: Window): string {
  const kind = faultKinds.get(name)
  const parameters = kind?.schema.safeParse(written, { jitless: true })
  const what = kind && parameters?.success ? kind.explain(parameters.data).replace(/\.$/u, '') : name
  const scope = Object.entries(where).map(([key, value]) => `${key} ${value}`)
  const part = [
    ...(scope.length > 0 ? [`of ${scope.join(', ')}`] : []),
    ...(share < 1 ? [`${Math.round(share * 100)}% of it`] : []),
    ...(nth === undefined ? [] : [`the exchange number ${nth} of each operation`]),
    ...(shape.kind === 'constant' ? [] : [`as a ${shape.kind}`]),
  ]
  return `${name} for ${formatDuration(untilMs - fromMs)}: ${what}${part.length > 0 ? ` (${part.join('; ')})` : ''}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`)
}

function wrap(text: string, indent = 6): readonly string[] {
  const lines = oneLine(text).match(new RegExp(`\\S.{0,${wide - indent - 2}}(?=\\s|$)`, 'gu')) ?? []
  return lines.map((line) => `${' '.repeat(indent)}${line}`)
}

function countOf(runs: number): string {
  return runs === 1 ? '1 run' : `${runs} runs`
}

function againCommand({ quest, flags, plan, result }: FuzzReport, lead: string): string {
  const words = [
    ...quest.by.split(' '),
    '--client',
    quest.client,
    '--seed',
    flags.seed,
    // As many as there were, whatever ended it.
    ...(flags.path === undefined ? ['--runs', String(result?.runs || flags.runs)] : []),
    ...(plan.how === 'blind' ? ['--blind'] : []),
    ...(flags.runSeed === '1' ? [] : ['--run-seed', flags.runSeed]),
    ...(flags.path === undefined ? [] : ['--path', flags.path]),
    ...(flags.shard === undefined ? [] : ['--shard', flags.shard]),
    ...(flags.profile === 'default' ? [] : ['--profile', flags.profile]),
  ]
  return `${lead} ${words.map(quoteWord).join(' ')}`
}

/** What a machine goes on with. Wall time is in it, so it is no part of what must be the same every time. */
export function fuzzJson({ quest, result, replayed, space, end, wallMs, plan }: FuzzReport): string {
  const { singles, pairs, places, forms } = space ?? {}
  return `${JSON.stringify(
    {
      format: 1,
      ...quest,
      how: plan.how,
      mode: plan.mode,
      part: plan.part,
      wallMs: Math.round(wallMs),
      regressions: replayed.map(({ failed, ...one }) => ({ ...one, failed: failed.map(({ oracle }) => oracle) })),
      ...(space && { space: { singles, pairs, places, forms } }),
      ...(end && { end: { kind: end.kind, because: endText(end) } }),
      ...(result && {
        runs: result.runs,
        trials: result.trials,
        invalid: result.invalid,
        unhealthy: result.unhealthy,
        retracted: result.retracted,
        coverage: result.coverage,
        findings: result.findings.map(({ path, failure, original, ...one }) => ({
          ...one,
          path: pathText(path),
          sentence: failure.sentence,
          originalWindows: original.windows.length,
        })),
        flakes: result.flakes.map(({ path, ...flake }) => ({ ...flake, path: pathText(path) })),
      }),
    },
    null,
    1,
  )}\n`
}
