// Latencies as counts of bins that grow by a tenth, because quantiles of two steps cannot be made from the quantiles of each.
// A bin shows the mean of all that fell into it, so that many waits of exactly 20 s are read as 20 s.

import { gridOf, stepAt, type Grid } from './grid.ts'

export type Latencies = {
  readonly grid: Grid
  /** Milliseconds that each bin stands for, ascending. */
  readonly bins: readonly number[]
  /** Threes: how many steps to go on, which bin, how many. */
  readonly counts: readonly number[]
}

const perDecade = 24
/** Up to thirty years. */
const mostBins = 12 * perDecade
/** Threes beyond this are too many: then the steps are made wider, not the bins. */
const mostCounts = 40_000

/** Flat arrays of when things began and ended; those without an end, or that do not count, are left out. */
type Waits = {
  readonly began: Float64Array
  readonly ended: Float64Array
  readonly counts: (place: number) => boolean
}

export function latenciesOf(waits: Waits, spanMs: number): Latencies {
  const { bins, places } = binned(waits)
  for (let grid = gridOf(spanMs); ; grid = gridOf(spanMs, Math.floor(grid.steps / 2))) {
    const counts = countsOn(grid, waits, bins.length, places)
    if (counts || grid.steps < 4) return { grid, bins, counts: counts ?? [] }
  }
}

/** In `places`: of no bin. */
const none = 0xffff

/** The means of the bins that are used, and into which of them each latency falls. */
function binned({ began, ended, counts: isCounted }: Waits) {
  const sums = new Float64Array(mostBins)
  const counts = new Float64Array(mostBins)
  const places = new Uint16Array(began.length).fill(none)
  began.forEach((at, index) => {
    const ms = (ended[index] ?? Number.NaN) - at
    if (Number.isNaN(ms) || !isCounted(index)) return
    const bin = binOf(ms)
    places[index] = bin
    sums[bin] = (sums[bin] ?? 0) + ms
    counts[bin] = (counts[bin] ?? 0) + 1
  })
  const used = [...counts.keys()].filter((bin) => (counts[bin] ?? 0) > 0)
  const placeOf = new Uint16Array(none + 1).fill(none)
  used.forEach((bin, place) => (placeOf[bin] = place))
  places.forEach((bin, index) => (places[index] = placeOf[bin] ?? none))
  return { bins: used.map((bin) => Number(((sums[bin] ?? 0) / (counts[bin] ?? 1)).toPrecision(4))), places }
}

/** `null` when there are too many. */
function countsOn(grid: Grid, { began }: Waits, width: number, places: Uint16Array): number[] | null {
  const cells = new Uint32Array(grid.steps * width)
  places.forEach((place, index) => {
    if (place === none) return
    const cell = stepAt(grid, began[index] ?? 0) * width + place
    cells[cell] = (cells[cell] ?? 0) + 1
  })
  const told: number[] = []
  let last = 0
  for (let cell = 0; cell < cells.length; cell += 1) {
    const count = cells[cell] ?? 0
    if (count === 0) continue
    const step = Math.floor(cell / width)
    told.push(step - last, cell % width, count)
    last = step
    if (told.length > mostCounts * 3 && grid.steps >= 4) return null
  }
  return told
}

/** Below a millisecond nobody looks. */
function binOf(ms: number): number {
  return Math.min(mostBins - 1, Math.floor(Math.log10(Math.max(1, ms)) * perDecade))
}
