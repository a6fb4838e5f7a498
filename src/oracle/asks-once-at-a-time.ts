// Many who want the same thing at the same time share one request.
//
// Verified: how many requests for one thing one client process has in flight at once, while more operations than that wait for
// it, or get a copy of it, for reads that promise a cache (`fresh`, or a `stale` step). A hedge is one more, and allowed; what was given up is not in
// flight any more. Impatient people who ask twice or thrice are below the default limit.
// Not verified: many keys that expire together (the spread of their ages is not seen); several processes of a fleet; things
// that differ in more than method, route, entity and body.

import type { History } from '#history/history.ts'
import { callName, exchanges, operations, selector, type Exchange, type Operation } from '#history/query.ts'
import { peakInFlight } from '#history/traffic.ts'
import { isSafe } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { requestOf, timeOf } from './words.ts'

const name = 'asks-once-at-a-time'

const params = {
  inFlight: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 2, default: 3, lenient: 10 },
    cite: 'concurrent misses of one key lead to one request (single flight); a hedge makes it two',
  },
} as const satisfies Record<string, Param>

export const asksOnceAtATime = defineOracle({
  name,
  family: 'safety',
  verified: 'However many ask for the same thing at once, one client process asks the API for it once at a time.',
  notVerified: 'Many keys that expire together, and several processes.',
  hint: 'Keep the promise of the request under way by key, and let everybody who asks meanwhile wait for it (single flight).',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const cached = Object.entries(history.header.promises).filter(
      ([, { freshMs = 0, degrade }]) => freshMs > 0 || degrade.some(({ kind }) => kind === 'stale'),
    )
    if (cached.length === 0) return { verdict: 'not-applicable', needs: 'a read that promises `fresh` or `stale`' }
    const { inFlight } = thresholdsOf(history, name, params, number)
    const names = new Set(cached.map(([operation]) => operation))
    const reads = operations(history).filter(({ invoked }) => invoked.entity !== undefined && names.has(invoked.name))
    const tally = createTally()
    for (const [about, asks] of Map.groupBy(reads, ({ invoked }) => thing(invoked))) {
      const sent = sentAbout(history).get(about) ?? []
      const most = inFlight.value
      const waited = asks.length > most && peakOf(asks.map(spanOf)).count > most
      if (!waited && !areServedMeanwhile(asks, sent, most)) continue
      for (const same of Map.groupBy(sent, callName).values())
        tally.compare(inFlight, peakInFlight(history, same), () => evidenceFor(history, same, asks))
    }
    return tally.judgement({
      unarmed: `No more than ${inFlight.value} operations of one process waited for the same thing at once, or were handed a copy of it while a request for it was under way.`,
    })
  },
})

const sentAbout = selector((history) =>
  Map.groupBy(
    exchanges(history).filter((exchange) => isSafe(exchange) && exchange.sent.redirectOf === undefined),
    ({ sent }) => thing(sent),
  ),
)

function thing(about: { instance: number; workspace: string | null; entity?: string }): string {
  return `${about.instance} ${about.workspace} ${about.entity ?? ''}`
}

/** Whether more than so many were handed a copy while one request was under way: who has copies lets nobody wait. */
function areServedMeanwhile(asks: readonly Operation[], sent: readonly Exchange[], most: number): boolean {
  let first = 0
  return sent.some((exchange) => {
    while ((asks[first]?.invoked.seq ?? Infinity) < exchange.sent.seq) first += 1
    let served = 0
    for (let nth = first; isDuring(asks[nth], exchange) && served <= most; nth += 1)
      served += Number(wasServedDuring(asks[nth] as Operation, exchange))
    return served > most
  })
}

function isDuring(ask: Operation | undefined, { end }: Exchange): boolean {
  return ask !== undefined && ask.invoked.seq < (end?.seq ?? Infinity)
}

function wasServedDuring({ invoked, settled }: Operation, { sent, end }: Exchange): boolean {
  if (settled?.kind !== 'operation.ok') return false
  return invoked.seq > sent.seq && settled.seq < (end?.seq ?? Infinity)
}

type Span = { readonly from: number; readonly until: number; readonly at: number }

function spanOf({ invoked, settled, cancelled }: Operation): Span {
  const until = Math.min(settled?.seq ?? Number.POSITIVE_INFINITY, cancelled?.seq ?? Number.POSITIVE_INFINITY)
  return { from: invoked.seq, until, at: invoked.at }
}

/** The most that lasted at once, and when it came to that. */
function peakOf(spans: readonly Span[]): { readonly count: number; readonly seq: number; readonly at: number } {
  const ends = spans.map(({ until }) => until).toSorted((one, other) => one - other)
  let over = 0
  let peak = { count: 0, seq: 0, at: 0 }
  spans.forEach(({ from, at }, index) => {
    while ((ends[over] ?? Number.POSITIVE_INFINITY) < from) over += 1
    if (index + 1 - over > peak.count) peak = { count: index + 1 - over, seq: from, at }
  })
  return peak
}

function evidenceFor(history: History, same: readonly Exchange[], asks: readonly Operation[]) {
  const spans = same.map(({ sent, end }) => ({
    from: sent.seq,
    until: end?.seq ?? Number.POSITIVE_INFINITY,
    at: sent.at,
  }))
  const peak = peakOf(spans)
  const open = same.filter(({ sent, end }) => sent.seq <= peak.seq && (end?.seq ?? Number.POSITIVE_INFINITY) > peak.seq)
  const waiting = asks.map(spanOf).filter(({ from, until }) => from <= peak.seq && until > peak.seq)
  const [first] = same
  const about = first ? `${requestOf(first)} for ${first.sent.entity}` : ''
  const served = asks.filter((ask) => open.some((exchange) => wasServedDuring(ask, exchange)))
  const wanted = waiting.length > 0 ? waiting : served.map(spanOf)
  const how = waiting.length > 0 ? 'waited for it' : 'were handed a copy of it'
  return {
    witness: [...wanted.slice(0, 5).map(({ from }) => from), ...open.slice(0, 5).map(({ sent }) => sent.seq)],
    sentence: `At ${timeOf(history, peak.at)} one client process had ${peak.count} requests ${about} in flight at once, while ${wanted.length} operations ${how}: each asked for itself what one request answers for all.`,
  }
}
