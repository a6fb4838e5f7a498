// scenarioTest('429-storm', client): a scenario as an ordinary test. It fails with what the oracles say of their witnesses.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { plainText } from '#context/foreign-text.ts'
import { ownVersion } from '#context/own-version.ts'
import { UserError } from '#context/user-error.ts'
import { prepareClient } from '#client/driver/prepare.ts'
import { readWaivers } from '#config/waivers.ts'
import { run } from '#engine/run.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { History } from '#history/history.ts'
import type { Verdict } from '#oracle/verdict.ts'
import { historyFile, runPageFile } from '#report/files.ts'
import { runPage } from '#report/html/run-page.ts'
import { jsonReporter } from '#report/json.ts'
import { recordOf } from '#report/record.ts'
import type { ReportOptions } from '#report/reporter.ts'
import { prepareReportDirectory, writeReport } from '#report/write.ts'
import { readHistoryFile } from './history-file.ts'
import { ownTest, type Case, type OwnTest } from './own-test.ts'
import { pathOf, projectOf, settingsOf, transportOf, type ProjectOptions } from './project.ts'
import { againOf, clientOf, folderOf, scenarioOf, shownPath } from './test-case.ts'
import { told } from './told.ts'
import { waivedBy } from './waived.ts'

/** What a run has shown. */
export type Played = { readonly history: History; readonly verdicts: readonly Verdict[] }

export type ScenarioTestOptions = ProjectOptions & {
  /** Of the test. Default: the scenario's. */
  readonly name?: string
  /** What all chance is drawn from. Default: what the config says, or 1. */
  readonly seed?: string | number
  /** Real milliseconds after which the test fails. Default: two minutes; a run itself takes seconds. */
  readonly timeout?: number
  /** Where reports go, in a folder for each test. Default: `vitest` in the directory of reports. */
  readonly reportDir?: string
  /** More to expect of a run that passed. */
  readonly check?: (played: Played) => void | Promise<void>
}

export const scenarioTest: OwnTest<ScenarioTestOptions> = ownTest({
  nameOf: (scenario) => scenario,
  timeoutMs: 120_000,
  play,
})

async function play({
  task,
  scenario,
  client,
  options,
  signal,
  cwd,
}: Case<ScenarioTestOptions>): Promise<string | null> {
  const project = await projectOf(task, options, cwd)
  const { file, variant, name } = scenarioOf(scenario, task, cwd)
  const { seed, profile, dropHosts } = settingsOf(project, name, options)
  const waivers = readWaivers(pathOf(project, 'waivers'), cwd, [name])
  const location = await prepareClient(clientOf(task, client, project))
  const folder = folderOf(
    task,
    options.reportDir ?? join(pathOf(project, 'reports', 'dir') ?? 'reports', 'vitest'),
    cwd,
  )
  await prepareReportDirectory(folder)
  for (const older of [historyFile, 'report.json', runPageFile]) rmSync(join(folder, older), { force: true })
  const played = await run({
    scenario: file,
    variant,
    client: location,
    seed: String(options.seed ?? seed),
    profile,
    historyFile: join(folder, historyFile),
    dropHosts,
    signal,
    scene: true,
    ...transportOf(project, location),
  })
  const { result, expired } = waivedBy(waivers, asTyped(played, file, scenario))
  await report(result, folder, againOf(task, cwd), cwd)
  const message = told(result)
  if (message !== null)
    return [
      message,
      ...expired.flatMap((one) => ['', plainText(one)]),
      '',
      `report  ${shownPath(folder, runPageFile, cwd)}`,
      `again   ${againOf(task, cwd)}`,
    ].join('\n')
  if (options.check && result.kind === 'judged')
    await options.check({ history: readHistoryFile(join(folder, historyFile)), verdicts: result.verdicts })
  return null
}

/** A complaint about the scenario names it as it is written in the test, not by where it lies on this machine. */
function asTyped(result: RunResult, file: string, scenario: string): RunResult {
  if (!('problem' in result) || result.problem.place?.file !== file) return result
  const { message, place, hint, excerpt } = result.problem
  const more = { place: { ...place, file: scenario }, ...(hint && { hint }), ...(excerpt && { excerpt }) }
  return { ...result, problem: new UserError(message, more) }
}

async function report(result: RunResult, folder: string, again: string, cwd: string): Promise<void> {
  if (result.kind === 'interrupted') return
  const options: ReportOptions = {
    reproduce: () => again,
    history: () => (result.environment.lost ? null : shownPath(folder, historyFile, cwd)),
    record: recordOf,
    version: ownVersion(),
    color: false,
    unicode: true,
    columns: 100,
    detail: 'normal',
  }
  await writeReport(join(folder, 'report.json'), jsonReporter.render([result], options))
  await writeReport(join(folder, runPageFile), runPage(result, options))
}
