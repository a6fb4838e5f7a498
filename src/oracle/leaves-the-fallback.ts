// When the API answers again, what stands in for it is no longer used.
//
// Verified: once the API has answered the workspace well after the last fault, and some time has passed, no client process goes on
// answering it by a copy, a fallback, a queue or nothing at all, without asking an API that would answer: for each process, and
// for each thing that is asked for often, in the last third of the time without faults.
// Not verified: degraded outcomes of operations that did ask and were not answered well, which `recovers` judges by load; loads
// that use the same outcome without faults (a front that queues everything, a cache that renews behind the scenes);
// the capacity of a fallback.

import { formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { endOf, exchanges, selector, succeeded, type Operation } from '#history/query.ts'
import { judged, usualOutcomes, wentWell } from './loads.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { howMany, nameOf, storyOf, timeOf, witnessOf } from './words.ts'

const name = 'leaves-the-fallback'

const params = {
  after: {
    unit: 'ms',
    domain: 'incident',
    defaults: { strict: 60_000, default: 120_000, lenient: 600_000 },
    cite: 'the longest rest of a common breaker is a minute (resilience4j), and it may need two',
  },
  share: {
    unit: 'share',
    domain: 'incident',
    defaults: { strict: 0.01, default: 0.05, lenient: 0.1 },
    cite: 'one ask in twenty may still meet a limit of the client’s own',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'incident',
    defaults: { strict: 10, default: 10, lenient: 10 },
    cite: 'fewer asks of one process prove nothing',
  },
  thing: {
    unit: 'count',
    bound: 'at-least',
    domain: 'incident',
    defaults: { strict: 4, default: 4, lenient: 6 },
    cite: 'a thing that was asked for four times, and never fresh, is stuck',
  },
} as const satisfies Record<string, Param>

type Numbers = Readonly<Record<keyof typeof params, number>>
type Line = { readonly asks: readonly Operation[]; readonly stuck: readonly Operation[]; readonly wellAt: number }

export const leavesTheFallback = defineOracle({
  name,
  family: 'liveness',
  verified:
    'After the API is well again, processes and things do not stay on copies, fallbacks or queues without asking it.',
  notVerified: 'Operations that asked and were not answered well, and the capacity of a fallback.',
  hint: 'Ask the API first again as soon as it answers: clear what marks a key, or a process, as degraded with the first success, and let it expire.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { lastLiftAt, spanMs } = history.header
    if (lastLiftAt === null || lastLiftAt >= spanMs)
      return { verdict: 'not-applicable', needs: 'faults that are lifted before the run ends' }
    const { share } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const late = operationsLate(history, lastLiftAt)
    for (const asks of Map.groupBy(late, processOf).values()) {
      const line = lineOf(history, asks, number, lastLiftAt)
      if (!line) continue
      if (line.asks.length >= number.samples) addLine(history, line, share, tally)
      for (const about of Map.groupBy(line.asks, ({ invoked }) => invoked.entity).values()) {
        const isStuck = about.length >= number.thing && about.every((operation) => line.stuck.includes(operation))
        if (isStuck && about[0]?.invoked.entity !== undefined)
          addLine(history, { ...line, asks: about, stuck: about }, share, tally)
      }
    }
    return tally.judgement({ unarmed: 'Too little was asked, or nothing succeeded, after the faults were lifted.' })
  },
})

/** In the last third of the time without faults. */
function operationsLate(history: History, liftedAt: number): readonly Operation[] {
  const from = liftedAt + ((endOf(history) - liftedAt) * 2) / 3
  return judged(history).filter(({ invoked }) => invoked.at >= from)
}

function processOf({ invoked: { instance, workspace, name: operation, load } }: Operation): string {
  return `${instance} ${workspace} ${operation} ${load}`
}

/** When the API first answered each workspace well after the faults, whatever was asked. */
const wellSince = selector((history) => {
  const from = history.header.lastLiftAt ?? Number.POSITIVE_INFINITY
  const found = new Map<string | null, number>()
  for (const exchange of exchanges(history)) {
    const { sent, completedAt } = exchange
    if (sent.at < from || completedAt === null || !succeeded(exchange)) continue
    found.set(sent.workspace, Math.min(found.get(sent.workspace) ?? Number.POSITIVE_INFINITY, completedAt))
  }
  return found
})

function lineOf(history: History, all: readonly Operation[], number: Numbers, liftedAt: number): Line | undefined {
  const [first] = all
  if (!first) return undefined
  const wellAt = wellSince(history).get(first.invoked.workspace)
  if (wellAt === undefined) return undefined
  const from = Math.max(liftedAt, wellAt) + number.after
  const usual = usualOutcomes(history)
  const asks = all.filter(({ invoked }) => invoked.at >= from)
  return { asks, stuck: asks.filter((operation) => !wentWell(operation, usual) && isSpared(operation)), wellAt }
}

/** It stood in for an API that was not even asked, or that had answered well. */
function isSpared({ outcome, exchanges: own }: Operation): boolean {
  if (outcome === 'error' || outcome === 'unknown') return false
  const last = own.at(-1)
  return last === undefined || succeeded(last)
}

function addLine(history: History, { asks, stuck, wellAt }: Line, limit: Threshold, tally: Tally): void {
  const [first] = asks
  if (!first) return
  tally.compare(limit, stuck.length / asks.length, () => {
    const last = stuck.at(-1) ?? first
    const { name: operation, workspace, instance } = first.invoked
    const about = asks === stuck && last.invoked.entity !== undefined ? ` about ${last.invoked.entity}` : ''
    const later = formatMeasured(last.invoked.at - wellAt)
    return {
      witness: [...witnessOf(first), ...witnessOf(last)],
      sentence: `${stuck.length} of the last ${howMany(asks.length, 'ask')}${about} of ${operation} (${workspace}, process ${instance}) were answered without the API, which had answered well since ${timeOf(history, wellAt)}; ${nameOf(last)} still ended ${last.outcome} ${later} later: ${storyOf(history, last)}.`,
    }
  })
}
