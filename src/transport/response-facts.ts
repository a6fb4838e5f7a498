// What the head of a response tells, for the history: rate limits, Retry-After, the request id.

import type { Pairs } from '#fault/fault.ts'
import type { RateFacts } from '#history/event.ts'

export type HeadFacts = { readonly retryAfter?: string; readonly rateLimit?: RateFacts; readonly requestId?: string }

export function headFacts(headers: Pairs): HeadFacts {
  let retryAfter: string | undefined
  let requestId: string | undefined
  let limit: string | undefined
  let remaining: string | undefined
  let reset: string | undefined
  for (const [name, value] of headers)
    switch (name.toLowerCase()) {
      case 'retry-after':
        retryAfter ??= value
        break
      case 'x-request-id':
        requestId ??= value
        break
      case 'x-ratelimit-limit':
        limit ??= value
        break
      case 'x-ratelimit-remaining':
        remaining ??= value
        break
      case 'x-ratelimit-reset':
        reset ??= value
        break
      default:
    }
  const rateLimit = rateFacts(limit, remaining, reset)
  return {
    ...(retryAfter !== undefined && { retryAfter }),
    ...(rateLimit && { rateLimit }),
    ...(requestId !== undefined && { requestId }),
  }
}

export function headerOf(headers: Pairs, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
}

/** `resetAt` is what the header says: seconds since the epoch. All three headers or nothing. */
function rateFacts(...texts: readonly (string | undefined)[]): RateFacts | undefined {
  const [limit, remaining, resetAt] = texts.map((text) =>
    text === undefined || text === '' ? Number.NaN : Number(text),
  )
  if (limit === undefined || remaining === undefined || resetAt === undefined) return undefined
  return [limit, remaining, resetAt].every(Number.isFinite) ? { limit, remaining, resetAt } : undefined
}
