// Hand-made results for the tests of the reports: one of each way a run can end.

import { UserError } from '#context/user-error.ts'
import type { Judged, PhaseStats, RunResult } from '#engine/run-result.ts'
import type { Header, Threshold } from '#history/header.ts'
import type { Verdict } from '#oracle/verdict.ts'

const header: Header = {
  format: 1,
  scenario: 'au-regional-timeout',
  title: 'The Australian REST API times out behind a crash-looping billing cache',
  client: 'sdk',
  seed: '1',
  profile: 'default',
  transport: 'virtual',
  scale: 1,
  startMs: Date.UTC(2026, 3, 27, 11),
  spanMs: 9_900_000,
  phases: [
    { name: 'baseline', at: 0 },
    { name: 'onset', at: 840_000 },
    { name: 'recovery', at: 6_600_000 },
  ],
  firstFaultAt: 840_000,
  lastLiftAt: 6_600_000,
  intents: [{ name: 'contact.read', effect: 'read' }],
  declares: {},
  promises: { 'contact.read': { withinMs: 10_000, degrade: [{ kind: 'error' }] } },
  expect: [],
  arming: { faultHits: 50, unansweredForMs: 20_000 },
  severity: 'P1',
  problems: [],
  properties: [],
  thresholds: [],
  baseline: null,
}

function phase(name: string, from: number, until: number, changes: Partial<PhaseStats>): PhaseStats {
  const counts = { operations: 196, exchanges: 196, ok: 196, stale: 0, degraded: 0, error: 0, unknown: 0, cancelled: 0 }
  return { phase: name, from, until, ...counts, p50Ms: 61.25, p99Ms: 148.875, exchangesPerOperation: 1, ...changes }
}

const quiet = phase('baseline', 0, 840_000, {})
const outage = { operations: 1_460, exchanges: 4_071, ok: 402, stale: 0, error: 1_031, unknown: 27 }
const phases = [
  quiet,
  phase('onset', 840_000, 6_600_000, { ...outage, p50Ms: 60_000, p99Ms: 182_400, exchangesPerOperation: 2.788356 }),
  phase('recovery', 6_600_000, 9_900_000, { operations: 812, exchanges: 830, ok: 812, exchangesPerOperation: 1.022167 }),
]

function threshold(oracle: string, name: string, value: number, unit: Threshold['unit'], source: Threshold['source']) {
  const bound = unit === 'share' ? 'at-least' : 'at-most'
  return { oracle, name, value, unit, bound, domain: 'client', source, cite: 'what the client promises for contact.read' } as const
}

const judge = { family: 'safety', required: false, hint: 'Give every call a time limit below its promise.' } as const

export const passing: Verdict[] = [
  {
    ...judge,
    oracle: 'bounded-attempts',
    verdict: 'pass',
    armed: 1_031,
    observed: 3,
    margin: 0,
    unit: 'count',
    threshold: threshold('bounded-attempts', 'attempts', 3, 'count', 'profile'),
  },
  {
    ...judge,
    oracle: 'unaffected',
    family: 'liveness',
    required: true,
    verdict: 'pass',
    armed: 330,
    observed: 1,
    margin: 0.01,
    unit: 'share',
    threshold: threshold('unaffected', 'success', 0.99, 'share', 'scenario'),
  },
]

const failing: Verdict[] = [
  {
    ...judge,
    oracle: 'settles-within-promise',
    verdict: 'fail',
    armed: 2_468,
    observed: 182_400,
    margin: -172_400,
    unit: 'ms',
    threshold: threshold('settles-within-promise', 'within', 10_000, 'ms', 'promise'),
    witness: [5_120, 5_163, 5_260],
    violations: 1_058,
    sentence:
      'Operation 512 (contact.read of load "reads", workspace "ours") was asked at 11:46:20Z and settled 3m2s later with ' +
      'TimeoutError, after three exchanges of one minute each; it promises to settle within 10s.',
  },
  {
    ...judge,
    oracle: 'amplification',
    family: 'liveness',
    hint: 'Stop retrying when most calls fail: a retry budget or a circuit breaker.',
    verdict: 'fail',
    armed: 1_460,
    observed: 2.788356,
    margin: -1.588356,
    unit: 'ratio',
    threshold: threshold('amplification', 'factor', 1.2, 'ratio', 'nominal'),
    witness: [4_800, 4_811],
    violations: 1,
    sentence: 'Between 11:46Z and 11:47Z the client sent 2.79 exchanges for each operation, and 1.00 without faults.',
  },
]

const unarmed: Verdict[] = [
  {
    ...judge,
    oracle: 'recovers',
    family: 'liveness',
    required: true,
    verdict: 'inconclusive',
    armed: 0,
    reason: 'not-armed',
    detail: 'no operation of the load was asked after the recovery began.',
  },
  { ...judge, oracle: 'degraded-as-promised', verdict: 'not-applicable', needs: 'a promise to degrade' },
  { ...judge, oracle: 'honest-degradation', verdict: 'not-applicable', needs: 'a promise "fresh" or "stale"' },
]

