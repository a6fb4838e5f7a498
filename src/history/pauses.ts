// When a process of the client was frozen, and when it had no network. What it did not do while it was frozen is not its to answer for; what was
// sent to it without a network may never have come.

import type { EventOf } from './event.ts'
import type { History } from './history.ts'
import { selector } from './selector.ts'

type Pause = { readonly from: number; readonly until: number }
type Pauses = ReadonlyMap<number, readonly Pause[]>
type Begin = 'client.paused' | 'client.unplugged'
type End = 'client.resumed' | 'client.plugged'

/** A process that is killed meanwhile has a successor that is whole. */
const between = (begin: Begin, end: End) =>
  selector((history): Pauses => {
    const begins: readonly EventOf<Begin>[] = history.all(begin)
    if (begins.length === 0) return new Map()
    const ends: readonly EventOf<End | 'client.restarted'>[] = [...history.all(end), ...history.all('client.restarted')]
    const all = begins.map(({ instance, at: from, seq }) => {
      const after = ends.filter((each) => each.instance === instance && each.seq > seq)
      return { instance, from, until: Math.min(...after.map(({ at }) => at)) }
    })
    return Map.groupBy(all, ({ instance }) => instance)
  })

const pauses = between('client.paused', 'client.resumed')
const cuts = between('client.unplugged', 'client.plugged')

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

/** Whether it had no network then. */
export function wasCutOff(history: History, instance: number, at: number): boolean {
  return (cuts(history).get(instance) ?? []).some(({ from, until }) => from <= at && at <= until)
}

/** Whether what came at `at` may have been sent long before: connections keep what they could not send, and an operation that was asked for by the end
 * of the cut may have left it there. */
export function mayBeLate(history: History, instance: number, askedAt: number, at: number): boolean {
  return (cuts(history).get(instance) ?? []).some(({ until }) => askedAt <= until && until <= at)
}
