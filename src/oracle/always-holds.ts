// What the client, or the scenario, says holds always does hold.
//
// Verified: every property that client code declares by `always`, each time it was looked at; every `always` of the scenario's
// `properties`, for each operation of its load.
// Not verified: what was never looked at (then it is inconclusive); whether the properties say enough; operations that a person
// gave up on, or that ended with their process.
//
// False alarms: a property that is looked at between two steps that belong together breaks for a moment. Only whoever wrote it
// can tell, so the sentence names the property, the moment and what it was given.

import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { operationOf } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { namesInWords, statedProperties, toldProperties, type Stated, type Told } from './properties.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import type { Judgement } from './verdict.ts'
import { nameOf, storyOf, timeOf, witnessOf } from './words.ts'

const name = 'always-holds'

const params = {
  breaks: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'what always holds may not break once',
  },
} as const satisfies Record<string, Param>

export const alwaysHolds = defineOracle({
  name,
  family: 'safety',
  verified: 'What the client or the scenario says holds always, holds whenever it is looked at.',
  notVerified: 'What is never looked at, and whether the properties say enough.',
  hint: 'Look at the moment that is named: either the code breaks what it says of itself, or the property says too much.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { breaks } = thresholdsOf(history, name, params, number)
    const told = toldProperties(history).filter(({ type }) => type === 'always')
    const stated = statedProperties(history).filter(({ mark }) => mark.type === 'always')
    if (told.length + stated.length === 0)
      return { verdict: 'not-applicable', needs: 'an `always` of the client or the scenario' }
    const tally = createTally()
    for (const property of told) addTold(history, property, breaks, tally)
    for (const property of stated) addStated(history, property, breaks, tally)
    const unseen = [
      ...told.filter(({ firstHeld, firstBroken }) => !firstHeld && !firstBroken).map((property) => property.name),
      ...stated.filter(({ held, broken }) => held.length + broken.length === 0).map(({ mark }) => mark.name),
    ]
    const unarmed = `Never looked at: ${namesInWords(unseen)}.`
    return inconclusiveFor(tally.judgement({ unarmed }), unseen, unarmed)
  },
})

/** What held does not speak for what was never looked at. */
function inconclusiveFor(judgement: Judgement, unseen: readonly string[], detail: string): Judgement {
  if (judgement.verdict !== 'pass' || unseen.length === 0) return judgement
  return { verdict: 'inconclusive', armed: judgement.armed, reason: 'few-samples', detail }
}

function addTold(
  history: History,
  { name: property, firstHeld, firstBroken, counted }: Told,
  breaks: Threshold,
  tally: Tally,
): void {
  const broken = firstBroken ? Math.max(1, counted?.broken ?? 1) : 0
  if (!firstHeld && !firstBroken) return
  tally.compare(breaks, broken, () => {
    const operation = firstBroken?.operation == null ? undefined : operationOf(history, firstBroken.operation)
    const where = operation ? nameOf(operation) : (deliveryOf(history, firstBroken) ?? 'work that nobody asked for')
    const details = firstBroken?.details === undefined ? '' : `, with ${firstBroken.details}`
    const often = counted
      ? `; it broke ${counted.broken} of the ${counted.held + counted.broken} times it was looked at`
      : ''
    return {
      witness: [operation?.invoked.seq, firstBroken?.seq],
      sentence: `The client says that "${property}" holds always, and it did not at ${timeOf(history, firstBroken?.at ?? 0)}, in ${where}${details}${often}.`,
    }
  })
}

/** `what it did about the notification notif_3 (contact.created, attempt 2)`. */
function deliveryOf(history: History, broken: Told['firstBroken']): string | undefined {
  const sent = history.all('webhook.sent').find(({ delivery }) => delivery === broken?.delivery)
  if (!sent) return undefined
  return `what it did about the notification ${sent.notification} (${sent.topic}, attempt ${sent.attempt})`
}

function addStated(history: History, { mark, held, broken }: Stated, breaks: Threshold, tally: Tally): void {
  if (held.length + broken.length === 0) return
  tally.compare(breaks, broken.length, () => {
    const [first] = broken
    const when = mark.phase === null ? '' : ` that is asked in the phase ${mark.phase}`
    const example = first ? `: ${nameOf(first)} ended ${first.outcome}, ${storyOf(history, first)}` : ''
    return {
      witness: first ? witnessOf(first) : [],
      sentence: `The scenario says (${mark.name}) that every operation of the load ${mark.load}${when} ends ${mark.outcome}, and ${broken.length} of ${held.length + broken.length} did not${example}.`,
    }
  })
}
