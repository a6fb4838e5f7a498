// The figures of a run, added up for what is in view: as many buckets as can be told apart on the screen, each of a width that
// clocks have.

import { valuesOf, valuesOfChanges } from '#scene/column.ts'
import { outcomes, type Outcome, type Series } from '#scene/series.ts'
import type { PageData } from '../page-data.ts'
import { quantile, unpackLatencies, type Unpacked } from './quantiles.ts'

export type View = { readonly from: number; readonly until: number }

export type Bucket = {
  readonly from: number
  readonly until: number
  readonly asked: Readonly<Record<Outcome, number>>
  readonly operations: number
  readonly sent: number
  readonly inFlight: number
  readonly open: number
  readonly queue: number
  /** Operations that were accepted as queued and wait at the client. */
  readonly backlog: number
  readonly p50: number | null
  readonly p99: number | null
  /** Sent into a silence that Retry-After asked for: the same again, and others. */
  readonly again: number
  readonly others: number
  readonly twin: { readonly sent: number; readonly p99: number | null; readonly inFlight: number } | null
}

type Columns = {
  readonly stepMs: number
  readonly steps: number
  readonly asked: ReadonlyMap<Outcome, Float64Array>
  readonly sent: Float64Array
  readonly inFlight: Float64Array
  readonly open: Float64Array
  readonly queue: Float64Array
  readonly latencies: Unpacked
}

const widthsMs = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400].map(
  (seconds) => seconds * 1_000,
)

export class Figures {
  readonly #own: Columns
  readonly #twin: Columns | null
  readonly #again: Float64Array
  readonly #others: Float64Array
  readonly #backlog: Float64Array
  readonly endMs: number

  constructor({ series, twin, silences, backlog }: PageData) {
    this.#own = columnsOf(series)
    this.#twin = twin && columnsOf(twin)
    this.#again = valuesOf(silences.again, series.grid.steps)
    this.#others = valuesOf(silences.others, series.grid.steps)
    this.#backlog = valuesOfChanges(backlog, series.grid.steps)
    this.endMs = series.grid.stepMs * series.grid.steps
  }

  /** The least that can be told apart. */
  get stepMs(): number {
    return Math.max(this.#own.stepMs, this.#twin?.stepMs ?? 0)
  }

  widthFor({ from, until }: View, most: number): number {
    const wanted = (until - from) / most
    const { stepMs } = this
    const width = widthsMs.find((ms) => ms >= wanted && ms % stepMs === 0)
    return width ?? Math.max(1, Math.ceil(wanted / stepMs)) * stepMs
  }

  in(view: View, most: number): Bucket[] {
    const width = this.widthFor(view, most)
    const first = Math.floor(view.from / width)
    const last = Math.ceil(Math.min(view.until, this.endMs) / width)
    return Array.from({ length: Math.max(0, last - first) }, (_, index) => {
      const from = (first + index) * width
      return this.#bucket(from, from + width)
    })
  }

  #bucket(from: number, until: number): Bucket {
    const own = this.#own
    const asked = Object.fromEntries(
      outcomes.map((outcome) => [outcome, sum(own.asked.get(outcome), own.stepMs, from, until)]),
    ) as Record<Outcome, number>
    const twin = this.#twin
    return {
      from,
      until,
      asked,
      operations: Object.values(asked).reduce((all, count) => all + count, 0),
      sent: sum(own.sent, own.stepMs, from, until),
      inFlight: peak(own.inFlight, own.stepMs, from, until),
      open: peak(own.open, own.stepMs, from, until),
      queue: peak(own.queue, own.stepMs, from, until),
      backlog: peak(this.#backlog, own.stepMs, from, until),
      p50: quantile(own.latencies, from, until, 0.5),
      p99: quantile(own.latencies, from, until, 0.99),
      again: sum(this.#again, own.stepMs, from, until),
      others: sum(this.#others, own.stepMs, from, until),
      twin: twin && {
        sent: sum(twin.sent, twin.stepMs, from, until),
        p99: quantile(twin.latencies, from, until, 0.99),
        inFlight: peak(twin.inFlight, twin.stepMs, from, until),
      },
    }
  }
}

function columnsOf({ grid: { stepMs, steps }, asked, sent, inFlight, open, queue, latencies }: Series): Columns {
  return {
    stepMs,
    steps,
    asked: new Map(outcomes.map((outcome) => [outcome, valuesOf(asked[outcome], steps)])),
    sent: valuesOf(sent, steps),
    inFlight: valuesOfChanges(inFlight, steps),
    open: valuesOfChanges(open, steps),
    queue: valuesOf(queue, steps),
    latencies: unpackLatencies(latencies),
  }
}

function sum(values: Float64Array | undefined, stepMs: number, from: number, until: number): number {
  let all = 0
  for (let step = Math.round(from / stepMs); step < Math.round(until / stepMs); step += 1) all += values?.[step] ?? 0
  return all
}

function peak(values: Float64Array, stepMs: number, from: number, until: number): number {
  let most = 0
  for (let step = Math.round(from / stepMs); step < Math.round(until / stepMs); step += 1)
    most = Math.max(most, values[step] ?? 0)
  return most
}
