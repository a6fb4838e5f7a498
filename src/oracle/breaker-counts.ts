// How many failures a declared breaker has certainly seen: in a row, or as a share of what ended within a window. One more than
// declared is asked for, because libraries disagree about "at" and "above".

import type { BreakerFacts } from '#history/promises.ts'

export interface FailureCount {
  /** True when the breaker must be open now. */
  failed(at: number): boolean
  succeeded(at: number): void
  reset(): void
}

export function createFailureCount({ failures, share, windowMs }: BreakerFacts): FailureCount {
  if (share === undefined || windowMs === undefined) return inARow(failures)
  // A window that is kept in buckets forgets a part of itself early.
  const windows = [createWindow(windowMs * 0.8), createWindow(windowMs)]
  const add = (at: number, bad: number, good: number) => windows.forEach((window) => window.add(at, bad, good))
  return {
    failed: (at) => {
      add(at, 1, 0)
      return windows.every((window) => {
        const { bad, good } = window.count(at)
        return bad + good > failures && (bad - 1) / (bad + good) >= share
      })
    },
    // An answer counts, be it one page of many: that makes the share no larger than any breaker sees it.
    succeeded: (at) => add(at, 0, 1),
    reset: () => windows.forEach((window) => window.clear()),
  }
}

function inARow(failures: number): FailureCount {
  let count = 0
  return {
    failed: () => {
      count += 1
      return count > failures
    },
    succeeded: () => {
      count = 0
    },
    reset: () => {
      count = 0
    },
  }
}

function createWindow(ms: number) {
  let ends: { readonly at: number; readonly bad: number; readonly good: number }[] = []
  let first = 0
  let bad = 0
  let good = 0
  return {
    add(at: number, more: number, well: number): void {
      ends.push({ at, bad: more, good: well })
      bad += more
      good += well
    },
    count(now: number): { readonly bad: number; readonly good: number } {
      for (let end = ends[first]; end && end.at <= now - ms; end = ends[first]) {
        bad -= end.bad
        good -= end.good
        first += 1
      }
      return { bad, good }
    },
    clear(): void {
      ends = []
      first = 0
      bad = 0
      good = 0
    },
  }
}
