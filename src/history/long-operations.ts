// The operations of a long history, as numbers of events in arrays, and small objects that look their events up.

import type { EventOf } from './event.ts'
import type { ExchangeRows, LongExchange } from './long-exchanges.ts'
import { eventAt, none, numbers, type LongHistory } from './long-history.ts'
import { ownMs } from './pauses.ts'
import { RowIndex } from './row-index.ts'
import { isBackground } from './joined.ts'
import type { Exchange, Operation, Settled } from './joined.ts'

const outcomes: readonly Operation['outcome'][] = [
  'unknown',
  'fresh',
  'stale',
  'queued',
  'fallback',
  'dropped',
  'error',
]

/** In the order in which they were asked. */
export class OperationRows {
  readonly history: LongHistory
  readonly invoked: Int32Array
  readonly cancelled: Int32Array
  readonly settled: Int32Array
  readonly outcome: Uint8Array
  readonly latencyMs: Float64Array
  readonly certain: Uint8Array
  readonly views: readonly LongOperation[]
  readonly #rowOf: RowIndex
  /** Its exchanges, as a chain: its first and its last, and of each exchange the next. */
  readonly #first: Int32Array
  readonly #last: Int32Array
  #next = numbers(0)
  #exchanges: readonly LongExchange[] = []

  constructor(history: LongHistory) {
    this.history = history
    const length = history.count('operation.invoked')
    this.#rowOf = new RowIndex(length)
    this.invoked = numbers(length)
    this.cancelled = numbers(length)
    this.settled = numbers(length)
    this.outcome = new Uint8Array(length)
    this.latencyMs = new Float64Array(length).fill(Number.NaN)
    this.certain = new Uint8Array(length).fill(1)
    this.#first = numbers(length)
    this.#last = numbers(length)
    const views: LongOperation[] = []
    for (const { seq, operation } of history.each('operation.invoked')) {
      if (this.#rowOf.get(operation) !== undefined) throw new Error(`The operation ${operation} was asked twice.`)
      this.#rowOf.set(operation, views.length)
      this.invoked[views.length] = seq
      views.push(new LongOperation(this, views.length))
    }
    this.views = views
    for (const { seq, operation } of history.each('operation.cancelled')) {
      const row = this.#rowOf.get(operation)
      if (row !== undefined && this.cancelled[row] === none) this.cancelled[row] = seq
    }
    for (const kind of ['operation.ok', 'operation.error', 'operation.unknown'] as const)
      for (const event of history.each(kind)) this.#settle(event)
  }

  of(operation: number): LongOperation | undefined {
    return this.views[this.#rowOf.get(operation) ?? none]
  }

  askOf(operation: number | null): EventOf<'operation.invoked'> | undefined {
    const row = operation === null ? undefined : this.#rowOf.get(operation)
    return (row !== undefined && eventAt<EventOf<'operation.invoked'>>(this.history, this.invoked[row])) || undefined
  }

  take(exchanges: ExchangeRows): void {
    this.#exchanges = exchanges.views
    this.#next = numbers(exchanges.views.length)
    for (const exchange of exchanges.views) {
      const { operation } = exchange.sent
      const row = operation === null ? undefined : this.#rowOf.get(operation)
      const owner = row === undefined ? undefined : this.views[row]
      if (row !== undefined && owner && !isBackground(owner, exchange)) this.#append(row, exchange)
    }
  }

  exchangesOf(row: number): readonly Exchange[] {
    const found: Exchange[] = []
    for (let at = this.#first[row] ?? none; at !== none; at = this.#next[at] ?? none) {
      const exchange = this.#exchanges[at]
      if (exchange) found.push(exchange)
    }
    return found
  }

  #append(row: number, exchange: LongExchange): void {
    const last = this.#last[row] ?? none
    if (last === none) this.#first[row] = exchange.row
    else this.#next[last] = exchange.row
    this.#last[row] = exchange.row
    if (!exchange.certain) this.certain[row] = 0
  }

  #settle(event: Settled): void {
    const row = this.#rowOf.get(event.operation)
    const before = row === undefined ? none : (this.settled[row] ?? none)
    if (row === undefined || (before !== none && before < event.seq)) return
    this.settled[row] = event.seq
    if (event.kind === 'operation.unknown') return
    this.outcome[row] = outcomes.indexOf(event.kind === 'operation.ok' ? event.result : 'error')
    const ask = this.askOf(event.operation)
    if (ask) this.latencyMs[row] = ownMs(this.history, ask.instance, ask.at, event.at)
  }
}

class LongOperation implements Operation {
  readonly #rows: OperationRows
  readonly #row: number

  constructor(rows: OperationRows, row: number) {
    this.#rows = rows
    this.#row = row
  }

  get id(): number {
    return this.invoked.operation
  }
  get invoked(): Operation['invoked'] {
    return this.#rows.history.at(this.#rows.invoked[this.#row] ?? none) as Operation['invoked']
  }
  get cancelled(): Operation['cancelled'] {
    return eventAt(this.#rows.history, this.#rows.cancelled[this.#row])
  }
  get cancelledAt(): number | null {
    return this.cancelled?.at ?? null
  }
  get settled(): Operation['settled'] {
    return eventAt(this.#rows.history, this.#rows.settled[this.#row])
  }
  get outcome(): Operation['outcome'] {
    return outcomes[this.#rows.outcome[this.#row] ?? 0] ?? 'unknown'
  }
  get latencyMs(): number | null {
    const ms = this.#rows.latencyMs[this.#row]
    return ms === undefined || Number.isNaN(ms) ? null : ms
  }
  get exchanges(): readonly Exchange[] {
    return this.#rows.exchangesOf(this.#row)
  }
  get certain(): boolean {
    return this.#rows.certain[this.#row] === 1
  }
}
