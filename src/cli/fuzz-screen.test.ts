// Goal: whoever reads the screen knows what breaks the client, by what, and what to type next; and a machine knows it too.

import { expect, test } from 'vitest'
import type { Case } from '#fuzz/case.ts'
import type { Finding } from '#fuzz/finding.ts'
import { judgedWith } from '../../test/golden/report/results.ts'
import { UserError } from '#context/user-error.ts'
import type { FuzzFlags } from './flags.ts'
import { fuzzPlan } from './fuzz-plan.ts'
import { factsText } from '#report/campaign.ts'
import { factsOf, type Ended } from './campaign-facts.ts'
import { fuzzLine, fuzzScreen } from './fuzz-screen.ts'

const flags: FuzzFlags = {
  output: 'text',
  verbose: false,
  color: false,
  seed: '7',
  runSeed: '1',
  runs: '500',
  any: true,
  around: false,
  enumerate: false,
  blind: false,
  shrink: true,
  profile: 'strict',
  dropHost: [],
  regressions: 'fixtures/regressions',
  reportDir: 'reports',
  quiet: false,
  workers: '2',
}

const found: Case = {
  windows: [
    {
      name: 'hang-1',
      kind: 'hang',
      where: { route: '/contacts/{id}', method: 'GET' },
      fromMs: 0,
      untilMs: 60_000,
      shape: { kind: 'ramp', overMs: 1_000 },
      share: 0.5,
      nth: 2,
      with: {},
    },
  ],
  workload: { loads: {}, instances: 1, shuffled: false, fromMs: 0, untilMs: 1 },
}

const finding = {
  oracle: 'settles-within-promise',
  path: [13, 2],
  original: { ...found, windows: [...found.windows, ...found.windows] },
  found,
  failure: {
    oracle: 'settles-within-promise',
    sentence: 'Operation 130 \u001B[31mtook\u001B[0m 20s, twice its promise of 10s.',
    hint: 'Give the whole operation one deadline.',
  },
  cases: 3,
  afterRuns: 16,
  shrinkTrials: 64,
  smallest: true,
  file: 'fixtures/regressions/settles-within-promise-cfcf25.yaml',
} as unknown as Finding

const report: Ended = {
  quest: {
    by: 'fuzz ten-minutes --any',
    client: 'sdk',
    shipped: true,
    profile: 'strict',
    runSeed: '1',
    seed: '7',
    version: '0.1.0',
  },
  flags,
  plan: fuzzPlan(flags, '/project'),
  wallMs: 40_000,
  replayed: [
    { file: 'fixtures/regressions/old.yaml', oracle: 'amplification', failed: [], because: null },
    { file: 'fixtures/regressions/other.yaml', oracle: 'no-leaks', failed: [finding.failure], because: null },
  ],
  space: undefined,
  end: undefined,
  result: {
    runs: 500,
    invalid: 2,
    unhealthy: 1,
    retracted: 0,
    trials: 64,
    findings: [finding],
    flakes: [{ path: [4], oracle: 'no-leaks', line: 9, one: '{"a":1}', other: '{"a":2}' }],
    coverage: [{ kind: 'hang', site: 'GET /contacts/{id}', moment: 'first', cases: 40 }],
    meetings: 1,
    end: undefined,
  },
}
const plain = { color: false, unicode: true, columns: 106 }
const screenOf = (ended: Ended, lead: string): string =>
  fuzzScreen(factsOf(ended), plain, { lead, reportDir: 'reports' })
const lineOf = (ended: Ended): string => fuzzLine(factsOf(ended))

test('the screen of a campaign that found something', () => {
  expect(screenOf(report, 'npm run chaos --')).toMatchInlineSnapshot(`
    "✗ FOUND  fuzz ten-minutes --any · client sdk · seed 7
      500 runs and 64 trials of making smaller in 40s (14.1 per second, 2 processes); 2 were no scenario
      for it; 1 asked what the client does not survive without any fault
      1 kind of faults met 1 kind of requests, in 1 way
      known  fixtures/regressions/old.yaml: passes
      known  fixtures/regressions/other.yaml: fails settles-within-promise

      ✗ FAIL  settles-within-promise  failed in 3 cases, first within 16 runs
          Operation 130 took 20s, twice its promise of 10s.
          with hang for 1m: The server takes the request and never answers (of route /contacts/{id}, method
          GET; 50% of it; the exchange number 2 of each operation; as a ramp)
          → Give the whole operation one deadline.
          fixtures/regressions/settles-within-promise-cfcf25.yaml (from 2 windows in 64 trials)
          npm run chaos -- replay fixtures/regressions/settles-within-promise-cfcf25.yaml

      ? NOT REPEATABLE  case 4 gave two histories with the same seed, and nothing can be said about
          no-leaks by it. They differ from line 9 on:
          {"a":1}
          {"a":2}

      again      npm run chaos -- fuzz ten-minutes --any --client sdk --seed 7 --runs 500 --profile strict
      all of it  reports/fuzz.json"
  `)
})

