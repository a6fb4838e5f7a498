// In which headers an API tells its limit, and what is known of it besides: what a fault falsifies, and what the head of an answer is
// read for.

export type LimitHeaders = {
  /** Names as the API writes them. One that it does not send has none. */
  readonly headers: { readonly limit?: string; readonly remaining?: string; readonly reset?: string }
  /** Whether the reset counts seconds since the epoch, or from now. */
  readonly reset: 'epoch' | 'seconds'
  /** How long the windows are that it counts in. Absent: ten seconds, as Intercom's. */
  readonly windowMs?: number
}

/** Intercom's, and of whoever does not say otherwise. */
export const usualLimitHeaders: LimitHeaders = {
  headers: { limit: 'X-RateLimit-Limit', remaining: 'X-RateLimit-Remaining', reset: 'X-RateLimit-Reset' },
  reset: 'epoch',
}
