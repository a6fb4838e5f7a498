// When the service is well again, a breaker closes at the first try after its rest.
//
// Verified: of each breaker that was open when the last fault was lifted: the time from the first operation that finds the rest over
// to the first answer. The rest counts from the lift, or from the last failure after it that was the service's doing.
// Not verified: breakers that opened and closed before; whether all is as before then (`recovers`). False alarms: without three
// operations in between nobody knows how long it takes; an answer of any kind, a refusal too, shows that it closed; a service
// that goes on failing, or is slow, after the lift has the clock start again; a restart is left to `recovers`.

import { formatMeasured } from '#clock/instant.ts'
import type { BreakerFacts } from '#history/promises.ts'
import type { History } from '#history/history.ts'
import { endOf, exchanges, operations, type Exchange, type Operation } from '#history/query.ts'
import { callsGuardedBy, coarseOf, heldBack, reassuring, type BreakerCall } from './breaker-calls.ts'
import { openings } from './breaker-view.ts'
import { foundNobody } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { startOf } from './recovery.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { nameOf, storyOf, timeOf, witnessOf } from './words.ts'

const name = 'breaker-recloses'

/** An answer that the client did not wait for, although it was as near as this, was not the service's failure. */
const promptMs = 1_000
const fewest = 3

const params = {
  slack: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 5_000, default: 15_000, lenient: 60_000 },
    cite: 'the declared rest, and one probe with its time-out',
  },
} as const satisfies Record<string, Param>

/** Of one breaker: since when the service is well, the first operation after the rest, the first answer. */
type Return = {
  readonly wellAt: number
  readonly probe: Operation
  readonly answeredAt: number | null
  readonly asked: number
}

export const breakerRecloses = defineOracle({
  name,
  family: 'liveness',
  verified: 'After the faults the first answer comes with the first operation that finds the declared rest over.',
  notVerified: 'Breakers that were closed when the faults were lifted; success afterwards.',
  hint: 'Let a probe through after each rest, with a time-out of its own, count only real failures, and close at the first success.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { breaker } = history.header.declares
    if (!breaker) return { verdict: 'not-applicable', needs: 'a declared breaker' }
    const lift = startOf(history, undefined)
    if (lift === null) return { verdict: 'not-applicable', needs: 'faults that are lifted before the run ends' }
    const { slack } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const call of openAt(history, breaker, lift)) {
      const found = returnOf(history, breaker, call, lift)
      if (!found) continue
      const late = (found.answeredAt ?? endOf(history)) - found.probe.invoked.at
      if (late > number.slack && found.asked < fewest) continue
      tally.compare(slack, Math.max(0, late), () => evidenceFor(history, breaker, found))
    }
    return tally.judgement({
      unarmed: 'No breaker was open when the faults were lifted, or nothing was asked for after its rest.',
    })
  },
})

/** The last call of every breaker that was open when the faults were lifted: it failed, nothing good came after it, and either
 * enough had failed or others were held back since. */
function openAt(history: History, breaker: BreakerFacts, lift: number): readonly BreakerCall[] {
  const before = callsGuardedBy(history, breaker).filter(({ first }) => first.sent.at < lift)
  const last = new Map(before.map((call) => [call.scope, call]))
  const open = new Set(
    openings(history).flatMap(({ scope, trippedAt, endedAt }) =>
      trippedAt <= lift && (endedAt ?? lift) >= lift ? [scope] : [],
    ),
  )
  const held = heldBack(history, breaker)
  return Array.from(last.values()).filter((call) => {
    const sentAt = call.first.sent.at
    if (call.failedSeq === null || firstGood(history, breaker, call, sentAt, lift)) return false
    return (
      open.has(call.scope) || held.some((one) => isLike(call, one) && one.invoked.at > sentAt && one.invoked.at < lift)
    )
  })
}

function isLike({ operation }: BreakerCall, { invoked }: Operation): boolean {
  const { instance, workspace, name: own } = operation.invoked
  return invoked.instance === instance && invoked.workspace === workspace && invoked.name === own
}

function firstGood(history: History, breaker: BreakerFacts, call: BreakerCall, from: number, until: number) {
  const coarse = coarseOf(breaker, call.first, call.operation.invoked.workspace)
  return reassuring(history).find(
    (one) => one.sent.at >= from && one.sent.at < until && coarseOf(breaker, one) === coarse,
  )
}

function returnOf(history: History, breaker: BreakerFacts, call: BreakerCall, lift: number): Return | undefined {
  const { invoked } = call.operation
  const coarse = coarseOf(breaker, call.first, invoked.workspace)
  if (history.all('client.restarted').some(({ at, instance }) => at >= lift && instance === invoked.instance))
    return undefined
  const good = firstGood(history, breaker, call, lift, Number.POSITIVE_INFINITY)
  const answeredAt = good?.completedAt ?? null
  const goodAt = answeredAt ?? Number.POSITIVE_INFINITY
  const wellAt = exchanges(history)
    .filter((exchange) => coarseOf(breaker, exchange) === coarse && isTheirs(exchange))
    .map(({ completedAt, sent }) => completedAt ?? sent.at)
    .reduce((latest, at) => (at <= goodAt ? Math.max(latest, at) : latest), lift)
  const asked = operations(history).filter(
    (operation) =>
      isLike(call, operation) &&
      !foundNobody(operation) &&
      operation.invoked.at >= wellAt + breaker.restMs &&
      (operation.exchanges.length > 0 || operation.outcome !== 'fresh'),
  )
  const probe = asked[0]
  return probe && { wellAt, probe, answeredAt, asked: asked.filter((one) => one.invoked.at < goodAt).length }
}

/** The service failed it, or had no prompt answer for it. */
function isTheirs({ outcome, arrived, hits }: Exchange): boolean {
  if (outcome.kind === 'failed' || outcome.kind === 'pending' || hits.length > 0) return true
  if (outcome.kind === 'answered') return outcome.status >= 500
  return arrived === null || arrived.answersIn === null || arrived.answersIn > promptMs
}

function evidenceFor(history: History, breaker: BreakerFacts, { wellAt, probe, answeredAt, asked }: Return) {
  const until =
    answeredAt === null
      ? `not once until the run ended, ${formatMeasured(endOf(history) - wellAt)} later`
      : `only at ${timeOf(history, answeredAt)}, ${formatMeasured(answeredAt - wellAt)} later`
  return {
    witness: witnessOf(probe),
    sentence: `the service was well from ${timeOf(history, wellAt)} on and the breaker of the workspace ${probe.invoked.workspace} rests ${formatMeasured(breaker.restMs)}, but it let a request succeed ${until}, after ${asked} operations had been asked for; ${nameOf(probe)}, ${storyOf(history, probe)}, ended ${probe.outcome}.`,
  }
}
