// `run`: every scenario once, a report directory, a screen, an exit code. Reports of one scenario lie in the directory itself;
// those of several in a folder for each, and above them the reports about all.

import { join, resolve } from 'node:path'
import { plainText } from '#context/foreign-text.ts'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { today, wallMs } from '#engine/real-time.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { RunProgress } from '#engine/run-options.ts'
import { waive } from '#engine/waive.ts'
import { recordOf } from '#report/record.ts'
import type { Waiver } from '#scenario/waivers.ts'
import { prepareReportDirectory, removeReports, writeReport } from '#report/write.ts'
import type { Reporter, ReportOptions } from '#report/reporter.ts'
import { exitCodeOf, type ExitCode } from './exit-code.ts'
import type { RunFlags } from './flags.ts'
import { watchInterrupts } from './interrupt.ts'
import { Losses } from './losses.ts'
import { createProgress } from './progress.ts'
import { isOwnRepository, reproduceCommand, startFrom, type Reproducible } from './reproduce.ts'
import {
  checkFilled,
  checkHosts,
  checkSeed,
  checkSeeds,
  chooseClient,
  chooseScenarios,
  seedsFrom,
  typedClient,
  type Chosen,
} from './select.ts'
import { showPath } from './show-path.ts'
import { complain, print, screenOf } from './terminal.ts'
import { readWaivers } from './waivers.ts'

type Plan = {
  readonly cwd: string
  readonly flags: RunFlags
  readonly scenarios: readonly Chosen[]
  readonly client: ReturnType<typeof chooseClient>
  readonly directory: string
  readonly waivers: readonly Waiver[]
  readonly seeds: readonly string[]
}
type Ended = { readonly chosen: Chosen; readonly folder: string; readonly result: RunResult }

const historyFile = 'history.ndjson'

export async function runCommand(wanted: readonly string[], flags: RunFlags): Promise<ExitCode> {
  const cwd = process.cwd()
  checkSeed(flags.seed)
  const seeds = seedsFrom(flags.seed, checkSeeds(flags.seeds))
  checkHosts(flags.dropHost)
  checkFilled('--report-dir', flags.reportDir)
  const scenarios = chooseScenarios(wanted, cwd)
  const client = chooseClient(flags.client, cwd, isOwnRepository(cwd))
  const names = scenarios.map(({ name }) => name)
  const waivers = readWaivers(flags.waivers, cwd, names)
  const directory = resolve(cwd, flags.reportDir)
  await prepareReportDirectory(directory, flags.reportDir)
  return execute({ cwd, flags, scenarios, client, directory, waivers, seeds })
}

async function execute(plan: Plan): Promise<ExitCode> {
  const startedAt = wallMs()
  const { ended, complaints, notes } = waiveAll(await runAll(plan), plan.waivers)
  const results = ended.map(({ result }) => result)
  const { reporters } = await loadReporters()
  const options = { ...optionsOf(plan, ended), complaints, wallMs: wallMs() - startedAt }
  const losses = new Losses()
  for (const { environment } of results) losses.add(environment.lost)
  await writeAll(plan.directory, ended, reporters, options, losses)
  const shown = plan.flags.output === 'json' ? 'json' : 'console'
  for (const reporter of reporters) if (reporter.name === shown) print(reporter.render(results, options))
  for (const note of notes) complain(plainText(note))
  return losses.tell(exitCodeOf(results, complaints))
}

function waiveAll(ended: readonly Ended[], waivers: readonly Waiver[]) {
  const given = ended.map(({ result }) => result)
  const { results, complaints, notes } = waive(given, waivers, today())
  return { ended: ended.map((one, index) => ({ ...one, result: results[index] ?? one.result })), complaints, notes }
}

function loadReporters(): Promise<typeof import('#report/catalog.ts')> {
  return import('#report/catalog.ts')
}

