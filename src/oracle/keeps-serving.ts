// In an incident the client is still of use.
//
// Verified: of the load that the scenario names, while faults were on (or during the phase it names): the share of operations
// that ended well in any declared form: fresh, a copy, queued, or a fallback.
// Not verified: whether the form was promised, and how old a copy was (other oracles do that); operations that a person gave up
// on, that ended with their process, or during which it was frozen.

import type { History } from '#history/history.ts'
import type { Operation } from '#history/query.ts'
import { isOffered, judged } from './loads.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { nameOf, storyOf, timeOf, witnessOf } from './words.ts'

const name = 'keeps-serving'

const params = {
  share: {
    unit: 'share',
    bound: 'at-least',
    domain: 'incident',
    defaults: { strict: 0.99, default: 0.95, lenient: 0.8 },
    cite: 'what can be answered from what is known should be (graceful degradation, Google SRE, chapter 22)',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'incident',
    defaults: { strict: 10, default: 10, lenient: 10 },
    cite: 'a share of fewer operations says little',
  },
} as const satisfies Record<string, Param>

const useful: ReadonlySet<Operation['outcome']> = new Set(['fresh', 'stale', 'queued', 'fallback'])

export const keepsServing = defineOracle({
  name,
  family: 'liveness',
  verified: 'The named load is served in some declared form while the incident lasts.',
  notVerified: 'Whether the form was promised, and how old a copy was.',
  hint: 'Read: hand over the last known copy. Write, or fetch for later: queue it and try again. Either: fall back, instead of passing the failure on.',
  params,
  selectors: { load: 'load', during: 'phase' },
  judge: (history, { number, text }) => {
    const { load } = text
    if (load === undefined) return { verdict: 'not-applicable', needs: 'a load that the scenario expects to be served' }
    if (!isOffered(history, load))
      return { verdict: 'not-applicable', needs: `a client that offers what the load ${load} asks for` }
    const { share } = thresholdsOf(history, name, params, number)
    const { from, until } = stretch(history, text.during)
    const asked = judged(history).filter(
      ({ invoked }) => invoked.load === load && invoked.at >= from && invoked.at < until,
    )
    const failed = asked.filter(({ outcome }) => !useful.has(outcome))
    const tally = createTally()
    if (asked.length >= number.samples)
      tally.compare(share, (asked.length - failed.length) / asked.length, () => ({
        witness: failed.slice(0, 1).flatMap((operation) => witnessOf(operation)),
        sentence: `${failed.length} of ${asked.length} operations of the load ${load} got nothing of use from ${timeOf(history, from)} on: ${example(history, failed[0])}.`,
      }))
    const when = text.during === undefined ? 'while faults were on' : `during the phase ${text.during}`
    const unarmed = `No operation of the load ${load} was asked ${when}.`
    return tally.judgement({ unarmed, armed: asked.length, samples: number.samples })
  },
})

function stretch({ header }: History, phase: string | undefined): { readonly from: number; readonly until: number } {
  const end = Number.POSITIVE_INFINITY
  if (phase === undefined) return { from: header.firstFaultAt ?? 0, until: header.lastLiftAt ?? end }
  const index = header.phases.findIndex((mark) => mark.name === phase)
  const mark = header.phases[index]
  if (!mark) throw new Error(`The history has no phase "${phase}".`)
  return { from: mark.at, until: header.phases[index + 1]?.at ?? end }
}

function example(history: History, operation: Operation | undefined): string {
  return operation ? `${nameOf(operation)} ended ${operation.outcome}, ${storyOf(history, operation)}` : 'none'
}
