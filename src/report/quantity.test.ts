import { expect, test } from 'vitest'
import { judgedWith, passing } from '../../test/golden/report/results.ts'
import { describeMeasure, describeParts, nameInWords, othersInWords } from './quantity.ts'
import type { MeasuredVerdict } from './report-schema.ts'
import { reportOf } from './report.ts'

type Measured = Pick<MeasuredVerdict, 'unit' | 'observed' | 'margin'> & {
  readonly value: number | null
  readonly bound?: 'at-most' | 'at-least'
}

function verdict({ value, bound = 'at-most', ...measure }: Measured): MeasuredVerdict {
  const [run] = reportOf([judgedWith({ verdicts: passing })], { reproduce: () => '', record: () => null }).runs
  const found = run?.kind === 'judged' ? run.verdicts[0] : undefined
  if (found?.verdict !== 'pass') throw new Error('The sample changed.')
  return {
    ...found,
    ...measure,
    threshold: { ...found.threshold, value, bound, unit: measure.unit, name: 'meanPause' },
  }
}

test.for<[string, Measured, string, string, string]>([
  ['a duration', { unit: 'ms', observed: 22_574, value: 10_000, margin: -12_574 }, '22.6s', '10s', '-12.6s'],
  ['a threshold in full', { unit: 'ms', observed: 12_345, value: 12_250, margin: -95 }, '12.3s', '12.25s', '-95ms'],
  ['zero without a unit', { unit: 'ms', observed: 0, value: 0, margin: 0 }, '0', '0', '0'],
  ['a share', { unit: 'share', observed: 0.9941, value: 0.99, margin: 0.0041 }, '99.4%', '99%', '+0.4%'],
  ['a share of one', { unit: 'share', observed: 1, value: 0.99, margin: 0.01 }, '100%', '99%', '+1%'],
  ['a factor', { unit: 'ratio', observed: 3.6444, value: 2, margin: -1.6444 }, '3.64x', '2x', '-1.64x'],
  ['a factor below one', { unit: 'ratio', observed: 0.5, value: 2, margin: 1.5 }, '0.5x', '2x', '+1.5x'],
  ['a number', { unit: 'count', observed: 68, value: 5, margin: -63 }, '68', '5', '-63'],
  ['no end', { unit: 'ms', observed: null, value: 10_000, margin: null }, 'without end', '10s', '-'],
  ['a near miss in time', { unit: 'ms', observed: 10_012, value: 10_000, margin: -12 }, '10012ms', '10s', '-12ms'],
  [
    'a near miss of a share',
    { unit: 'share', observed: 0.98996, value: 0.99, margin: -0.00004 },
    '98.996%',
    '99%',
    '-0.004%',
  ],
])('%s is shown so that a reader sees which is larger', ([, measured, observed, limit, margin]) => {
  expect(describeParts(verdict(measured))).toMatchObject({ observed, limit, margin })
})

test.for(['at-most', 'at-least'] as const)('the threshold says that it is %s', (bound) => {
  const measured = verdict({ unit: 'ms', observed: 20, value: 12.5, margin: 7.5, bound })
  expect(describeMeasure(measured)).toBe(
    `observed 20ms, ${bound.replace('-', ' ')} 12.5ms (mean pause, profile), margin +7.5ms`,
  )
})

test('names of thresholds are words', () => {
  expect(['within', 'withoutPause', 'p99'].map(nameInWords)).toEqual(['within', 'without pause', 'p99'])
})

test('how many there were is said only where there were several', () => {
  expect([1, 2, 3_391].map(othersInWords)).toEqual(['', 'The worst of 2 such cases.', 'The worst of 3391 such cases.'])
})
