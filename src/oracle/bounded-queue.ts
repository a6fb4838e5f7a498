// What a client lets wait is bounded, and what does not fit is refused.
//
// Verified: for each process, the most that waited at once: writes accepted for later and not yet sent, and operations for
// which nothing had been sent yet. Against the queue that the client declares; where it declares none, against a ceiling that
// memory bears (`ceiling`, or a minute of arrivals when that is more).
// Who shares the request of another (the same thing asked for again) does not wait for a turn, nor does what is answered at
// once. What the client was to send no more, because its promised time was up, waits no longer; nor does what was refused for
// good. Writes of the same business count once. A queue may survive its process, so it is counted across restarts.
// Not verified: writes without a business key, pauses before another try, and what is queued on disk or in memory.

import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { endOf, operations, selector, type Operation } from '#history/query.ts'
import { backlog } from './backlog.ts'
import { busiest, diesAt, type Stay } from './in-flight.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { nameOf, timeOf } from './words.ts'

const name = 'bounded-queue'

const params = {
  ceiling: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 1_000, default: 1_000, lenient: 10_000 },
    cite: 'a client that declares no bound may keep 1,000, or a minute of arrivals; more is a memory leak that an outage fills',
  },
  arrivals: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 60_000, default: 60_000, lenient: 600_000 },
    cite: 'a minute of what is asked for',
  },
} as const satisfies Record<string, Param>

export const boundedQueue = defineOracle({
  name,
  family: 'safety',
  verified: 'What waits in one process at once stays within the declared queue, or within what memory bears.',
  notVerified: 'Writes without a business key, pauses before another try, and where the queue is kept.',
  hint: 'Give the queue a limit, declare it, and refuse with an error what does not fit; never drop what was accepted.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { ceiling } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    let armed = 0
    for (const [instance, stays] of Map.groupBy(waits(history), ({ of }) => of.invoked.instance)) {
      armed += stays.length
      const crowd = busiest(stays)
      const limit = limitOf(history, instance, ceiling, number.arrivals)
      if (crowd)
        tally.compare(limit, crowd.present.length, () => ({
          witness: crowd.present
            .slice(0, limit.value + 1)
            .flatMap(({ invoked, settled }) => [invoked.seq, settled?.seq]),
          sentence: sentenceFor(history, crowd.present, crowd.at, limit),
        }))
    }
    return tally.judgement({ unarmed: 'Nothing had to wait.', armed })
  },
})

const waits: (history: History) => readonly Stay<Operation>[] = selector((history) => [
  ...backlog(history).map(({ operation, from, until }) => ({
    from,
    until: until ?? endOf(history) + 1,
    of: operation,
  })),
  ...waitsForTurn(history),
])

/** Operations for which nothing has been sent yet. */
function waitsForTurn(history: History): readonly Stay<Operation>[] {
  const openUntil = new Map<string, number>()
  return operations(history).flatMap((operation) => {
    const { invoked, settled, exchanges } = operation
    const settledAt = settled?.at ?? diesAt(history, invoked.instance, invoked.seq)
    const thing = `${invoked.instance} ${invoked.workspace} ${invoked.name} ${invoked.entity ?? ''} ${invoked.key ?? ''}`
    const sharedUntil = openUntil.get(thing) ?? Number.NEGATIVE_INFINITY
    openUntil.set(thing, Math.max(sharedUntil, settledAt))
    const until = Math.min(exchanges[0]?.sent.at ?? settledAt, settledAt)
    return until > invoked.at && sharedUntil <= invoked.at ? [{ from: invoked.at, until, of: operation }] : []
  })
}

function limitOf(history: History, instance: number, ceiling: Threshold, arrivalsMs: number): Threshold {
  const { queue } = history.header.declares
  if (queue !== undefined) {
    const cite = 'the queue that the client declares'
    return { ...ceiling, name: 'declared', value: queue, source: 'config', cite }
  }
  const asked = operations(history).filter(({ invoked }) => invoked.instance === instance).length
  return { ...ceiling, value: Math.max(ceiling.value, Math.ceil((asked * arrivalsMs) / Math.max(1, endOf(history)))) }
}

function sentenceFor(history: History, present: readonly Operation[], at: number, limit: Threshold): string {
  const [oldest] = present
  const accepted = present.filter(({ outcome }) => outcome === 'queued').length
  const what = `${present.length} operations waited in process ${oldest?.invoked.instance ?? 0}, ${accepted} of them`
  const whose = limit.source === 'config' ? 'the client declares at most' : 'a client that declares no bound may keep'
  const example = oldest ? `; the oldest was ${nameOf(oldest)}, asked ${timeOf(history, oldest.invoked.at)}` : ''
  return `At ${timeOf(history, at)} ${what} accepted for later; ${whose} ${limit.value}${example}.`
}
