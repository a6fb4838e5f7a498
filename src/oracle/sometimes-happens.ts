// What the client, or the scenario, says must happen at least once does happen.
//
// Verified: everything that client code declares by `sometimes` or `reachable` was seen; every `sometimes` of the scenario's
// `properties` is true of at least one operation of its load.
// Not verified: how often; why something did not happen.
//
// False alarms: one run with one seed need not reach everything, so what the client alone declares and this run never saw is
// inconclusive and listed. Only what the scenario demands of this very incident fails. A load that the client does not offer, or
// that nobody asked for in the phase, is inconclusive too.

import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { defineOracle, type Param } from './oracle.ts'
import { namesInWords, statedProperties, toldProperties, type Stated, type Told } from './properties.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { nameOf, storyOf, witnessOf } from './words.ts'

const name = 'sometimes-happens'

const params = {
  times: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 1, default: 1, lenient: 1 },
    cite: 'what must happen must happen once',
  },
} as const satisfies Record<string, Param>

export const sometimesHappens = defineOracle({
  name,
  family: 'liveness',
  verified: 'What the client or the scenario says must happen at least once was seen.',
  notVerified: 'How often, and why something did not happen.',
  hint: 'See why the incident never leads there: the mechanism may be missing or switched off, or something before it answers first.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { times } = thresholdsOf(history, name, params, number)
    const told = toldProperties(history).filter(({ type }) => type !== 'always')
    const stated = statedProperties(history).filter(({ mark }) => mark.type === 'sometimes')
    if (told.length + stated.length === 0)
      return { verdict: 'not-applicable', needs: 'a `sometimes` or `reachable` of the client or the scenario' }
    const tally = createTally()
    for (const property of stated) addStated(history, property, times, tally)
    for (const property of told) addTold(property, times, tally)
    const unseen = [
      ...told.filter(({ firstHeld }) => !firstHeld).map((property) => property.name),
      ...stated.filter(({ held, broken }) => held.length + broken.length === 0).map(({ mark }) => mark.name),
    ]
    const detail = `Never seen in this run: ${namesInWords(unseen)}.`
    const judgement = tally.judgement({ unarmed: detail })
    if (judgement.verdict !== 'pass' || unseen.length === 0) return judgement
    return { verdict: 'inconclusive', armed: judgement.armed, reason: 'few-samples', detail }
  },
})

/** More than once is demanded only by who sets the threshold. */
function addTold({ name: property, firstHeld, counted }: Told, times: Threshold, tally: Tally): void {
  if (!firstHeld) return
  const held = Math.max(1, counted?.held ?? 1)
  const sentence = `The client says that "${property}" happens, and it did so ${held === 1 ? 'once' : `${held} times`} only.`
  tally.compare(times, held, () => ({ witness: [firstHeld.seq], sentence }))
}

function addStated(history: History, { mark, held, broken }: Stated, times: Threshold, tally: Tally): void {
  if (held.length + broken.length === 0) return
  tally.compare(times, held.length, () => {
    const [first] = broken
    const when = mark.phase === null ? '' : ` that were asked in the phase ${mark.phase}`
    const example = first ? `: ${nameOf(first)} ended ${first.outcome}, ${storyOf(history, first)}` : ''
    return {
      witness: first ? witnessOf(first) : [],
      sentence: `The scenario demands (${mark.name}) that some operation of the load ${mark.load} ends ${mark.outcome}, and ${held.length === 0 ? 'none' : `only ${held.length}`} of the ${held.length + broken.length}${when} did${example}.`,
    }
  })
}
