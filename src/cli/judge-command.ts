// `judge`: recorded histories once more, by today's oracles and by other thresholds where they are asked for. Nothing is run.

import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs'
import { join, resolve } from 'node:path'
import { plainText } from '#context/foreign-text.ts'
import { limits } from '#context/limits.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { today, wallMs } from '#engine/real-time.ts'
import { rejudge, type Rejudging } from '#engine/rejudge.ts'
import type { RunResult } from '#engine/run-result.ts'
import { waive } from '#engine/waive.ts'
import { readHistory } from '#history/read-history.ts'
import { recordOf } from '#report/record.ts'
import { reporters } from '#report/catalog.ts'
import { historyFile, reportFiles } from '#report/files.ts'
import { setAside } from '#report/older.ts'
import type { ReportOptions } from '#report/reporter.ts'
import { prepareReportDirectory, writeReport } from '#report/write.ts'
import { knownScenarios } from '#scenario/files.ts'
import { olderInWords, settle } from './artefacts.ts'
import { exitCodeOf, type ExitCode } from './exit-code.ts'
import type { JudgeFlags } from './flags.ts'
import { Losses } from './losses.ts'
import { ownVersion } from './own-version.ts'
import { printReport, tellWorkflow } from './printing.ts'
import { quoteWord, startFrom } from './reproduce.ts'
import { checkFilled } from './select.ts'
import { readSettings } from './settings.ts'
import { showPath } from './show-path.ts'
import { createSources } from './sources.ts'
import { complain, screenOf } from './terminal.ts'
import { readWaivers } from './waivers.ts'

export async function judgeCommand(wanted: readonly string[], flags: JudgeFlags): Promise<ExitCode> {
  const cwd = process.cwd()
  const startedAt = wallMs()
  const overrides = readSettings(flags.set)
  const rejudging = { overrides, ...(flags.profile && { profile: flags.profile }) }
  const files = [...new Set(wanted.flatMap((word) => locateHistories(word, cwd)))]
  const directory = flags.reportDir === undefined ? null : resolve(cwd, checkFilled('--report-dir', flags.reportDir))
  if (directory !== null) await prepareReportDirectory(directory, flags.reportDir)
  const judged = files.map((file) => judgeFile(file, cwd, rejudging, files.length === 1))
  const waivers = readWaivers(
    flags.waivers,
    cwd,
    judged.map(({ scenario }) => scenario),
  )
  const { results, complaints, notes } = waive(judged, waivers, today())
  const shown = new Map(results.map((result, index) => [result, showPath(cwd, files[index] ?? '')]))
  const options = { ...optionsOf(flags, cwd, shown), complaints, wallMs: wallMs() - startedAt }
  const losses = new Losses()
  const isOlder = directory !== null && (await writeReports(directory, results, options, losses))
  printReport(flags.output, reporters, results, options)
  tellWorkflow(process.env, reporters, results, options, losses)
  for (const note of [...notes, ...(isOlder ? [olderInWords] : [])]) complain(plainText(note))
  return losses.tell(exitCodeOf(results, complaints))
}

/** Returns whether those of an earlier command are there instead, because not all could be written. */
async function writeReports(
  directory: string,
  results: readonly RunResult[],
  options: ReportOptions,
  losses: Losses,
): Promise<boolean> {
  const older = await setAside([{ directory, files: reportFiles }])
  for (const { file, render } of reporters)
    if (file !== null) await losses.attempt(() => writeReport(join(directory, file), render(results, options)))
  return settle(older, losses)
}

/** A file as it is; below a directory every `history.ndjson`. */
function locateHistories(word: string, cwd: string): readonly string[] {
  const path = resolve(cwd, checkFilled('The name of a history', word))
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats)
    throw new UserError(`There is no file and no directory "${word}".`, {
      hint: `Name the ${historyFile} of a run, or its report directory: judge reports`,
    })
  if (!stats.isDirectory()) return [path]
  const found = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === historyFile)
    .map((entry) => join(entry.parentPath, entry.name))
  if (found.length > 0) return found.toSorted()
  throw new UserError(`There is no ${historyFile} below the directory "${word}".`, {
    hint: 'A run leaves one in its report directory, unless it was interrupted or its client did not load.',
  })
}

/** Alone, a history that cannot be judged ends the command; among others it is a line of the table. */
function judgeFile(file: string, cwd: string, rejudging: Rejudging, isAlone: boolean): RunResult {
  const shown = showPath(cwd, file)
  try {
    const text = readText(file, shown)
    return rejudge(readHistory(text, shown), text, shown, rejudging)
  } catch (error) {
    if (isAlone || !isUserError(error)) throw error
    const environment = { wallMs: 0, replayMs: 0, node: process.version, historyPath: shown }
    return { scenario: shown, client: '-', seed: '-', environment, kind: 'rejected', problem: error }
  }
}

function readText(file: string, shown: string): string {
  const place = { file: shown }
  try {
    checkSize(statSync(file), shown)
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    if (isUserError(error)) throw error
    if (error instanceof TypeError) throw new UserError('the file is not UTF-8 text, so it is no history', { place })
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw new UserError(`the file cannot be read (${code})`, { place })
  }
}

/** A pipe or a device never ends, or says nothing of its size. */
function checkSize(stats: Stats, shown: string): void {
  const place = { file: shown }
  if (!stats.isFile()) throw new UserError('this is not an ordinary file', { place, hint: `Name a ${historyFile}.` })
  if (stats.size <= limits.historyBytes) return
  const [has, most] = [stats.size, limits.historyBytes].map((bytes) => Math.ceil(bytes / 1e6))
  throw new UserError(`the file has ${has} MB; a history has at most ${most} MB`, { place })
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
