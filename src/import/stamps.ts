// Times in a line of text: `11:14`, `14:05 UTC`, `2:05 pm`, `2026-04-27T11:14Z`, `10:30 UTC, February 6`. What they say is kept as it
// is; which day and which zone is meant where they do not say is for `calendar.ts`.

import { zoneAt, type Zone } from './zones.ts'

/** `year` is `null` in `Feb 6`. */
export type DayStamp = { readonly year: number | null; readonly month: number; readonly day: number }

/** A time of day. `start` and `end` enclose it with its date and its zone. */
export type Stamp = {
  readonly start: number
  readonly end: number
  /** Milliseconds since midnight. */
  readonly ms: number
  readonly day: DayStamp | null
  readonly zone: Zone | null
  /** Nothing else has this form: it has a zone, a date, am or pm. */
  readonly certain: boolean
}

export type FoundDay = { readonly start: number; readonly end: number; readonly day: DayStamp }

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const isoDay = /(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\d-])/gu
const monthFirst = new RegExp(
  String.raw`\b${month}\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4})(?![\d:]))?(?![\d:])`,
  'giu',
)
const dayFirst = new RegExp(
  String.raw`(?<![\d:.])(\d{1,2})(?:st|nd|rd|th)? ${month}\b\.?(?:,? (\d{4})(?![\d:]))?`,
  'giu',
)
const clock =
  /(?<![\d:.,/\w]|(?<!:\d\d)-)~?([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?!\d|[:.]\d)(?: ?([ap])\.?m\b\.?)?/giu
const isoClock = /(?<=\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):?([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?!\d|:\d)/gu
const hourOnly = /(?<![\d:.,/\w-])(1[0-2]|[1-9])()()() ?([ap])\.?m\b\.?/giu

/** From left to right. */
export function stampsIn(line: string): readonly Stamp[] {
  const days = daysIn(line)
  const found = [isoClock, clock, hourOnly].flatMap((pattern) =>
    Array.from(line.matchAll(pattern), (match) => stampOf(line, match, days)),
  )
  return apart(found)
}

/** From left to right. A date that does not exist is none. */
export function daysIn(line: string): readonly FoundDay[] {
  const found = [
    ...Array.from(line.matchAll(isoDay), (match) => dayOf(match, match[1], match[2], match[3])),
    ...Array.from(line.matchAll(monthFirst), (match) => dayOf(match, match[3], monthNumber(match[1]), match[2])),
    ...Array.from(line.matchAll(dayFirst), (match) => dayOf(match, match[3], monthNumber(match[2]), match[1])),
  ].filter((one) => one !== undefined)
  return apart(found)
}

/** In order, without those that begin inside of another one. */
function apart<T extends { readonly start: number; readonly end: number }>(found: readonly T[]): readonly T[] {
  const ordered = found.toSorted((one, other) => one.start - other.start || other.end - one.end)
  let reached = 0
  return ordered.filter(({ start, end }) => {
    const isFree = start >= reached
    reached = Math.max(reached, end)
    return isFree
  })
}

function dayOf(match: RegExpExecArray, year = '', monthText = '', dayText = ''): FoundDay | undefined {
  const day = { year: year === '' ? null : Number(year), month: Number(monthText), day: Number(dayText) }
  const exists = day.month >= 1 && day.month <= 12 && day.day >= 1 && day.day <= 31
  return exists ? { start: match.index, end: match.index + match[0].length, day } : undefined
}

function monthNumber(word = ''): string {
  return String(months.indexOf(word.slice(0, 3).toLowerCase()) + 1)
}

/** What may stand between a date and its time: `Feb 6, ~10:30`, `Jan 15, 2020 - 07:14`. */
const filler = /^(?:[\s,@~(\u2013\u2014-]|at|approx(?:imately|\.)?|about|around|between|from)*$/iu
/** Farther apart, a date and a time do not belong together. */
const nearby = 40
const fillerAfter = /^(?:,? ?(?:on )?| \()$/iu

function stampOf(line: string, match: RegExpExecArray, days: readonly FoundDay[]): Stamp {
  const [all, hours = '0', minutes = '', seconds = '', fraction = '', half] = match
  // Behind a date and a time as programs write them, a minus is that of an offset.
  const zone = zoneAt(line.slice(match.index + all.length), all.startsWith('T'))
  const end = match.index + all.length + (zone?.length ?? 0)
  const after = days.find(
    ({ start }) => start >= end && start < end + nearby && fillerAfter.test(line.slice(end, start)),
  )
  const before = days.findLast(
    (one) =>
      one.end <= match.index + 1 && match.index < one.end + nearby && filler.test(line.slice(one.end, match.index)),
  )
  const day = before ?? after
  return {
    start: before?.start ?? match.index,
    end: before ? end : (after?.end ?? end),
    ms: ((hourOf(hours, half) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + millis(fraction),
    day: day?.day ?? null,
    zone: zone ? { name: zone.name, minutes: zone.minutes } : null,
    certain: zone !== undefined || day !== undefined || half !== undefined,
  }
}

/** Of `.1234567`, what a scenario can write. */
function millis(fraction: string): number {
  return Number(fraction.padEnd(3, '0').slice(0, 3))
}

function hourOf(written: string, half: string | undefined): number {
  const hour = Number(written)
  if (half === undefined || hour > 12) return hour
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}
