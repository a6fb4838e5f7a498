// `judge`: recorded histories once more, by today's oracles and by other thresholds where they are asked for. Nothing is run.

import { join, resolve } from 'node:path'
import { plainText } from '#context/foreign-text.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { today, wallMs } from '#engine/real-time.ts'
import type { Rejudging } from '#engine/rejudge.ts'
import type { RunResult } from '#engine/run-result.ts'
import { waive } from '#engine/waive.ts'
import { recordOf } from '#report/record.ts'
import { reporters } from '#report/catalog.ts'
import { indexPageFile, isNumberedPage, numberedPage, reportFiles, runPageFile } from '#report/files.ts'
import { setAside } from '#report/older.ts'
import type { ReportOptions } from '#report/reporter.ts'
import { prepareReportDirectory, writeReport } from '#report/write.ts'
import { knownScenarios } from '#scenario/files.ts'
import { checkComparable, compareAll, readAgainst } from './against.ts'
import { olderInWords, settle } from './artefacts.ts'
import { writeDrafts } from './drafts.ts'
import { exitCodeOf, type ExitCode } from './exit-code.ts'
import type { JudgeFlags } from './flags.ts'
import { judgeHistory, locateHistories } from './histories.ts'
import { Losses } from './losses.ts'
import { ownVersion } from '#context/own-version.ts'
import { writePages, type Shown } from './pages.ts'
import { printReport, tellWorkflow } from './printing.ts'
import { quoteWord } from '#context/shell-word.ts'
import { startFrom } from './reproduce.ts'
import { checkFilled } from './select.ts'
import { readSettings } from './settings.ts'
import { showPath } from './show-path.ts'
import { createSources } from './sources.ts'
import { complain, screenOf } from './terminal.ts'
import { readWaivers } from '#config/waivers.ts'

export async function judgeCommand(wanted: readonly string[], flags: JudgeFlags): Promise<ExitCode> {
  const cwd = process.cwd()
  const startedAt = wallMs()
  const overrides = readSettings(flags.set)
  const rejudging = {
    overrides,
    incident: flags.postmortem,
    scene: flags.reportDir !== undefined,
    ...(flags.profile && { profile: flags.profile }),
  }
  const files = [...new Set(wanted.flatMap((word) => locateHistories(word, cwd)))]
  const against = readAgainst(flags, cwd)
  checkDraft(flags, files.length)
  const directory = flags.reportDir === undefined ? null : resolve(cwd, checkFilled('--report-dir', flags.reportDir))
  if (directory !== null) await prepareReportDirectory(directory, flags.reportDir)
  const judged = files.map((file) => judgeFile(file, cwd, rejudging, files.length === 1))
  const waivers = readWaivers(
    flags.waivers,
    cwd,
    judged.map(({ scenario }) => scenario),
  )
  const { results, complaints: ofWaivers, notes } = waive(judged, waivers, today())
  if (against)
    checkComparable(
      against,
      results.flatMap((result) => (result.kind === 'judged' ? { ...result, profile: result.header.profile } : [])),
    )
  const { changes, complaints: ofBaseline, missing } = compareAll(against, results)
  const complaints = [...ofWaivers, ...ofBaseline]
  const shown = new Map(results.map((result, index) => [result, showPath(cwd, files[index] ?? '')]))
  const options = { ...optionsOf(flags, cwd, shown), complaints, changes, wallMs: wallMs() - startedAt }
  const losses = new Losses()
  const isOlder = directory !== null && (await writeReports(directory, results, options, losses))
  const [only] = results
  if (flags.postmortem && only && directory !== null) await writeDrafts(only, directory, losses)
  printReport(flags.output, reporters, results, options)
  tellWorkflow(process.env, reporters, results, options, losses)
  for (const problem of missing) losses.add(problem)
  for (const note of notes) complain(plainText(note))
  return losses.tell(exitCodeOf(results, complaints), isOlder ? [olderInWords] : [])
}

function checkDraft({ postmortem, reportDir }: JudgeFlags, histories: number): void {
  if (!postmortem) return
  if (reportDir === undefined)
    throw new UserError('There is no place for the drafts of --postmortem.', { hint: 'Name one: --report-dir reports' })
  if (histories > 1)
    throw new UserError(`A postmortem is of one run, and there are ${histories} histories.`, {
      hint: 'Name one of them.',
    })
}

/** Returns whether those of an earlier command are there instead, because not all could be written. */
async function writeReports(
  directory: string,
  results: readonly RunResult[],
  options: ReportOptions,
  losses: Losses,
): Promise<boolean> {
  const older = await setAside([
    { directory, files: [...reportFiles, runPageFile, indexPageFile], also: isNumberedPage },
  ])
  const write = (path: string, text: string) => losses.attempt(() => writeReport(path, text))
  for (const { file, render } of reporters)
    if (file !== null) await write(join(directory, file), render(results, options))
  await writePages(directory, shownIn(directory, results), options, write)
  return settle(older, losses)
}

function shownIn(folder: string, results: readonly RunResult[]): readonly Shown[] {
  const several = results.length > 1
  return results.map((result, index) => ({ folder, result, ...(several && { file: numberedPage(index + 1) }) }))
}

/** Alone, a history that cannot be judged ends the command; among others it is a line of the table. */
function judgeFile(file: string, cwd: string, rejudging: Rejudging, isAlone: boolean): RunResult {
  const shown = showPath(cwd, file)
  try {
    return judgeHistory(file, shown, rejudging)
  } catch (error) {
    if (isAlone || !isUserError(error)) throw error
    const environment = { wallMs: 0, replayMs: 0, node: process.version, historyPath: shown }
    return { scenario: shown, client: '-', seed: '-', environment, kind: 'rejected', problem: error }
  }
}

function optionsOf(flags: JudgeFlags, cwd: string, shown: ReadonlyMap<RunResult, string>): ReportOptions {
  const { here, anywhere } = startFrom(cwd)
  const more = [
    ...(flags.profile === undefined ? [] : ['--profile', flags.profile]),
    ...flags.set.flatMap((setting) => ['--set', setting]),
  ]
  const wordsOf = (result: RunResult) => ['judge', shown.get(result) ?? '', ...more].map(quoteWord)
  const files = new Map(knownScenarios(cwd).map(({ name, file }) => [name, file]))
  return {
    source: createSources(cwd, ({ scenario }) => files.get(scenario.split(':')[0] ?? '') ?? null),
    version: ownVersion(),
    reproduce: (result) => [anywhere, ...wordsOf(result)].join(' '),
    reproduceHere: (result) => [here, ...wordsOf(result)].join(' '),
    history: (result) => shown.get(result) ?? null,
    record: recordOf,
    ...screenOf(process.stdout, process.env, flags.color),
    detail: flags.quiet ? 'quiet' : flags.verbose ? 'verbose' : 'normal',
  }
}
