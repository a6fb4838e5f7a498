// What thresholds become in a replay in real time: the client's own get the tolerance of a machine that does other things, too;
// those of the incident are divided with its timeline.

import { formatDuration } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'

export type RealScale = {
  readonly scale: number
  /** Times of the incident are not divided below this. */
  readonly floorMs: number
}

/** Source: what timers, the scheduler and a busy machine of two processors add, with room. */
const toleranceMs = 250

export function inRealTime(threshold: Threshold, { scale, floorMs }: RealScale): Threshold {
  const { unit, domain, bound, source, value, cite } = threshold
  if (unit !== 'ms') return threshold
  if (domain === 'client') {
    if (bound !== 'at-most' || source !== 'profile') return threshold
    return { ...threshold, value: value + toleranceMs, cite: `${cite}; in real time ${toleranceMs} ms more` }
  }
  const least = Math.min(value, floorMs)
  const divided = Math.max(Math.round(value / scale), least)
  if (divided === value) return threshold
  return {
    ...threshold,
    value: divided,
    cite: `${cite}; divided by the time scale of ${scale}, but not below ${formatDuration(least)}`,
  }
}
