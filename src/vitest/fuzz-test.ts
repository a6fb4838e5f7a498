// fuzzTest('ten-minutes', client): a campaign as an ordinary test. It fails with the smallest trouble that was found, which lies in a
// scenario file by then.

import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { limits } from '#context/limits.ts'
import { ownVersion } from '#context/own-version.ts'
import { UserError } from '#context/user-error.ts'
import { isDriver, isShipped, type ClientLocation } from '#client/resolve-client.ts'
import { createCrew } from '#engine/crew.ts'
import type { End } from '#engine/played.ts'
import { wallMs } from '#engine/real-time.ts'
import { createTrials } from '#engine/trial.ts'
import { campaign } from '#fuzz/campaign.ts'
import type { Quest } from '#fuzz/counterexample.ts'
import type { Finding } from '#fuzz/finding.ts'
import { guidedGuide } from '#fuzz/guide.ts'
import { servicesFrom } from '#fuzz/kept-services.ts'
import { openCampaign } from '#fuzz/open.ts'
import { caseAt, type CasePath } from '#fuzz/path.ts'
import { regressionsIn, replayRegressions, type Regression, type Replayed } from '#fuzz/regressions.ts'
import { writeReport } from '#report/write.ts'
import { showPath } from '#scenario/files.ts'
import { loadFile } from '#scenario/load.ts'
import { ownTest, type Case, type OwnTest } from './own-test.ts'
import { campaignSeedOf, pathOf, projectOf, settingsOf, type Project, type ProjectOptions } from './project.ts'
import { againOf, clientOf, scenarioOf } from './test-case.ts'
import { inWords } from './told.ts'

export type FuzzTestOptions = ProjectOptions & {
  /** Of the test. Default: `fuzz` and the scenario's. */
  readonly name?: string
  /** Cases to play. Default: 100. */
  readonly runs?: number
  /** Real milliseconds after which no further case is begun. Default: as long as it takes. */
  readonly time?: number
  /** The whole catalogue of faults, instead of the neighbourhood of the scenario. */
  readonly any?: boolean
  /** Of the campaign: the same finds the same. Default: `fuzz.seed` of the config, or 1. */
  readonly seed?: string | number
  /** Real milliseconds after which the test fails. Default: ten minutes. */
  readonly timeout?: number
  /** Where counterexamples are kept. Default: `fuzz.regressions` of the config, or `fixtures/regressions`. */
  readonly regressions?: string
}

export const fuzzTest: OwnTest<FuzzTestOptions> = ownTest({
  nameOf: (scenario) => `fuzz ${scenario}`,
  timeoutMs: 600_000,
  play: look,
})

const defaultRuns = 100
const usualRegressions = 'fixtures/regressions'

async function look(about: Case<FuzzTestOptions>): Promise<string | null> {
  const { task, cwd } = about
  const project = await projectOf(task, about.options, cwd)
  const client = clientOf(task, about.client, project)
  if (isDriver(client)) throw new UserError('A campaign takes virtual time, and this client is a program.')
  const result = await played(about, client, project)
  if ('failed' in result) return againInWords(result.failed, about, client)
  if (!('findings' in result)) return endInWords(result)
  const { findings, runs, invalid, unhealthy, end } = result
  if (findings.length > 0) return found(findings, about, client)
  if (end) return endInWords(end)
  return runs - invalid - unhealthy > 0 ? null : 'No case was played, which proves nothing. Give it more time.'
}

