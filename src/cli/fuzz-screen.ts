// What a campaign has come to, for people.

import { formatDuration } from '#clock/instant.ts'
import { oneLine, plainText } from '#context/foreign-text.ts'
import { faultKinds } from '#fault/catalog.ts'
import { meetingKey } from '#fuzz/coverage.ts'
import { judgedRuns, type CampaignFacts, type FoundFacts, type WindowFacts } from '#report/campaign.ts'
import { quoteWord } from '#context/shell-word.ts'
import type { Screen } from './terminal.ts'

const wide = 104

export type Told = {
  /** What starts Brownout here. */
  readonly lead: string
  /** As it was typed. */
  readonly reportDir: string
}

export function fuzzScreen(facts: CampaignFacts, { color, unicode }: Screen, { lead, reportDir }: Told): string {
  const paint = (code: number, text: string): string => (color ? `\u001B[${code}m${text}\u001B[0m` : text)
  const marks = unicode ? { fail: '✗', pass: '✓', other: '?' } : { fail: 'x', pass: '+', other: '?' }
  const { result, regressions } = facts
  const findings = result?.findings ?? []
  const isClean = findings.length === 0 && regressions.every(({ failed }) => failed.length === 0)
  const [mark, word, code] = !isClean
    ? [marks.fail, 'FOUND', 31]
    : facts.end || !result
      ? [marks.other, 'ENDED', 33]
      : judgedRuns(result) < 1
        ? [marks.other, 'NOTHING JUDGED', 33]
        : [marks.pass, 'NOTHING FOUND', 32]
  return [
    `${paint(code, `${mark} ${word}`)}  ${oneLine(`${facts.by} · client ${facts.client} · seed ${facts.seed}`)}`,
    ...summaryOf(facts).flatMap((line) => wrap(line, 2)),
    ...regressions.flatMap((one) => indented(regressionText(one))),
    ...findings.flatMap((finding) => [
      '',
      ...findingText(finding, lead, facts.dropHosts ?? [], (text) => paint(31, `${marks.fail} ${text}`)),
    ]),
    ...(result?.flakes ?? []).flatMap((flake) => [
      '',
      `  ${paint(33, marks.other)} NOT REPEATABLE  case ${flake.path} gave two histories with the same seed, and nothing can be said about`,
      `      ${oneLine(flake.oracle)} by it. They differ from line ${flake.line} on:`,
      `      ${oneLine(flake.one).slice(0, wide)}`,
      `      ${oneLine(flake.other).slice(0, wide)}`,
    ]),
    '',
    `  again      ${againCommand(facts, lead)}`,
    '  all of it  reports/fuzz.json'.replace('reports', oneLine(reportDir)),
  ].join('\n')
}

/** One line. */
export function fuzzLine({ by, client, result, end, regressions }: CampaignFacts): string {
  const findings = result?.findings ?? []
  const again = regressions.filter(({ failed }) => failed.length > 0).length
  const found = findings.map(({ oracle, file }) => `${oracle} (${file})`).join(', ')
  const nothing = result && judgedRuns(result) < 1 ? 'nothing judged' : 'nothing found'
  const what = findings.length > 0 ? `found ${found}` : end ? end.because : nothing
  const known = regressions.length > 0 ? `; ${again} of ${regressions.length} known counterexamples fail` : ''
  return `${by} · ${client}: ${countOf(result?.runs ?? 0)}, ${what}${known}`
}

function summaryOf(facts: CampaignFacts): readonly string[] {
  const { result, space, end, wallMs, workers, merged } = facts
  if (!result) return end ? [end.because] : []
  const { runs, invalid, unhealthy, retracted, trials, coverage } = result
  const meetings = new Set(coverage.map(meetingKey)).size
  const perSecond = ((runs + trials) / Math.max(1, wallMs)) * 1_000
  const [kinds, sites] = [
    new Set(coverage.map(({ kind }) => kind)).size,
    new Set(coverage.map(({ site }) => site)).size,
  ]
  const notes = [
    invalid > 0 ? `${invalid} were no scenario for it` : '',
    unhealthy > 0 ? `${unhealthy} asked what the client does not survive without any fault` : '',
    retracted > 0 ? `${retracted} failures were not confirmed by fresh processes` : '',
  ].filter((note) => note !== '')
  return [
    `${countOf(runs)}${trials > 0 ? ` and ${trials} trials of making smaller` : ''} in ${formatDuration(Math.round(wallMs / 100) * 100)} (${perSecond.toFixed(1)} per second, ${workers} processes${merged === undefined ? '' : `, ${merged} parts`})${notes.length > 0 ? `; ${notes.join('; ')}` : ''}`,
    `${counted(kinds, 'kind')} of faults met ${counted(sites, 'kind')} of requests, in ${counted(meetings, 'way')}`,
    ...(space ? spaceText(space, facts, runs) : []),
    ...(end ? [end.because] : []),
    ...(end?.kind === 'interrupted' && result.findings.length > 0
      ? ['What was found until then is below, and kept.']
      : []),
  ]
}

