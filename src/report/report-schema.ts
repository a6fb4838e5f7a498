// The shape of report.json. `format` changes when a field changes its meaning or goes away; a new field does not change it.
// Published as JSON Schema, so that other tools can rely on it.

import { z } from 'zod'

const Count = z.int().nonnegative()
/** `null` where the number has no end: an operation that never settled was observed without bound. */
const Quantity = z.number().nullable()
const Unit = z
  .enum(['ms', 'count', 'share', 'ratio'])
  .meta({ description: 'A share is a part of a whole, from 0 to 1; a ratio is a factor.' })

const Phase = z.strictObject({
  phase: z.string(),
  from: z.number().meta({ description: 'Milliseconds since the start of the run.' }),
  until: z.number(),
  operations: Count,
  exchanges: Count,
  ok: Count,
  stale: Count,
  degraded: Count.meta({ description: 'Queued, answered by a fallback, or dropped, as the client declared.' }),
  error: Count,
  unknown: Count,
  cancelled: Count,
  p50Ms: Quantity,
  p99Ms: Quantity,
  exchangesPerOperation: Quantity,
})

const Degradation = z
  .strictObject({
    outcomes: z.record(z.string(), Count).meta({ description: 'How many operations ended how.' }),
    attempts: z.strictObject({ mean: z.number(), most: Count }).nullable(),
    pauses: z
      .strictObject({ shortest: z.number(), median: z.number(), longest: z.number() })
      .nullable()
      .meta({ description: 'Between two attempts, in milliseconds.' }),
    amplification: z.number().nullable(),
    errors: z.record(z.string(), Count),
    recovered: Quantity.meta({ description: 'Milliseconds from the end of the faults to that of the last failure.' }),
  })
  .meta({ description: 'From the first fault on: what a release is compared by with the one before it.' })

const Threshold = z.strictObject({
  oracle: z.string(),
  name: z.string(),
  value: Quantity,
  unit: Unit,
  bound: z.enum(['at-most', 'at-least']).meta({ description: 'Which side of the value is the good one.' }),
  domain: z.enum(['client', 'incident']),
  source: z.enum(['scenario', 'promise', 'profile', 'config', 'nominal']),
  cite: z.string(),
})

const judge = {
  oracle: z.string(),
  about: z
    .string()
    .optional()
    .meta({ description: 'Which of several verdicts of one oracle: the load or phase it judges.' }),
  family: z.enum(['safety', 'liveness']),
  required: z.boolean(),
  hint: z.string(),
}
const measure = {
  armed: Count.meta({ description: 'How often the oracle had something to judge.' }),
  observed: Quantity,
  margin: Quantity.meta({ description: 'Slack when positive; how far beyond the threshold when negative.' }),
  unit: Unit,
  threshold: Threshold,
}

const RuleRecord = z
  .strictObject({ planted: Count, caught: Count, soundRuns: Count, falseAlarms: Count })
  .meta({ description: 'How the oracle did on clients with planted bugs, and on sound ones.' })

const Verdict = z.discriminatedUnion('verdict', [
  z.strictObject({ ...judge, verdict: z.literal('pass'), ...measure }),
  z.strictObject({
    ...judge,
    verdict: z.literal('fail'),
    ...measure,
    witness: z
      .array(Count)
      .meta({ description: 'Sequence numbers of events; event n is line n + 1 of history.ndjson.' }),
    violations: Count.meta({ description: 'How many cases violate the threshold; the sentence tells the worst.' }),
    sentence: z.string(),
    waived: z
      .strictObject({ owner: z.string(), until: z.string(), because: z.string() })
      .optional()
      .meta({ description: 'Somebody answers for this failure until that day; it does not make the run fail.' }),
    record: RuleRecord.optional(),
  }),
  z.strictObject({
    ...judge,
    verdict: z.literal('inconclusive'),
    armed: Count,
    reason: z.enum(['not-armed', 'few-samples', 'uncertain']),
    detail: z.string(),
  }),
  z.strictObject({ ...judge, verdict: z.literal('not-applicable'), needs: z.string() }),
  z.strictObject({ ...judge, verdict: z.literal('error'), message: z.string() }),
])

const Ablation = z.strictObject({
  fault: z.string(),
  stillFail: z
    .array(z.string())
    .meta({ description: 'Of the oracles that failed, those that fail without this fault too.' }),
})

const Outcome = z.enum(['not-applicable', 'pass', 'inconclusive', 'error', 'fail', 'rejected', 'interrupted'])

