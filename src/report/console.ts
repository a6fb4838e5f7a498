// What a person reads after a run: in ten seconds whether the client degraded correctly, in a minute why not. One screen for
// a run; for several, a screen for each that did not pass and then a line for each.

import { formatDuration, formatMeasured } from '#clock/instant.ts'
import type { RunResult } from '#engine/run-result.ts'
import { againstLines } from './console-baseline.ts'
import { seedsInWords } from './console-card.ts'
import { oracleLines } from './console-oracles.ts'
import { formatClock, formatMoment, nominalLines, phaseLines, startOf } from './console-phases.ts'
import { wrapText } from './layout.ts'
import { tableLines, totalLines } from './console-table.ts'
import { asciiOnly, createPaint, nameOf, type Paint } from './paint.ts'
import { oneLine } from '#context/foreign-text.ts'
import { handshakesInWords, machineInWords, movedInWords, servicesInWords, untracedInWords } from './real-time.ts'
import type { JudgedRun, ReportedRun } from './report-schema.ts'
import { reportOf } from './report.ts'
import type { Reporter, ReportOptions } from './reporter.ts'

/** A failure fits one screen: about this many lines. */
const screenLines = 45

type Shown = { readonly run: ReportedRun; readonly result: RunResult }

export const consoleReporter: Reporter = {
  name: 'console',
  file: null,
  render(results, options) {
    const paint = createPaint(options)
    const reproduce = options.reproduceHere ?? options.reproduce
    const shown = reportOf(results, { ...options, reproduce }).runs.flatMap((run, index) => {
      const result = results[index]
      return result ? [{ run, result }] : []
    })
    const text = `${[...sections(shown, paint, options), ...complaintLines(options, paint)].join('\n\n')}\n`
    return options.unicode ? text : asciiOnly(text)
  },
}

/** After everything else, where they cannot be missed. */
function complaintLines({ complaints = [], columns }: ReportOptions, paint: Paint): string[] {
  if (complaints.length === 0) return []
  const lines = complaints.flatMap((complaint) => wrapText(oneLine(complaint), columns - 4))
  return [lines.map((line) => paint.of('fail', `  ${line}`)).join('\n')]
}

function sections(shown: readonly Shown[], paint: Paint, options: ReportOptions): string[] {
  if (options.detail === 'quiet') {
    const lines = shown.flatMap((one) => briefly(one, paint, shown.length > 1 ? options : null))
    const total =
      shown.length > 1
        ? [
            ...totalLines(
              shown.map(({ run }) => run),
              options.wallMs,
              Number.POSITIVE_INFINITY,
            ),
          ]
        : []
    return [[...lines, ...total].join('\n')]
  }
  const screens = shown
    .filter(({ run }) => shown.length === 1 || options.detail === 'verbose' || run.outcome !== 'pass')
    .filter(({ run }) => shown.length === 1 || run.kind !== 'not-applicable')
    .map((one) => screenOf(one, paint, options).join('\n'))
  if (shown.length === 1) return screens
  const runs = shown.map(({ run }) => run)
  return [
    ...screens,
    [...tableLines(runs, paint, options.columns), '', ...totalLines(runs, options.wallMs, options.columns)].join('\n'),
  ]
}

function screenOf({ run, result }: Shown, paint: Paint, options: ReportOptions): string[] {
  const width = options.columns - 2
  const word = paint.of(run.outcome, `${paint.symbol(run.outcome)} ${nameOf(run.outcome)}`)
  const who = `client ${oneLine(run.client)} · seed ${oneLine(run.seed)}`
  const head = headLines(word, run, who, paint, options.columns)
  const foot = footLines(run, options.history(result), paint)
  if (run.kind !== 'judged') return [...head, ...indent(problemLines(run, width)), ...indent(foot)]
  const opening = [...head, ...indent(openingLines(run, result, width)), '', ...indent(phaseLines(run, paint, width))]
  const details = options.detail === 'verbose' ? verboseLines(run, paint, width) : []
  const against = againstLines(run, paint, width, options.detail === 'verbose')
  const others = opening.length + against.length + foot.length + 2
  const room = options.detail === 'verbose' ? Number.POSITIVE_INFINITY : screenLines - others
  const oracles = oracleLines(run, { paint, width, room, verbose: options.detail === 'verbose' })
  return [...opening, '', ...indent(oracles), ...indent(against), ...details, '', ...indent(foot)]
}

/** Who was judged stands behind the scenario, or below it where the terminal is narrow. */
function headLines(
  word: string,
  { outcome, scenario }: ReportedRun,
  who: string,
  paint: Paint,
  columns: number,
): string[] {
  const name = oneLine(scenario)
  const length = `${paint.symbol(outcome)} ${nameOf(outcome)}  ${name} · ${who}`.length
  const first = `${word}  ${paint.bold(name)}`
  return length <= columns ? [`${first} · ${who}`] : [first, ...indent(wrapText(who, columns - 2))]
}

