// Goal: what people write as durations and instants means one number, and reads back as the same.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  exactDuration,
  formatDuration,
  formatHttpDate,
  formatInstant,
  formatMeasured,
  formatTime,
  parseDuration,
  parseHttpDate,
  parseInstant,
} from './instant.ts'

test.for([
  ['250ms', 250],
  ['0s', 0],
  ['20s', 20_000],
  ['1.5s', 1_500],
  ['18m', 1_080_000],
  ['1h30m', 5_400_000],
  ['2d3h', 183_600_000],
] as const)('%s is %d ms', ([text, ms]) => expect(parseDuration(text)).toBe(ms))

test.for([[''], ['5'], ['s'], ['-5s'], ['5 s'], ['5S'], ['5s '], ['1e3s'], ['.5s'], ['5sec'], ['1h-3m']] as const)(
  '%j is no duration',
  ([text]) => expect(parseDuration(text)).toBeUndefined(),
)

test.for([
  [340, '340ms'],
  [0, '0ms'],
  [0.25, '0.3ms'],
  [2_500, '2.5s'],
  [100_000, '1m40s'],
  [120_000, '2m'],
  [9_900_000, '2h45m'],
  [183_600_000, '2d3h'],
  [-2_500, '-2.5s'],
] as const)('%d ms reads %s', ([ms, text]) => expect(formatDuration(ms)).toBe(text))

test.for([
  [0, '0ms'],
  [0.25, '0.3ms'],
  [46.72, '46.7ms'],
  [123.4, '123ms'],
  [999.9, '1s'],
  [22_574, '22.6s'],
  [59_999, '1m'],
  [3_582_000, '59m42s'],
  [-22_574, '-22.6s'],
] as const)('%d ms were measured as %s', ([ms, text]) => expect(formatMeasured(ms)).toBe(text))

test('a formatted duration parses back to within what its two units can say', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 * 86_400_000 }), (ms) => {
      const back = parseDuration(formatDuration(ms)) ?? Number.NaN
      const smallest = ms < 60_000 ? 10 : ms < 3_600_000 ? 1_000 : ms < 86_400_000 ? 60_000 : 3_600_000
      expect(Math.abs(back - ms)).toBeLessThanOrEqual(smallest / 2)
    }),
  )
})

test('an exact duration reads back as the same whole milliseconds', () => {
  for (const [ms, text] of [
    [0, '0ms'],
    [250, '250ms'],
    [4_500, '4.5s'],
    [90_001, '1m30.001s'],
    [3_720_000, '1h2m'],
    [90_000_000, '1d1h'],
  ] as const)
    expect(exactDuration(ms)).toBe(text)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 * 86_400_000 }), (ms) => {
      expect(Math.round(parseDuration(exactDuration(ms)) ?? Number.NaN)).toBe(ms)
    }),
  )
})

test('an instant may be short or full, with a blank or a T, and always says Z', () => {
  const expected = Date.UTC(2_026, 3, 27, 11, 14)
  for (const text of ['2026-04-27 11:14Z', '2026-04-27T11:14Z', '2026-04-27T11:14:00Z', '2026-04-27 11:14:00.000Z'])
    expect(parseInstant(text)).toBe(expected)
  for (const text of [
    '2026-04-27 11:14',
    '2026-04-27',
    '2026-02-30 11:14Z',
    '2026-04-27 25:14Z',
    '2026-04-27 11:14+10:00',
    '',
  ])
    expect(parseInstant(text)).toBeUndefined()
  expect([formatInstant(expected), formatTime(expected)]).toEqual(['2026-04-27T11:14:00.000Z', '11:14:00Z'])
})

test('every instant of four centuries reads back as itself', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date(Date.UTC(2_399, 0)), noInvalidDate: true }), (date) => {
      expect(parseInstant(formatInstant(date.getTime()))).toBe(date.getTime())
    }),
  )
})

test('a date of HTTP reads back, and nothing else is one', () => {
  expect(parseHttpDate(formatHttpDate(1_777_287_600_000))).toBe(1_777_287_600_000)
  for (const text of ['', 'soon', '30', '2026-04-27 11:00Z', 'Mon, 99 Apr 2026 11:14:00 GMT'])
    expect(parseHttpDate(text)).toBeUndefined()
})