const Agreement = z.strictObject({
  seeds: z.array(z.string()),
  failedIn: z.record(z.string(), Count).meta({ description: 'By oracle: in how many of the seeds it failed.' }),
  outcomes: z
    .partialRecord(Outcome, Count)
    .meta({ description: 'How many of the seeds ended how, before any waiver; the worst of them is shown.' }),
})
const Change = z.strictObject({
  figure: z.string(),
  before: z.string().nullable(),
  now: z.string().nullable(),
  is: z.enum(['worse', 'better', 'different']),
})
const run = { scenario: z.string(), client: z.string(), seed: z.string(), reproduce: z.string(), outcome: Outcome }

const Judged = z.strictObject({
  ...run,
  kind: z.literal('judged'),
  because: z.string(),
  withoutFaults: z.boolean().meta({ description: 'The client was not healthy without any fault; that run is shown.' }),
  title: z.string(),
  severity: z.enum(['P1', 'P2', 'P3', 'P4']),
  profile: z.enum(['strict', 'default', 'lenient']),
  transport: z.enum(['virtual', 'loopback']),
  scale: z.number(),
  https: z.literal(true).optional().meta({ description: 'On real sockets: over HTTPS.' }),
  start: z.iso.datetime(),
  spanMs: z.number(),
  phases: z.array(Phase),
  nominal: z.array(Phase).optional(),
  degradation: Degradation,
  verdicts: z.array(Verdict),
  notOffered: z.array(z.string()),
  notModelled: z.array(z.string()),
  notExercised: z
    .array(z.string())
    .optional()
    .meta({ description: 'Constants of the client that are longer than this replay in real time.' }),
  moved: z.string().optional().meta({
    description: 'Through what the client sends that cannot run in virtual time, so that it ran in real time.',
  }),
  services: z.strictObject({ redis: z.string() }).optional().meta({
    description: 'What the client had besides the API, started for this run.',
  }),
  untraced: Count.optional().meta({
    description: 'On real sockets: requests that carried no traceparent of an operation.',
  }),
  handshakes: z.strictObject({ distrusted: Count, 'not-tls': Count, left: Count }).optional().meta({
    description: 'Over HTTPS: connections that ended before anything was asked, though nothing was wrong with them.',
  }),
  counts: z.record(z.string(), Count),
  untouched: z.array(z.string()).meta({ description: 'Faults that were on and never met this client.' }),
  historySha256: z.string(),
  rejudged: z
    .strictObject({ changedThresholds: Count })
    .optional()
    .meta({ description: 'A recorded history was judged again: how many of its thresholds are others now.' }),
  ablations: z.array(Ablation).optional(),
  agreement: Agreement.optional(),
  against: z.array(Change).optional().meta({ description: 'How it differs from a saved baseline, worse first.' }),
})

export const ReportSchema = z
  .strictObject({
    format: z.literal(1),
    tool: z.literal('brownout'),
    outcome: Outcome.meta({ description: 'The worst outcome of all runs.' }),
    runs: z.array(
      z.discriminatedUnion('kind', [
        Judged,
        z.strictObject({ ...run, kind: z.literal('rejected'), problem: z.string() }),
        z.strictObject({ ...run, kind: z.literal('harness-error'), message: z.string() }),
        z.strictObject({ ...run, kind: z.literal('not-applicable'), needs: z.array(z.string()) }),
        z.strictObject({ ...run, kind: z.literal('interrupted') }),
      ]),
    ),
    complaints: z
      .array(z.string())
      .optional()
      .meta({ description: 'What else makes the command fail: waivers that expired or are needless.' }),
  })
  .meta({ title: 'A Brownout report', description: 'What was replayed against which client, and how it was judged.' })

export type Report = z.infer<typeof ReportSchema>
export type ReportedRun = Report['runs'][number]
export type JudgedRun = Extract<ReportedRun, { kind: 'judged' }>
export type ReportedPhase = z.infer<typeof Phase>
export type ReportedVerdict = z.infer<typeof Verdict>
export type RuleRecord = z.infer<typeof RuleRecord>
export type MeasuredVerdict = Extract<ReportedVerdict, { verdict: 'pass' | 'fail' }>

export function reportJsonSchema(): unknown {
  return z.toJSONSchema(ReportSchema, { target: 'draft-2020-12' })
}

/** The file as it is checked in. */
export function reportSchemaText(): string {
  return `${JSON.stringify(reportJsonSchema(), null, 2)}\n`
}
