// Time in equal steps. Whoever draws a run adds neighbouring steps together until each is as wide as it can show.

/** Widths a reader knows from clocks, so that a step begins at a whole minute or second. */
const widthsMs = [
  1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000,
]

/** About one step for each second of four hours, or for each quarter of a minute of two days. */
const mostSteps = 15_000

export type Grid = { readonly stepMs: number; readonly steps: number }

/** A run of 30 years would have steps of a day and more. */
export function gridOf(spanMs: number, most: number = mostSteps): Grid {
  const stepMs = widthsMs.find((width) => spanMs / width < most) ?? Math.ceil(spanMs / most)
  return { stepMs, steps: Math.floor(spanMs / stepMs) + 1 }
}

/** The step a moment falls into; the last one takes what comes after the end. */
export function stepAt({ stepMs, steps }: Grid, at: number): number {
  return Math.min(steps - 1, Math.max(0, Math.floor(at / stepMs)))
}
