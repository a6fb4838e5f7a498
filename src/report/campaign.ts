// What a campaign has come to, as data: fuzz.json. The screen is made of it and so is what `merge` makes of several parts, so that
// nothing else has to travel from machine to machine. What comes from a file is believed when it has this form.

import { z } from 'zod'

export const campaignFile = 'fuzz.json'

const count = z.number().int().nonnegative()
/** Of a case: the number of a new one, then those of its changes. */
const casePath = z.string().regex(/^\d{1,9}(?:\.\d{1,9}){0,200}$/u)
const names = z.array(z.string())

const window = z.looseObject({
  kind: z.string(),
  fromMs: z.number(),
  untilMs: z.number(),
  share: z.number(),
  nth: z.number().optional(),
  where: z.record(z.string(), z.string()),
  shape: z.object({ kind: z.string() }),
  with: z.record(z.string(), z.unknown()),
})
const windows = z.looseObject({ windows: z.array(window).readonly() })
/** It is shown, and not played: it stays as it was written. */
const form = z.custom<z.infer<typeof windows>>((value) => windows.safeParse(value, { jitless: true }).success)

const finding = z.object({
  // A part of the name of its file.
  oracle: z.string().regex(/^[a-z][a-z-]{0,99}$/u),
  path: casePath,
  original: form,
  found: form,
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
  /** Said where it is so. */
  shrinks: z.literal(false).optional(),
  dropHosts: names.optional(),
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
export type WindowFacts = z.infer<typeof window>

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
