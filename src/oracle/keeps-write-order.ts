// Writes that must keep their order are sent in the order in which they were accepted.
//
// Verified: for operations that promise an `order`: of two writes with the same value of that field, asked of one process and
// workspace, the one that was accepted before the other was asked for is sent first. What counts is when the request was sent
// that the API committed; the API may take its time.
// Not verified: asks that overlap, of which nobody can say which is the first; processes of a fleet among each other; writes
// that share a business key where what was committed does not tell which of them it was; writes that never happened.

import { formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import type { Commit } from '#history/knowledge.ts'
import { operations } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { nameOf, timeOf } from './words.ts'
import { asksFor, commitsSince, isWrite, type Write } from './writes.ts'

const name = 'keeps-write-order'

const params = {
  overtaken: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'a promise is a promise: the second sentence of a customer never comes before the first',
  },
} as const satisfies Record<string, Param>

type Done = { readonly write: Write; readonly order: string; readonly commit: Commit; readonly acceptedAt: number }

export const keepsWriteOrder = defineOracle({
  name,
  family: 'safety',
  verified: 'Writes with the same order key are sent in the order in which they were accepted.',
  notVerified: 'Asks that overlap, several processes, and writes that share a business key.',
  hint: 'Give each order key a lane of its own: one write at a time, and while one of the lane waits in the queue the next waits behind it.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { promises } = history.header
    if (!Object.values(promises).some(({ order }) => order !== undefined))
      return { verdict: 'not-applicable', needs: 'a write that promises an `order`' }
    const { overtaken } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const writes = operations(history)
      .filter(isWrite)
      .filter(({ invoked }) => promises[invoked.name]?.order !== undefined)
      .filter((write) => isTold(asksFor(history, write)))
    for (const lane of Map.groupBy(
      writes.flatMap((write) => doneBy(history, write)),
      laneOf,
    ).values())
      judgeLane(history, lane, overtaken, tally)
    return tally.judgement({
      unarmed:
        'No write was asked for while an earlier one of the same order key had been accepted, where it can be told which commit was whose.',
    })
  },
})

/** Asked for more than once, only what was written tells which of them a commit was. */
function isTold(asks: readonly Write[]): boolean {
  return (
    asks.length === 1 || asks.every(({ invoked }) => invoked.content !== undefined && invoked.repeats === undefined)
  )
}

function doneBy(history: History, write: Write): Done[] {
  const { invoked, outcome, settled } = write
  if (!settled || invoked.order === undefined || (outcome !== 'fresh' && outcome !== 'queued')) return []
  const isAlone = asksFor(history, write).length === 1
  const commit = commitsSince(history, write).find(({ effect }) => isAlone || effect.fulfils?.includes(write.id))
  return commit ? [{ write, order: invoked.order, commit, acceptedAt: settled.seq }] : []
}

function laneOf({ write: { invoked }, order }: Done): string {
  return `${invoked.instance} ${invoked.workspace} ${invoked.name} ${order}`
}

/** In the order in which they were asked. */
function judgeLane(history: History, lane: readonly Done[], limit: Threshold, tally: Tally): void {
  const byAcceptance = lane.toSorted((one, other) => one.acceptedAt - other.acceptedAt)
  let next = 0
  let last: Done | undefined
  for (const done of lane) {
    for (; (byAcceptance[next]?.acceptedAt ?? done.write.invoked.seq) < done.write.invoked.seq; next += 1) {
      const accepted = byAcceptance[next] as Done
      if (!last || accepted.commit.exchange.sent.seq > last.commit.exchange.sent.seq) last = accepted
    }
    const earlier = last
    if (!earlier) continue
    const isOvertaken = earlier.commit.exchange.sent.seq > done.commit.exchange.sent.seq
    tally.compare(limit, isOvertaken ? 1 : 0, () => evidenceFor(history, earlier, done))
  }
}

function evidenceFor(history: History, earlier: Done, later: Done) {
  const { promises } = history.header
  const { invoked } = earlier.write
  const field = promises[invoked.name]?.order
  const aheadMs = earlier.commit.exchange.sent.at - later.commit.exchange.sent.at
  return {
    witness: [earlier, later].flatMap(({ write, commit }) => [
      write.invoked.seq,
      write.settled?.seq,
      commit.exchange.sent.seq,
      commit.effect.seq,
    ]),
    sentence: `${nameOf(later.write)} was asked for at ${timeOf(history, later.write.invoked.at)}, when ${nameOf(earlier.write)} had been accepted (${earlier.write.outcome}, ${timeOf(history, earlier.write.settled?.at ?? invoked.at)}), and was sent ${formatMeasured(aheadMs)} before it, at ${timeOf(history, later.commit.exchange.sent.at)}; both are about ${field} ${earlier.order}, whose order was promised.`,
  }
}
