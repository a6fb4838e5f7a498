import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf } from './calendar-day.ts'

const seconds = (text: string) => Date.parse(text) / 1_000

test.for<[string, string, string, string]>([
  ['UTC', '2026-04-27T11:00:00Z', '2026-04-27T00:00:00Z', '2026-04-28T00:00:00Z'],
  ['Australia/Melbourne', '2026-04-27T11:00:00Z', '2026-04-26T14:00:00Z', '2026-04-27T14:00:00Z'],
  ['Australia/Melbourne', '2026-04-27T14:00:00Z', '2026-04-27T14:00:00Z', '2026-04-28T14:00:00Z'],
  ['America/Los_Angeles', '2026-04-27T03:00:00Z', '2026-04-26T07:00:00Z', '2026-04-27T07:00:00Z'],
  ['Asia/Kathmandu', '2026-04-27T11:00:00Z', '2026-04-26T18:15:00Z', '2026-04-27T18:15:00Z'],
  [
    'the day the clocks go forward: Europe/Dublin',
    '2026-03-29T12:00:00Z',
    '2026-03-29T00:00:00Z',
    '2026-03-29T23:00:00Z',
  ],
  ['the day the clocks go back: Europe/Dublin', '2026-10-25T12:00:00Z', '2026-10-24T23:00:00Z', '2026-10-26T00:00:00Z'],
])('in %s the day of %s is from %s until %s', ([zone, moment, from, until]) => {
  const timezone = zone.split(' ').at(-1) ?? ''
  expect(dayOf(seconds(moment), timezone)).toEqual({ from: seconds(from), until: seconds(until) })
})

const zones = fc.constantFrom(
  'UTC',
  'Europe/Dublin',
  'America/New_York',
  'Africa/Cairo',
  'Pacific/Apia',
  'Asia/Kolkata',
)
const moments = fc.integer({ min: 1_600_000_000, max: 1_900_000_000 })

test('a moment lies within its day, and days follow one another without a gap', () => {
  fc.assert(
    fc.property(moments, zones, (moment, zone) => {
      const { from, until } = dayOf(moment, zone)
      expect(from).toBeLessThanOrEqual(moment)
      expect(until).toBeGreaterThan(moment)
      expect(dayOf(until, zone).from).toBe(until)
      expect(dayOf(from, zone)).toEqual({ from, until })
    }),
  )
})

test.for([Infinity, -Infinity, 1e300, -1e15])('%d has a day of some kind and does not throw', (moment) => {
  expect(() => dayOf(moment, 'Europe/Dublin')).not.toThrow()
})
