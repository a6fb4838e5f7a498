// A write that the client accepted reaches the API, in time or not at all.
//
// Verified: a write that ended ok was committed by the end of the run, or a good answer was received for it; a queued one was
// committed within the delay the client promised, and was not sent after it (a late reply is worse than none). By business
// key, so no attribution is needed. A promise that runs beyond the end of the run is judged by what became of the backlog: of
// what waited when the faults were lifted, something must have been sent within `patience`, and the rest must be able to follow
// in time at that pace.
// Not verified: writes without a key; queued writes whose promise runs beyond the end of a run that ends soon after the faults,
// or that are tried in vain; with `excuseOutage`, those
// that could not be delivered because the API was down for nearly as long as they were worth sending (all but `grace`).

import { formatDuration, formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import type { Commit } from '#history/knowledge.ts'
import { endOf, exchanges, operations, succeeded, type Operation } from '#history/query.ts'
import { queueLimit } from './ladder.ts'
import { defineOracle, type Param } from './oracle.ts'
import { drains, type Drain } from './stuck.ts'
import { createTally, promised, thresholdsOf, type Tally } from './tally.ts'
import { nameOf, seqsOf, storyOf, timeOf, witnessOf } from './words.ts'
import { commitsSince, isWrite, wasAnswered, type Write } from './writes.ts'

const name = 'no-lost-write'

const params = {
  lost: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'a write that was accepted is owed (no silent success)',
  },
  tolerance: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 1, default: 1_000, lenient: 5_000 },
    cite: 'a queue may look at its clock once a second',
  },
  grace: {
    unit: 'ms',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 30_000, default: 60_000, lenient: 120_000 },
    cite: 'a queue that backs off sleeps up to 30 s, with jitter up to twice that, before it notices that the API is back',
  },
  patience: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 300_000, default: 600_000, lenient: 1_800_000 },
    cite: 'ten minutes after the incident a queue has noticed, whatever its backoff',
  },
  excuseOutage: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 1, lenient: 1 },
    cite: '1: a queued write that expired while nothing could be delivered is not lost; 0: it is, its caller was told `queued`',
  },
} as const satisfies Record<string, Param>

type Numbers = Readonly<Record<keyof typeof params, number>>

export const noLostWrite = defineOracle({
  name,
  family: 'safety',
  verified: 'Writes that ended ok or queued were committed, and queued ones were not sent too late.',
  notVerified:
    'Writes without a business key, and queued ones whose time was not up when a run ended soon after its faults.',
  hint: 'Say ok after the API has said so; keep queued writes until they are committed, and drop them when they are too old.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { lost } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const operation of operations(history)) {
      if (!isWrite(operation)) continue
      if (operation.outcome === 'fresh') addDone(history, operation, lost, tally)
      if (operation.outcome === 'queued') addQueued(history, operation, lost, number, tally)
    }
    for (const drain of drains(history, number.patience)) addDrain(history, drain, lost, tally)
    return tally.judgement({
      unarmed: 'No write with a business key ended ok, or queued with its time up before the end.',
    })
  },
})

/** Of many writes that nobody sends the first stands for all. */
function addDrain(history: History, { from, waited, left, isInTime }: Drain, lost: Threshold, tally: Tally): void {
  const [oldest] = left
  tally.compare(lost, isInTime ? 0 : left.length, () => ({
    witness: left.slice(0, 10).flatMap(({ operation }) => [operation.invoked.seq, operation.settled?.seq]),
    sentence: `${left.length} of the ${waited.length} writes that waited when the API was well again at ${timeOf(history, from)} were not even tried in the ${formatMeasured(endOf(history) - from)} since then, and at that pace they never go out in time; the oldest is ${oldest ? `${nameOf(oldest.operation)}, queued at ${timeOf(history, oldest.from)}` : 'none'}.`,
  }))
}

function addDone(history: History, operation: Write, lost: Threshold, tally: Tally): void {
  const { invoked, settled } = operation
  const happened = commitsSince(history, operation).length > 0 || wasAnswered(history, operation)
  tally.compare(lost, happened ? 0 : 1, () => ({
    witness: witnessOf(operation),
    sentence: `${nameOf(operation)} was reported done at ${timeOf(history, settled?.at ?? invoked.at)} and never happened: ${storyOf(history, operation)}.`,
  }))
}

function addQueued(history: History, operation: Write, lost: Threshold, number: Numbers, tally: Tally): void {
  const { invoked, settled } = operation
  const maxDelayMs = queueLimit(history, invoked.name)
  if (maxDelayMs === null || !settled) return
  const dueAt = invoked.at + maxDelayMs
  const [first] = commitsSince(history, operation)
  if (first) {
    addSent(history, operation, first, promised(name, 'queue', maxDelayMs, invoked.name), number, tally)
    return
  }
  if (dueAt > endOf(history) || wasAnswered(history, operation)) return
  if (number.excuseOutage > 0 && !wasReachable(history, operation, settled.at, dueAt, number.grace)) return
  tally.compare(lost, 1, () => ({
    witness: witnessOf(operation),
    sentence: `${nameOf(operation)} was queued at ${timeOf(history, settled.at)} and not committed by ${timeOf(history, dueAt)}, within the ${formatDuration(maxDelayMs)} it was promised: ${storyOf(history, operation)}.`,
  }))
}

/** What counts is when the client sent it: the API may take its time. */
function addSent(
  history: History,
  operation: Write,
  { effect, exchange }: Commit,
  limit: Threshold,
  number: Numbers,
  tally: Tally,
): void {
  const { invoked } = operation
  const delayMs = exchange.sent.at - invoked.at
  const isLate = delayMs > limit.value + number.tolerance
  if (isLate && wasAskedAgain(history, operation, exchange.sent.seq)) return
  const evidence = () => ({
    witness: [invoked.seq, operation.settled?.seq, ...seqsOf(exchange), effect.seq],
    sentence: `${nameOf(operation)} was queued at ${timeOf(history, operation.settled?.at ?? invoked.at)} and sent ${formatMeasured(delayMs)} after it was asked for, at ${timeOf(history, exchange.sent.at)}; it was promised not to be sent after ${formatDuration(limit.value)}.`,
  })
  tally.compare(limit, delayMs, evidence, number.tolerance)
}

/** Then the late commit may be that of the later ask. */
function wasAskedAgain(history: History, { invoked }: Write, before: number): boolean {
  return operations(history).some(
    ({ invoked: other }) =>
      other.key === invoked.key &&
      other.workspace === invoked.workspace &&
      other.seq > invoked.seq &&
      other.seq < before,
  )
}

/** Whether the API could have taken the write while it was worth sending: it was without faults for long enough, or answered
 * most of what was sent during the faults. */
function wasReachable(history: History, { invoked }: Operation, from: number, until: number, graceMs: number): boolean {
  const { firstFaultAt, lastLiftAt } = history.header
  if (firstFaultAt === null || lastLiftAt === null) return true
  const quietMs = Math.max(0, Math.min(until, firstFaultAt) - from) + Math.max(0, until - Math.max(from, lastLiftAt))
  if (quietMs >= Math.min(graceMs, until - from)) return true
  const first = Math.max(from, firstFaultAt)
  const last = Math.min(until, lastLiftAt)
  const tried = exchanges(history).filter(
    ({ sent }) =>
      sent.instance === invoked.instance && sent.workspace === invoked.workspace && sent.at >= first && sent.at < last,
  )
  return tried.length > 0 && tried.filter(succeeded).length * 2 >= tried.length
}
