// The ordered, immutable events of one run. An interface: behind a long one there are columns, and behind any other its events.

import type { EventKind, EventOf, HistoryEvent } from './event.ts'
import type { Header } from './header.ts'

export interface History extends Iterable<HistoryEvent> {
  readonly header: Header
  readonly length: number
  /** The event with that sequence number; throws a RangeError when there is none. */
  at(seq: number): HistoryEvent
  all<K extends EventKind>(kind: K): readonly EventOf<K>[]
  /** The same one after the other, so that those of a long history need not all be there at once. */
  each<K extends EventKind>(kind: K): Iterable<EventOf<K>>
  count(kind: EventKind): number
  /** Events that belong to an operation, its exchanges' events included, in order. */
  ofOperation(operation: number): readonly HistoryEvent[]
  /** Events of one exchange, in order. */
  ofExchange(exchange: number): readonly HistoryEvent[]
}

/** Builds a history from events in order. Throws when the first event is not `run.started` or a number is skipped. */
export function createHistory(events: readonly HistoryEvent[]): History {
  const first = events[0]
  if (first?.kind !== 'run.started') throw new Error('A history starts with "run.started".')
  const byKind = new Map<EventKind, HistoryEvent[]>()
  const byOperation = new Map<number, HistoryEvent[]>()
  const byExchange = new Map<number, HistoryEvent[]>()
  const ownerOf = new Map<number, number>()
  events.forEach((event, index) => {
    if (event.seq !== index) throw new Error(`Event ${index} of the history carries the number ${event.seq}.`)
    push(byKind, event.kind, event)
    const exchange = 'exchange' in event ? event.exchange : null
    if (exchange !== null) push(byExchange, exchange, event)
    if (event.kind === 'exchange.sent' && event.operation !== null) ownerOf.set(event.exchange, event.operation)
    const operation =
      'operation' in event ? event.operation : exchange === null ? null : (ownerOf.get(exchange) ?? null)
    if (operation !== null) push(byOperation, operation, event)
  })
  const all = <K extends EventKind>(kind: K): readonly EventOf<K>[] => (byKind.get(kind) ?? []) as EventOf<K>[]
  return {
    header: first.header,
    length: events.length,
    at: (seq) => {
      const event = events[seq]
      if (!event) throw new RangeError(`The history has no event ${seq}.`)
      return event
    },
    all,
    each: all,
    count: (kind) => all(kind).length,
    ofOperation: (operation) => byOperation.get(operation) ?? [],
    ofExchange: (exchange) => byExchange.get(exchange) ?? [],
    [Symbol.iterator]: () => events[Symbol.iterator](),
  }
}

function push<K>(map: Map<K, HistoryEvent[]>, key: K, event: HistoryEvent): void {
  const list = map.get(key)
  if (list) list.push(event)
  else map.set(key, [event])
}