test.for([
  { given: {}, again: '--runs 500 --profile strict' },
  { given: { shrink: false }, again: '--runs 500 --no-shrink --profile strict' },
  {
    given: { blind: true, dropHost: ['sentry.io'] },
    again: '--runs 500 --blind --profile strict --drop-host sentry.io',
  },
  // As far as it came: another five minutes may come farther.
  { given: { time: '5m', runs: '900' }, again: '--runs 500 --profile strict' },
  { given: { path: '13.2', runSeed: '4' }, again: '--run-seed 4 --path 13.2 --profile strict' },
])('after $given the command that does it again says $again', ({ given, again }) => {
  const all = { ...flags, ...given }
  const quest = { ...report.quest, runSeed: all.runSeed }
  const screen = screenOf({ ...report, quest, flags: all, plan: fuzzPlan(all, '/project') }, 'npx brownout')
  const start = 'again      npx brownout fuzz ten-minutes --any --client sdk --seed 7'
  expect(screen).toContain(`${start} ${again}\n`)
})

test('the screen of one that found nothing, and of one that could not begin', () => {
  const nothing = { ...report, replayed: [], result: { ...report.result!, findings: [], flakes: [] } }
  expect(screenOf(nothing, 'npx brownout')).toContain('✓ NOTHING FOUND  fuzz ten-minutes --any · client sdk')
  expect(lineOf(nothing)).toBe('fuzz ten-minutes --any · sdk: 500 runs, nothing found')
  const ended = {
    ...nothing,
    result: undefined,
    end: { kind: 'rejected' as const, problem: new UserError('The client does not load.') },
  }
  expect(screenOf(ended, 'npx brownout')).toContain('? ENDED')
  expect(screenOf(ended, 'npx brownout')).toContain('The client does not load.')
})

test('a counterexample is replayed with the hosts that its campaign let the client call in vain', () => {
  const given = { ...flags, dropHost: ['sentry.io'] }
  const screen = screenOf({ ...report, flags: given }, 'npx brownout')
  expect(screen).toMatch(/ replay fixtures\/regressions\/\S+ --drop-host sentry\.io$/mu)
})

test('the screen of one in which nothing could be judged is no green one', () => {
  const result = { ...report.result!, runs: 3, invalid: 1, unhealthy: 2, findings: [], flakes: [] }
  const screen = screenOf({ ...report, replayed: [], result }, 'npx brownout')
  expect(screen).toContain('? NOTHING JUDGED')
  expect(lineOf({ ...report, replayed: [], result })).toContain('3 runs, nothing judged')
})

test('a client that fails without any fault is told how', () => {
  const verdicts = [{ ...finding.failure, verdict: 'fail' as const }]
  const because = 'The client fails without any fault: settles-within-promise fails.'
  const end = { ...judgedWith({ because, verdicts }), kind: 'judged' } as unknown as NonNullable<Ended['end']>
  const screen = screenOf({ ...report, replayed: [], result: undefined, end }, 'npx brownout')
  expect(screen.replaceAll(/\s+/gu, ' ')).toContain(`${because} Operation 130 took 20s, twice its promise of 10s.`)
})

test('one line says what was found and what was known', () => {
  expect(lineOf(report)).toBe(
    'fuzz ten-minutes --any · sdk: 500 runs, found settles-within-promise (fixtures/regressions/settles-within-promise-cfcf25.yaml); 1 of 2 known counterexamples fail',
  )
})

test('the JSON holds the smallest case, where it is kept and how to come by it', () => {
  const read = JSON.parse(factsText(factsOf(report))) as { findings: readonly object[]; regressions: readonly object[] }
  expect(read.findings[0]).toMatchObject({ oracle: 'settles-within-promise', path: '13.2', found })
  expect(read.regressions[1]).toMatchObject({ failed: ['settles-within-promise'] })
})
