// `merge` of parts of a campaign: what they found, each finding once, with its counterexample, as one machine would have kept it that
// played all their cases.

import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { nameOf } from '#fuzz/counterexample.ts'
import { sortedMet } from '#fuzz/coverage.ts'
import { parsePath, type CasePath } from '#fuzz/path.ts'
import { prepareReportDirectory, writeReport } from '#report/write.ts'
import {
  campaignFile,
  factsIn,
  factsText,
  type CampaignFacts,
  type CampaignResults,
  type FoundFacts,
} from '#report/campaign.ts'
import { campaignExit } from './campaign-facts.ts'
import type { ExitCode } from './exit-code.ts'
import type { MergeFlags } from './flags.ts'
import { printCampaign } from './fuzz-print.ts'
import { ownVersion } from '#context/own-version.ts'
import { checkParts } from './part.ts'
import { startFrom } from './reproduce.ts'
import { checkFilled } from './select.ts'
import { showPath } from './show-path.ts'

export type CampaignPart = { readonly shown: string; readonly facts: CampaignFacts }

/** Throws UserError. `shown` is how the directory was typed. */
export function readCampaignPart(directory: string, shown: string): CampaignPart {
  const place = { file: join(shown, campaignFile) }
  const facts = factsIn(readFileSync(join(directory, campaignFile), 'utf8'))
  if (!facts)
    throw new UserError('it is no report of a campaign', { place, hint: 'Parts are written by: fuzz ... --shard 1/4.' })
  const { version } = facts
  if (version === ownVersion()) return { shown, facts }
  throw new UserError(`it was written by version ${version}, and this is ${ownVersion()}`, {
    place,
    hint: 'Use the same version for the parts and for merge.',
  })
}

export async function mergeCampaign(parts: readonly CampaignPart[], flags: MergeFlags, cwd: string): Promise<ExitCode> {
  checkParts(
    parts.map(({ shown, facts }) => ({ shown, part: facts.part, whole: whatOf(facts) })),
    'campaign',
    'scenario, client, seeds, profile, number of runs, way of looking and number of parts',
  )
  const directory = resolve(cwd, flags.reportDir)
  const regressions = resolve(cwd, checkFilled('--regressions', flags.regressions))
  await prepareReportDirectory(directory, flags.reportDir)
  await prepareReportDirectory(regressions, flags.regressions)
  const facts = mergedFacts(
    parts.map((part) => part.facts),
    (file) => showPath(cwd, join(regressions, file)),
  )
  for (const found of facts.result?.findings ?? [])
    await writeReport(join(regressions, fileOf(found, facts)), found.text)
  await writeReport(join(directory, campaignFile), factsText(facts))
  printCampaign(facts, { lead: startFrom(cwd).here, reportDir: flags.reportDir }, flags)
  return campaignExit(facts)
}

function whatOf(facts: CampaignFacts): string {
  const { by, client, profile, runSeed, seed, how, mode, asked, space, shrinks, dropHosts } = facts
  return JSON.stringify([by, client, profile, runSeed, seed, how, mode, asked, space, shrinks, dropHosts])
}

/** `place`: what a file of counterexamples is called here. */
export function mergedFacts(parts: readonly CampaignFacts[], place: (file: string) => string): CampaignFacts {
  const all = parts.toSorted((one, other) => one.part.index - other.part.index)
  const first = all[0] as CampaignFacts
  const results = all.flatMap(({ result }) => result ?? [])
  const { end: _, result: __, ...rest } = first
  const end = all.find((part) => part.end)?.end
  return {
    ...rest,
    part: { index: 0, of: 1 },
    merged: all.length,
    asked: all.reduce((sum, { asked }) => sum + asked, 0),
    workers: all.reduce((sum, { workers }) => sum + workers, 0),
    wallMs: Math.max(...all.map(({ wallMs }) => wallMs)),
    ...(end && { end }),
    ...(results.length > 0 && { result: mergedResults(results, first, place) }),
  }
}

function mergedResults(
  results: readonly CampaignResults[],
  about: CampaignFacts,
  place: (file: string) => string,
): CampaignResults {
  const sum = (what: 'runs' | 'trials' | 'invalid' | 'unhealthy' | 'retracted') =>
    results.reduce((total, result) => total + result[what], 0)
  const runs = sum('runs')
  const found = Map.groupBy(
    results.flatMap(({ findings }) => findings),
    ({ oracle }) => oracle,
  )
  return {
    runs,
    trials: sum('trials'),
    invalid: sum('invalid'),
    unhealthy: sum('unhealthy'),
    retracted: sum('retracted'),
    coverage: mergedCoverage(results),
    findings: Array.from(found.values(), (same) => firstOf(same, about, runs, place)).toSorted(byPath),
    flakes: results.flatMap(({ flakes }) => flakes).toSorted(byPath),
  }
}

function mergedCoverage(results: readonly CampaignResults[]): CampaignResults['coverage'] {
  const met = new Map<string, CampaignResults['coverage'][number]>()
  for (const one of results.flatMap(({ coverage }) => coverage)) {
    const key = JSON.stringify([one.kind, one.site, one.moment])
    met.set(key, { ...one, cases: one.cases + (met.get(key)?.cases ?? 0) })
  }
  return [...sortedMet([...met.values()])]
}

/** The one that a single machine would have come by first, failed as often as in all parts. */
function firstOf(
  same: readonly FoundFacts[],
  about: CampaignFacts,
  runs: number,
  place: (file: string) => string,
): FoundFacts {
  const first = same.toSorted(byPath)[0] as FoundFacts
  const [nth] = pathOf(first)
  // Cases are judged a generation at a time. Those that grew of others come in an order of their own.
  const afterRuns =
    about.how === 'guided'
      ? first.afterRuns
      : Math.min(runs, Math.ceil((nth + 1) / limits.generation) * limits.generation)
  return {
    ...first,
    file: place(fileOf(first, about)),
    cases: same.reduce((sum, { cases }) => sum + cases, 0),
    afterRuns,
  }
}

/** As the campaign calls it: a name is not believed of a file. */
function fileOf(found: FoundFacts, quest: CampaignFacts): string {
  return `${nameOf(found.oracle, pathOf(found), quest)}.yaml`
}

function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  const [left, right] = [pathOf(one), pathOf(other)]
  const index = left.findIndex((step, at) => step !== right[at])
  return index < 0 ? left.length - right.length : (left[index] ?? 0) - (right[index] ?? -1)
}

function pathOf({ path }: { readonly path: string }): CasePath {
  return parsePath(path) as CasePath
}
