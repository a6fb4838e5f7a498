// Exponential draws without a logarithm each: the quantiles of the unit exponential, scaled so that their mean is exactly 1.
// Millions of background requests are drawn in a run; steps this fine are invisible in a queue.

import type { Prng } from '#random/prng.ts'

const sizeBits = 12
const size = 2 ** sizeBits
const quantiles = unitQuantiles()

/** Exponentially distributed with the given mean, at most nine times it. */
export function quickExponential(mean: number, random: Prng): number {
  return (quantiles[random.bits(sizeBits)] as number) * mean
}

function unitQuantiles(): Float64Array {
  const raw = Float64Array.from({ length: size }, (_, index) => -Math.log(1 - (index + 0.5) / size))
  const mean = raw.reduce((sum, value) => sum + value, 0) / size
  return raw.map((value) => value / mean)
}
