// Results as a report: versioned, plain data, the same bytes for the same run on every machine. It holds no wall time, no
// absolute path and no stack, and all text in it is presentable. Every format is rendered from this and from nothing else.

import { formatInstant } from '#clock/instant.ts'
import type { Ablation, Agreement, Judged, RunResult } from '#engine/run-result.ts'
import type { Threshold } from '#history/header.ts'
import type { Verdict, Waived } from '#oracle/verdict.ts'
import { clip } from './clip.ts'
import { notExercised } from './not-exercised.ts'
import { outcomeOf, worstOutcome } from './outcome.ts'
import { plainText, presentable } from '#context/foreign-text.ts'
import type { JudgedRun, Report, ReportedPhase, ReportedRun, ReportedVerdict } from './report-schema.ts'
import type { ReportOptions } from './reporter.ts'

/** What virtual time cannot see. */
const notModelled = {
  virtual: ['processor cost', 'garbage collection', 'socket pools', 'keep-alive races'],
  loopback: [
    'distance between the client and the service',
    'timers that a client leaves',
    'bodies that it leaves unread',
  ],
} as const

type Known = Pick<ReportOptions, 'reproduce' | 'record' | 'complaints' | 'changes'>

export function reportOf(results: readonly RunResult[], known: Known): Report {
  const { complaints = [] } = known
  return {
    format: 1,
    tool: 'brownout',
    outcome: worstOutcome([...results.map(outcomeOf), ...complaints.map(() => 'fail' as const)]),
    runs: results.map((result) => runOf(result, known)),
    ...(complaints.length > 0 && { complaints: complaints.map(presentable) }),
  }
}

function runOf(result: RunResult, { reproduce, record, changes }: Known): ReportedRun {
  const run = {
    scenario: plainText(result.scenario),
    client: plainText(result.client),
    seed: plainText(result.seed),
    reproduce: plainText(reproduce(result)),
    outcome: outcomeOf(result),
  }
  switch (result.kind) {
    case 'judged': {
      const against = changes?.(result)
      return {
        ...run,
        ...judgedOf(result, record),
        ...(against && { against: against.map((change) => ({ ...change })) }),
      }
    }
    case 'rejected':
      return { ...run, kind: 'rejected', problem: presentable(result.problem.toString()) }
    case 'harness-error':
      return { ...run, kind: 'harness-error', message: presentable(result.message) }
    case 'not-applicable':
      return { ...run, kind: 'not-applicable', needs: result.needs.map(presentable) }
    case 'interrupted':
      return { ...run, kind: 'interrupted' }
  }
}

function judgedOf(
  result: Extract<RunResult, { kind: 'judged' }>,
  record: Known['record'],
): Omit<JudgedRun, 'scenario' | 'client' | 'seed' | 'reproduce' | 'outcome'> {
  const { header } = result
  const beyond = notExercised(header)
  return {
    kind: 'judged',
    because: presentable(result.because),
    withoutFaults: result.withoutFaults,
    title: presentable(header.title),
    severity: header.severity,
    profile: header.profile,
    transport: header.transport,
    scale: header.scale,
    ...(header.https && { https: header.https }),
    start: formatInstant(header.startMs),
    spanMs: header.spanMs,
    phases: result.phases.map(phaseOf),
    ...(result.nominal && { nominal: result.nominal.map(phaseOf) }),
    degradation: degradationOf(result.degradation),
    verdicts: result.verdicts.map((verdict) => verdictOf(verdict, record)),
    notOffered: result.notOffered.map(presentable),
    notModelled: [...notModelled[header.transport]],
    ...(beyond.length > 0 && { notExercised: [...beyond] }),
    ...(result.environment.moved !== undefined && { moved: presentable(result.environment.moved) }),
    ...(header.services && { services: { redis: presentable(header.services.redis) } }),
    ...(result.untraced !== undefined && { untraced: result.untraced }),
    ...(result.handshakes && { handshakes: { ...result.handshakes } }),
    counts: { ...result.counts },
    untouched: result.untouched.map(presentable),
    historySha256: result.historySha256,
    ...(result.rejudged && { rejudged: { ...result.rejudged } }),
    ...(result.ablations && { ablations: result.ablations.map(ablationOf) }),
    ...(result.agreement && { agreement: agreementOf(result.agreement) }),
  }
}

