// The shape of report.json. `format` changes when a field changes its meaning or goes away; a new field does not change it.
// Published as JSON Schema, so that other tools can rely on it.

import { z } from 'zod'
import type { JsonSchema } from '#scenario/json-schema.ts'

const Count = z.int().nonnegative()
/** `null` where the number has no end: an operation that never settled was observed without bound. */
const Quantity = z.number().nullable()
const Unit = z
  .enum(['ms', 'count', 'share', 'ratio'])
  .meta({ description: 'A share is a part of a whole, from 0 to 1; a ratio is a factor.' })

const Phase = z.strictObject({
  phase: z.string().meta({ description: 'Its name.' }),
  from: z.number().meta({ description: 'Milliseconds since the start of the run.' }),
  until: z.number().meta({ description: 'Where the next one begins.' }),
  operations: Count.meta({ description: 'What was asked of the client.' }),
  exchanges: Count.meta({ description: 'Requests that were sent.' }),
  ok: Count.meta({ description: 'Operations that ended with a value that is fresh.' }),
  stale: Count.meta({ description: 'With a copy, as the client declared.' }),
  degraded: Count.meta({ description: 'Queued, answered by a fallback, or dropped, as the client declared.' }),
  error: Count.meta({ description: 'With an error.' }),
  unknown: Count.meta({ description: 'That never settled.' }),
  cancelled: Count.meta({ description: 'That their caller gave up.' }),
  p50Ms: Quantity.meta({ description: 'Half of the operations took no longer.' }),
  p99Ms: Quantity.meta({ description: '99 of 100 took no longer.' }),
  exchangesPerOperation: Quantity.meta({ description: 'More than 1 where the client tries again.' }),
})

const Degradation = z
  .strictObject({
    outcomes: z.record(z.string(), Count).meta({ description: 'How many operations ended how.' }),
    attempts: z
      .strictObject({
        mean: z.number().meta({ description: 'On average.' }),
        most: Count.meta({ description: 'The most.' }),
      })
      .nullable()
      .meta({ description: 'How often one request was sent.' }),
    pauses: z
      .strictObject({
        shortest: z.number().meta({ description: 'The shortest.' }),
        median: z.number().meta({ description: 'Half of them are no longer.' }),
        longest: z.number().meta({ description: 'The longest.' }),
      })
      .nullable()
      .meta({ description: 'Between two attempts, in milliseconds.' }),
    amplification: z
      .number()
      .nullable()
      .meta({ description: 'Exchanges for each operation, as a multiple of what they are without faults.' }),
    errors: z.record(z.string(), Count).meta({ description: 'How many operations ended with which error.' }),
    recovered: Quantity.meta({ description: 'Milliseconds from the end of the faults to that of the last failure.' }),
  })
  .meta({ description: 'From the first fault on: what a release is compared by with the one before it.' })

const Threshold = z.strictObject({
  oracle: z.string().meta({ description: 'Whose it is.' }),
  name: z.string().meta({ description: 'What of it is bounded.' }),
  value: Quantity.meta({ description: 'The bound.' }),
  unit: Unit,
  bound: z.enum(['at-most', 'at-least']).meta({ description: 'Which side of the value is the good one.' }),
  domain: z.enum(['client', 'incident']).meta({ description: 'Whether it is the client’s own, or of the incident.' }),
  source: z
    .enum(['scenario', 'promise', 'profile', 'config', 'nominal'])
    .meta({ description: 'Who set it; `nominal` is the twin without faults.' }),
  cite: z.string().meta({ description: 'Where that stands.' }),
})

const judge = {
  oracle: z.string().meta({ description: 'The rule, by its name.' }),
  about: z
    .string()
    .optional()
    .meta({ description: 'Which of several verdicts of one oracle: the load or phase it judges.' }),
  family: z.enum(['safety', 'liveness']).meta({ description: 'Nothing bad happens, or something good does.' }),
  required: z.boolean().meta({ description: 'Whether a run in which it had too little to judge proves nothing.' }),
  hint: z.string().meta({ description: 'What to change in the client.' }),
}
const measure = {
  armed: Count.meta({ description: 'How often the oracle had something to judge.' }),
  observed: Quantity.meta({ description: 'The worst that was seen.' }),
  margin: Quantity.meta({ description: 'Slack when positive; how far beyond the threshold when negative.' }),
  unit: Unit,
  threshold: Threshold.meta({ description: 'What it is judged by.' }),
}

