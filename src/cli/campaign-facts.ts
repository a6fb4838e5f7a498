// What a campaign has come to, as data, and the exit code it ends with.

import { plainText } from '#context/foreign-text.ts'
import type { End } from '#engine/played.ts'
import type { CampaignResult } from '#fuzz/campaign.ts'
import type { Quest } from '#fuzz/counterexample.ts'
import type { Space } from '#fuzz/enumerate.ts'
import type { Finding } from '#fuzz/finding.ts'
import { pathText } from '#fuzz/path.ts'
import type { Replayed } from '#fuzz/regressions.ts'
import type { Verdict } from '#oracle/verdict.ts'
import { judgedRuns, type CampaignFacts, type CampaignResults, type FoundFacts } from '#report/campaign.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { FuzzFlags } from './flags.ts'
import type { FuzzPlan } from './fuzz-plan.ts'

export type Ended = {
  readonly replayed: readonly Replayed[]
  readonly result: CampaignResult | undefined
  readonly space: Space | undefined
  readonly end: End | undefined
  readonly quest: Quest
  readonly plan: FuzzPlan
  readonly flags: Pick<FuzzFlags, 'path' | 'shrink' | 'dropHost'>
  readonly wallMs: number
}

export function factsOf({ quest, result, replayed, space, end, wallMs, plan, flags }: Ended): CampaignFacts {
  return {
    format: 1,
    ...quest,
    how: plan.how,
    mode: plan.mode,
    part: plan.part,
    asked: plan.runs,
    ...(flags.path !== undefined && { path: flags.path }),
    ...(!flags.shrink && { shrinks: false as const }),
    ...(flags.dropHost.length > 0 && { dropHosts: [...flags.dropHost] }),
    workers: plan.workers,
    wallMs: Math.round(wallMs),
    regressions: replayed.map(({ failed, ...one }) => ({ ...one, failed: failed.map(({ oracle }) => oracle) })),
    ...(space && { space: figuresOf(space) }),
    ...(end && { end: { kind: end.kind, because: endText(end) } }),
    ...(result && { result: resultsOf(result) }),
  }
}

function figuresOf({ exchanges, places, forms, kinds, singles, pairs }: Space): NonNullable<CampaignFacts['space']> {
  return { exchanges, places, forms, kinds, singles, pairs }
}

function resultsOf({ runs, trials, invalid, unhealthy, retracted, ...found }: CampaignResult): CampaignResults {
  return {
    runs,
    trials,
    invalid,
    unhealthy,
    retracted,
    coverage: [...found.coverage],
    findings: found.findings.map(foundFacts),
    flakes: found.flakes.map(({ path: taken, ...flake }) => ({ ...flake, path: pathText(taken) })),
  }
}

function foundFacts({ oracle, path: taken, original, found, failure, ...told }: Finding): FoundFacts {
  const { cases, afterRuns, shrinkTrials, smallest, file, text } = told
  const { sentence, hint } = failure
  // In the order in which they are read again.
  return {
    oracle,
    path: pathText(taken),
    original,
    found,
    sentence,
    hint,
    cases,
    afterRuns,
    shrinkTrials,
    smallest,
    file,
    text,
  }
}

export function campaignExit({ result, end, regressions }: CampaignFacts): ExitCode {
  const found = (result?.findings.length ?? 0) > 0 || regressions.some(({ failed }) => failed.length > 0)
  if (end?.kind === 'interrupted') return exitCodes.interrupted
  if (found) return exitCodes.fail
  if (end?.kind === 'harness-error') return exitCodes.error
  return end || (result && judgedRuns(result) < 1) ? exitCodes.inconclusive : exitCodes.pass
}

function endText(end: End): string {
  switch (end.kind) {
    case 'judged':
      return plainText([end.because, ...whyUnhealthy(end.verdicts)].join(' '))
    case 'harness-error':
      return `The harness failed: ${plainText(end.message)}`
    case 'interrupted':
      return 'Interrupted.'
    default:
      return plainText(end.problem.message)
  }
}

/** The worst case of each oracle that fails without faults, as far as a screen has room for them. */
function whyUnhealthy(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap((verdict) => (verdict.verdict === 'fail' ? [verdict.sentence] : [])).slice(0, 3)
}