function ablationOf({ fault, stillFail }: Ablation): NonNullable<JudgedRun['ablations']>[number] {
  return { fault: presentable(fault), stillFail: stillFail.map(presentable) }
}

function agreementOf({ seeds, failedIn, outcomes }: Agreement): NonNullable<JudgedRun['agreement']> {
  return { seeds: seeds.map(presentable), failedIn: { ...failedIn }, outcomes: { ...outcomes } }
}

function phaseOf(phase: Judged['phases'][number]): ReportedPhase {
  return {
    ...phase,
    phase: presentable(phase.phase),
    p50Ms: quantity(phase.p50Ms),
    p99Ms: quantity(phase.p99Ms),
    exchangesPerOperation: quantity(phase.exchangesPerOperation),
  }
}

function degradationOf({ outcomes, attempts, pauses, amplification, errors, recovered }: Judged['degradation']) {
  return {
    outcomes: { ...outcomes },
    attempts: attempts && { mean: rounded(attempts.mean), most: attempts.most },
    pauses: pauses && {
      shortest: rounded(pauses.shortest),
      median: rounded(pauses.median),
      longest: rounded(pauses.longest),
    },
    amplification: quantity(amplification),
    errors: Object.fromEntries(Object.entries(errors).map(([name, count]) => [clip(presentable(name), 80), count])),
    recovered: quantity(recovered),
  }
}

function verdictOf(verdict: Verdict, record: Known['record']): ReportedVerdict {
  const { oracle, about, family, required } = verdict
  const judge = {
    oracle: presentable(oracle),
    ...(about !== undefined && { about: presentable(about) }),
    family,
    required,
    hint: presentable(verdict.hint),
  }
  switch (verdict.verdict) {
    case 'pass':
      return { ...judge, verdict: 'pass', ...measureOf(verdict) }
    case 'fail': {
      const { witness, violations } = verdict
      const sentence = presentable(verdict.sentence)
      const known = record(oracle)
      const measure = measureOf(verdict)
      return {
        ...judge,
        verdict: 'fail',
        ...measure,
        witness: [...witness],
        violations,
        sentence,
        ...(verdict.waived && { waived: waivedOf(verdict.waived) }),
        ...(known && { record: known }),
      }
    }
    case 'inconclusive': {
      const { armed, reason, detail } = verdict
      return { ...judge, verdict: 'inconclusive', armed, reason, detail: presentable(detail) }
    }
    case 'not-applicable':
      return { ...judge, verdict: 'not-applicable', needs: presentable(verdict.needs) }
    case 'error':
      return { ...judge, verdict: 'error', message: presentable(verdict.message) }
  }
}

function waivedOf({ owner, until, because }: Waived): Waived {
  return { owner: presentable(owner), until, because: presentable(because) }
}

function measureOf({ armed, observed, margin, unit, threshold }: Extract<Verdict, { verdict: 'pass' | 'fail' }>) {
  return { armed, observed: quantity(observed), margin: quantity(margin), unit, threshold: thresholdOf(threshold) }
}

function thresholdOf(threshold: Threshold): Extract<ReportedVerdict, { verdict: 'pass' }>['threshold'] {
  const { oracle, name, value, unit, bound, domain, source, cite } = threshold
  return { oracle, name, value: quantity(value), unit, bound, domain, source, cite: presentable(cite) }
}

/** Six decimals are more than anybody reads, and hide the noise of binary fractions. */
function quantity(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : rounded(value)
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
