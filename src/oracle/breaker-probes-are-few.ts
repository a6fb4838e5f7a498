// After its rest a breaker tries the service with a request or two, not with all that has come together.
//
// Verified: after each rest, how many operations were sent before one of them had an end, against the declared probes.
// Not verified: rests after which nothing else was asked for while the probe was out. False alarms: an operation counts once,
// with all its attempts; what was asked for before the breaker opened does not count; an answer to anything in the scope, a queue's
// request for example, lets everything else through.

import { formatMeasured } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { openings, type Opening } from './breaker-view.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { endOfExchange, howMany, nameOf, seqsOf, timeOf } from './words.ts'

const name = 'breaker-probes-are-few'

const params = {
  more: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 1 },
    cite: 'as many as declared: 1 in opossum, cockatiel and Polly, 10 in resilience4j',
  },
} as const satisfies Record<string, Param>

export const breakerProbesAreFew = defineOracle({
  name,
  family: 'safety',
  verified: 'After a rest no more than the declared probes are out before one of them came back.',
  notVerified: 'Rests after which nothing else was asked for while the probe was out.',
  hint: 'Let one request try the service after the rest, and hold the others back until it is answered.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { breaker } = history.header.declares
    if (!breaker) return { verdict: 'not-applicable', needs: 'a declared breaker' }
    const { more } = thresholdsOf(history, name, params, number)
    const limit = {
      ...more,
      name: 'probes',
      value: breaker.probes + number.more,
      source: 'promise',
      cite: `the probes that the client declares; ${more.cite}`,
    } as const
    const tally = createTally()
    for (const opening of openings(history))
      // Without anything held back it may have been a lull, and no rest.
      if (opening.heldByProbe > 0 || (opening.probes.length > 1 && opening.held.length > 0))
        tally.compare(limit, opening.probes.length, () => evidenceFor(history, opening))
    return tally.judgement({ unarmed: 'Nothing else was asked for while a probe was out.' })
  },
})

function evidenceFor(history: History, { probes, failed }: Opening) {
  const first = probes[0]
  const last = probes.at(-1)
  if (!first || !last) throw new Error('There is no probe.')
  const within = formatMeasured(last.first.sent.at - first.first.sent.at)
  return {
    witness: [failed.failedSeq ?? undefined, ...probes.slice(0, 4).flatMap(({ first: sent }) => seqsOf(sent))],
    sentence: `when the breaker had rested, ${howMany(probes.length, 'operation')} tried the service within ${within} from ${timeOf(history, first.first.sent.at)} on, before any came back; the first was ${nameOf(first.operation)}, ${endOfExchange(history, first.first)}.`,
  }
}
