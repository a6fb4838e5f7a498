// The figures of one history over its time, taken in one pass, because a history may have millions of events.
// Operations are counted when they were asked, however late they ended, so that the outcomes of a step add up to what was asked
// in it; requests are counted when they were sent.

import type { EventOf, HistoryEvent } from '#history/event.ts'
import type { History } from '#history/history.ts'
import { endOf } from '#history/query.ts'
import { changesOf, columnOf, type Column } from './column.ts'
import { Crowd } from './crowd.ts'
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
  const grid = gridOf(spanMs)
  const pass = new Pass(grid, history, new Set())
  for (const event of history) pass.see(event)
  const unread = pass.unread()
  if (unread.size === 0) return pass.told(spanMs)
  // Whether anybody reads an answer is known when all is over.
  const again = new Pass(grid, history, unread)
  for (const event of history) again.see(event)
  return again.told(spanMs)
}

function* operationsOf(history: History): Iterable<number> {
  for (const { operation } of history.each('operation.invoked')) yield operation
}

function* exchangesOf(history: History): Iterable<number> {
  for (const { exchange } of history.each('exchange.sent')) yield exchange
}

const unknown = outcomes.indexOf('unknown')
const cancelled = outcomes.indexOf('cancelled')
/** Bits of what is known of a request. */
const [begun, headed, over] = [1, 2, 4]

/** Flat arrays, because a million small objects cost more than all there is to count. */
class Pass {
  readonly #grid: Grid
  readonly #unread: ReadonlySet<number>
  readonly #operations: Places
  readonly #asked: Float64Array
  readonly #settled: Float64Array
  readonly #outcome: Uint8Array
  readonly #open: Crowd
  readonly #flights: Places
  readonly #flight: Uint8Array
  readonly #inFlight: Crowd
  readonly #sent: Float64Array
  readonly #queue: Float64Array
  readonly #totals: Series['totals']

  /** `unread`: the places of answers that nobody reads, which are over with their heads. */
  constructor(grid: Grid, history: History, unread: ReadonlySet<number>) {
    this.#grid = grid
    this.#unread = unread
    this.#totals = { operations: history.count('operation.invoked'), exchanges: history.count('exchange.sent') }
    this.#operations = new Places(() => operationsOf(history), this.#totals.operations)
    this.#asked = unknownTimes(this.#operations.room)
    this.#settled = unknownTimes(this.#operations.room)
    this.#outcome = new Uint8Array(this.#operations.room).fill(unknown)
    this.#open = new Crowd(grid)
    this.#flights = new Places(() => exchangesOf(history), this.#totals.exchanges)
    this.#flight = new Uint8Array(this.#flights.room)
    this.#inFlight = new Crowd(grid)
    this.#sent = new Float64Array(grid.steps)
    this.#queue = new Float64Array(grid.steps)
  }

  see(event: HistoryEvent): void {
    switch (event.kind) {
      case 'operation.invoked':
        this.#ask(this.#operations.of(event.operation), event.at)
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

  #ask(place: number, at: number): void {
    if (Number.isNaN(this.#asked[place])) this.#open.enter(at)
    this.#asked[place] = at
  }

  #settle({ operation, at }: EventOf<'operation.ok'> | EventOf<'operation.error'>, outcome: Outcome): void {
    const place = this.#operations.of(operation)
    if (!Number.isNaN(this.#settled[place])) return
    this.#settled[place] = at
    if (!Number.isNaN(this.#asked[place])) this.#open.leave(at)
    if (this.#outcome[place] === unknown) this.#outcome[place] = outcomes.indexOf(outcome)
  }

  #send({ at, exchange, redirectOf }: EventOf<'exchange.sent'>): void {
    const step = stepAt(this.#grid, at)
    this.#sent[step] = (this.#sent[step] ?? 0) + 1
    const place = this.#flights.of(exchange)
    if (redirectOf !== undefined || (this.#flight[place] ?? 0) & begun) return
    this.#flight[place] = (this.#flight[place] ?? 0) | begun
    this.#inFlight.enter(at)
  }

  #headed(place: number, at: number): void {
    this.#flight[place] = (this.#flight[place] ?? 0) | headed
    if (this.#unread.has(place)) this.#over(place, at)
  }

  /** Only the first end counts. */
  #over(place: number, at: number): void {
    const flight = this.#flight[place] ?? 0
    if (!(flight & begun) || flight & over) return
    this.#flight[place] = flight | over
    this.#inFlight.leave(at)
  }

  /** The places of what had a head and no end. */
  unread(): ReadonlySet<number> {
    const places = new Set<number>()
    this.#flight.forEach((flight, place) => {
      if (flight === (begun | headed)) places.add(place)
    })
    return places
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
    return {
      grid,
      asked,
      sent: columnOf(this.#sent),
      inFlight: changesOf(this.#inFlight.peaks()),
      open: changesOf(this.#open.peaks()),
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
