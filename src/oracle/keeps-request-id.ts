// An error keeps the id by which the provider finds the request.
//
// Verified: of the operations that failed because the API answered with an error that carried a request id, enough surface that
// id: in a field of the error, in its message, or in one of its causes. It is the first thing that the provider's support asks
// for, and nobody can look it up afterwards.
// Not counted: answers without an id; errors that came later than the answer (a deadline, a breaker); operations that were
// cancelled or may have shared somebody's exchange; messages that were cut before the id.
// Not verified: whether the client logs it. Only `strict`, or a scenario that asks for it, fails on it: without the id a client
// degrades no worse, but the next incident takes longer.

import type { History } from '#history/history.ts'
import type { ErrorFacts } from '#history/event.ts'
import { operations, type Exchange } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { answerBehind, failuresOf, textsOf, wordsForError, type Failure } from './surfaced.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { endOfExchange, howMany, lineOf, nameOf, requestOf, seqsOf } from './words.ts'

const name = 'keeps-request-id'

const params = {
  kept: {
    unit: 'share',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 0.9, default: 0, lenient: 0 },
    cite: 'the guide to errors says: track request_id for support; an error now and then may lose it',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 3, default: 3, lenient: 3 },
    cite: 'a share of one or two errors says little',
  },
} as const satisfies Record<string, Param>

type Lost = { readonly failure: Failure; readonly exchange: Exchange; readonly id: string }

export const keepsRequestId = defineOracle({
  name,
  family: 'liveness',
  verified: 'Errors that the API answered with surface its request id.',
  notVerified: 'Whether the id is logged, and errors without an answer.',
  hint: 'Put `x-request-id` (or `request_id` of the body) into the error, and keep it when you wrap it.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    if (number.kept === 0)
      return { verdict: 'not-applicable', needs: 'the profile strict, or a scenario that expects it' }
    const { kept } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const withId = failuresOf(operations(history)).flatMap((failure): Lost[] => {
      const exchange = answerBehind(failure)
      const id = exchange?.head?.requestId
      if (!exchange || id === undefined) return []
      if (failure.operation.certain) return [{ failure, exchange, id }]
      tally.skip()
      return []
    })
    const lost = withId.filter(({ failure, id }) => !surfaces(failure.settled.error, id))
    const [example] = lost
    if (withId.length >= number.samples)
      tally.compare(kept, (withId.length - lost.length) / withId.length, () => ({
        witness: example ? witnessOf(example) : [],
        sentence: example ? sentenceFor(history, example, lost.length, withId.length) : '',
      }))
    return tally.judgement({
      unarmed: 'No operation failed because of an answer with a request id.',
      armed: withId.length,
      samples: number.samples,
    })
  },
})

/** A message that was cut may have held it. */
function surfaces(error: ErrorFacts, id: string): boolean {
  return error.requestId === id || textsOf(error).some((text) => text.includes(id) || text.endsWith('…'))
}

function witnessOf({ failure, exchange }: Lost): (number | undefined)[] {
  return [failure.operation.invoked.seq, ...seqsOf(exchange), exchange.head?.seq, failure.settled.seq]
}

function sentenceFor(history: History, { failure, exchange, id }: Lost, lost: number, all: number): string {
  const { operation, settled } = failure
  return `${lost} of ${howMany(all, 'error')} lost the id by which the provider finds the request: ${nameOf(operation)} sent ${requestOf(exchange)}, ${endOfExchange(history, exchange)} with the request id ${id}${lineOf(exchange)}, and failed with ${wordsForError(settled.error)}.`
}
