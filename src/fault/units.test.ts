import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { durationMs, formatRate, formatShare, ratePerSecond, share } from './units.ts'

const messageOf = (schema: z.ZodType, input: unknown): string | undefined =>
  schema.safeParse(input).error?.issues[0]?.message

describe('what people write becomes a number', () => {
  test.for([
    [durationMs, '20s', 20_000],
    [durationMs, '250ms', 250],
    [durationMs, '1h30m', 5_400_000],
    [durationMs, '0.5s', 500],
    [durationMs, '0s', 0],
    [ratePerSecond, '1/s', 1],
    [ratePerSecond, '12/min', 0.2],
    [ratePerSecond, '90/h', 0.025],
    [ratePerSecond, '2.5/s', 2.5],
    [share, '25%', 0.25],
    [share, '0.5%', 0.005],
    [share, '0%', 0],
    [share, '100%', 1],
    [share, '100.0%', 1],
  ] as const)('%#: %s', ([schema, text, value]) => {
    expect(schema.parse(text)).toBeCloseTo(value, 10)
  })
})

describe('anything else is refused', () => {
  test.for([
    [durationMs, [20, '20', '20 s', '-5s', 's', '', '1e3s', '20sec', `${'9'.repeat(400)}d`, null, {}, []]],
    [ratePerSecond, [1, '1', '1/sec', '/s', '1 / s', '-1/s', '1/d', `${'9'.repeat(400)}/s`, null]],
    [share, [0.25, '25', '101%', '100.1%', '-1%', '25 %', '1e1%', '%', null]],
  ] as const)('%#', ([schema, inputs]) => {
    expect(inputs.filter((input) => schema.safeParse(input).success)).toEqual([])
  })
})

test('the message quotes what was given and shows how to write it', () => {
  expect(messageOf(durationMs, 20)).toBe('20 is not a duration such as "20s", "250ms" or "1h30m"')
  expect(messageOf(durationMs, '20 s')).toBe('"20 s" is not a duration such as "20s", "250ms" or "1h30m"')
  expect(messageOf(ratePerSecond, '1/sec')).toBe('"1/sec" is not a rate such as "1/s", "12/min" or "90/h"')
  expect(messageOf(share, 0.25)).toBe('0.25 is not a share such as "25%", "0.5%" or "100%"')
  expect(messageOf(share, undefined)).toBe('a share is needed here, such as "25%", "0.5%" or "100%"')
})

test('a long wrong text is cut in the message', () => {
  expect(messageOf(share, 'x'.repeat(10_000))?.length).toBeLessThan(150)
})

test.for([
  ['duration', durationMs],
  ['rate', ratePerSecond],
  ['share', share],
] as const)('in the JSON Schema a %s is a described text with a pattern that its examples match', ([, schema]) => {
  const json = z.toJSONSchema(schema, { io: 'input' })
  expect(json).toMatchObject({ type: 'string', description: expect.any(String), pattern: expect.any(String) })
  const pattern = new RegExp(json.pattern ?? '', 'u')
  for (const example of json.examples ?? []) {
    expect(pattern.test(String(example))).toBe(true)
    expect(schema.safeParse(example).success).toBe(true)
  }
})

test('every unit gives a finite number that is not negative, or refuses', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.tuple(fc.double({ min: 0 }), fc.constantFrom('s', 'ms', 'h', '/s', '/min', '%')).map((parts) => parts.join('')),
    fc.tuple(fc.nat(), fc.constantFrom('s', 'ms', 'h', '/s', '/min', '%')).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(texts, fc.constantFrom(durationMs, ratePerSecond, share), (text, schema) => {
      const { data } = schema.safeParse(text)
      expect(data === undefined || (Number.isFinite(data) && data >= 0)).toBe(true)
    }),
  )
})

test.for([
  [0.25, '25%'],
  [0.005, '0.5%'],
  [1, '100%'],
  [0.07, '7%'],
] as const)('the share %d is written %s', ([value, text]) => {
  expect(formatShare(value)).toBe(text)
})

test.for([
  [1, '1 per second'],
  [180, '180 per second'],
  [0.2, '12 per minute'],
  [0.025, '1.5 per minute'],
  [1 / 3_600, '1 per hour'],
  [0, '0 per second'],
] as const)('the rate %d is written %s', ([value, text]) => {
  expect(formatRate(value)).toBe(text)
})
