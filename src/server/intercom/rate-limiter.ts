// Intercom's rate limits: calls per minute, spread evenly over windows of ten seconds. The windows lie on the wall clock.

const windowSeconds = 10

export type Quota = {
  readonly allowed: boolean
  readonly limit: number
  readonly remaining: number
  /** Unix seconds. */
  readonly resetAt: number
}

export class RateLimiter {
  readonly limit: number
  #window = 0
  #used = 0

  constructor(perMinute: number) {
    this.limit = Math.ceil((perMinute * windowSeconds) / 60)
  }

  take(epochMs: number): Quota {
    const window = Math.floor(epochMs / (windowSeconds * 1_000))
    if (window > this.#window) {
      this.#window = window
      this.#used = 0
    }
    this.#used += 1
    return {
      allowed: this.#used <= this.limit,
      limit: this.limit,
      remaining: Math.max(0, this.limit - this.#used),
      resetAt: (this.#window + 1) * windowSeconds,
    }
  }
}
