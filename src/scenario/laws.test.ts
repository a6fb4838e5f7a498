// What holds for every scenario text: quantities survive, and no text whatsoever breaks the parser.

import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formatDuration } from '#clock/instant.ts'
import { isUserError } from '#context/user-error.ts'
import { formatShare } from '#fault/units.ts'
import { findScenarios, shippedScenarios } from './files.ts'
import { parseScenario } from './parse.ts'
import { edited, rich } from './sample.ts'

/** Durations that are printed without rounding: the two largest units say it all. */
const exactMs = fc.oneof(
  fc.integer({ min: 1, max: 999 }),
  fc.integer({ min: 1, max: 5_999 }).map((hundredths) => hundredths * 10),
  fc.integer({ min: 60, max: 3_599 }).map((seconds) => seconds * 1_000),
)

test('a duration that is printed and read again is the same', () => {
  fc.assert(
    fc.property(exactMs, (ms) => {
      const text = edited(['impatient: 5s', `impatient: ${formatDuration(ms)}`])
      expect(parseScenario(text, 'x').loads[0]?.impatientMs).toBeCloseTo(ms, 6)
    }),
    { numRuns: 40 },
  )
})

test('a share that is printed and read again is the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (hundredths) => {
      const share = hundredths / 10_000
      const text = edited(['share: 50%', `share: ${formatShare(share)}`])
      expect(parseScenario(text, 'x').faults[1]?.share).toBeCloseTo(share, 9)
    }),
    { numRuns: 40 },
  )
})

test('a time is as many minutes into the run as the clock says, with its date or without', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 29 }), fc.boolean(), (minute, dated) => {
      const written = `${dated ? '2026-04-27 ' : ''}11:${String(minute).padStart(2, '0')}Z`
      const text = edited(['onset: 11:10Z', `onset: ${written}`])
      expect(parseScenario(text, 'x').phases[1]).toEqual({ name: 'onset', at: minute * 60_000 })
    }),
    { numRuns: 40 },
  )
})

test('a run may cross midnight', () => {
  const night = edited(['from: 11:00Z, until: 12:00Z', 'from: 2026-04-26 23:30Z, until: 12:00Z'])
  const { startMs, spanMs } = parseScenario(night, 'x')
  expect(new Date(startMs).toISOString()).toBe('2026-04-26T23:30:00.000Z')
  expect(spanMs).toBe(12.5 * 3_600_000)
})

test('whatever is done to a scenario, it is read or its mistake is told with a place in the file', () => {
  const scrap = fc.oneof(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ': ',
      '- ',
      ',',
      '"',
      "'",
      '&a ',
      '*a',
      '!!x ',
      '\t',
      '\n',
      '#',
      '|',
      '>',
      '? ',
      '---\n',
      '%',
      '@',
    ),
    fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      'null',
      '.nan',
      '-1',
      '1e99',
      '99999999999d',
      '\u0000',
      '\ud800',
      '\u{1f525}',
    ),
    fc.string({ maxLength: 12 }),
  )
  const edits = fc.array(fc.tuple(fc.nat(rich.length), fc.nat(30), scrap), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(edits, (changes) => {
      const text = changes.reduce((all, [at, cut, put]) => all.slice(0, at) + put + all.slice(at + cut), rich)
      expect(blunder(text)).toBe('')
    }),
    { numRuns: 300 },
  )
})

test('whatever values stand in the places of a scenario, its mistakes are told', () => {
  const value = fc.oneof(
    fc.constantFrom(
      'constructor',
      '__proto__',
      '[]',
      '{}',
      '~',
      '""',
      '0',
      '-5m',
      '0s',
      '0%',
      '0/s',
      'true',
      '1/s',
      '5m',
      '2026-04-27 11:10Z',
    ),
  )
  fc.assert(
    fc.property(fc.nat(200), value, (nth, put) => {
      const places = [...rich.matchAll(/(?<=: )[^\s{},[\]]+(?=[\s,}])/gu)]
      const place = places[nth % places.length]
      const at = place?.index ?? 0
      expect(blunder(rich.slice(0, at) + put + rich.slice(at + (place?.[0].length ?? 0)))).toBe('')
    }),
    { numRuns: 200 },
  )
})

/** What is wrong with how a text is received; empty when it is read, or its mistake is told well. */
function blunder(text: string): string {
  try {
    parseScenario(text, 'x.yaml')
    return ''
  } catch (error) {
    if (!isUserError(error)) return `threw ${String(error)}`
    const told = String(error)
    return error.place?.file === 'x.yaml' && !/undefined|NaN|\[object/u.test(told) ? '' : told
  }
}

test.for(findScenarios(shippedScenarios))('$name is the same scenario with the line ends of Windows', ({ file }) => {
  const text = readFileSync(file, 'utf8')
  expect(parseScenario(text.replaceAll('\n', '\r\n'), file)).toEqual(parseScenario(text, file))
})

test('a mistake in a file with the line ends of Windows is found where it stands', () => {
  const problemOf = (text: string): unknown => {
    try {
      return parseScenario(text, 'x')
    } catch (error) {
      return isUserError(error) && { message: error.message, place: error.place, excerpt: error.excerpt }
    }
  }
  const text = edited(['impatient: 5s', 'impatient: soon'])
  expect(problemOf(text)).toMatchObject({ place: { line: expect.any(Number) as number } })
  expect(problemOf(text.replaceAll('\n', '\r\n'))).toEqual(problemOf(text))
})
