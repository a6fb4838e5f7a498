// What this run has covered: which fault met which kind of request, and which of the things happened that are to happen sometimes.

import type { PropertyKind } from '#history/event.ts'
import type { History } from '#history/history.ts'
import { bounded, type Bounded } from './bands.ts'

export type Meeting = { readonly fault: string; readonly route: string; readonly hits: number }

export type PropertySeen = {
  readonly property: string
  readonly type: PropertyKind
  readonly by: 'client' | 'scenario'
  readonly held: number
  readonly broken: number
  /** When it first held; `null` when it never did. */
  readonly firstAt: number | null
}

const mostMeetings = 400
const mostProperties = 200

/** By fault, and the most met route first. */
export function meetingsOf(history: History): Bounded<Meeting> {
  const hits = history.all('fault.hit')
  const found = new Map<string, Map<string, number>>()
  for (const { fault, exchange } of hits) {
    const route = exchange === null ? 'notifications and processes' : routeOf(history, exchange)
    const counts = found.get(fault) ?? new Map<string, number>()
    found.set(fault, counts.set(route, (counts.get(route) ?? 0) + 1))
  }
  const all = Array.from(found, ([fault, counts]) =>
    Array.from(counts, ([route, count]) => ({ fault, route, hits: count })).toSorted(
      (one, other) => other.hits - one.hits,
    ),
  )
  return bounded(all.flat(), mostMeetings)
}

function routeOf(history: History, exchange: number): string {
  const sent = history.ofExchange(exchange).find((event) => event.kind === 'exchange.sent')
  return sent ? `${sent.method} ${sent.route}` : 'unknown'
}

export function propertiesOf(history: History): Bounded<PropertySeen> {
  const counts = new Map(history.all('property.counted').map((event) => [event.property, event]))
  const first = new Map<string, number>()
  for (const { property, holds, at } of history.all('property.seen'))
    if (holds && !first.has(property)) first.set(property, at)
  const all = history.all('property.declared').map(({ property, type, by }) => ({
    property,
    type,
    by,
    held: counts.get(property)?.held ?? 0,
    broken: counts.get(property)?.broken ?? 0,
    firstAt: first.get(property) ?? null,
  }))
  return bounded(all, mostProperties)
}
