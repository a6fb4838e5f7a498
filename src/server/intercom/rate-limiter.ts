// Intercom's rate limits: calls per minute, spread evenly over windows of ten seconds. The windows lie on the wall clock.

const windowSeconds = 10

/** How far a window has been used, before any limit is applied. */
export type Count = {
  /** This call included. */
  readonly used: number
  readonly elapsedMs: number
  /** Unix seconds. */
  readonly resetAt: number
}

export type Quota = {
  readonly allowed: boolean
  readonly limit: number
  readonly remaining: number
  readonly resetAt: number
}

export class RateLimiter {
  #window = 0
  #used = 0

  /** Counts one call. */
  take(epochMs: number): Count {
    const window = Math.floor(epochMs / (windowSeconds * 1_000))
    if (window > this.#window) {
      this.#window = window
      this.#used = 0
    }
    this.#used += 1
    return {
      used: this.#used,
      elapsedMs: Math.max(0, epochMs - this.#window * windowSeconds * 1_000),
      resetAt: (this.#window + 1) * windowSeconds,
    }
  }
}

/** Whether the call is within a limit that calls of others, evenly spread over the window, use up as well. */
export function quotaOf({ used, elapsedMs, resetAt }: Count, perMinute: number, othersPerMinute = 0): Quota {
  const limit = Math.ceil((perMinute * windowSeconds) / 60)
  const left = limit - used - Math.floor((othersPerMinute * elapsedMs) / 60_000)
  return { allowed: left >= 0, limit, remaining: Math.max(0, left), resetAt }
}
