// What a campaign has come to, as data: fuzz.json. The screen is made of it and so is what `merge` makes of several parts, so that
// nothing else has to travel from machine to machine. What comes from a file is believed when it has this form.

import { z } from 'zod'
import { plainText } from '#context/foreign-text.ts'
import type { End } from '#engine/played.ts'
import type { CampaignResult } from '#fuzz/campaign.ts'
import type { Case } from '#fuzz/case.ts'
import type { Quest } from '#fuzz/counterexample.ts'
import type { Space } from '#fuzz/enumerate.ts'
import type { Finding } from '#fuzz/finding.ts'
import { parsePath, pathText } from '#fuzz/path.ts'
import type { Replayed } from '#fuzz/regressions.ts'
import type { Verdict } from '#oracle/verdict.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { FuzzFlags } from './flags.ts'
import type { FuzzPlan } from './fuzz-plan.ts'

export const campaignFile = 'fuzz.json'

const count = z.number().int().nonnegative()
const casePath = z.string().refine((text) => parsePath(text) !== undefined)
const names = z.array(z.string())

const window = z.object({
  kind: z.string(),
  fromMs: z.number(),
  untilMs: z.number(),
  share: z.number(),
  nth: z.number().optional(),
  where: z.record(z.string(), z.string()),
  shape: z.object({ kind: z.string() }),
  with: z.record(z.string(), z.unknown()),
})
/** It is shown, and not played. */
const isCase = (value: unknown): boolean =>
  z.object({ windows: z.array(window) }).safeParse(value, { jitless: true }).success

const finding = z.object({
  oracle: z.string(),
  path: casePath,
  original: z.custom<Case>(isCase),
  found: z.custom<Case>(isCase),
  sentence: z.string(),
  hint: z.string(),
  cases: count,
  afterRuns: count,
  shrinkTrials: count,
  smallest: z.boolean(),
  file: z.string(),
  text: z.string(),
})

const results = z.object({
  runs: count,
  trials: count,
  invalid: count,
  unhealthy: count,
  retracted: count,
  coverage: z.array(
    z.object({ kind: z.string(), site: z.string(), moment: z.enum(['first', 'again', 'background']), cases: count }),
  ),
  findings: z.array(finding),
  flakes: z.array(z.object({ path: casePath, oracle: z.string(), line: count, one: z.string(), other: z.string() })),
})

const campaignFacts = z.object({
  format: z.literal(1),
  by: z.string(),
  client: z.string(),
  shipped: z.boolean(),
  profile: z.enum(['strict', 'default', 'lenient']),
  runSeed: z.string(),
  seed: z.string(),
  version: z.string(),
  how: z.enum(['guided', 'blind', 'enumerate']),
  mode: z.enum(['around', 'any']),
  /** One of several, 0-based. */
  part: z.object({ index: count, of: count }),
  /** Of so many parts it was made. */
  merged: count.optional(),
  /** Runs that were asked for, and the one case that was. */
  asked: count,
  path: casePath.optional(),
  workers: count,
  wallMs: count,
  regressions: z.array(
    z.object({ file: z.string(), oracle: z.string().nullable(), failed: names, because: z.string().nullable() }),
  ),
  space: z
    .object({ exchanges: count, places: count, forms: count, kinds: count, singles: count, pairs: count })
    .optional(),
  end: z.object({ kind: z.string(), because: z.string() }).optional(),
  result: results.optional(),
})

export type CampaignFacts = z.infer<typeof campaignFacts>
export type CampaignResults = z.infer<typeof results>
export type FoundFacts = z.infer<typeof finding>

export type Ended = {
  readonly replayed: readonly Replayed[]
  readonly result: CampaignResult | undefined
  readonly space: Space | undefined
  readonly end: End | undefined
  readonly quest: Quest
  readonly plan: FuzzPlan
  readonly flags: Pick<FuzzFlags, 'path'>
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

/** What a machine goes on with. Wall time is in it, so it is no part of what must be the same every time. */
export function factsText({ result, ...about }: CampaignFacts): string {
  return `${JSON.stringify({ ...about, ...result }, null, 1)}\n`
}

/** `undefined` for what is no such text. */
export function factsIn(text: string): CampaignFacts | undefined {
  const value = parsed(text)
  const about = campaignFacts.omit({ result: true }).safeParse(value, { jitless: true })
  // One that could not begin has none.
  const hasResult = typeof value === 'object' && value !== null && 'runs' in value
  const result = hasResult ? results.safeParse(value, { jitless: true }) : undefined
  if (!about.success || result?.success === false) return undefined
  return { ...about.data, ...(result && { result: result.data }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Cases that say something of the client. */
export function judgedRuns({ runs, invalid, unhealthy }: CampaignResults): number {
  return runs - invalid - unhealthy
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
