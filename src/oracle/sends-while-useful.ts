// What is too late to be of use is not sent any more.
//
// Verified: writes with a business key, each request for it and not only those that got through: a queued write is not tried
// after the delay it was promised within; a write that the caller was told had failed, or had been dropped, is not sent later
// behind the caller's back. By key, so no attribution is needed. The latest ask with a key counts, so that asking again is no
// fault; after a crash nobody was told anything.
// Not verified: writes without a key; looking whether an earlier request was done, which may take as long as it likes; whether
// what was sent was also committed (`no-lost-write` and `no-duplicate-effect` judge that).

import { formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { exchanges, operations, selector, type Exchange } from '#history/query.ts'
import { isSafe } from './classify.ts'
import { queueLimit } from './ladder.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, promised, thresholdsOf, type Tally } from './tally.ts'
import { endOfExchange, howMany, nameOf, requestOf, seqsOf, timeOf } from './words.ts'
import { isWrite, type Write } from './writes.ts'

const name = 'sends-while-useful'

const params = {
  afterwards: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 1_000, default: 5_000, lenient: 60_000 },
    cite: 'who was told that it failed has asked elsewhere, or will ask again',
  },
  tolerance: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 1, default: 1_000, lenient: 5_000 },
    cite: 'a queue may look at its clock once a second',
  },
} as const satisfies Record<string, Param>

type Life = { readonly write: Write; readonly endsAt: number; readonly limit: Threshold; readonly from: number }

export const sendsWhileUseful = defineOracle({
  name,
  family: 'safety',
  verified: 'Queued writes are not tried after the delay that was promised, nor writes that were reported as failed.',
  notVerified: 'Writes without a business key, and looking for what was done.',
  hint: 'Look at the age of a queued write right before each try, and drop it when its promise has run out; forget what you have reported as failed.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { afterwards } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const writes = operations(history).filter(isWrite)
    for (const [key, asks] of Map.groupBy(writes, ({ invoked }) => `${invoked.workspace} ${invoked.key}`)) {
      const life = lifeOf(history, asks, afterwards)
      if (life) judgeLife(history, life, sentByKey(history).get(key) ?? [], number.tolerance, tally)
    }
    return tally.judgement({ unarmed: 'No write with a business key was queued, or reported as failed, and sent.' })
  },
})

const sentByKey = selector((history) =>
  Map.groupBy(
    exchanges(history).filter((exchange) => !isSafe(exchange) && exchange.sent.redirectOf === undefined),
    ({ sent }) => `${sent.workspace} ${sent.key}`,
  ),
)

/** The longest that any ask with this key leaves it useful; `undefined` when one of them sets no end. */
function lifeOf(history: History, asks: readonly Write[], afterwards: Threshold): Life | undefined {
  let longest: Life | undefined
  for (const write of asks) {
    const { invoked, settled, outcome } = write
    if (!settled || outcome === 'fresh' || outcome === 'unknown') return undefined
    const maxDelayMs = queueLimit(history, invoked.name)
    if (outcome === 'queued' && maxDelayMs === null) return undefined
    const life =
      outcome === 'queued' && maxDelayMs !== null
        ? {
            limit: promised(name, 'queue', maxDelayMs, invoked.name),
            from: invoked.at,
            endsAt: invoked.at + maxDelayMs,
          }
        : { limit: afterwards, from: settled.at, endsAt: settled.at + afterwards.value }
    if (!longest || life.endsAt > longest.endsAt) longest = { write, ...life }
  }
  return longest
}

function judgeLife(history: History, life: Life, sent: readonly Exchange[], toleranceMs: number, tally: Tally): void {
  const last = sent.at(-1)
  if (!last) return
  const observed = Math.max(0, last.sent.at - life.from)
  const evidence = () => {
    const late = sent.filter((exchange) => exchange.sent.at - life.from > life.limit.value + toleranceMs)
    const first = late[0] ?? last
    const { write } = life
    const word = write.outcome === 'queued' ? 'queued' : write.outcome === 'dropped' ? 'dropped' : 'reported as failed'
    const told = `${nameOf(write)} was ${word} at ${timeOf(history, write.settled?.at ?? life.from)}`
    const from = write.outcome === 'queued' ? 'it was asked for' : 'that'
    const since = `${formatMeasured(first.sent.at - life.from)} after ${from}`
    const until =
      write.outcome === 'queued'
        ? `it was of use for ${formatMeasured(life.limit.value)}`
        : 'its caller counted on it not being sent'
    return {
      witness: [write.invoked.seq, write.settled?.seq, ...seqsOf(first)],
      sentence: `${told} and ${howMany(late.length, 'request')} for it came later, the first ${since}, at ${timeOf(history, first.sent.at)} (${requestOf(first)}, ${endOfExchange(history, first)}); ${until}.`,
    }
  }
  tally.compare(life.limit, observed, evidence, toleranceMs)
}
