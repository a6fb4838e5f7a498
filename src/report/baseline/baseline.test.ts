import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '#context/user-error.ts'
import type { Judged, RunResult } from '#engine/run-result.ts'
import { hostileText } from '../../../test/foreign.ts'
import { judgedWith, results } from '../../../test/golden/report/results.ts'
import type { JudgedRun } from '../report-schema.ts'
import { reportOf } from '../report.ts'
import { amountOf, readAmount } from './amount.ts'
import { changeInWords, compare } from './compare.ts'
import { entryOf, type Entry } from './entry.ts'
import { readBaseline } from './read.ts'
import { baselineText } from './text.ts'

function entryFrom(result: RunResult | undefined): Entry {
  const [run] = reportOf(result ? [result] : [], { reproduce: () => '', record: () => null }).runs
  if (run?.kind !== 'judged') throw new Error('It is judged.')
  return entryOf(run as JudgedRun)
}

const { degradation } = judgedWith({}) as Extract<RunResult, { kind: 'judged' }>
const degraded = (changes: Partial<Judged['degradation']>): Entry =>
  entryFrom(judgedWith({ degradation: { ...degradation, ...changes } }))

test('is a small text that a review can read', async () => {
  const entries = [entryFrom(results['fail']), { ...entryFrom(results['pass']), client: './desk/client.ts' }]
  const text = baselineText(entries)
  await expect(text).toMatchFileSnapshot('../../../test/golden/report/baseline.yaml')
  expect(baselineText(entries.toReversed())).toBe(text)
})

test('is read back as it was, whatever things are called', () => {
  const counts = fc.dictionary(hostileText, fc.integer({ min: 1, max: 1e9 }), { maxKeys: 4 })
  fc.assert(
    fc.property(hostileText, counts, fc.double({ min: 0, max: 1e9, noNaN: true }), (name, errors, amount) => {
      const pauses = { shortest: 0, median: amount, longest: amount }
      const entry = entryFrom({
        ...judgedWith({ degradation: { ...degradation, errors, pauses, amplification: amount, recovered: amount } }),
        scenario: `s ${name}`,
        client: `c${name}`,
        seed: name,
      } as RunResult)
      const text = baselineText([entry])
      const [read] = readBaseline(text, 'x.yaml')
      expect(baselineText([read as Entry])).toBe(text)
      expect(read).toMatchObject({ scenario: entry.scenario, client: entry.client, seed: entry.seed })
      expect(compare(read as Entry, entry, 0)).toEqual([])
    }),
    { numRuns: 200 },
  )
})

describe('says what is worse', () => {
  const before = entryFrom(results['pass'])
  test.for<[string, Entry, string]>([
    ['nothing', entryFrom(results['pass']), ''],
    ['an outcome', { ...before, outcome: 'inconclusive' }, 'worse: outcome inconclusive (was pass)'],
    ['more traffic', degraded({ amplification: 2.4 }), 'worse: amplification 2.4x (was 1.79x)'],
    ['less traffic', degraded({ amplification: 1.2 }), 'better: amplification 1.2x (was 1.79x)'],
    ['a little more traffic', degraded({ amplification: 1.9 }), 'different: amplification 1.9x (was 1.79x)'],
    ['slower recovery', degraded({ recovered: 90_000 }), 'worse: recovered 1m30s (was 45.3s)'],
    ['no recovery', degraded({ recovered: null }), 'worse: recovered never (was 45.3s)'],
    ['other pauses', degraded({ pauses: null }), 'different: pauses: shortest not there (was 480ms)'],
    ['one attempt more', degraded({ attempts: { mean: 1.9, most: 4 } }), 'worse: attempts: most 4 (was 3)'],
    [
      'more failures',
      degraded({ outcomes: { ...degradation.outcomes, error: 2_000 } }),
      'worse: failed 62.3% (was 46.3%)',
    ],
  ])('%s', ([, now, says]) => {
    const [first] = compare(before, now, 0.1)
    expect(first ? `${first.is}: ${changeInWords(first)}` : '').toBe(says)
  })

  test('a margin that turns negative is worse, however small the step is', () => {
    const [pass] = (judgedWith({}) as Judged).verdicts
    const withMargin = (margin: number) => entryFrom(judgedWith({ verdicts: [{ ...pass, margin } as never] }))
    expect(compare(withMargin(0), withMargin(-0.01), 0.5)).toMatchObject([{ is: 'worse' }])
    expect(compare(withMargin(0.02), withMargin(0.01), 0)).toMatchObject([{ is: 'different' }])
    expect(compare(withMargin(2), withMargin(1), 0.4)).toMatchObject([{ is: 'worse' }])
    expect(compare(withMargin(2), withMargin(1), 0.5)).toMatchObject([{ is: 'different' }])
  })

  test('whole numbers of a file have lost their plus, and get it back', () => {
    const entry = entryFrom(results['pass'])
    const figures = { ...entry.figures, margins: { a: amountOf(4, 'count', true) } }
    const [read] = readBaseline(baselineText([{ ...entry, figures }]), 'b.yaml')
    expect(read?.figures.margins?.['a']?.text).toBe('+4')
    expect(compare(read as Entry, { ...entry, figures }, 0)).toEqual([])
  })

  test('never of nothing but the outcome, where the client fails without faults', () => {
    expect(compare(before, entryFrom(results['unhealthy']), 0.1)).toEqual([
      { figure: 'outcome', before: 'pass', now: 'inconclusive', is: 'worse' },
    ])
  })
})

