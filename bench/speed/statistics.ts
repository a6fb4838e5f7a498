// What is made of repeated measurements: the middle one, because a busy machine makes some of them long and none of them short.

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('There is no median of nothing.')
  const sorted = values.toSorted((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half] as number
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2
}

/** Whose turn it is in each round: all of them, each round beginning with another, so that nobody always follows the same. */
export function turnsOf<T>(all: readonly T[], rounds: number): readonly (readonly T[])[] {
  return Array.from({ length: rounds }, (_, round) => {
    const first = all.length === 0 ? 0 : round % all.length
    return [...all.slice(first), ...all.slice(0, first)]
  })
}
