// Times as people write them.

import { expect, test } from 'vitest'
import { formatInstant } from '#clock/instant.ts'
import { readTextAccount } from './text-account.ts'
import { zoneAt } from './zones.ts'

const options = { date: '2026-04-27', zone: undefined, url: null }

/** What the lines of a text are dated, in the order of their times. */
function instants(text: string, more: object = {}): readonly string[] {
  const { moments } = readTextAccount(text, 'a.txt', { ...options, ...more })
  return moments.map(({ at, words }) => `${formatInstant(at).slice(0, 19)} ${words}`)
}

test.for<[line: string, instant: string]>([
  ['11:14 - Errors', '2026-04-27T11:14:00'],
  ['- 11:14: Errors', '2026-04-27T11:14:00'],
  ['11:14:30 \u2014 Errors', '2026-04-27T11:14:30'],
  ['**~11:14** Errors', '2026-04-27T11:14:00'],
  ['[11:14 UTC] Errors', '2026-04-27T11:14:00'],
  ['14:05 UTC Errors', '2026-04-27T14:05:00'],
  ['2:05 pm: Errors', '2026-04-27T14:05:00'],
  ['2:05pm UTC | Errors', '2026-04-27T14:05:00'],
  ['12:05 a.m. Errors', '2026-04-27T00:05:00'],
  ['2 pm - Errors', '2026-04-27T14:00:00'],
  ['14:05 PDT - Errors', '2026-04-27T21:05:00'],
  ['09:00 AEST - Errors', '2026-04-26T23:00:00'],
  ['14:05 +02:00 Errors', '2026-04-27T12:05:00'],
  ['14:05 UTC-5 Errors', '2026-04-27T19:05:00'],
  ['2026-04-28T11:14:00Z Errors', '2026-04-28T11:14:00'],
  ['2026-04-28T11:14:00.250+10:00 Errors', '2026-04-28T01:14:00'],
  ['2026-04-28 0614 UTC Errors', '2026-04-28T06:14:00'],
  ['Apr 28, ~10:30: Errors', '2026-04-28T10:30:00'],
  ['28 April 2026, 10:30 UTC: Errors', '2026-04-28T10:30:00'],
  ['April 28th, 2026 at 10:30 - Errors', '2026-04-28T10:30:00'],
  ['10:30 UTC, April 28 - Errors', '2026-04-28T10:30:00'],
])('"%s" is at %s', ([line, instant]) => {
  expect(instants(line)).toEqual([`${instant} Errors`])
})

test.for([
  'It ran for 11:14 in all',
  'port 127.0.0.1:8080 answered',
  'ratio 16:9:3',
  '25:61 Errors',
  'version 1.12:30',
  '11:99 - Errors',
  '12:00 IST - Errors',
])('"%s" has no time that can be known', (line) => {
  expect(instants(line)).toEqual([])
})

test('a name of several time zones is said to be one', () => {
  const { unread } = readTextAccount('12:00 IST - Errors', 'a.txt', options)
  expect(unread.map(({ why }) => why)).toEqual(['IST is the name of several time zones; write UTC+1 or so'])
})

test('a list that passes midnight goes on on the next day, and says so', () => {
  const text = '23:50 - Errors\n00:10 - More errors\n01:00 - Resolved'
  expect(instants(text)).toEqual([
    '2026-04-27T23:50:00 Errors',
    '2026-04-28T00:10:00 More errors',
    '2026-04-28T01:00:00 Resolved',
  ])
  expect(readTextAccount(text, 'a.txt', options).remarks).toContain(
    'The time of line 2 is before the one above it and is taken to be on the next day, 2026-04-28.',
  )
})

test('a list with its newest line first stays on its day', () => {
  expect(instants('15:00 - Resolved\n11:00 - Found\n08:00 - Errors')).toEqual([
    '2026-04-27T08:00:00 Errors',
    '2026-04-27T11:00:00 Found',
    '2026-04-27T15:00:00 Resolved',
  ])
})

test('lines that are a little out of order are on the same day', () => {
  expect(instants('11:43 - Rollback\n11:37 - Page posted\n12:00 - Resolved')).toHaveLength(3)
  expect(instants('11:43 - Rollback\n11:37 - Page posted\n12:00 - Resolved')[0]).toContain('11:37')
})

test('a heading with a date turns the page, and a year is the nearest one', () => {
  const text = 'December 31\n23:00 - Errors\nJanuary 1\n01:00 - Resolved'
  expect(instants(text, { date: '2025-12-31' })).toEqual(['2025-12-31T23:00:00 Errors', '2026-01-01T01:00:00 Resolved'])
})

test.for([
  ['Timeline (PDT)\n11:14 - Errors', '18:14'],
  ['**Timeline (all times in PST)**\n11:14 - Errors', '19:14'],
  ['All times are in UTC+2\n11:14 - Errors', '09:14'],
  ['11:14 CET - Errors\n11:20 - More', '10:14'],
])('"%s" is in the zone that the text names', ([text = '', time]) => {
  expect(instants(text)[0]).toContain(`T${time}:00`)
})

test('a zone of the command line is for times that name none', () => {
  const zone = zoneAt('+10:00')
  expect(instants('11:14 - Errors\n12:00 UTC - More', { zone })).toEqual([
    '2026-04-27T01:14:00 Errors',
    '2026-04-27T12:00:00 More',
  ])
})

test('times without a date need one', () => {
  expect(() => readTextAccount('11:14 - Errors', 'a.txt', { ...options, date: undefined })).toThrow(
    'the text has times, but no date with a year',
  )
})

test('a line may say until when, which stays with its words', () => {
  expect(instants('11:14-11:40 UTC: Errors')).toEqual(['2026-04-27T11:14:00 Errors (until 11:40:00Z)'])
})

test('a sentence may say from when until when', () => {
  const { begin, end } = readTextAccount('Between 11:14 and 12:52 UTC requests failed.', 'a.txt', options)
  expect([begin?.at, end?.at].map((at) => at && formatInstant(at).slice(11, 16))).toEqual(['11:14', '12:52'])
})
