// So many at once, and whoever comes later waits, in the order of asking.

export interface Turns {
  take(): Promise<void>
  /** Of one that was taken, once. */
  giveBack(): void
}

export function createTurns(places: number): Turns {
  const waiting: (() => void)[] = []
  let free = places
  return {
    async take() {
      if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
      else free -= 1
    },
    giveBack() {
      const first = waiting.shift()
      if (first) first()
      else free += 1
    },
  }
}
