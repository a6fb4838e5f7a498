// Which parts of the service failed during an incident, and which operations needed none of them. A part is what one workspace
// sends to one product of one host, or what one declared breaker covers.

import type { History } from '#history/history.ts'
import { exchanges, operations, selector, succeeded, type Exchange, type Operation } from '#history/query.ts'
import { isOutage } from './breaker-calls.ts'
import { statusOf } from './classify.ts'
import { judged } from './loads.ts'

/** So near must an answer be, and a failure of another part. */
const nearMs = 180_000
/** What a process may take to be as it was before a restart. */
const startMs = 60_000

type Parts = {
  readonly wellDuringFaults: ReadonlySet<string>
  /** Moments of good answers, in order. */
  readonly good: ReadonlyMap<string, readonly number[]>
  failureNear(at: number): Exchange | undefined
}

export const partsOf: (history: History) => Parts = selector((history) => {
  const { from, until } = incident(history)
  const during = exchanges(history).filter(({ sent }) => sent.at >= from && sent.at < until)
  const byPart = Map.groupBy(during, (exchange) => partOf(history, exchange))
  const left = new Set(operations(history).flatMap((operation) => (operation.cancelled ? operation.exchanges : [])))
  const well = Array.from(byPart).filter(([, sent]) => sent.every((one) => left.has(one) || isGood(one)))
  const failures = during.filter((one) => isOutage(one) && !left.has(one))
  const good = Map.groupBy(exchanges(history).filter(isGood), (exchange) => partOf(history, exchange))
  const times = failures.map(({ sent }) => sent.at)
  return {
    wellDuringFaults: new Set(well.map(([part]) => part)),
    good: new Map(Array.from(good, ([part, all]) => [part, all.map(({ sent }) => sent.at)])),
    failureNear: (at) => {
      const index = firstAfter(times, at - nearMs)
      return (times[index] ?? Number.POSITIVE_INFINITY) <= at + nearMs ? failures[index] : undefined
    },
  }
})

/** Operations that were asked while another part failed and their own was demonstrably well. */
export const sparedOperations: (history: History) => readonly Operation[] = selector((history) => {
  const { from, until } = incident(history)
  const { wellDuringFaults, good, failureNear } = partsOf(history)
  const needs = partsByLoad(history)
  const limited = limitsByHost(history)
  const restarts = history.all('client.restarted')
  return judged(history).filter(({ invoked, certain }) => {
    const { at, load, instance } = invoked
    const own = needs.get(load)
    if (!own || !certain || at < from || at >= until || failureNear(at) === undefined) return false
    if (restarts.some((event) => event.instance === instance && event.at <= at && at - event.at <= startMs))
      return false
    return Array.from(own.parts).every(
      (part) =>
        wellDuringFaults.has(part) &&
        isSurrounded(good.get(part) ?? [], at) &&
        Array.from(own.hosts).every((host) => !isNearAfter(limited.get(host) ?? [], at)),
    )
  })
})

function incident({ header }: History): { readonly from: number; readonly until: number } {
  return { from: header.firstFaultAt ?? Number.POSITIVE_INFINITY, until: header.lastLiftAt ?? Number.POSITIVE_INFINITY }
}

function partOf({ header }: History, { sent }: Exchange): string {
  const { workspace, host, product, route } = sent
  const per = header.declares.breaker?.per
  if (per === 'host') return host
  if (per === 'route') return `${product} ${route}`
  if (per === 'workspace' && workspace !== null) return workspace
  return `${workspace} ${host} ${product}`
}

/** All that the operations of a load ever sent to. */
function partsByLoad(history: History) {
  const found = new Map<string, { readonly parts: Set<string>; readonly hosts: Set<string> }>()
  for (const { invoked, exchanges: own } of operations(history)) {
    if (own.length === 0) continue
    const known = found.get(invoked.load) ?? { parts: new Set<string>(), hosts: new Set<string>() }
    found.set(invoked.load, known)
    for (const exchange of own) {
      known.parts.add(partOf(history, exchange))
      known.hosts.add(exchange.sent.host)
    }
  }
  return found
}

/** When a host spoke of a limit or asked for silence. */
function limitsByHost(history: History): ReadonlyMap<string, readonly number[]> {
  const spoken = exchanges(history).filter((one) => statusOf(one) === 429 || one.head?.retryAfter !== undefined)
  return new Map(
    Array.from(
      Map.groupBy(spoken, ({ sent }) => sent.host),
      ([host, all]) => [host, all.map(({ sent }) => sent.at)],
    ),
  )
}

function isGood(exchange: Exchange): boolean {
  return succeeded(exchange) && exchange.hits.length === 0 && exchange.head?.retryAfter === undefined
}

function isSurrounded(times: readonly number[], at: number): boolean {
  const after = firstAfter(times, at)
  return (
    (times[after] ?? Number.POSITIVE_INFINITY) <= at + nearMs &&
    (times[after - 1] ?? Number.NEGATIVE_INFINITY) >= at - nearMs
  )
}

function isNearAfter(times: readonly number[], at: number): boolean {
  return (times[firstAfter(times, at) - 1] ?? Number.NEGATIVE_INFINITY) >= at - nearMs
}

/** The first index of a moment at `at` or later, by bisection. */
function firstAfter(sorted: readonly number[], at: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? at) < at) low = middle + 1
    else high = middle
  }
  return low
}