const RuleRecord = z
  .strictObject({
    planted: Count.meta({ description: 'Bugs that it should catch.' }),
    caught: Count.meta({ description: 'Those that it caught.' }),
    soundRuns: Count.meta({ description: 'Runs of sound clients that it judged.' }),
    falseAlarms: Count.meta({ description: 'Those that it failed.' }),
  })
  .meta({ description: 'How the oracle did on clients with planted bugs, and on sound ones.' })

const verdictOf = <V extends string>(verdict: V) =>
  z.literal(verdict).meta({ description: 'How it came out; `waived` beside a fail lets it pass.' })

const Verdict = z.discriminatedUnion('verdict', [
  z.strictObject({ ...judge, verdict: verdictOf('pass'), ...measure }),
  z.strictObject({
    ...judge,
    verdict: verdictOf('fail'),
    ...measure,
    witness: z
      .array(Count)
      .meta({ description: 'Sequence numbers of events; event n is line n + 1 of history.ndjson.' }),
    violations: Count.meta({ description: 'How many cases violate the threshold; the sentence tells the worst.' }),
    sentence: z.string().meta({ description: 'What the smallest case that proves it was.' }),
    waived: z
      .strictObject({
        owner: z.string().meta({ description: 'Who answers for it.' }),
        until: z.string().meta({ description: 'The last day, UTC.' }),
        because: z.string().meta({ description: 'Why.' }),
      })
      .optional()
      .meta({ description: 'Somebody answers for this failure until that day; it does not make the run fail.' }),
    record: RuleRecord.optional(),
  }),
  z.strictObject({
    ...judge,
    verdict: verdictOf('inconclusive'),
    armed: Count,
    reason: z
      .enum(['not-armed', 'few-samples', 'uncertain'])
      .meta({ description: 'Nothing to judge, too little of it, or nothing that can be told for sure.' }),
    detail: z.string().meta({ description: 'The same in words.' }),
  }),
  z.strictObject({
    ...judge,
    verdict: verdictOf('not-applicable'),
    needs: z.string().meta({ description: 'What the client would have to offer or to promise.' }),
  }),
  z.strictObject({
    ...judge,
    verdict: verdictOf('error'),
    message: z.string().meta({ description: 'What went wrong in the oracle itself.' }),
  }),
])

const Ablation = z.strictObject({
  fault: z.string().meta({ description: 'The one that was left out.' }),
  stillFail: z
    .array(z.string())
    .meta({ description: 'Of the oracles that failed, those that fail without this fault too.' }),
})

const Outcome = z.enum(['not-applicable', 'pass', 'inconclusive', 'error', 'fail', 'rejected', 'interrupted'])

const Agreement = z.strictObject({
  seeds: z.array(z.string()).meta({ description: 'All that were played.' }),
  failedIn: z.record(z.string(), Count).meta({ description: 'By oracle: in how many of the seeds it failed.' }),
  outcomes: z
    .partialRecord(Outcome, Count)
    .meta({ description: 'How many of the seeds ended how, before any waiver; the worst of them is shown.' }),
})
const Change = z.strictObject({
  figure: z.string().meta({ description: 'What is compared.' }),
  before: z.string().nullable().meta({ description: 'In the baseline; `null` where it is new.' }),
  now: z.string().nullable().meta({ description: 'In this run; `null` where it is gone.' }),
  is: z.enum(['worse', 'better', 'different']).meta({ description: 'Only what is worse fails the command.' }),
})
const run = {
  scenario: z.string().meta({ description: 'The scenario, as `name` or `name:variant`.' }),
  client: z.string().meta({ description: 'The client, by its name or by its path.' }),
  seed: z.string().meta({ description: 'What all chance was drawn from.' }),
  reproduce: z.string().meta({ description: 'The command that does it again.' }),
  outcome: Outcome.meta({ description: 'How the run ended.' }),
}
const kindOf = <K extends string>(kind: K) =>
  z.literal(kind).meta({ description: 'What became of it: only what was judged has verdicts.' })

