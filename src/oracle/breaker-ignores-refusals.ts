// An answer about one request is no reason for a breaker to open.
//
// Verified: after as many refusals (400, 404, 409, 410, 413, 415, 422) as the breaker takes failures, with no sign of trouble: the share
// of guarded operations of other loads of the workspace that were answered without a request.
// Not verified: 401, 403, 405 and 429, which may well be a reason; loads that are refused themselves. False alarms: anything else
// that went wrong in the workspace within a minute counts as trouble; a load that never had a good answer may be refused by
// the client itself; while something is in flight an operation may wait for that answer; fresh copies are no silence.

import { formatMeasured } from '#clock/instant.ts'
import type { BreakerFacts } from '#history/promises.ts'
import type { History } from '#history/history.ts'
import { exchanges, operations, selector, succeeded, type Exchange, type Operation } from '#history/query.ts'
import { isGuarded } from './breaker-calls.ts'
import { statusOf } from './classify.ts'
import { usualOutcomes, wentWell } from './loads.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'breaker-ignores-refusals'

const refusals: ReadonlySet<number> = new Set([400, 404, 406, 409, 410, 411, 413, 414, 415, 422])
const memoryMs = 60_000

const params = {
  silenced: {
    unit: 'share',
    domain: 'client',
    defaults: { strict: 0.01, default: 0.1, lenient: 0.2 },
    cite: 'a refusal of one request says nothing about the next; a share is left for other reasons',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 5, default: 5, lenient: 10 },
    cite: 'a share of fewer operations says little',
  },
} as const satisfies Record<string, Param>

export const breakerIgnoresRefusals = defineOracle({
  name,
  family: 'safety',
  verified: 'After a run of refusals the operations of other loads are still sent.',
  notVerified: '401, 403, 405 and 429; loads that are refused themselves.',
  hint: 'Let the breaker count only what says that the service is in trouble: 5xx, broken connections, time-outs.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { breaker } = history.header.declares
    if (!breaker) return { verdict: 'not-applicable', needs: 'a declared breaker' }
    const { silenced } = thresholdsOf(history, name, params, number)
    const usual = usualOutcomes(history)
    const tally = createTally()
    let armed = 0
    for (const [workspace, asked] of Map.groupBy(askedAfterRefusals(history, breaker), workspaceOf)) {
      const silent = asked.filter(({ operation: one }) => one.exchanges.length === 0 && !wentWell(one, usual))
      armed += asked.length
      if (asked.length < number.samples) continue
      tally.compare(silenced, silent.length / asked.length, () => evidenceFor(history, workspace, silent, asked.length))
    }
    const unarmed = 'There were never so many refusals, and nothing else amiss, while other loads were asked for.'
    return tally.judgement({ unarmed, armed, samples: number.samples })
  },
})

type Asked = { readonly operation: Operation; readonly refused: readonly Exchange[] }

function workspaceOf({ operation }: Asked): string {
  return operation.invoked.workspace
}

/** Exchanges of a process and workspace, by their end. */
const lanes = selector((history) => {
  const ended = exchanges(history).filter(({ end }) => end !== null)
  const ordered = ended.toSorted((one, other) => (one.end?.seq ?? 0) - (other.end?.seq ?? 0))
  return Map.groupBy(ordered, ({ sent }) => `${sent.instance} ${sent.workspace ?? ''}`)
})

function askedAfterRefusals(history: History, breaker: BreakerFacts): readonly Asked[] {
  const loads = welcomeLoads(history)
  const judged = operations(history).filter(
    (operation) =>
      loads.has(operation.invoked.load) &&
      isGuarded(breaker, operation) &&
      operation.certain &&
      operation.cancelled === null &&
      (operation.exchanges.length > 0 || ['error', 'stale', 'fallback'].includes(operation.outcome)),
  )
  const byLane = Map.groupBy(judged, ({ invoked }) => `${invoked.instance} ${invoked.workspace}`)
  return Array.from(byLane).flatMap(([lane, asked]) => afterRefusals(asked, lanes(history).get(lane) ?? [], breaker))
}

/** Loads that had good answers and never a refusal. */
function welcomeLoads(history: History): ReadonlySet<string> {
  const byLoad = Map.groupBy(operations(history), ({ invoked }) => invoked.load)
  const welcome = Array.from(byLoad).filter(([, asked]) => {
    const sent = asked.flatMap(({ exchanges: own }) => own)
    return sent.some(succeeded) && !sent.some(isRefusal)
  })
  return new Set(welcome.map(([load]) => load))
}

function afterRefusals(asked: readonly Operation[], ended: readonly Exchange[], breaker: BreakerFacts): Asked[] {
  let next = 0
  let refused: Exchange[] = []
  let troubleAt = Number.NEGATIVE_INFINITY
  const found: Asked[] = []
  for (const operation of asked) {
    const { seq, at } = operation.invoked
    for (let one = ended[next]; one?.end && one.end.seq < seq; one = ended[next]) {
      if (isRefusal(one)) refused.push(one)
      else if (!succeeded(one)) troubleAt = one.end.at
      next += 1
    }
    refused = refused.filter(({ end }) => (end?.at ?? 0) > at - memoryMs)
    if (refused.length >= breaker.failures && troubleAt <= at - Math.max(memoryMs, breaker.restMs * 2))
      found.push({ operation, refused })
  }
  return found
}

function isRefusal(exchange: Exchange): boolean {
  return refusals.has(statusOf(exchange) ?? 0) && exchange.head?.retryAfter === undefined
}

function evidenceFor(history: History, workspace: string, silent: readonly Asked[], count: number) {
  const first = silent[0]
  if (!first) throw new Error('Nothing was silenced.')
  const { operation, refused } = first
  const last = refused.at(-1)
  const example = last
    ? `, the last ${requestOf(last)} with ${statusOf(last)} at ${timeOf(history, last.completedAt ?? 0)}`
    : ''
  return {
    witness: [...refused.slice(-3).flatMap(seqsOf), operation.invoked.seq, operation.settled?.seq],
    sentence: `${refused.length} requests of the workspace ${workspace} had been refused within ${formatMeasured(memoryMs)}${example}, and with nothing else amiss ${nameOf(operation)} of the load ${operation.invoked.load} was not even sent at ${timeOf(history, operation.invoked.at)}: so ${silent.length} of ${count} of other loads.`,
  }
}
