// How much was on the wire: the busiest ten seconds, and the most at once.

import type { History } from './history.ts'
import { exchanges, type Exchange } from './query.ts'

const windowMs = 10_000

/** The most exchanges sent within any 10 s from `from` on, before `until` (ms since the run's start). */
export function peakSends(history: History, from = 0, until = Number.POSITIVE_INFINITY): number {
  const times: number[] = []
  for (const { at } of history.each('exchange.sent')) if (at >= from && at < until) times.push(at)
  let first = 0
  let peak = 0
  times.forEach((at, index) => {
    while ((times[first] ?? at) <= at - windowMs) first += 1
    peak = Math.max(peak, index - first + 1)
  })
  return peak
}

/** The most of these exchanges in flight at once: sent, and neither answered, failed nor given up. Default: all. */
export function peakInFlight(history: History, among: readonly Exchange[] = exchanges(history)): number {
  const steps = among.flatMap(({ sent, end }) => [
    { seq: sent.seq, change: 1 },
    ...(end ? [{ seq: end.seq, change: -1 }] : []),
  ])
  let now = 0
  let peak = 0
  for (const { change } of steps.toSorted((one, other) => one.seq - other.seq)) {
    now += change
    peak = Math.max(peak, now)
  }
  return peak
}