test.for<[string, string, RegExp]>([
  ['nothing', '', /^b\.yaml:1: this is no baseline\nA baseline is written by: baseline save$/u],
  ['another file', 'scenario: x\n', /^b\.yaml:1: this is no baseline/u],
  ['no YAML', 'baseline: [', /^b\.yaml:1:11: /u],
  ['another version', '# x\nbaseline: 2\nruns: {}\n', /^b\.yaml:2:1: this baseline is of form the number 2, and/u],
  ['no runs', 'baseline: 1\n', /^b\.yaml:1:1: `runs` is missing/u],
  [
    'an unknown key',
    'baseline: 1\nruns:\n  s:\n    c: { seed: "1", profile: default, outcome: pass, recoverd: 1s }\n',
    /^b\.yaml:4:\d+: unknown key `recoverd`[^]*Did you mean `recovered`\?$/u,
  ],
  [
    'no amount',
    'baseline: 1\nruns:\n  s:\n    c:\n      seed: "1"\n      profile: default\n      outcome: pass\n      recovered: soon\n',
    /^b\.yaml:8:\d+: `runs\.s\.c\.recovered` must be an amount such as/u,
  ],
  [
    'no list of amounts',
    'baseline: 1\nruns:\n  s:\n    c: { seed: "1", profile: default, outcome: pass, margins: { a: [1] } }\n',
    /^b\.yaml:4:\d+: `runs\.s\.c\.margins\.a` must be/u,
  ],
])('%s is a sentence with its place', ([, text, says]) => {
  let told = ''
  try {
    readBaseline(text, 'b.yaml')
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    told = error.toString()
  }
  expect(told).toMatch(says)
})

function outcomeOf(text: string): string {
  try {
    readBaseline(text, 'b.yaml')
    return 'read'
  } catch (error) {
    return error instanceof UserError ? 'told' : String(error)
  }
}

test('whatever a file holds, it is a baseline or a sentence', () => {
  const line = fc.oneof(hostileText, fc.constantFrom('baseline: 1', 'runs:', '  s:', '    c:', '      seed: "1"'))
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      expect(['read', 'told']).toContain(outcomeOf(lines.join('\n')))
    }),
    { numRuns: 500 },
  )
})

test('an amount is read as it is written', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
      fc.constantFrom('ms', 'count', 'share', 'ratio'),
      (value, unit) => {
        const amount = amountOf(value, unit as 'ms', true)
        expect(readAmount(amount.text)).toEqual(amount)
        expect(amount.unit === null || amount.unit === unit).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
  for (const text of ['', 'x', '1 s', '1y', '%', '1e5', 'Infinity', '--1']) expect(readAmount(text)).toBeUndefined()
})