/** As many runs at once as the machine has processors to share between their cells; results in the order of the scenarios. */
async function runAll(plan: Plan): Promise<readonly Ended[]> {
  const { scenarios, directory, flags, seeds } = plan
  const [{ runSeeds }, { createCrew, crewSize }] = await Promise.all([
    import('#engine/agreement.ts'),
    import('#engine/crew.ts'),
  ])
  const interrupts = watchInterrupts()
  const progress = createProgress(process.stderr, flags.quiet, scenarios.length)
  const folders = foldersOf(scenarios, directory)
  const ended: Ended[] = []
  const left = [...scenarios.entries()]
  const crew = createCrew(crewSize(scenarios.length))
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next && !interrupts.signal.aborted; next = left.shift()) {
      const [index, chosen] = next
      const folder = folders[index] ?? directory
      progress.starts(chosen.name)
      const onProgress = (at: RunProgress): void => progress.moves(chosen.name, at)
      const ablate = flags.ablate ?? scenarios.length === 1
      const repeat = scenarios.length > 1 && index % limits.repeatEvery === limits.repeatEvery / 2
      const all = { ...optionsFor(plan, chosen, folder), crew, signal: interrupts.signal, onProgress, ablate, repeat }
      const result = await runSeeds(all, seeds)
      progress.ends(chosen.name)
      ended[index] = { chosen, folder, result: asTyped(result, chosen) }
    }
  }
  try {
    await removeReports(directory, ['report.json', 'junit.xml', historyFile])
    for (const folder of folders) await prepareFolder(plan, folder)
    // While the processes start up, this one has nothing to do.
    await Promise.all([loadReporters(), ...Array.from({ length: Math.min(2, scenarios.length) }, lane)])
    return Object.values(ended)
  } finally {
    crew.close()
    progress.close()
    interrupts.stop()
  }
}

/** All of them before the first run: what is wrong with the last must not cost the verdicts of the others. */
async function prepareFolder({ cwd }: Plan, folder: string): Promise<void> {
  await prepareReportDirectory(folder, showPath(cwd, folder))
  await removeReports(folder, ['report.json', historyFile])
}

function optionsFor({ flags, client }: Plan, chosen: Chosen, folder: string) {
  return {
    scenario: chosen.file,
    variant: chosen.variant,
    client,
    seed: flags.seed,
    profile: flags.profile,
    historyFile: join(folder, historyFile),
    dropHosts: flags.dropHost,
  }
}

/** A complaint about the scenario names it as one types it, not by where it lies on this machine. */
function asTyped(result: RunResult, { file, called }: Chosen): RunResult {
  if (result.kind !== 'rejected' || result.problem.place?.file !== file) return result
  const { message, place, hint, excerpt } = result.problem
  const more = { place: { ...place, file: called }, ...(hint && { hint }), ...(excerpt && { excerpt }) }
  return { ...result, problem: new UserError(message, more) }
}

/** Two scenarios of one name do not overwrite each other. */
function foldersOf(scenarios: readonly Chosen[], directory: string): string[] {
  if (scenarios.length === 1) return [directory]
  const seen = new Map<string, number>()
  return scenarios.map((chosen) => {
    const name = chosen.name.replaceAll(':', '-')
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return join(directory, count === 1 ? name : `${name}-${count}`)
  })
}

function optionsOf({ cwd, flags, client, directory }: Plan, ended: readonly Ended[]): ReportOptions {
  const of = new Map(ended.map((one) => [one.result, one]))
  const { here, anywhere } = startFrom(cwd)
  const runOf = (result: RunResult): Reproducible => {
    const scenario = of.get(result)?.chosen.called ?? result.scenario
    const { seed, profile, dropHost: dropHosts } = flags
    return { scenario, client: typedClient(client, cwd), seed, profile, dropHosts }
  }
  return {
    reproduce: (result) => reproduceCommand(runOf(result), anywhere),
    reproduceHere: (result) => reproduceCommand(runOf(result), here),
    record: recordOf,
    history: (result) =>
      result.environment.lost ? null : showPath(cwd, join(of.get(result)?.folder ?? directory, historyFile)),
    ...screenOf(process.stdout, process.env, flags.color),
    detail: flags.quiet ? 'quiet' : flags.verbose ? 'verbose' : 'normal',
  }
}

/** What was interrupted has no report; neither has the whole of which it is a part. */
async function writeAll(
  directory: string,
  ended: readonly Ended[],
  reporters: readonly Reporter[],
  options: ReportOptions,
  losses: Losses,
): Promise<void> {
  const write = (path: string, text: string) => losses.attempt(() => writeReport(path, text))
  const results = ended.map(({ result }) => result)
  const whole = results.every(({ kind }) => kind !== 'interrupted')
  for (const { name, file, render } of reporters) {
    if (file === null) continue
    if (whole) await write(join(directory, file), render(results, options))
    if (name !== 'json') continue
    for (const { folder, result } of ended)
      if (folder !== directory && result.kind !== 'interrupted')
        await write(join(folder, file), render([result], { ...options, complaints: [] }))
  }
}
