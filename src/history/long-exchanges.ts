// The exchanges of a long history, as numbers of events in arrays. An exchange is a small object that looks its events up; the same one
// each time, so that it can be compared and be a key.

import type { EventOf } from './event.ts'
import { eventAt, none, numbers, type LongHistory } from './long-history.ts'
import { mayBeLate } from './pauses.ts'
import { RowIndex } from './row-index.ts'
import { isForeign, outcomeOf } from './joined.ts'
import type { EndOfExchange, Exchange, ExchangeOutcome } from './joined.ts'

/** What was asked for by an operation. */
type Asks = { askOf(operation: number | null): EventOf<'operation.invoked'> | undefined }

/** In the order in which they were sent. */
export class ExchangeRows {
  readonly history: LongHistory
  readonly sent: Int32Array
  readonly arrived: Int32Array
  readonly head: Int32Array
  readonly end: Int32Array
  readonly certain: Uint8Array
  readonly completedAt: Float64Array
  readonly hits = new Map<number, number[]>()
  readonly effects = new Map<number, number[]>()
  readonly views: readonly LongExchange[]
  readonly #rowOf: RowIndex
  readonly #outcome: Int32Array
  readonly #outcomes: ExchangeOutcome[] = [{ kind: 'pending' }]
  readonly #outcomeOf = new Map<string, number>()

  constructor(history: LongHistory, operations: Asks) {
    this.history = history
    const length = history.count('exchange.sent')
    this.#rowOf = new RowIndex(length)
    this.sent = numbers(length)
    this.arrived = numbers(length)
    this.head = numbers(length)
    this.end = numbers(length)
    this.certain = new Uint8Array(length)
    this.completedAt = new Float64Array(length).fill(Number.NaN)
    this.#outcome = new Int32Array(length)
    const views: LongExchange[] = []
    for (const sent of history.each('exchange.sent')) {
      const row = views.length
      const isAgain = this.#rowOf.get(sent.exchange) !== undefined
      this.#rowOf.set(sent.exchange, row)
      this.sent[row] = sent.seq
      const ask = operations.askOf(sent.operation)
      const isLate = ask !== undefined && mayBeLate(history, ask.instance, ask.at, sent.at)
      this.certain[row] = sent.certain && !isForeign(sent, ask?.key) && !isLate ? 1 : 0
      if (isAgain) throw new Error(`The exchange ${sent.exchange} was sent twice.`)
      views.push(new LongExchange(this, row))
    }
    this.views = views
    for (const event of history.each('exchange.arrived')) this.#put(this.arrived, event)
    for (const event of history.each('fault.hit')) this.#push(this.hits, event)
    for (const event of history.each('effect.committed')) this.#push(this.effects, event)
    for (const event of history.each('exchange.head')) this.#put(this.head, event)
    for (const kind of ['exchange.ended', 'exchange.failed', 'exchange.aborted'] as const)
      for (const event of history.each(kind)) this.#finish(event)
  }

  of(exchange: number): LongExchange | undefined {
    return this.views[this.#rowOf.get(exchange) ?? none]
  }

  outcome(row: number): ExchangeOutcome {
    return this.#outcomes[this.#outcome[row] ?? 0] ?? { kind: 'pending' }
  }

  #row(exchange: number | null): number | undefined {
    return exchange === null ? undefined : this.#rowOf.get(exchange)
  }

  #put(column: Int32Array, { exchange, seq }: EventOf<'exchange.arrived' | 'exchange.head'>): void {
    const row = this.#row(exchange)
    if (row !== undefined) column[row] = seq
  }

  #push(lists: Map<number, number[]>, { exchange, seq }: EventOf<'fault.hit' | 'effect.committed'>): void {
    const row = this.#row(exchange)
    if (row === undefined) return
    const list = lists.get(row)
    if (list) list.push(seq)
    else lists.set(row, [seq])
  }

  /** Only the first end counts. */
  #finish(event: EndOfExchange): void {
    const row = this.#row(event.exchange)
    const before = row === undefined ? none : (this.end[row] ?? none)
    if (row === undefined || (before !== none && before < event.seq)) return
    this.end[row] = event.seq
    this.completedAt[row] = event.at
    const head = this.head[row] ?? none
    this.#outcome[row] = this.#codeOf(outcomeOf(event, eventAt(this.history, head)))
  }

  /** There are few that differ. */
  #codeOf(outcome: ExchangeOutcome): number {
    const key = JSON.stringify(outcome)
    const code = this.#outcomeOf.get(key) ?? this.#outcomes.push(outcome) - 1
    this.#outcomeOf.set(key, code)
    return code
  }
}

export class LongExchange implements Exchange {
  readonly #rows: ExchangeRows
  readonly row: number

  constructor(rows: ExchangeRows, row: number) {
    this.#rows = rows
    this.row = row
  }

  get id(): number {
    return this.sent.exchange
  }
  get sent(): Exchange['sent'] {
    return this.#rows.history.at(this.#rows.sent[this.row] ?? none) as Exchange['sent']
  }
  get certain(): boolean {
    return this.#rows.certain[this.row] === 1
  }
  get arrived(): Exchange['arrived'] {
    return eventAt(this.#rows.history, this.#rows.arrived[this.row])
  }
  get hits(): Exchange['hits'] {
    return this.#events(this.#rows.hits)
  }
  get effects(): Exchange['effects'] {
    return this.#events(this.#rows.effects)
  }
  get head(): Exchange['head'] {
    return eventAt(this.#rows.history, this.#rows.head[this.row])
  }
  get end(): Exchange['end'] {
    return eventAt(this.#rows.history, this.#rows.end[this.row])
  }
  get outcome(): ExchangeOutcome {
    return this.#rows.outcome(this.row)
  }
  get completedAt(): number | null {
    const at = this.#rows.completedAt[this.row]
    return at === undefined || Number.isNaN(at) ? null : at
  }

  #events<E>(lists: ReadonlyMap<number, readonly number[]>): readonly E[] {
    return (lists.get(this.row) ?? []).map((seq) => this.#rows.history.at(seq) as E)
  }
}