function openingLines(run: JudgedRun, result: RunResult, width: number): string[] {
  const startMs = startOf(run)
  const { wallMs, replayMs } = result.environment
  const span = `${formatDuration(run.spanMs)} of ${run.transport === 'virtual' ? 'virtual' : 'real'} time`
  const when = `${span}, ${run.start.slice(0, 10)} ${formatClock(startMs)} to ${formatMoment(startMs + run.spanMs, startMs)}`
  const took = `in ${formatMeasured(replayMs)} (${formatMeasured(wallMs)} in all)`
  const notOffered = run.notOffered.length > 0 ? [`not offered by the client: ${run.notOffered.join(', ')}`] : []
  const untouched = run.untouched.length > 0 ? [`never met the client: ${run.untouched.join(', ')}`] : []
  return [
    ...wrapText(oneLine(`${run.because} ${seedsInWords(run)}`), width),
    ...wrapText(oneLine(run.title), width),
    ...(run.withoutFaults
      ? wrapText('what follows is the run without faults; the incident was not judged', width)
      : []),
    ...wrapText(
      run.rejudged
        ? `judged again: ${when}, profile ${run.profile}`
        : `replayed ${when}, ${took}, profile ${run.profile}`,
      width,
    ),
    ...realTimeLines(run, width),
    ...changedLines(run),
    ...[...notOffered, ...untouched].flatMap((line) => wrapText(oneLine(line), width)),
  ]
}

/** What a reader of a replay in real time must know. */
function realTimeLines(run: JudgedRun, width: number): string[] {
  const { transport, scale, https, notExercised = [] } = run
  if (transport === 'virtual') return []
  const moved = movedInWords(run, oneLine)
  const services = servicesInWords(run, oneLine)
  const lines = [
    `on real sockets of this machine${https ? ', over HTTPS' : ''}, the timeline divided by ${scale}${moved === null ? '' : `; ${moved}`}`,
    machineInWords(),
    ...(services === null ? [] : [services]),
    ...untracedInWords(run),
    ...handshakesInWords(run),
    ...(notExercised.length > 0
      ? [`longer than this replay, so not exercised: ${notExercised.map(oneLine).join(', ')}`]
      : []),
  ]
  return lines.flatMap((line) => wrapText(line, width))
}

function changedLines({ rejudged }: JudgedRun): string[] {
  const changed = rejudged?.changedThresholds ?? 0
  if (changed === 0) return []
  return [changed === 1 ? '1 threshold differs from that recorded' : `${changed} thresholds differ from those recorded`]
}

function problemLines(run: Exclude<ReportedRun, JudgedRun>, width: number): string[] {
  if (run.kind === 'rejected') return run.problem.split('\n')
  if (run.kind === 'not-applicable')
    return wrapText(
      `This scenario asks for ${run.needs.map(oneLine).join(', ')}, and the client offers none of that. Nothing was judged.`,
      width,
    )
  if (run.kind === 'interrupted') return ['Stopped before a verdict; there is no report of it.']
  return [
    ...wrapText(oneLine(run.message), width),
    ...wrapText('This is a mistake of the harness, not of the client. Please report it with the command below.', width),
  ]
}

function footLines(run: ReportedRun, history: string | null, paint: Paint): string[] {
  const reproduce = `${paint.dim('reproduce')}  ${run.reproduce}`
  if (run.kind !== 'judged' || history === null) return [reproduce]
  const failures = run.verdicts.filter((verdict) => verdict.verdict === 'fail')
  const failed = failures.find((verdict) => !verdict.waived) ?? failures[0]
  const lines = failed?.witness.slice(0, 6).map((seq) => seq + 1) ?? []
  const where =
    lines.length > 0
      ? `${history}, ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')} (${oneLine(failed?.oracle ?? '')})`
      : history
  return [reproduce, `${paint.dim('evidence ')}  ${where}`]
}

function verboseLines(run: JudgedRun, paint: Paint, width: number): string[] {
  const counts = Object.entries(run.counts).map(([kind, count]) => `${kind} ${count}`)
  return [
    ...(run.nominal ? ['', ...indent(nominalLines(run.nominal, run, paint, width))] : []),
    '',
    ...indent(wrapText(oneLine(`events: ${counts.join(', ')}`), width)),
    ...indent(wrapText(`not modelled: ${run.notModelled.join(', ')}`, width)),
    `  history sha256: ${oneLine(run.historySha256)}`,
  ]
}

/** `several`: of several histories that were judged again each is named, because they may well be of one scenario. */
function briefly({ run, result }: Shown, paint: Paint, several: ReportOptions | null): string[] {
  const file = run.kind === 'judged' && run.rejudged ? (several?.history(result) ?? null) : null
  const line = `${summaryLine(run, paint)}${file === null ? '' : `  ${oneLine(file)}`}`
  return run.outcome === 'pass' ? [line] : [line, `  ${paint.dim('reproduce')}  ${run.reproduce}`]
}

function summaryLine(run: ReportedRun, paint: Paint): string {
  const word = paint.of(run.outcome, `${paint.symbol(run.outcome)} ${nameOf(run.outcome).padEnd(12)}`)
  return `${word}  ${oneLine(run.scenario)} · ${oneLine(run.client)} · seed ${oneLine(run.seed)}  ${paint.dim(whyOf(run))}`
}

function whyOf(run: ReportedRun): string {
  if (run.kind === 'judged') return oneLine(`${run.because} ${seedsInWords(run)}`)
  if (run.kind === 'rejected') return oneLine(run.problem.split('\n')[0] ?? '')
  if (run.kind === 'not-applicable') return `needs ${run.needs.map(oneLine).join(', ')}`
  return run.kind === 'harness-error' ? oneLine(run.message) : 'stopped before a verdict'
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line ? `  ${line}` : line))
}