async function played(
  { task, scenario: word, options, signal, cwd }: Case<FuzzTestOptions>,
  client: ClientLocation,
  project: Project,
) {
  const { file, variant, name } = scenarioOf(word, task, cwd)
  const { seed: runSeed, profile, dropHosts } = settingsOf(project, name, options)
  const { runs = defaultRuns, time, any = false } = options
  const [mode, seed] = [any ? ('any' as const) : ('around' as const), String(options.seed ?? campaignSeedOf(project))]
  const directory = resolve(cwd, options.regressions ?? pathOf(project, 'fuzz', 'regressions') ?? usualRegressions)
  const quest: Quest = {
    by: `fuzzTest ${name}${any ? ', any' : ''}`,
    client: client.name,
    shipped: isShipped(client.url),
    profile,
    runSeed,
    seed,
    version: ownVersion(),
  }
  const crew = createCrew(Math.min(availableParallelism(), limits.cells), limits.trialsPerCell)
  const startedAt = wallMs()
  try {
    const trials = createTrials({ crew, client, profile, dropHosts, signal })
    const scenario = loadFile(file, cwd, variant)
    const text = readFileSync(file, 'utf8')
    const keptServices = servicesFrom(directory, scenario, cwd)
    const opened = await openCampaign({ scenario, text, trials, mode, seed: quest.runSeed, keptServices })
    if (!('ground' in opened)) return opened
    const known = knownTo([word, name], client.name, directory, cwd)
    const { replayed, end } = await replayRegressions(known, trials, quest.runSeed)
    if (end) return end
    const failed = replayed.filter((one) => one.failed.length > 0)
    if (failed.length > 0) return { failed }
    const origin = { mode, seed, ground: opened.ground }
    const drawn = (path: CasePath) => caseAt(path, origin)
    return await campaign({
      player: opened.player,
      guide: guidedGuide(seed, { index: 0, of: 1 }, drawn),
      quest,
      caseAt: drawn,
      runs,
      goOn: (doing) => !signal.aborted && (doing === 'shrinking' || time === undefined || wallMs() - startedAt < time),
      shrinks: true,
      keep: async (kept, content) => {
        const path = join(directory, `${kept}.yaml`)
        await writeReport(path, content, { what: 'counterexamples', hint: 'Choose another directory: `regressions`.' })
        return showPath(path, cwd)
      },
    })
  } finally {
    crew.close()
  }
}

/** What campaigns around this scenario have kept for this client, whoever began them. */
function knownTo(words: readonly string[], client: string, directory: string, cwd: string): readonly Regression[] {
  const all = regressionsIn(directory, cwd, (file) => showPath(file, cwd))
  return all.filter(({ scenario: { found: kept } }) => {
    const [, around = ''] = /^fuzz(?:Test)? ([^\s,]+)/u.exec(kept?.by ?? '') ?? []
    return kept?.client === client && words.includes(around)
  })
}

function againInWords(
  failed: readonly Replayed[],
  { task, scenario, cwd }: Case<FuzzTestOptions>,
  client: ClientLocation,
): string {
  const lines = failed.flatMap(({ file, failed: failures }) =>
    failures.flatMap(({ oracle, sentence, hint }) => ['', `  ${oracle}: ${sentence}`, `  → ${hint}`, `  ${file}`]),
  )
  const whole = `${scenario} with ${client.name}: trouble that is known breaks it again.`
  return [whole, ...lines, '', `again   ${againOf(task, cwd)}`].join('\n')
}

function found(
  findings: readonly Finding[],
  { task, scenario, cwd }: Case<FuzzTestOptions>,
  client: ClientLocation,
): string {
  const whole = `${scenario} with ${client.name}: trouble was found that breaks it.`
  return [whole, ...findings.flatMap(inLines), '', `again   ${againOf(task, cwd)}`].join('\n')
}

function inLines({ oracle, failure, file, cases }: Finding): readonly string[] {
  const also = cases > 1 ? `, and ${cases - 1} more cases of it` : ''
  return [
    '',
    `  ${oracle}: ${failure.sentence}`,
    `  → ${failure.hint}`,
    `  ${file}${also}; to keep it from coming back: scenarioTest(${JSON.stringify(file)}, client)`,
  ]
}

function endInWords(end: End): string {
  switch (end.kind) {
    case 'rejected':
    case 'not-applicable':
      return inWords(end.problem)
    case 'harness-error':
      return `Brownout itself failed: ${end.message}`
    case 'interrupted':
      return 'It was interrupted, maybe because it took longer than its `timeout`.'
    case 'judged':
      return `It is not healthy without any fault. ${end.because}`
  }
}
