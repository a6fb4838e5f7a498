// Quantiles of any stretch of a run, from counts of latencies.

import type { Latencies } from '#scene/latency.ts'

export type Unpacked = {
  readonly stepMs: number
  readonly bins: readonly number[]
  /** Ascending. */
  readonly steps: Uint32Array
  readonly places: Uint16Array
  readonly counts: Uint32Array
}

export function unpackLatencies({ grid, bins, counts }: Latencies): Unpacked {
  const length = Math.floor(counts.length / 3)
  const unpacked = {
    stepMs: grid.stepMs,
    bins,
    steps: new Uint32Array(length),
    places: new Uint16Array(length),
    counts: new Uint32Array(length),
  }
  let step = 0
  for (let index = 0; index < length; index += 1) {
    step += counts[index * 3] ?? 0
    unpacked.steps[index] = step
    unpacked.places[index] = counts[index * 3 + 1] ?? 0
    unpacked.counts[index] = counts[index * 3 + 2] ?? 0
  }
  return unpacked
}

/** Nearest rank, as in the table of phases; `null` when nothing settled. */
export function quantile(
  { stepMs, bins, steps, places, counts }: Unpacked,
  from: number,
  until: number,
  share: number,
): number | null {
  const inBin = new Float64Array(bins.length)
  let all = 0
  const end = until / stepMs
  for (
    let index = firstFrom(steps, Math.floor(from / stepMs));
    index < steps.length && (steps[index] ?? 0) < end;
    index += 1
  ) {
    const count = counts[index] ?? 0
    const place = places[index] ?? 0
    inBin[place] = (inBin[place] ?? 0) + count
    all += count
  }
  if (all === 0) return null
  let rank = Math.max(1, Math.ceil(share * all))
  for (const [place, count] of inBin.entries()) {
    rank -= count
    if (rank <= 0) return bins[place] ?? null
  }
  return null
}

function firstFrom(steps: Uint32Array, step: number): number {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps[middle] ?? 0) < step) low = middle + 1
    else high = middle
  }
  return low
}
