// `run`: every scenario once, a report directory, a screen, an exit code. Reports of one scenario lie in the directory itself;
// those of several in a folder for each, and above them the reports about all.

import { join, resolve } from 'node:path'
import { isDriver, type ClientLocation } from '#client/resolve-client.ts'
import { plainText } from '#context/foreign-text.ts'
import { UserError } from '#context/user-error.ts'
import { today, wallMs } from '#engine/real-time.ts'
import type { RunResult } from '#engine/run-result.ts'
import { waive } from '#engine/waive.ts'
import type { Header } from '#history/header.ts'
import { recordOf } from '#report/record.ts'
import { historyFile } from '#report/files.ts'
import type { Older } from '#report/older.ts'
import type { ReportOptions } from '#report/reporter.ts'
import { prepareReportDirectory } from '#report/write.ts'
import type { Waiver } from '#scenario/waivers.ts'
import { checkComparable, compareAll, readAgainst, type Against } from './against.ts'
import { clearTheWay, olderInWords, settle, writeAll } from './artefacts.ts'
import { writeDrafts } from './drafts.ts'
import { exitCodeOf, type ExitCode } from './exit-code.ts'
import type { RunFlags } from './flags.ts'
import { Losses } from './losses.ts'
import { ownVersion } from './own-version.ts'
import { printReport, tellWorkflow } from './printing.ts'
import { isOwnRepository, reproduceCommand, startFrom, type Reproducible } from './reproduce.ts'
import {
  checkFilled,
  checkHosts,
  checkSeed,
  checkSeeds,
  checkTimeScale,
  chooseClient,
  chooseScenarios,
  seedsFrom,
  typedClient,
} from './select.ts'
import { foldersOf, runAll, type Ended, type Plan } from './run-all.ts'
import { showPath } from './show-path.ts'
import { createSources } from './sources.ts'
import { complain, screenOf } from './terminal.ts'
import { readWaivers } from './waivers.ts'

export async function runCommand(wanted: readonly string[], flags: RunFlags): Promise<ExitCode> {
  const cwd = process.cwd()
  checkSeed(flags.seed)
  const seeds = seedsFrom(flags.seed, checkSeeds(flags.seeds))
  checkHosts(flags.dropHost)
  checkFilled('--report-dir', flags.reportDir)
  const scenarios = chooseScenarios(wanted, cwd)
  const client = chooseClient(flags.client, cwd, isOwnRepository(cwd))
  const loopback = loopbackOf(flags, client)
  const names = scenarios.map(({ name }) => name)
  const waivers = readWaivers(flags.waivers, cwd, names)
  const against = againstOf(flags, cwd, names, client.name)
  const directory = resolve(cwd, flags.reportDir)
  await prepareReportDirectory(directory, flags.reportDir)
  return execute({ cwd, flags, scenarios, client, directory, waivers, seeds, against, ...(loopback && { loopback }) })
}

/** A program runs in real time, whatever else is wanted. */
function loopbackOf({ transport, timeScale, https }: RunFlags, client: ClientLocation): Plan['loopback'] {
  const scale = checkTimeScale(timeScale)
  if (transport === 'loopback' || (transport === undefined && isDriver(client))) return { scale, https }
  if (https)
    throw new UserError('--https is for real sockets: in virtual time every address begins with https.', {
      hint: 'Add --transport loopback.',
    })
  if (scale === 'auto') return undefined
  throw new UserError('--time-scale is for real time only.', { hint: 'Add --transport loopback.' })
}

/** The worst of several seeds may be another one each time, which is no worse. */
function againstOf(flags: RunFlags, cwd: string, names: readonly string[], client: string): Against | null {
  const against = readAgainst(flags, cwd)
  if (!against) return null
  if (flags.seeds !== '1')
    throw new UserError('A baseline is of one seed, so --against and --seeds do not go together.', {
      hint: 'Leave out --seeds.',
    })
  const { seed, profile } = flags
  checkComparable(
    against,
    names.map((scenario) => ({ scenario, client, seed, profile })),
  )
  return against
}

async function execute(plan: Plan): Promise<ExitCode> {
  const { cwd, directory, scenarios } = plan
  const startedAt = wallMs()
  const older = await clearTheWay(cwd, directory, foldersOf(scenarios, directory))
  try {
    return await tellAll(plan, await runAll(plan), older, startedAt)
  } catch (error) {
    await older.restore()
    throw error
  }
}

async function tellAll(plan: Plan, all: readonly Ended[], older: Older, startedAt: number): Promise<ExitCode> {
  const { ended, complaints: ofWaivers, notes } = waiveAll(all, plan.waivers)
  const results = ended.map(({ result }) => result)
  const { reporters } = await import('#report/catalog.ts')
  const { changes, complaints: ofBaseline, missing } = compareAll(plan.against, results)
  const complaints = [...ofWaivers, ...ofBaseline]
  const written = { ...optionsOf(plan, ended), complaints, changes, wallMs: wallMs() - startedAt }
  const losses = new Losses()
  for (const { environment } of results) losses.add(environment.lost)
  await writeAll(plan.directory, ended, reporters, written, losses)
  if (plan.flags.postmortem) for (const { result, folder } of ended) await writeDrafts(result, folder, losses)
  const isOlder = await settle(older, losses)
  const options = isOlder ? { ...written, history: () => null } : written
  printReport(plan.flags.output, reporters, results, options)
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

function optionsOf(plan: Plan, ended: readonly Ended[]): ReportOptions {
  const { cwd, flags, client, directory } = plan
  const of = new Map(ended.map((one) => [one.result, one]))
  const { here, anywhere } = startFrom(cwd)
  const runOf = (result: RunResult): Reproducible => {
    const scenario = of.get(result)?.chosen.called ?? result.scenario
    const { seed, profile, dropHost: dropHosts } = flags
    const loopback = result.kind === 'judged' ? loopbackAsJudged(result.header) : plan.loopback
    return { scenario, client: typedClient(client, cwd), seed, profile, dropHosts, ...(loopback && { loopback }) }
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
  }
}
