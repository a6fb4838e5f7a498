// `fuzz`: a campaign against one client. What was found lies in scenario files from the moment it is found; the screen, and
// reports/fuzz.json, say how to go on from there.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isShipped, type ClientLocation } from '#client/resolve-client.ts'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { createCrew } from '#engine/crew.ts'
import type { End } from '#engine/played.ts'
import { wallMs } from '#engine/real-time.ts'
import { createTrials, type Trials } from '#engine/trial.ts'
import { campaign, type CampaignOptions, type CampaignProgress, type CampaignResult } from '#fuzz/campaign.ts'
import type { Quest } from '#fuzz/counterexample.ts'
import { enumeratingGuide, spaceOf, type Space } from '#fuzz/enumerate.ts'
import { blindGuide, guidedGuide, type Guide } from '#fuzz/guide.ts'
import { servicesFrom } from '#fuzz/kept-services.ts'
import { openCampaign } from '#fuzz/open.ts'
import type { Case } from '#fuzz/case.ts'
import { caseAt, type CasePath } from '#fuzz/path.ts'
import { regressionsIn, replayRegressions, type Replayed } from '#fuzz/regressions.ts'
import { prepareReportDirectory, writeReport } from '#report/write.ts'
import { knownScenarios } from '#scenario/files.ts'
import { loadFile } from '#scenario/load.ts'
import { campaignFile, factsText } from '#report/campaign.ts'
import { campaignExit, factsOf } from './campaign-facts.ts'
import { unconfigured, type Configured } from './config/configured.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { FuzzFlags } from './flags.ts'
import { fuzzPlan, type FuzzPlan } from './fuzz-plan.ts'
import { createFuzzProgress } from './fuzz-progress.ts'
import { printCampaign } from './fuzz-print.ts'
import { watchInterrupts } from './interrupt.ts'
import { ownVersion } from '#context/own-version.ts'
import { isOwnRepository, startFrom } from './reproduce.ts'
import { chooseClient, chooseScenarios, typedClient, type Chosen } from './select.ts'
import { showPath } from './show-path.ts'

const counterexamples = { what: 'counterexamples', hint: 'Choose another directory with --regressions.' }

type Setting = {
  readonly cwd: string
  readonly flags: FuzzFlags
  readonly plan: FuzzPlan
  readonly chosen: Chosen
  readonly client: ClientLocation
  readonly quest: Quest
}

export async function fuzzCommand(
  wanted: string,
  given: FuzzFlags,
  configured: Configured = unconfigured,
): Promise<ExitCode> {
  const cwd = process.cwd()
  fuzzPlan(given, cwd)
  const [chosen, ...others] = chooseScenarios([wanted], cwd)
  if (!chosen || others.length > 0)
    throw new UserError(`"${wanted}" is more than one scenario, and a campaign plays around one.`, {
      hint: `Name one of them: ${[chosen, ...others]
        .slice(0, 8)
        .map((one) => one?.called)
        .join(', ')}.`,
    })
  const flags = flagsFor(chosen.name, given, configured)
  const plan = fuzzPlan(flags, cwd)
  const client = chooseClient(flags.client, cwd, isOwnRepository(cwd))
  const quest: Quest = {
    by: `fuzz ${chosen.called}${plan.how === 'enumerate' ? ' --enumerate' : plan.mode === 'any' ? ' --any' : ''}`,
    client: typedClient(client, cwd),
    shipped: isShipped(client.url),
    profile: flags.profile,
    runSeed: flags.runSeed,
    seed: flags.seed,
    version: ownVersion(),
  }
  await prepareReportDirectory(plan.regressions, flags.regressions, counterexamples)
  await prepareReportDirectory(plan.reports, flags.reportDir)
  return execute({ cwd, flags, plan, chosen, client, quest })
}

/** What a config says of this scenario alone; its seed is that of runs. */
function flagsFor(scenario: string, flags: FuzzFlags, { ownOf, check, everyClient }: Configured): FuzzFlags {
  check(() => [...knownScenarios(process.cwd()).map(({ name }) => name), scenario])
  const { seed: runSeed, ...own } = ownOf(scenario)
  if (everyClient.length > 0 && own.client === undefined)
    throw new UserError('A campaign is against one client.', {
      hint: `Name one of them with --client: ${everyClient.map(({ name }) => name).join(', ')}.`,
    })
  return { ...flags, ...own, ...(runSeed !== undefined && { runSeed }) }
}

