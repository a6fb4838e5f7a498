// The figures of one history over its time, taken in one pass, because a history may have millions of events.
// Operations are counted when they were asked, however late they ended, so that the outcomes of a step add up to what was asked
// in it; requests are counted when they were sent.

import type { EventOf, HistoryEvent } from '#history/event.ts'
import type { History } from '#history/history.ts'
import { endOf } from '#history/query.ts'
import { changesOf, columnOf, type Column } from './column.ts'
import { peaksOf } from './crowd.ts'
import { gridOf, stepAt, type Grid } from './grid.ts'
import { latenciesOf, type Latencies } from './latency.ts'
import { Places, unknownTimes } from './places.ts'

export const outcomes = ['fresh', 'stale', 'queued', 'fallback', 'dropped', 'cancelled', 'error', 'unknown'] as const
export type Outcome = (typeof outcomes)[number]

export type Series = {
  readonly grid: Grid
  /** By how they ended, operations that were asked in a step. */
  readonly asked: Readonly<Record<Outcome, Column>>
  readonly sent: Column
  /** Peaks of each step, told as changes: requests without an end, and operations without one. */
  readonly inFlight: Column
  readonly open: Column
  /** The longest queue at the provider that a request of ours met in a step. */
  readonly queue: Column
  readonly latencies: Latencies
  readonly totals: { readonly operations: number; readonly exchanges: number }
}

export function seriesOf(history: History): Series {
  const spanMs = Math.max(history.header.spanMs, endOf(history))
  const pass = new Pass(gridOf(spanMs), history)
  for (const event of history) pass.see(event)
  return pass.told(spanMs)
}

const unknown = outcomes.indexOf('unknown')
const cancelled = outcomes.indexOf('cancelled')

/** Flat arrays, because a million small objects cost more than all there is to count. */
class Pass {
  readonly #grid: Grid
  readonly #operations: Places
  readonly #asked: Float64Array
  readonly #settled: Float64Array
  readonly #outcome: Uint8Array
  readonly #flights: Places
  readonly #began: Float64Array
  readonly #ended: Float64Array
  readonly #sent: Float64Array
  readonly #queue: Float64Array
  readonly #totals: Series['totals']

  constructor(grid: Grid, history: History) {
    this.#grid = grid
    const operations = history.all('operation.invoked').map(({ operation }) => operation)
    const exchanges = history.all('exchange.sent').map(({ exchange }) => exchange)
    this.#totals = { operations: operations.length, exchanges: exchanges.length }
    this.#operations = new Places(operations)
    this.#asked = unknownTimes(this.#operations.room)
    this.#settled = unknownTimes(this.#operations.room)
    this.#outcome = new Uint8Array(this.#operations.room).fill(unknown)
    this.#flights = new Places(exchanges)
    this.#began = unknownTimes(this.#flights.room)
    this.#ended = unknownTimes(this.#flights.room)
    this.#sent = new Float64Array(grid.steps)
    this.#queue = new Float64Array(grid.steps)
  }

  see(event: HistoryEvent): void {
    switch (event.kind) {
      case 'operation.invoked':
        this.#asked[this.#operations.of(event.operation)] = event.at
        return
      case 'operation.cancelled':
        this.#outcome[this.#operations.of(event.operation)] = cancelled
        return
      case 'operation.ok':
        this.#settle(event, event.result)
        return
      case 'operation.error':
        this.#settle(event, 'error')
        return
      case 'exchange.sent':
        this.#send(event)
        return
      case 'exchange.arrived': {
        const step = stepAt(this.#grid, event.at)
        this.#queue[step] = Math.max(this.#queue[step] ?? 0, event.queued)
        return
      }
      case 'exchange.head':
        this.#headed(this.#flights.of(event.exchange), event.at)
        return
      case 'exchange.ended':
      case 'exchange.failed':
      case 'exchange.aborted':
        this.#over(this.#flights.of(event.exchange), event.at)
        return
      // Nothing else has a figure.
      default:
    }
  }

  #settle({ operation, at }: EventOf<'operation.ok'> | EventOf<'operation.error'>, outcome: Outcome): void {
    const place = this.#operations.of(operation)
    if (!Number.isNaN(this.#settled[place])) return
    this.#settled[place] = at
    if (this.#outcome[place] === unknown) this.#outcome[place] = outcomes.indexOf(outcome)
  }

  #send({ at, exchange, redirectOf }: EventOf<'exchange.sent'>): void {
    const step = stepAt(this.#grid, at)
    this.#sent[step] = (this.#sent[step] ?? 0) + 1
    if (redirectOf === undefined) this.#began[this.#flights.of(exchange)] = at
  }

  /** An answer that nobody reads is over with its head. Until it ends, its time is kept below zero. */
  #headed(place: number, at: number): void {
    if (Number.isNaN(this.#ended[place])) this.#ended[place] = -Math.max(at, Number.MIN_VALUE)
  }

  /** Only the first end counts. */
  #over(place: number, at: number): void {
    const known = this.#ended[place] ?? Number.NaN
    if (Number.isNaN(known) || known < 0) this.#ended[place] = at
  }

  told(spanMs: number): Series {
    const grid = this.#grid
    const waits = {
      began: this.#asked,
      ended: this.#settled,
      counts: (place: number) => this.#outcome[place] !== cancelled,
    }
    const latencies = latenciesOf(waits, spanMs)
    const asked = this.#askedByOutcome()
    const ended = this.#ended.map(Math.abs)
    return {
      grid,
      asked,
      sent: columnOf(this.#sent),
      inFlight: changesOf(peaksOf(grid, this.#began, ended)),
      open: changesOf(peaksOf(grid, this.#asked, this.#settled)),
      queue: columnOf(this.#queue),
      latencies,
      totals: this.#totals,
    }
  }

  #askedByOutcome(): Record<Outcome, Column> {
    const counts = outcomes.map(() => new Float64Array(this.#grid.steps))
    this.#asked.forEach((at, place) => {
      const column = counts[this.#outcome[place] ?? unknown]
      if (!column || Number.isNaN(at)) return
      const step = stepAt(this.#grid, at)
      column[step] = (column[step] ?? 0) + 1
    })
    const told = outcomes.map((outcome, index) => [outcome, columnOf(counts[index] ?? [])] as const)
    return Object.fromEntries(told) as Record<Outcome, Column>
  }
}
