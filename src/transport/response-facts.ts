// What the head of a response tells, for the history: rate limits, Retry-After, the request id.

import type { Pairs } from '#fault/fault.ts'
import type { RateFacts } from '#history/event.ts'
import { usualLimitHeaders, type LimitHeaders } from '#history/limit-headers.ts'

type HeadFacts = { readonly retryAfter?: string; readonly rateLimit?: RateFacts; readonly requestId?: string }

/** Reads a head that arrives at `epochMs`. */
export type HeadReader = (headers: Pairs, epochMs: number) => HeadFacts

/** Of one API, because names are made small only once. */
export function headReader(told: LimitHeaders = usualLimitHeaders): HeadReader {
  const { headers: names, reset: counts, windowMs } = told
  const limitName = names.limit?.toLowerCase()
  const remainingName = names.remaining?.toLowerCase()
  const resetName = names.reset?.toLowerCase()
  return (headers, epochMs) => {
    let retryAfter: string | undefined
    let requestId: string | undefined
    let limit: string | undefined
    let remaining: string | undefined
    let reset: string | undefined
    for (const [written, value] of headers) {
      const name = written.toLowerCase()
      if (name === 'retry-after') retryAfter ??= value
      else if (name === 'x-request-id') requestId ??= value
      else if (name === limitName) limit ??= value
      else if (name === remainingName) remaining ??= value
      else if (name === resetName) reset ??= value
    }
    const rateLimit = rateFacts(counts === 'epoch' ? 0 : Math.floor(epochMs / 1_000), limit, remaining, reset)
    return {
      ...(retryAfter !== undefined && { retryAfter }),
      ...(rateLimit && { rateLimit: windowMs === undefined ? rateLimit : { ...rateLimit, windowMs } }),
      ...(requestId !== undefined && { requestId }),
    }
  }
}

export function headerOf(headers: Pairs, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
}

/** `resetAt` is in seconds since the epoch, whatever the header counts from. All three headers or nothing. */
function rateFacts(resetFrom: number, ...texts: readonly (string | undefined)[]): RateFacts | undefined {
  const [limit, remaining, reset] = texts.map((text) => (text === undefined || text === '' ? Number.NaN : Number(text)))
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined
  return [limit, remaining, reset].every(Number.isFinite) ? { limit, remaining, resetAt: resetFrom + reset } : undefined
}
