// Rate limits as a client meets them: windows on the wall clock, of ten seconds unless the API says otherwise, a limit told in each
// answer, and 429.

import type { History } from '#history/history.ts'
import { exchanges, operations, selector, type Exchange, type Operation } from '#history/query.ts'

/** Intercom's, and of whoever does not say otherwise. */
export const usualWindowMs = 10_000

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

/** What each operation asks, by its name: products. */
const productsOf = selector((history): ReadonlyMap<string, ReadonlySet<string>> => {
  const names = new Map(operations(history).map(({ id, invoked }) => [id, invoked.name]))
  const found = new Map<string, Set<string>>()
  for (const { sent } of exchanges(history)) {
    const name = sent.operation === null ? undefined : names.get(sent.operation)
    if (name === undefined) continue
    const products = found.get(name)
    if (products) products.add(sent.product)
    else found.set(name, new Set([sent.product]))
  }
  return found
})

/** The operations of a workspace that may have to do with a product: not those which, whenever they send something, ask only others. */
export function operationsOf(history: History, workspace: string, product: string): readonly Operation[] {
  return operations(history).filter(
    ({ invoked: { workspace: own, name } }) =>
      own === workspace && productsOf(history).get(name)?.has(product) !== false,
  )
}

/** How long the windows are in which these were counted, all of one workspace and product. */
export function windowMsOf(all: readonly Exchange[]): number {
  return all.find(({ head }) => head?.rateLimit)?.head?.rateLimit?.windowMs ?? usualWindowMs
}

/** The window of the server in which something happened, by its number since the epoch. */
export function windowOf({ header }: History, at: number, windowMs = usualWindowMs): number {
  return Math.floor((header.startMs + at) / windowMs)
}

/** Milliseconds since the run's start. */
export function startOfWindow({ header }: History, window: number, windowMs = usualWindowMs): number {
  return window * windowMs - header.startMs
}