const Judged = z.strictObject({
  ...run,
  kind: kindOf('judged'),
  because: z.string().meta({ description: 'The outcome in a sentence.' }),
  withoutFaults: z.boolean().meta({ description: 'The client was not healthy without any fault; that run is shown.' }),
  title: z.string().meta({ description: 'What happened, in a sentence.' }),
  severity: z.enum(['P1', 'P2', 'P3', 'P4']).meta({ description: 'How bad it was.' }),
  profile: z.enum(['strict', 'default', 'lenient']).meta({ description: 'How strict the default thresholds were.' }),
  transport: z.enum(['virtual', 'loopback']).meta({ description: 'In virtual time, or on real sockets.' }),
  scale: z.number().meta({ description: 'By what the gaps of the timeline were divided; 1 in virtual time.' }),
  https: z.literal(true).optional().meta({ description: 'On real sockets: over HTTPS.' }),
  start: z.iso.datetime().meta({ description: 'When the run begins, in the time of the incident.' }),
  spanMs: z.number().meta({ description: 'How long it is, in milliseconds of its own time.' }),
  phases: z.array(Phase).meta({ description: 'What happened in each stretch.' }),
  nominal: z.array(Phase).optional().meta({ description: 'The same of the twin that had no faults.' }),
  degradation: Degradation,
  verdicts: z.array(Verdict).meta({ description: 'Of every oracle.' }),
  notOffered: z.array(z.string()).meta({ description: 'Operations of the scenario that the client does not offer.' }),
  notModelled: z.array(z.string()).meta({ description: 'What this run cannot have seen.' }),
  notExercised: z
    .array(z.string())
    .optional()
    .meta({ description: 'Constants of the client that are longer than this replay in real time.' }),
  moved: z.string().optional().meta({
    description: 'Through what the client sends that cannot run in virtual time, so that it ran in real time.',
  }),
  services: z
    .strictObject({ redis: z.string().meta({ description: 'Which Redis it had.' }) })
    .optional()
    .meta({
      description: 'What the client had besides the API, started for this run.',
    }),
  untraced: Count.optional().meta({
    description: 'On real sockets: requests that carried no traceparent of an operation.',
  }),
  handshakes: z
    .strictObject({
      distrusted: Count.meta({ description: 'The client did not trust the certificate.' }),
      'not-tls': Count.meta({ description: 'The client spoke no TLS.' }),
      left: Count.meta({ description: 'The client left when the handshake was over.' }),
    })
    .optional()
    .meta({
      description: 'Over HTTPS: connections that ended before anything was asked, though nothing was wrong with them.',
    }),
  counts: z.record(z.string(), Count).meta({ description: 'How many events of each kind the history has.' }),
  untouched: z.array(z.string()).meta({ description: 'Faults that were on and never met this client.' }),
  historySha256: z.string().meta({ description: 'Of the history, as it was recorded.' }),
  rejudged: z
    .strictObject({ changedThresholds: Count.meta({ description: 'How many are others than those recorded.' }) })
    .optional()
    .meta({ description: 'A recorded history was judged again: how many of its thresholds are others now.' }),
  ablations: z.array(Ablation).optional().meta({ description: 'What still fails without each fault.' }),
  agreement: Agreement.optional().meta({ description: 'What the other seeds said.' }),
  against: z.array(Change).optional().meta({ description: 'How it differs from a saved baseline, worse first.' }),
})

export const ReportSchema = z
  .strictObject({
    format: z.literal(1).meta({ description: 'The form of this file.' }),
    tool: z.literal('brownout').meta({ description: 'Who wrote it.' }),
    outcome: Outcome.meta({ description: 'The worst outcome of all runs.' }),
    runs: z
      .array(
        z.discriminatedUnion('kind', [
          Judged,
          z.strictObject({
            ...run,
            kind: kindOf('rejected'),
            problem: z.string().meta({ description: 'What is wrong with the scenario or the client.' }),
          }),
          z.strictObject({
            ...run,
            kind: kindOf('harness-error'),
            message: z.string().meta({ description: 'What went wrong in Brownout itself.' }),
          }),
          z.strictObject({
            ...run,
            kind: kindOf('not-applicable'),
            needs: z.array(z.string()).meta({ description: 'Operations of which the client offers none.' }),
          }),
          z.strictObject({ ...run, kind: kindOf('interrupted') }),
        ]),
      )
      .meta({ description: 'Each scenario and client.' }),
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

export function reportJsonSchema(): JsonSchema {
  return z.toJSONSchema(ReportSchema, { target: 'draft-2020-12' }) as JsonSchema
}

/** The file as it is checked in. */
export function reportSchemaText(): string {
  return `${JSON.stringify(reportJsonSchema(), null, 2)}\n`
}
