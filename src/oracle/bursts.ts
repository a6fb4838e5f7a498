// Attempts that multiply: a layer that tries k times is itself tried again by another one, so attempts come in bursts of k,
// with longer pauses in between.

import type { Exchange } from '#history/query.ts'

/** Pauses between bursts are so much longer than those within, or it is mere jitter. */
const clearly = 2
/** Two bursts may look like it by chance. */
const leastBursts = 3
const largestBurst = 5

/** The sizes of bursts, of the innermost layer first; empty when there is no clear pattern. */
function burstSizes(attempts: readonly Exchange[]): readonly number[] {
  const pauses = attempts.slice(1).map(({ sent }, index) => {
    const before = attempts[index] as Exchange
    return Math.max(0, sent.at - (before.completedAt ?? before.sent.at))
  })
  return sizesIn(pauses)
}

function sizesIn(pauses: readonly number[]): readonly number[] {
  for (let size = 2; size <= largestBurst; size += 1) {
    const between = pauses.filter((_, index) => index % size === size - 1)
    const within = pauses.filter((_, index) => index % size !== size - 1)
    if (between.length < leastBursts - 1) return []
    if (Math.min(...between) > clearly * Math.max(1, ...within)) return [size, ...sizesIn(between)]
  }
  return []
}

/** `, in bursts of 3: two layers retry, ...`; empty when there is no clear pattern. */
export function wordsForBursts(attempts: readonly Exchange[]): string {
  const sizes = burstSizes(attempts)
  if (sizes.length === 0) return ''
  const layers = ['two', 'three', 'four'][sizes.length - 1] ?? 'many'
  return `, in bursts of ${sizes.join(' times ')}: ${layers} layers retry, and none counts the attempts of another`
}
