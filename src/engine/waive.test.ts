// What a waiver does to a run, and when a waiver is itself what fails.

import { expect, test } from 'vitest'
import { exitCodeOf } from '../cli/exit-code.ts'
import type { Waiver } from '#scenario/waivers.ts'
import { judgedWith, results } from '../../test/golden/report/results.ts'
import type { RunResult } from './run-result.ts'
import { waive } from './waive.ts'

const today = '2026-06-15'

function waiver(oracle: string, more: Partial<Waiver> = {}): Waiver {
  const place = { file: 'w.yaml', line: 1, column: 3 }
  return { oracle, scenario: '*', owner: 'ada', until: '2026-12-31', because: 'known', place, ...more }
}

function waived(names: readonly string[], waivers: readonly Waiver[]) {
  const given = names.flatMap((name): RunResult[] => (results[name] ? [results[name]] : []))
  const { results: after, complaints } = waive(given, waivers, today)
  return { after, complaints, code: exitCodeOf(after, complaints) }
}

const [both] = [[waiver('settles-within-promise'), waiver('amplification')]]

test('a run whose failures are all waived passes, and says so', () => {
  const { after, complaints, code } = waived(['fail'], both)
  expect(after[0]).toMatchObject({
    outcome: 'pass',
    because: 'All 2 oracles that had enough to judge passed, but for 2 waived.',
  })
  expect([complaints, code]).toEqual([[], 0])
})

test('one failure that is not waived fails the run', () => {
  const { after, code } = waived(['fail'], [waiver('amplification')])
  expect(after[0]).toMatchObject({ outcome: 'fail', because: '1 of 3 oracles failed: settles-within-promise.' })
  expect(code).toBe(1)
})

test('a run in which nothing else passed proves nothing', () => {
  const fail = results['fail']
  const verdicts = fail?.kind === 'judged' ? fail.verdicts.filter(({ verdict }) => verdict === 'fail') : []
  const { results: after } = waive([judgedWith({ outcome: 'fail', verdicts })], both, today)
  expect(after[0]).toMatchObject({ outcome: 'inconclusive', because: 'No oracle passed; 2 waived.' })
})

test('an oracle that broke cannot be waived, and neither can a client that fails without any fault', () => {
  expect(waived(['crashed'], [waiver('stays-alive'), waiver('no-leaks')]).code).toBe(4)
  const { after, complaints } = waived(['unhealthy'], [waiver('settles-within-promise')])
  expect(after[0]).toBe(results['unhealthy'])
  expect(complaints).toEqual([])
})

test.for<[string, Partial<Waiver>, boolean]>([
  ['its last day', { until: today }, true],
  ['the day after', { until: '2026-06-14' }, false],
  ['another scenario', { scenario: 'us-*' }, false],
  ['this scenario', { scenario: 'au-regional-timeout' }, true],
  ['another client', { client: 'runbook' }, false],
  ['this client', { client: 'sdk' }, true],
])('%s', ([, more, covered]) => {
  const { after } = waived(['fail'], [waiver('amplification', more)])
  const [result] = after
  const verdict = result?.kind === 'judged' && result.verdicts.find(({ oracle }) => oracle === 'amplification')
  expect(verdict && verdict.verdict === 'fail' && verdict.waived !== undefined).toBe(covered)
})

test.for<[string, string[], Waiver, string]>([
  ['an expired waiver', ['fail'], waiver('amplification', { until: '2026-06-14' }), '(ada) expired on 2026-06-14.'],
  ['a needless one', ['pass'], waiver('bounded-attempts'), 'is needless: bounded-attempts passes in every run'],
  [
    'needless and expired',
    ['pass'],
    waiver('bounded-attempts', { until: '2020-01-01' }),
    'expired on 2020-01-01 and is needless: bounded',
  ],
])('%s fails the command', ([, names, one, says]) => {
  const { complaints, code } = waived(names, [one])
  expect(complaints).toEqual([expect.stringContaining(says)])
  expect(complaints[0]).toMatch(/^w\.yaml:1:3: the waiver of /u)
  expect(complaints[0]).not.toContain(today)
  expect(code).toBe(1)
})

test.for<[string, string[], Waiver]>([
  ['one that is needed once', ['fail', 'pass'], waiver('amplification')],
  ['what was not judged', ['pass'], waiver('honest-degradation')],
  ['no run that it covers', ['fail'], waiver('amplification', { scenario: 'us-*', until: '2020-01-01' })],
  ['only runs that were not judged', ['rejected', 'interrupted', 'not-applicable'], waiver('amplification')],
])('%s: nothing is wrong with the waiver', ([, names, one]) => {
  expect(waived(names, [one]).complaints).toEqual([])
})

test.for<[string, string[], Waiver[], string[]]>([
  ['one that covers a run', ['fail'], [waiver('amplification')], []],
  [
    'another client',
    ['fail'],
    [waiver('amplification', { client: 'chaos.client.ts' })],
    [
      'w.yaml:1:3: the waiver of amplification in * (ada) covers none of these runs: it is for the client "chaos.client.ts", and this is "sdk".',
    ],
  ],
  [
    'other scenarios, all in one line',
    ['fail'],
    [waiver('amplification', { scenario: 'us-*' }), waiver('recovers', { scenario: 'eu-*' }), waiver('amplification')],
    ['w.yaml: 2 of the 3 waivers are for scenarios that are not among these runs.'],
  ],
  ['nothing was judged', ['rejected'], [waiver('amplification', { scenario: 'us-*' })], []],
])('what covers nothing is said, and fails nothing: %s', ([, names, waivers, says]) => {
  const given = names.flatMap((name): RunResult[] => (results[name] ? [results[name]] : []))
  const { notes, complaints } = waive(given, waivers, today)
  expect(notes).toEqual(says)
  expect(complaints).toEqual([])
})