const environment = { wallMs: 3_214, replayMs: 1_420, node: 'v24.21.0', historyPath: '/home/ada/shop/reports/history.ndjson' }
const named = { scenario: 'au-regional-timeout', client: 'sdk', seed: '1', environment }

const judged: Judged = {
  kind: 'judged',
  header,
  outcome: 'pass',
  because: 'All 2 oracles that had enough to judge passed; 2 had too little.',
  verdicts: passing,
  arming: { armed: true, faultHits: 3_114, unanswered: true, detail: '' },
  phases: [quiet, phase('recovery', 840_000, 9_900_000, { stale: 14, ok: 182, cancelled: 2 })],
  degradation: {
    outcomes: { fresh: 1_214, stale: 14, queued: 0, fallback: 0, dropped: 0, error: 1_031, unknown: 27 },
    attempts: { mean: 1.9, most: 3 },
    pauses: { shortest: 480, median: 1_020.5, longest: 4_000 },
    amplification: 1.788356,
    errors: { 'HTTP 503': 931, TimeoutError: 100 },
    recovered: 45_250,
  },
  nominal: [quiet],
  withoutFaults: false,
  notOffered: [],
  counts: { 'operation.invoked': 2_468, 'exchange.sent': 5_097, 'fault.hit': 3_114 },
  untouched: [],
  historySha256: '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8',
}

export function judgedWith(changes: Partial<Judged>): RunResult {
  return { ...named, ...judged, ...changes }
}

export const results: Readonly<Record<string, RunResult>> = {
  pass: judgedWith({ verdicts: [...passing, ...unarmed.slice(1)] }),
  fail: judgedWith({
    outcome: 'fail',
    because: '2 of 4 oracles failed: settles-within-promise, amplification.',
    verdicts: [...passing, ...failing, ...unarmed.slice(1)],
    phases,
  }),
  evidenced: judgedWith({
    outcome: 'fail',
    because: '2 of 4 oracles failed: settles-within-promise, amplification.',
    verdicts: [...passing, ...failing],
    phases,
    untouched: ['tail'],
    ablations: [
      { fault: 'loop', stillFail: [] },
      { fault: 'tail', stillFail: ['settles-within-promise', 'amplification'] },
    ],
    agreement: {
      seeds: ['1', '2', '3'],
      failedIn: { 'settles-within-promise': 2, amplification: 1 },
      outcomes: { fail: 2, pass: 1 },
    },
  }),
  waived: judgedWith({
    because: 'All 2 oracles that had enough to judge passed, but for 1 waived.',
    verdicts: [
      ...passing,
      ...failing.slice(0, 1).map((verdict): Verdict => {
        const waived = { owner: 'ada', until: '2026-12-31', because: 'the time limit comes with the new queue' }
        return verdict.verdict === 'fail' ? { ...verdict, waived } : verdict
      }),
    ],
  }),
  inconclusive: judgedWith({
    outcome: 'inconclusive',
    because: 'The scenario requires "recovers", which had nothing to judge.',
    verdicts: [...passing, ...unarmed],
    notOffered: ['conversation.reply'],
  }),
  unhealthy: judgedWith({
    outcome: 'fail',
    because: 'The client fails without any fault, so the incident was not replayed.',
    verdicts: failing.slice(0, 1),
    withoutFaults: true,
  }),
  crashed: judgedWith({
    outcome: 'fail',
    because: 'The client ended its own process.',
    verdicts: [
      {
        ...judge,
        oracle: 'stays-alive',
        hint: 'Never call process.exit() in library code.',
        verdict: 'fail',
        armed: 1,
        observed: 1,
        margin: -1,
        unit: 'count',
        threshold: threshold('stays-alive', 'deaths', 0, 'count', 'profile'),
        witness: [812],
        violations: 1,
        sentence: 'The client called process.exit(1) at 11:15:02Z while operation 171 (contact.read) was under way.',
      },
      { ...judge, oracle: 'no-leaks', verdict: 'error', message: 'Cannot read properties of undefined (reading "at")' },
    ],
    phases: [quiet, phase('onset', 840_000, 902_000, { operations: 12, p50Ms: null, p99Ms: null, error: 11, unknown: 1 })],
  }),
  'harness-error': {
    ...named,
    kind: 'harness-error',
    message: 'The recorder was closed twice.\n    at close (/home/ada/shop/node_modules/brownout/src/history/recorder.ts:31:9)',
  },
  rejected: {
    ...named,
    kind: 'rejected',
    problem: new UserError('The client "shop" has no operation "contact.read", which load "reads" asks for.', {
      place: { file: 'src/shop.ts', line: 12, column: 3 },
      excerpt: '12 |   operations: {}\n   |               ^',
      hint: 'Add it to the object that `create` returns.',
    }),
  },
  'not-applicable': {
    ...named,
    kind: 'not-applicable',
    needs: ['media.fetch', 'message.relay'],
    problem: new UserError('The client "shop" offers none of the operations this scenario asks for.'),
  },
  interrupted: { ...named, kind: 'interrupted' },
}
