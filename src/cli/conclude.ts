// What follows when all runs of a command have ended, here or elsewhere: waivers and baselines are applied, reports are written, the screen
// says how it went, and so does the exit code.

import { join } from 'node:path'
import { plainText } from '#context/foreign-text.ts'
import { today } from '#engine/real-time.ts'
import type { RunOptions } from '#engine/run-options.ts'
import type { RunResult } from '#engine/run-result.ts'
import { waive } from '#engine/waive.ts'
import type { Header, Profile } from '#history/header.ts'
import { historyFile } from '#report/files.ts'
import type { Older } from '#report/older.ts'
import { recordOf } from '#report/record.ts'
import type { ReportOptions } from '#report/reporter.ts'
import { writeReport } from '#report/write.ts'
import type { Waiver } from '#scenario/waivers.ts'
import { compareAll, type Against } from './against.ts'
import { olderInWords, settle, writeAll } from './artefacts.ts'
import { writeDrafts } from './drafts.ts'
import { exitCodeOf, type ExitCode } from './exit-code.ts'
import type { ReportFlags } from './flags.ts'
import { Losses } from './losses.ts'
import { ownVersion } from '#context/own-version.ts'
import { printReport, tellWorkflow } from './printing.ts'
import { reproduceCommand, startFrom, type Reproducible } from './reproduce.ts'
import type { Ended } from './run-all.ts'
import { showPath } from './show-path.ts'
import { createSources } from './sources.ts'
import { complain, screenOf } from './terminal.ts'

/** What was asked of every run. */
export type Asked = {
  /** As it is typed. */
  readonly client: string
  readonly seed: string
  readonly profile: Profile
  readonly dropHosts: readonly string[]
  readonly loopback?: RunOptions['loopback']
  /** A config has a part in that. */
  readonly isConfigured?: boolean
}

export type Conclusion = {
  readonly cwd: string
  readonly flags: ReportFlags
  readonly asked: Asked
  readonly directory: string
  readonly waivers: readonly Waiver[]
  readonly against: Against | null
  /** Real time that the runs took. */
  readonly wallMs?: number
  /** Written beside the reports. */
  readonly also?: { readonly file: string; readonly text: string }
}

export async function conclude(about: Conclusion, all: readonly Ended[], older: Older): Promise<ExitCode> {
  const { ended, complaints: ofWaivers, notes } = waiveAll(all, about.waivers)
  const results = ended.map(({ result }) => result)
  const { reporters } = await import('#report/catalog.ts')
  const { changes, complaints: ofBaseline, missing } = compareAll(about.against, results)
  const complaints = [...ofWaivers, ...ofBaseline]
  const written = { ...optionsOf(about, ended), complaints, changes }
  const losses = new Losses()
  for (const { environment } of results) losses.add(environment.lost)
  await writeAll(about.directory, ended, reporters, written, losses)
  const { also } = about
  if (also) await losses.attempt(() => writeReport(also.file, also.text))
  if (about.flags.postmortem) for (const { result, folder } of ended) await writeDrafts(result, folder, losses)
  const isOlder = await settle(older, losses)
  const options = isOlder ? { ...written, history: () => null } : written
  printReport(about.flags.output, reporters, results, options)
  tellWorkflow(process.env, reporters, results, options, losses)
  for (const problem of missing) losses.add(problem)
  for (const note of notes) complain(plainText(note))
  return losses.tell(exitCodeOf(results, complaints), isOlder ? [olderInWords] : [])
}

function waiveAll(ended: readonly Ended[], waivers: readonly Waiver[]) {
  const given = ended.map(({ result }) => result)
  const { results, complaints, notes } = waive(given, waivers, today())
  return { ended: ended.map((one, index) => ({ ...one, result: results[index] ?? one.result })), complaints, notes }
}

function loopbackAsJudged({ transport, scale, https }: Header): Reproducible['loopback'] {
  return transport === 'loopback' ? { scale, https: https === true } : undefined
}

function optionsOf({ cwd, flags, asked, directory, wallMs }: Conclusion, ended: readonly Ended[]): ReportOptions {
  const of = new Map(ended.map((one) => [one.result, one]))
  const { here, anywhere } = startFrom(cwd)
  const { loopback: wanted, ...same } = asked
  const runOf = (result: RunResult): Reproducible => {
    const { called: scenario = result.scenario, own } = of.get(result)?.chosen ?? {}
    const loopback = result.kind === 'judged' ? loopbackAsJudged(result.header) : wanted
    return { ...same, ...own, scenario, ...(loopback && { loopback }) }
  }
  return {
    reproduce: (result) => reproduceCommand(runOf(result), anywhere),
    reproduceHere: (result) => reproduceCommand(runOf(result), here),
    source: createSources(cwd, (result) => of.get(result)?.chosen.file ?? null),
    version: ownVersion(),
    record: recordOf,
    history: (result) =>
      result.environment.lost ? null : showPath(cwd, join(of.get(result)?.folder ?? directory, historyFile)),
    ...screenOf(process.stdout, process.env, flags.color),
    detail: flags.quiet ? 'quiet' : flags.verbose ? 'verbose' : 'normal',
    ...(wallMs !== undefined && { wallMs }),
  }
}
