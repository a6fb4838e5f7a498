// The calendar day of a moment in a time zone, from its first second to the first of the next, as Intercom matches dates.

const daySeconds = 86_400
/** Beyond it there is no calendar. */
const farthestSeconds = 8e12

export type Day = { readonly from: number; readonly until: number }

export function dayOf(seconds: number, timezone: string): Day {
  if (timezone === 'UTC' || Math.abs(seconds) > farthestSeconds) {
    const from = Math.floor(seconds / daySeconds) * daySeconds
    return { from, until: from + daySeconds }
  }
  const from = midnightBefore(Math.floor(seconds), timezone)
  // Days have 23 to 25 hours.
  return { from, until: midnightBefore(from + daySeconds + 7_200, timezone) }
}

/** A clock that was put forward or back since midnight is off by that much, and put right. */
function midnightBefore(seconds: number, timezone: string): number {
  const guess = seconds - timeOfDay(seconds, timezone)
  const off = timeOfDay(guess, timezone)
  return off < daySeconds / 2 ? guess - off : guess + daySeconds - off
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function timeOfDay(seconds: number, timezone: string): number {
  const known = clocks.get(timezone)
  const clock = known ?? new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'medium', hourCycle: 'h23' })
  if (!known) clocks.set(timezone, clock)
  const [hours = 0, minutes = 0, rest = 0] = clock
    .format(seconds * 1_000)
    .split(':')
    .map(Number)
  return hours * 3_600 + minutes * 60 + rest
}
