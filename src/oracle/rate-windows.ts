// Rate limits as a client meets them: windows of ten seconds on the wall clock, a limit told in each answer, and 429.

import type { History } from '#history/history.ts'
import { exchanges, selector, type Exchange } from '#history/query.ts'

export const windowMs = 10_000

/** What reached the API, by workspace and product: each has limits of its own. In the order in which it was sent. */
export const limited: (history: History) => ReadonlyMap<string, readonly Exchange[]> = selector((history) =>
  Map.groupBy(
    exchanges(history).filter((exchange) => exchange.sent.workspace !== null && reached(exchange)),
    ({ sent }) => `${sent.workspace} ${sent.product}`,
  ),
)

function reached({ arrived, head }: Exchange): boolean {
  return arrived !== null || head !== null
}

export function isRefused(exchange: Exchange): boolean {
  return exchange.head?.status === 429
}

/** The window of the server in which something happened, by its number since the epoch. */
export function windowOf({ header }: History, at: number): number {
  return Math.floor((header.startMs + at) / windowMs)
}

/** Milliseconds since the run's start. */
export function startOfWindow({ header }: History, window: number): number {
  return window * windowMs - header.startMs
}
