// What the exchanges of a client changed in the world, and what they taught the client of it: selectors as in query.ts.

import type { EventOf } from './event.ts'
import type { History } from './history.ts'
import { wasCutOff } from './pauses.ts'
import { exchangeOf, selector, type Exchange } from './query.ts'

/** A committed change with the exchange that asked for it. */
export type Commit = { readonly effect: EventOf<'effect.committed'>; readonly exchange: Exchange }

/** A whole response taught the client this version of an entity. */
export type Receipt = {
  readonly at: number
  readonly seq: number
  readonly version: number
  readonly by: Exchange
  /** False: it was sent to a client without a network, and may never have come. */
  readonly certain: boolean
}

/** What our client's exchanges changed, in the order it was committed. */
export const commits: (history: History) => readonly Commit[] = selector((history) =>
  history.all('effect.committed').flatMap((effect) => {
    const exchange = effect.exchange === null ? undefined : exchangeOf(history, effect.exchange)
    return exchange ? [{ effect, exchange }] : []
  }),
)

const commitIndex = selector((history): ReadonlyMap<string, readonly Commit[]> => {
  const withKey = commits(history).filter(({ effect }) => effect.key !== undefined)
  return Map.groupBy(withKey, ({ effect, exchange }) => `${exchange.sent.workspace} ${effect.key}`)
})

/** Commits of one piece of business of one workspace. */
export function commitsOf(history: History, workspace: string, key: string): readonly Commit[] {
  return commitIndex(history).get(`${workspace} ${key}`) ?? []
}

/** Commits by entity and business key. */
export const commitsByEntity: (history: History) => ReadonlyMap<string, readonly Commit[]> = selector((history) =>
  Map.groupBy(commits(history), ({ effect }) => `${effect.entity} ${effect.key ?? ''}`),
)

const receiptIndex = selector((history): ReadonlyMap<string, readonly Receipt[]> => {
  const found = new Map<string, Receipt[]>()
  for (const ended of history.each('exchange.ended')) {
    const by = exchangeOf(history, ended.exchange)
    if (!by) continue
    for (const [entity, version] of Object.entries(ended.contains)) {
      const name = `${by.sent.instance} ${entity}`
      const certain = !wasCutOff(history, by.sent.instance, ended.at)
      const receipt = { at: ended.at, seq: ended.seq, version, by, certain }
      const list = found.get(name)
      if (list) list.push(receipt)
      else found.set(name, [receipt])
    }
  }
  return found
})

/** Every version of an entity that responses taught one instance of the client, in order. */
export function receipts(history: History, instance: number, entity: string): readonly Receipt[] {
  return receiptIndex(history).get(`${instance} ${entity}`) ?? []
}

/** The last of them before `seq` that fits. What is read all day has taught its version many thousand times. */
export function lastReceipt(
  history: History,
  instance: number,
  entity: string,
  seq: number,
  fits: (receipt: Receipt) => boolean = () => true,
): Receipt | undefined {
  const all = receipts(history, instance, entity)
  for (let index = countBefore(all, seq) - 1; index >= 0; index -= 1) {
    const receipt = all[index]
    if (receipt && fits(receipt)) return receipt
  }
  return undefined
}

/** How many happened before `seq`, by bisection. */
function countBefore(all: readonly { readonly seq: number }[], seq: number): number {
  let low = 0
  let high = all.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((all[middle]?.seq ?? seq) < seq) low = middle + 1
    else high = middle
  }
  return low
}

const goneIndex = selector((history) => {
  const heads: { readonly seq: number; readonly thing: string }[] = []
  for (const { seq, exchange, status } of history.each('exchange.head')) {
    const sent = exchangeOf(history, exchange)?.sent
    if (sent && saysGone(sent, status)) heads.push({ seq, thing: `${sent.instance} ${sent.entity}` })
  }
  return Map.groupBy(heads, ({ thing }) => thing)
})

/** The API has no such thing (any more), or has just deleted it. */
function saysGone({ entity, method, route }: Exchange['sent'], status: number): boolean {
  if (entity === undefined || method === 'POST' || !wholeThing.test(route)) return false
  return status === 404 || status === 410 || (method === 'DELETE' && status < 300)
}

/** `/contacts/{id}`, not `/contacts/{id}/tags/{tag_id}`. */
const wholeThing = /^\/\w+\/\{\w+\}$/u

/** Where one instance of the client was last told, before `seq`, that there is no such thing; `null` when never. */
export function toldGone(history: History, instance: number, entity: string, before: number): number | null {
  return (
    goneIndex(history)
      .get(`${instance} ${entity}`)
      ?.findLast(({ seq }) => seq < before)?.seq ?? null
  )
}

/** Before `seq`: where the client's cache last lost, or withheld, what was in it, and when (ms) it last began to serve again after it
 * had served nobody. Both are 0 when it never did, and without end while it serves nobody. What was received by then may be at hand
 * elsewhere, but nobody can tell. */
export function cacheLoss(history: History, seq: number): { readonly seq: number; readonly backAt: number } {
  const changes = history.all('cache.changed').filter((event) => event.seq < seq)
  const last = changes.at(-1)
  if (!last) return { seq: 0, backAt: 0 }
  if (last.state !== 'serving') return { seq: Number.POSITIVE_INFINITY, backAt: Number.POSITIVE_INFINITY }
  const lastAway = changes.findLastIndex(({ state }) => state !== 'serving')
  return { seq: last.seq, backAt: lastAway < 0 ? 0 : (changes[lastAway + 1]?.at ?? 0) }
}

const restarts = selector((history) => Map.groupBy(history.all('client.restarted'), ({ instance }) => instance))

/** Where the life of the process began that served at `seq`: what an earlier one held in memory is gone. */
export function bornAt(history: History, instance: number, seq: number): number {
  return (
    restarts(history)
      .get(instance)
      ?.findLast((event) => event.seq < seq)?.seq ?? 0
  )
}
