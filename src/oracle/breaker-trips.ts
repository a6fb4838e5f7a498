// A breaker opens when as much has failed as its owner says.
//
// Verified: for each time that one more call than declared had failed (in a row, or as a share of the window), and for each failed
// probe: how many operations that were asked for afterwards were sent all the same, before the breaker is seen to be open; and of all
// that was asked for at such times, the share that was sent.
// Not verified: that it opens no sooner; what an undeclared breaker does. False alarms: a call counts once, with all of its
// attempts, so that it makes no difference whether retries are inside of the breaker; whatever may have closed it in the
// meantime (any answer of the scope, a caller who left, a restart) ends the wait; what was asked for before may still be sent; work in
// the background and operations that are not guarded do not count.

import { formatMeasured } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { openings, type Opening } from './breaker-view.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { howMany, nameOf, seqsOf, storyOf, timeOf } from './words.ts'

const name = 'breaker-trips'

const params = {
  further: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 1, default: 2, lenient: 5 },
    cite: 'libraries count from one or from zero (Gremlin), and a call may already be on its way',
  },
  sent: {
    unit: 'share',
    domain: 'client',
    defaults: { strict: 0.2, default: 0.5, lenient: 0.8 },
    cite: 'an open breaker sends nothing; where few ask, the share shows what no single time does',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 10, default: 10, lenient: 20 },
    cite: 'a share of fewer operations says little',
  },
} as const satisfies Record<string, Param>

export const breakerTrips = defineOracle({
  name,
  family: 'safety',
  verified: 'Once the declared failures are reached, nothing that is asked for later is sent.',
  notVerified: 'That the breaker opens no sooner, and breakers that are not declared.',
  hint: 'Count every answer that tells of an outage and every time-out, in one breaker that outlives the call.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    if (!history.header.declares.breaker) return { verdict: 'not-applicable', needs: 'a declared breaker' }
    const { further, sent } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const opening of openings(history)) {
      const opened = opening.next !== null || opening.held.length > 0
      if (!opened && opening.further.length <= number.further) continue
      tally.compare(further, opening.further.length, () => evidenceFor(history, opening))
    }
    for (const all of Map.groupBy(openings(history), ({ scope }) => scope).values()) {
      const sentCount = all.reduce((sum, opening) => sum + opening.further.length, 0)
      const count = all.reduce((sum, { held }) => sum + held.length, sentCount)
      const longest = all.toSorted((one, other) => other.further.length - one.further.length)[0]
      if (!longest || count < number.samples) continue
      tally.compare(sent, sentCount / count, () => {
        const { witness, sentence } = evidenceFor(history, longest)
        const lead = `${sentCount} of ${count} operations that were asked for while the breaker had to be open were sent`
        return { witness, sentence: `${lead}; ${sentence}` }
      })
    }
    return tally.judgement({ unarmed: 'Never did so much fail that the breaker had to open while more was asked for.' })
  },
})

function evidenceFor(history: History, opening: Opening) {
  const { further, trippedAt, failed, after } = opening
  const breaker = history.header.declares.breaker
  const due =
    after === 'probe'
      ? `the probe failed at ${timeOf(history, trippedAt)}`
      : `more had failed than the declared ${howMany(breaker?.failures ?? 0, 'failure')} by ${timeOf(history, trippedAt)}`
  const last = further.at(-1)
  const example = last
    ? `, the last for ${nameOf(last.operation)}, ${formatMeasured(last.first.sent.at - trippedAt)} later`
    : ''
  const sent = `${howMany(further.length, 'operation')} that ${further.length === 1 ? 'was' : 'were'} asked for afterwards`
  return {
    witness: [
      ...seqsOf(failed.first),
      failed.failedSeq ?? undefined,
      ...further.slice(0, 3).flatMap((call) => seqsOf(call.first)),
    ],
    sentence: `${due} (${nameOf(failed.operation)}, ${storyOf(history, failed.operation)}), but the breaker did not open: requests went out for ${sent}${example}.`,
  }
}
