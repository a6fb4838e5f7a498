// Which instant a time in a text means. What the text does not say is taken from the line before, from its first full date, or from
// the command line; everything that is taken for granted is a remark.

import { formatInstant, parseInstant } from '#clock/instant.ts'
import { UserError } from '#context/user-error.ts'
import { day as dayMs } from './account.ts'
import type { DayStamp, Stamp } from './stamps.ts'
import type { Zone } from './zones.ts'

/** What holds where a line does not say. `date` is such as 2026-04-27. */
export type Surroundings = { readonly date: string | undefined; readonly zone: Zone | undefined }

/** A date outside of these is a number that looks like one. */
export const firstYear = 1990
export const lastYear = 2100

/** Beyond this, a time before that of the line above is on the next day; below it, the lines are out of order. */
const outOfOrderMs = 2 * 3_600_000

export class Calendar {
  readonly remarks = new Set<string>()
  readonly #file: string
  readonly #date: string | undefined
  readonly #zone: Zone | undefined
  /** Midnight of the day, as the clocks of the text have it, and the time of the line before. */
  #today: number | undefined
  #last: number | undefined

  constructor(file: string, { date, zone }: Surroundings) {
    this.#file = file
    this.#date = date
    this.#zone = zone
  }

  /** A heading with a date: what follows is on that day. `undefined` when there is no such day. */
  turnTo(day: DayStamp): number | undefined {
    const midnight = this.#midnightOf(day)
    if (midnight === undefined) return undefined
    this.#today = midnight
    this.#last = undefined
    return midnight
  }

  /** In ms since the epoch; `undefined` when it cannot be known. `steady`: a line of a list, which goes on from the one before. */
  at(stamp: Stamp, place: string, steady: boolean): number | undefined {
    const zone = stamp.zone ?? this.#zone
    if (zone?.minutes === null) return undefined
    if (stamp.day !== null && this.turnTo(stamp.day) === undefined) return undefined
    this.#today ??= this.#firstDay()
    if (stamp.zone === null && this.#zone === undefined)
      this.remarks.add(
        'Times without a time zone are taken to be UTC: the document names none. Say otherwise with --zone.',
      )
    const offsetMs = (zone?.minutes ?? 0) * 60_000
    if (steady && stamp.day === null) this.#passMidnight(stamp.ms, place)
    if (steady) this.#last = stamp.ms
    return this.#today + stamp.ms - offsetMs
  }

  #passMidnight(ms: number, place: string): void {
    if (this.#last === undefined || ms >= this.#last) return
    if (this.#last - ms > outOfOrderMs) {
      this.#today = (this.#today ?? 0) + dayMs
      const day = formatInstant(this.#today).slice(0, 10)
      this.remarks.add(`The time of ${place} is before the one above it and is taken to be on the next day, ${day}.`)
    } else this.remarks.add(`The time of ${place} is before the one above it; both are taken to be on the same day.`)
  }

  #firstDay(): number {
    const midnight = this.#date === undefined ? undefined : parseInstant(`${this.#date} 00:00Z`)
    if (midnight !== undefined) return midnight
    throw new UserError('the text has times, but no date with a year', {
      place: { file: this.#file },
      hint: 'Say which day its first time is on: --date 2026-04-27.',
    })
  }

  #midnightOf({ year, month, day }: DayStamp): number | undefined {
    const two = (number: number): string => String(number).padStart(2, '0')
    const of = (one: number): number | undefined =>
      parseInstant(`${String(one).padStart(4, '0')}-${two(month)}-${two(day)} 00:00Z`)
    if (year !== null) return year >= firstYear && year <= lastYear ? of(year) : undefined
    // The year that brings it next to the day that is known: from December to January it is another one.
    const near = this.#today ?? this.#firstDay()
    const here = Number(formatInstant(near).slice(0, 4))
    const candidates = [here - 1, here, here + 1].map(of).filter((one) => one !== undefined)
    return candidates.toSorted((one, other) => Math.abs(one - near) - Math.abs(other - near))[0]
  }
}
