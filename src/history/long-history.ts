// A history too long for an object for each event: what the events hold is kept in columns, and an event is made when somebody looks
// at it. Two looks give two objects that are equal.

import { Chains, Places, Table } from './tables.ts'
import type { EventKind, EventOf, HistoryEvent } from './event.ts'
import type { Header } from './header.ts'
import type { History } from './history.ts'

/** How many events are kept as objects, less one. */
const recentMask = 0xff_ff

/** Made when somebody first asks, and shared with the same events under another header. */
type Chained = { exchange?: Chains; operation?: Chains }

export class LongHistory implements History {
  readonly header: Header
  readonly #tables: Map<EventKind, Table>
  /** By number: the table and the row of an event. */
  readonly #places: Places
  readonly #chains: Chained
  /** Who looks at an event looks at it several times. */
  readonly #recent: HistoryEvent[] = []

  private constructor(header: Header, tables: Map<EventKind, Table>, places: Places, chains: Chained) {
    this.header = header
    this.#tables = tables
    this.#places = places
    this.#chains = chains
  }

  /** Throws as `createHistory` does. */
  static from(events: Iterable<HistoryEvent>): LongHistory {
    const [tables, places] = [new Map<EventKind, Table>(), new Places()]
    let header: Header | undefined
    for (const event of events) {
      if (places.length === 0) {
        if (event.kind !== 'run.started') throw new Error('A history starts with "run.started".')
        header = event.header
      }
      if (event.seq !== places.length)
        throw new Error(`Event ${places.length} of the history carries the number ${event.seq}.`)
      let table = tables.get(event.kind)
      if (!table) tables.set(event.kind, (table = new Table(event.kind)))
      places.add(table, table.rows)
      table.add(event)
    }
    if (!header) throw new Error('A history starts with "run.started".')
    return new LongHistory(header, tables, places, {})
  }

  /** The same events under another header. */
  withHeader(header: Header): LongHistory {
    return new LongHistory(header, this.#tables, this.#places, this.#chains)
  }

  get length(): number {
    return this.#places.length
  }

  at(seq: number): HistoryEvent {
    const recent = this.#recent[seq & recentMask]
    if (recent?.seq === seq) return recent
    const table = Number.isInteger(seq) && seq >= 0 && seq < this.length ? this.#places.tableOf(seq) : undefined
    if (!table) throw new RangeError(`The history has no event ${seq}.`)
    const event = this.#event(table, this.#places.rowOf(seq))
    this.#recent[seq & recentMask] = event
    return event
  }

  #event(table: Table, row: number): HistoryEvent {
    const event = table.event(row)
    return event.kind === 'run.started' ? { ...event, header: this.header } : event
  }

  all<K extends EventKind>(kind: K): readonly EventOf<K>[] {
    const table = this.#tables.get(kind)
    if (!table) return []
    return Array.from({ length: table.rows }, (_, row) => this.#event(table, row) as EventOf<K>)
  }

  count(kind: EventKind): number {
    return this.#tables.get(kind)?.rows ?? 0
  }

  *each<K extends EventKind>(kind: K): Iterable<EventOf<K>> {
    const table = this.#tables.get(kind)
    if (!table) return
    for (let row = 0; row < table.rows; row += 1) yield this.#event(table, row) as EventOf<K>
  }

  ofOperation(operation: number): readonly HistoryEvent[] {
    this.#chains.operation ??= this.#operationChains()
    return this.#chains.operation.of(operation).map((seq) => this.at(seq))
  }

  ofExchange(exchange: number): readonly HistoryEvent[] {
    this.#chains.exchange ??= this.#exchangeChains()
    return this.#chains.exchange.of(exchange).map((seq) => this.at(seq))
  }

  #exchangeChains(): Chains {
    const chains = new Chains(this.length)
    this.#places.forEach((table, row, seq) => {
      const exchange = table.field(row, 'exchange')
      if (typeof exchange === 'number') chains.add(exchange, seq)
    })
    return chains
  }

  #operationChains(): Chains {
    const chains = new Chains(this.length)
    const ownerOf: number[] = []
    this.#places.forEach((table, row, seq) => {
      const [own, exchange] = [table.field(row, 'operation'), table.field(row, 'exchange')]
      const isOfExchange = typeof exchange === 'number'
      if (table.kind === 'exchange.sent' && isOfExchange && typeof own === 'number') ownerOf[exchange] = own
      const operation = own === undefined && isOfExchange ? ownerOf[exchange] : own
      if (typeof operation === 'number') chains.add(operation, seq)
    })
    return chains
  }

  *[Symbol.iterator](): Iterator<HistoryEvent> {
    for (let seq = 0; seq < this.length; seq += 1) yield this.at(seq)
  }
}

/** No event has this number. */
export const none = -1

/** Numbers of events, none yet. */
export function numbers(length: number): Int32Array {
  return new Int32Array(length).fill(none)
}

/** `null` where there is none. What kind it is follows from where its number was kept. */
export function eventAt<E>(history: LongHistory, seq: number | undefined): E | null {
  return seq === undefined || seq === none ? null : (history.at(seq) as E)
}
