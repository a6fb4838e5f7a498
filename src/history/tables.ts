// What a long history is made of: a table for each kind of event, the place of each event in them, and chains of events.

import { gap, NumberColumn, RecordColumn, TextColumn, ValueColumn, type Column } from './columns.ts'
import type { EventKind, HistoryEvent } from './event.ts'

/** Fields of which hardly two events share a value. */
const allDifferent: ReadonlySet<string> = new Set(['requestId', 'idempotencyKey', 'bodyHash'])
/** Fields that are objects of numbers, and likewise. */
const records: ReadonlySet<string> = new Set(['rateLimit'])

function columnFor(name: string, value: unknown): Column {
  if (allDifferent.has(name)) return new TextColumn()
  if (records.has(name)) return new RecordColumn()
  return typeof value === 'number' || value === null ? new NumberColumn() : new ValueColumn()
}

/** All events of one kind. */
export class Table {
  readonly kind: EventKind
  /** Of each column its name and its place. */
  readonly #names: string[] = []
  readonly #placeOf = new Map<string, number>()
  readonly #columns: Column[] = []
  readonly #seqs = new NumberColumn()
  readonly #times = new NumberColumn()
  rows = 0

  constructor(kind: EventKind) {
    this.kind = kind
  }

  add(event: HistoryEvent): void {
    const fields = event as unknown as Readonly<Record<string, unknown>>
    for (const name in fields) {
      if (name === 'seq' || name === 'at' || name === 'kind' || this.#placeOf.has(name)) continue
      this.#placeOf.set(name, this.#names.push(name) - 1)
      this.#columns.push(gap(columnFor(name, fields[name]), this.rows))
    }
    this.#seqs.add(event.seq)
    this.#times.add(event.at)
    this.#names.forEach((name, place) => this.#put(place, fields[name]))
    this.rows += 1
  }

  /** Numbers by their first value, and then a text: both are kept as they are from there on. */
  #put(place: number, value: unknown): void {
    const column = this.#columns[place] as Column
    if (column instanceof NumberColumn && value !== undefined && value !== null && typeof value !== 'number') {
      const wider = new ValueColumn()
      for (let row = 0; row < this.rows; row += 1) wider.add(column.at(row))
      this.#columns[place] = wider
      wider.add(value)
    } else column.add(value)
  }

  field(row: number, name: string): unknown {
    const place = this.#placeOf.get(name)
    return place === undefined ? undefined : this.#columns[place]?.at(row)
  }

  event(row: number): HistoryEvent {
    const event: Record<string, unknown> = { seq: this.#seqs.at(row), at: this.#times.at(row), kind: this.kind }
    for (let place = 0; place < this.#names.length; place += 1) {
      const value = this.#columns[place]?.at(row)
      if (value !== undefined) event[this.#names[place] as string] = value
    }
    return event as unknown as HistoryEvent
  }
}

/** By number of an event: its table and its row. */
export class Places {
  readonly #tables: Table[] = []
  readonly #tableOf = new NumberColumn()
  readonly #rowOf = new NumberColumn()
  length = 0

  add(table: Table, row: number): void {
    let index = this.#tables.indexOf(table)
    if (index < 0) index = this.#tables.push(table) - 1
    this.#tableOf.add(index)
    this.#rowOf.add(row)
    this.length += 1
  }

  tableOf(seq: number): Table | undefined {
    return this.#tables[this.#tableOf.at(seq) ?? -1]
  }

  rowOf(seq: number): number {
    return this.#rowOf.at(seq) ?? 0
  }

  forEach(visit: (table: Table, row: number, seq: number) => void): void {
    for (let seq = 0; seq < this.length; seq += 1) {
      const table = this.tableOf(seq)
      if (table) visit(table, this.rowOf(seq), seq)
    }
  }
}

/** The numbers of the events of each thing, in order. Things are numbered from 0 on, so that arrays are dense. */
export class Chains {
  readonly #first: number[] = []
  readonly #last: number[] = []
  readonly #next: Int32Array

  constructor(length: number) {
    this.#next = new Int32Array(length).fill(-1)
  }

  add(key: number, seq: number): void {
    const last = this.#last[key]
    if (last === undefined) this.#first[key] = seq
    else this.#next[last] = seq
    this.#last[key] = seq
  }

  of(key: number): readonly number[] {
    const found: number[] = []
    for (let seq = this.#first[key] ?? -1; seq >= 0; seq = this.#next[seq] ?? -1) found.push(seq)
    return found
  }
}
