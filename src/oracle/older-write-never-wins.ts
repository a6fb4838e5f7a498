// A change that was made is not undone by repeating an older one.
//
// Verified: for operations that promise an `order`: a request to change a thing (PUT, or whatever the API answers with an update)
// is not sent again, and committed, after a different, newer change of the same thing was committed. Which one is older shows
// in when each body was first sent, so no attribution is needed.
// Not verified: the order of messages, which add to each other (`keeps-write-order`); an older change that was never tried
// before; processes of a fleet among each other; what somebody asked for once more in the meantime.

import { formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { commits, type Commit } from '#history/knowledge.ts'
import {
  callName,
  exchanges,
  operationOf,
  operations,
  selector,
  type Exchange,
  type Operation,
} from '#history/query.ts'
import { isSafe } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { endOfExchange, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'older-write-never-wins'

const params = {
  undone: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'a retry that comes late must not overwrite what was written meanwhile (lost update)',
  },
} as const satisfies Record<string, Param>

export const olderWriteNeverWins = defineOracle({
  name,
  family: 'safety',
  verified: 'No older change of a thing is repeated after a newer one was made.',
  notVerified: 'Messages, changes that were never tried before, and several processes.',
  hint: 'Before a change is sent again look whether a newer one of the same thing was accepted since: drop the older, or keep both in one lane.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { promises } = history.header
    if (!Object.values(promises).some(({ order }) => order !== undefined))
      return { verdict: 'not-applicable', needs: 'a write that promises an `order`' }
    const { undone } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const updates = commits(history).filter(({ effect }) => effect.change.endsWith('updated'))
    for (const changes of Map.groupBy(updates, thingOf).values()) judgeThing(history, changes, undone, tally)
    return tally.judgement({
      unarmed: 'No thing whose order is promised was changed in two ways, one of them tried twice.',
    })
  },
})

function thingOf({ effect, exchange }: Commit): string {
  return thingName(effect.entity, exchange)
}

function thingName(entity: string, { sent }: Exchange): string {
  return `${sent.instance} ${sent.workspace} ${entity} ${sent.method} ${sent.route}`
}

/** By what was sent: its first exchange. */
const firstSent = selector((history) => {
  const found = new Map<string, Exchange>()
  for (const exchange of exchanges(history)) {
    const what = callName(exchange)
    if (!isSafe(exchange) && !found.has(what)) found.set(what, exchange)
  }
  return found
})

/** The different changes of each thing that were ever tried. */
const bodiesOf = selector((history) => {
  const found = new Map<string, Set<string>>()
  for (const exchange of firstSent(history).values()) {
    const { entity } = exchange.sent
    if (entity === undefined) continue
    const about = thingName(entity, exchange)
    found.set(about, (found.get(about) ?? new Set()).add(exchange.sent.bodyHash))
  }
  return found
})

/** In the order in which they were committed. */
function judgeThing(history: History, changes: readonly Commit[], limit: Threshold, tally: Tally): void {
  /** The change that was first tried last, of those that were made. */
  let newest: { readonly commit: Commit; readonly first: Exchange } | undefined
  for (const commit of changes) {
    const first = firstSent(history).get(callName(commit.exchange)) ?? commit.exchange
    const before = newest
    const isOther = before !== undefined && callName(before.commit.exchange) !== callName(commit.exchange)
    if (
      before &&
      isOther &&
      first.id !== commit.exchange.id &&
      isOrdered(history, commit) &&
      isOrdered(history, before.commit)
    ) {
      const isKnown = before.commit.effect.seq < commit.exchange.sent.seq
      const isOlder = first.sent.seq < before.first.sent.seq
      const undoes = isKnown && isOlder && !wasAskedAgain(history, commit, before.first)
      tally.compare(limit, undoes ? 1 : 0, () => evidenceFor(history, commit, first, before.commit))
    } else if (before && isOther && isOrdered(history, commit))
      tally.compare(limit, 0, () => ({ witness: [], sentence: '' }))
    if (!before || first.sent.seq > before.first.sent.seq) newest = { commit, first }
  }
}

const writesByKey = selector((history) =>
  Map.groupBy(
    operations(history).filter(({ invoked }) => invoked.effect === 'write' && invoked.key !== undefined),
    ({ invoked }) => `${invoked.workspace} ${invoked.key}`,
  ),
)

function writesOf(history: History, { effect, exchange }: Commit): readonly Operation[] {
  return writesByKey(history).get(`${exchange.sent.workspace} ${effect.key}`) ?? []
}

/** The operation that sent it, or all that it can be of, promise an order. */
function isOrdered(history: History, commit: Commit): boolean {
  const { promises } = history.header
  const { operation } = commit.exchange.sent
  const own = operation === null || !commit.exchange.certain ? undefined : operationOf(history, operation)
  const writes = own ? [own] : writesOf(history, commit)
  return writes.length > 0 && writes.every(({ invoked }) => promises[invoked.name]?.order !== undefined)
}

/** Somebody who may have wanted the same as the older change asked after the newer one had first been tried. */
function wasAskedAgain(history: History, commit: Commit, newer: Exchange): boolean {
  const { sent } = commit.exchange
  const asks = writesOf(history, commit).filter(({ invoked }) => invoked.repeats === undefined)
  // As many different changes as asks: nobody wanted the same twice.
  if ((bodiesOf(history).get(thingOf(commit))?.size ?? 0) >= asks.length) return false
  return writesOf(history, commit).some(({ invoked, exchanges: own }) => {
    if (invoked.seq < newer.sent.seq || invoked.seq > sent.seq) return false
    const changed = own.filter((exchange) => !isSafe(exchange))
    return changed.length === 0 || changed.some(({ sent: other }) => other.bodyHash === sent.bodyHash)
  })
}

function evidenceFor(history: History, { effect, exchange }: Commit, first: Exchange, newer: Commit) {
  const againMs = exchange.sent.at - newer.effect.at
  return {
    witness: [...seqsOf(first), newer.exchange.sent.seq, newer.effect.seq, exchange.sent.seq, effect.seq],
    sentence: `${requestOf(first)} for ${effect.entity}, first sent ${timeOf(history, first.sent.at)} and ${endOfExchange(history, first)}, was sent again at ${timeOf(history, exchange.sent.at)}, ${formatMeasured(againMs)} after a newer change of the same thing had been made: version ${effect.version} put the older state back over version ${newer.effect.version}.`,
  }
}
