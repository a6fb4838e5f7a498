// Things that last for a while, and how many of them there were at once: exchanges in flight, work that waits.

import type { EventOf } from '#history/event.ts'
import type { History } from '#history/history.ts'
import { endOf, exchanges, selector, type Exchange } from '#history/query.ts'

/** `from` is included and `until` is not, so that whatever takes the place of another is not counted beside it. */
export type Stay<T> = { readonly from: number; readonly until: number; readonly of: T }

/** What there was at a moment: how many, and since when. */
export type Crowd<T> = { readonly at: number; readonly present: readonly T[] }

/** The moment at which most of them were there at once; `null` when there was none. */
export function busiest<T>(stays: readonly Stay<T>[]): Crowd<T> | null {
  let most = 0
  let busiestAt = 0
  let now = 0
  for (const { at, change } of stepsOf(stays)) {
    now += change
    if (now <= most) continue
    most = now
    busiestAt = at
  }
  return most === 0 ? null : { at: busiestAt, present: presentAt(stays, busiestAt) }
}

export function presentAt<T>(stays: readonly Stay<T>[], at: number): readonly T[] {
  return stays.flatMap(({ from, until, of }) => (from <= at && at < until ? [of] : []))
}

type Step = { readonly at: number; readonly change: number }

/** Beginnings and ends in order of time; at the same moment the ends come first. */
function stepsOf(stays: readonly Stay<unknown>[]): readonly Step[] {
  return stays
    .filter(({ from, until }) => until > from)
    .flatMap(({ from, until }) => [
      { at: from, change: 1 },
      { at: until, change: -1 },
    ])
    .toSorted((one, other) => one.at - other.at || one.change - other.change)
}

const restartsByInstance = selector((history): ReadonlyMap<number, readonly EventOf<'client.restarted'>[]> =>
  Map.groupBy(history.all('client.restarted'), ({ instance }) => instance),
)

/** When the process ended that lived at `seq`; the end of the run when it lived on. */
export function diesAt(history: History, instance: number, seq: number): number {
  const next = restartsByInstance(history)
    .get(instance)
    ?.find((event) => event.seq > seq)
  return next?.at ?? endOf(history) + 1
}

/** Exchanges while they were in flight. What a redirect sent on is the same request, and what a process had in flight ends
 * with it. An answer that nobody reads is over with its head. */
export const flights: (history: History) => readonly Stay<Exchange>[] = selector((history) =>
  exchanges(history).flatMap((exchange) => {
    const { sent, completedAt, head } = exchange
    if (sent.redirectOf !== undefined) return []
    const until = Math.min(completedAt ?? head?.at ?? Infinity, diesAt(history, sent.instance, sent.seq))
    return [{ from: sent.at, until, of: exchange }]
  }),
)
