// Nobody who has seen the new state of a thing is shown the old one again.
//
// Verified: the versions that the reads of one kind, of one client process, showed of one thing, in the order in which they
// ended: none is older than one shown before it was asked. The server may go back (a replica that is behind): what the latest
// request brought may be shown. A restart loses what was shown. A copy that is declared stale may be old, but not older than
// what the process had already shown: it kept the wrong copy. Only versions that a response brought before count as shown.
// Not verified: writes that are not seen by the next read (the promise `fresh` allows that); different operations, processes or
// people; lists.

import type { EventOf, Truth } from '#history/event.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { bornAt, receipts, type Receipt } from '#history/knowledge.ts'
import { operations, selector, type Operation } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { nameOf, seqsOf, timeOf } from './words.ts'

const name = 'never-goes-back'

const params = {
  regressions: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'monotonic reads: a later read shows the same version or a newer one',
  },
} as const satisfies Record<string, Param>

type Shown = {
  readonly operation: Operation
  readonly ok: EventOf<'operation.ok'>
  readonly truth: Truth
  readonly version: number
}

export const neverGoesBack = defineOracle({
  name,
  family: 'safety',
  verified: 'What one process shows of a thing is never older than what it has shown of it before.',
  notVerified: 'Different operations or processes, own writes, and lists.',
  hint: 'Replace a copy only by an answer to a later request, or by a higher version; an answer or a webhook that comes late is dropped.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { regressions } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const line of linesOf(history).values()) judgeLine(history, line, regressions, tally)
    return tally.judgement({ unarmed: 'Nothing was read again after a newer version of it had been shown.' })
  },
})

/** What was shown of each thing, in the order in which it was. */
const linesOf = selector((history) => {
  const shown = operations(history).flatMap((operation) => shownBy(operation))
  const inOrder = shown.toSorted((one, other) => one.ok.seq - other.ok.seq)
  return Map.groupBy(inOrder, ({ operation: { invoked }, truth }) =>
    [invoked.instance, invoked.workspace, invoked.name, truth.entity].join(' '),
  )
})

function shownBy(operation: Operation): Shown[] {
  const { invoked, settled: ok } = operation
  if (invoked.effect !== 'read' || ok?.kind !== 'operation.ok') return []
  const { truth, result } = ok
  if (!truth || truth.matched === null || truth.entity !== invoked.entity) return []
  return result === 'fresh' || result === 'stale' ? [{ operation, ok, truth, version: truth.matched }] : []
}

function judgeLine(history: History, line: readonly Shown[], limit: Threshold, tally: Tally): void {
  const [first] = line
  if (!first) return
  const { instance } = first.operation.invoked
  const taught = receipts(history, instance, first.truth.entity).filter(({ certain }) => certain)
  // Reads may overlap: what counts is what had been shown when one was asked for.
  const byAsk = line.toSorted((one, other) => one.operation.invoked.seq - other.operation.invoked.seq)
  let newest: Shown | undefined
  let next = 0
  let oldest = first.version
  for (const shown of byAsk) {
    const { seq } = shown.operation.invoked
    for (; (line[next]?.ok.seq ?? seq) < seq; next += 1) {
      const earlier = line[next] as Shown
      if (!newest || earlier.version > newest.version || bornAt(history, instance, earlier.ok.seq) > newest.ok.seq)
        newest = earlier
      oldest = Math.min(oldest, earlier.version)
    }
    if (!newest || newest.version === oldest || bornAt(history, instance, shown.ok.seq) > newest.ok.seq) continue
    const before = newest
    const isBack = shown.version < before.version && wasTaught(taught, before, shown) && !isTold(taught, shown)
    tally.compare(limit, isBack ? 1 : 0, () => evidenceFor(history, before, shown, taught))
  }
}

/** A newer version did come in before the first of the two was shown. Fields that change there and back look newer than they
 * are. */
function wasTaught(taught: readonly Receipt[], before: Shown, { version }: Shown): boolean {
  return taught.some((receipt) => receipt.seq < before.ok.seq && receipt.version > version)
}

/** An answer that came while it was waiting, or to the latest request, brought no more than what is shown: it is the server
 * that went back. */
function isTold(taught: readonly Receipt[], { operation, ok, version }: Shown): boolean {
  const { seq: askedAt } = operation.invoked
  if (taught.some((receipt) => receipt.seq > askedAt && receipt.seq < ok.seq && receipt.version <= version)) return true
  const latest = latestRequest(taught, ok.seq)
  return latest === undefined || latest.version <= version
}

function latestRequest(taught: readonly Receipt[], seq: number): Receipt | undefined {
  let latest: Receipt | undefined
  for (const receipt of taught) {
    if (receipt.seq > seq) break
    if (!latest || receipt.by.sent.seq > latest.by.sent.seq) latest = receipt
  }
  return latest
}

function evidenceFor(
  history: History,
  before: Shown,
  { operation, ok, truth, version }: Shown,
  taught: readonly Receipt[],
) {
  const newer = taught.find((receipt) => receipt.seq < before.ok.seq && receipt.version > version)
  const how = ok.result === 'stale' ? ', as a stale copy' : ''
  return {
    witness: [...(newer ? seqsOf(newer.by) : []), before.ok.seq, operation.invoked.seq, ok.seq],
    sentence: `${nameOf(operation)} showed version ${version} of ${truth.entity} at ${timeOf(history, ok.at)}${how}, although the same process had shown version ${before.version} at ${timeOf(history, before.ok.at)}: an older copy took the place of a newer one.`,
  }
}