/** What was covered of what there is. */
function spaceText(
  space: NonNullable<CampaignFacts['space']>,
  { part }: CampaignFacts,
  runs: number,
): readonly string[] {
  const { exchanges, places, forms, kinds, singles, pairs } = space
  const [ones, twos] = [Math.ceil(singles / part.of), Math.ceil(pairs / part.of)]
  const share = (count: number, all: number) => `${Math.min(count, all)} of ${all}`
  return [
    `${forms} forms of ${kinds} kinds of faults, at ${places} kinds of exchanges (one of each; ${exchanges} in all)`,
    `covered: ${share(runs, ones)} placements of one fault, ${share(Math.max(0, runs - ones), twos)} of two${part.of > 1 ? ' in this part' : ''}`,
  ]
}

function regressionText({ file, oracle, failed, because }: CampaignFacts['regressions'][number]): readonly string[] {
  if (because !== null) return [`known  ${oneLine(file)}: says nothing here (${oneLine(because)})`]
  if (failed.length === 0) return [`known  ${oneLine(file)}: passes`]
  const same = oracle !== null && failed.includes(oracle) ? 'still fails' : 'fails'
  return [`known  ${oneLine(file)}: ${same} ${[...new Set(failed)].join(', ')}`]
}

function findingText(
  finding: FoundFacts,
  lead: string,
  dropHosts: readonly string[],
  fail: (text: string) => string,
): readonly string[] {
  const { oracle, sentence, hint, found, original, cases, afterRuns, shrinkTrials, smallest, file } = finding
  const smaller = `from ${counted(original.windows.length, 'window')} in ${counted(shrinkTrials, 'trial')}`
  return [
    `  ${fail('FAIL')}  ${oneLine(oracle)}  failed in ${counted(cases, 'case')}, first within ${counted(afterRuns, 'run')}`,
    ...wrap(plainText(sentence)),
    ...found.windows.flatMap((window) => wrap(`with ${windowText(window)}`)),
    ...wrap(`→ ${plainText(hint)}`),
    `      ${oneLine(file)} (${shrinkTrials === 0 ? 'as it was found' : smaller}${smallest || shrinkTrials === 0 ? '' : ', not yet the smallest'})`,
    `      ${[lead, 'replay', quoteWord(file), ...dropWords(dropHosts)].join(' ')}`,
  ]
}

function dropWords(hosts: readonly string[]): readonly string[] {
  return hosts.flatMap((host) => ['--drop-host', host])
}

function windowText({ kind: name, with: written, fromMs, untilMs, share, nth, where, shape }: WindowFacts): string {
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

function againCommand(facts: CampaignFacts, lead: string): string {
  const { by, client, seed, runSeed, profile, how, part, merged, path, asked, result, dropHosts = [] } = facts
  // As many as there were, whatever ended it: another five minutes need not come as far.
  const runs = result?.runs || asked
  const parts = merged ?? part.of
  const words = [
    ...by.split(' '),
    '--client',
    client,
    '--seed',
    seed,
    ...(path === undefined ? ['--runs', String(merged === undefined ? runs : Math.ceil(runs / merged))] : []),
    ...(how === 'blind' ? ['--blind'] : []),
    ...(facts.shrinks === false ? ['--no-shrink'] : []),
    ...(runSeed === '1' ? [] : ['--run-seed', runSeed]),
    ...(path === undefined ? [] : ['--path', path]),
    ...(profile === 'default' ? [] : ['--profile', profile]),
    ...dropWords(dropHosts),
    ...(parts === 1 ? [] : ['--shard', `${part.index + 1}/${parts}`]),
  ]
  return `${lead} ${words.map(quoteWord).join(' ')}${merged === undefined ? '' : ` and the other parts`}`
}