async function execute(setting: Setting): Promise<ExitCode> {
  const { cwd, flags, plan, client } = setting
  const startedAt = wallMs()
  const interrupts = watchInterrupts()
  const crew = createCrew(plan.workers, limits.trialsPerCell)
  const progress = createFuzzProgress(process.stderr, flags.quiet, plan.runs)
  const { profile, dropHost } = flags
  const trials = createTrials({ crew, client, profile, dropHosts: dropHost, signal: interrupts.signal })
  // What is found in the last moment is made smaller all the same.
  const grace = { looking: 0, shrinking: limits.shrinkGraceMs }
  const goOn = (doing: keyof typeof grace): boolean => {
    const isLate = plan.timeMs !== undefined && wallMs() - startedAt >= plan.timeMs + grace[doing]
    return !interrupts.signal.aborted && !isLate
  }
  try {
    const looked = await look(setting, trials, goOn, progress.moves)
    progress.close()
    const facts = factsOf({ ...looked, quest: setting.quest, plan, flags, wallMs: wallMs() - startedAt })
    await writeReport(join(plan.reports, campaignFile), factsText(facts))
    if (looked.end?.kind === 'rejected' || looked.end?.kind === 'not-applicable') throw looked.end.problem
    printCampaign(facts, { lead: startFrom(cwd).here, reportDir: flags.reportDir }, flags)
    return interrupts.signal.aborted ? exitCodes.interrupted : campaignExit(facts)
  } finally {
    progress.close()
    crew.close()
    interrupts.stop()
  }
}

type Looked = {
  readonly replayed: readonly Replayed[]
  readonly result: CampaignResult | undefined
  readonly space: Space | undefined
  readonly end: End | undefined
}

async function look(
  { cwd, flags, plan, chosen, quest }: Setting,
  trials: Trials,
  goOn: CampaignOptions['goOn'],
  onProgress: (progress: CampaignProgress) => void,
): Promise<Looked> {
  const scenario = loadFile(chosen.file, cwd, chosen.variant)
  const keptServices = servicesFrom(plan.regressions, scenario, cwd)
  const text = readFileSync(chosen.file, 'utf8')
  const opened = await openCampaign({ scenario, text, trials, mode: plan.mode, seed: flags.runSeed, keptServices })
  if (!('ground' in opened)) return { replayed: [], result: undefined, space: undefined, end: opened }
  const known = plan.path ? [] : regressionsIn(plan.regressions, cwd, (file) => showPath(cwd, file))
  const { replayed, end } = await replayRegressions(known, trials, flags.runSeed)
  if (end) return { replayed, result: undefined, space: undefined, end }
  const space = plan.how === 'enumerate' ? spaceOf(opened.ground, opened.nominal) : undefined
  const origin = { mode: plan.mode, seed: flags.seed, ground: opened.ground }
  const drawn = (path: CasePath) => caseAt(path, origin)
  const { guide, runs } = guideOf(plan, flags.seed, space, drawn)
  const result = await campaign({
    player: opened.player,
    guide,
    quest,
    caseAt: space?.caseAt ?? drawn,
    runs,
    goOn,
    shrinks: flags.shrink,
    keep: async (name, content) => {
      const file = join(plan.regressions, `${name}.yaml`)
      await writeReport(file, content, counterexamples)
      return showPath(cwd, file)
    },
    keepsMeanwhile: everyMs(limits.keepMeanwhileMs),
    onProgress,
  })
  return { replayed, result, space, end: result.end }
}

/** True when so long has passed since it last was. Real time decides only what lies on the disk when a campaign is stopped. */
function everyMs(ms: number): () => boolean {
  let last = wallMs()
  return () => {
    if (wallMs() - last < ms) return false
    last = wallMs()
    return true
  }
}

function guideOf(
  plan: FuzzPlan,
  seed: string,
  space: Space | undefined,
  drawn: (path: CasePath) => Case,
): { guide: Guide; runs: number } {
  if (plan.path) return { guide: single(plan.path), runs: plan.runs }
  if (space) return { guide: enumeratingGuide(space.singles + space.pairs, plan.part), runs: plan.runs }
  return { guide: plan.how === 'blind' ? blindGuide(plan.part) : guidedGuide(seed, plan.part, drawn), runs: plan.runs }
}

function single(path: CasePath): Guide {
  const left = [path]
  return { next: () => left.splice(0), learn() {} }
}
