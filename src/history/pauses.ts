// When a process of the client was frozen. What it did not do meanwhile is not its to answer for.

import type { EventOf } from './event.ts'
import type { History } from './history.ts'
import { selector } from './selector.ts'

type Pause = { readonly from: number; readonly until: number }
type End = EventOf<'client.resumed'> | EventOf<'client.restarted'>

const pauses = selector((history): ReadonlyMap<number, readonly Pause[]> => {
  const starts = history.all('client.paused')
  if (starts.length === 0) return new Map()
  // A process that is killed while it is frozen has a successor that runs.
  const ends: readonly End[] = [...history.all('client.resumed'), ...history.all('client.restarted')]
  const all = starts.map(({ instance, at: from, seq }) => {
    const end = ends.filter((each) => each.instance === instance && each.seq > seq)
    return { instance, from, until: Math.min(...end.map(({ at }) => at)) }
  })
  return Map.groupBy(all, ({ instance }) => instance)
})

/** How much of the time between two moments a process of the client had to itself, ms. */
export function ownMs(history: History, instance: number, from: number, until: number): number {
  const frozen = (pauses(history).get(instance) ?? []).reduce(
    (sum, pause) => sum + Math.max(0, Math.min(until, pause.until) - Math.max(from, pause.from)),
    0,
  )
  return until - from - frozen
}

/** Whether it was frozen for a part of the time, or had just been. */
export function wasFrozen(history: History, instance: number, from: number, until: number): boolean {
  return ownMs(history, instance, from, until) < until - from
}
