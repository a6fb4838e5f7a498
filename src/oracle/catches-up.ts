// When the incident is over, what had piled up is worked off.
//
// Verified, where the scenario expects it: every write that the client had queued before the faults were lifted (or before the
// phase the scenario names) was committed by so long after. What is observed is the last of them, counted from that moment.
// Not verified: the pace; writes without a business key; those that the client had promised not to send any more by then
// (no-lost-write judges these), and those whose time was not up when the run ended.

import { formatDuration, formatMeasured } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { endOf, operations } from '#history/query.ts'
import { queueLimit } from './ladder.ts'
import { defineOracle, type Param } from './oracle.ts'
import { startOf } from './recovery.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { nameOf, seqsOf, storyOf, timeOf, witnessOf } from './words.ts'
import { commitsSince, isWrite, wasAnswered, type Write } from './writes.ts'

const name = 'catches-up'

const params = {
  within: {
    unit: 'ms',
    domain: 'incident',
    defaults: { strict: 900_000, default: 3_600_000, lenient: 21_600_000 },
    cite: 'an hour for a backlog; a scenario that knows better says so',
  },
} as const satisfies Record<string, Param>

export const catchesUp = defineOracle({
  name,
  family: 'liveness',
  verified: 'What was queued during the incident is committed soon after it.',
  notVerified: 'The pace, and writes that were no longer to be sent.',
  hint: 'Drain the queue as soon as a call succeeds again, several at a time, as fast as the rate limit allows.',
  params,
  selectors: { after: 'phase' },
  judge: (history, { number, text }) => {
    if (!history.header.expect.some(({ oracle }) => oracle === name))
      return { verdict: 'not-applicable', needs: 'a scenario that expects it' }
    if (!queues(history)) return { verdict: 'not-applicable', needs: 'a client that queues writes' }
    const from = startOf(history, text.after)
    if (from === null) return { verdict: 'not-applicable', needs: 'faults that are lifted before the run ends' }
    const { within } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const operation of operations(history)) {
      if (!isWrite(operation) || operation.outcome !== 'queued' || operation.invoked.at >= from) continue
      if (expiresBy(history, operation, from + within.value)) continue
      const [first] = commitsSince(history, operation)
      if (!first && (wasAnswered(history, operation) || endOf(history) <= from + within.value)) continue
      const doneAt = first?.effect.at ?? endOf(history)
      tally.compare(within, Math.max(0, doneAt - from), () => ({
        witness: first
          ? [operation.invoked.seq, operation.settled?.seq, ...seqsOf(first.exchange), first.effect.seq]
          : witnessOf(operation),
        sentence: `${nameOf(operation)} was queued at ${timeOf(history, operation.settled?.at ?? operation.invoked.at)} and ${first ? `committed at ${timeOf(history, doneAt)}` : 'not committed by the end of the run'}, ${formatMeasured(doneAt - from)} after the API was well again at ${timeOf(history, from)}; ${formatDuration(within.value)} is the limit: ${storyOf(history, operation)}.`,
      }))
    }
    return tally.judgement({ unarmed: 'Nothing that was queued before was due after the incident.' })
  },
})

/** A client that never queues has nothing to work off, and promised nothing of the kind. */
function queues(history: History): boolean {
  return operations(history).some(
    ({ invoked, outcome }) => outcome === 'queued' || queueLimit(history, invoked.name) !== null,
  )
}

function expiresBy(history: History, { invoked }: Write, at: number): boolean {
  const maxDelayMs = queueLimit(history, invoked.name)
  return maxDelayMs !== null && invoked.at + maxDelayMs < at
}
