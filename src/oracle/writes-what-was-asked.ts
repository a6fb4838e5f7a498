// What a write leaves behind is what it was asked to write.
//
// Verified: of writes that ended ok, that some change under their business key held all that they asked for: names, texts, whom
// they are about, in whose name. Of queued ones as soon as something was committed for them. A client may write in several
// steps, put words around a text, and leave out what a later ask for the same thing replaced.
// Not verified: fields that nobody asked to write; whether a later write of the client's own undid it (`older-write-never-wins`);
// what the key alone tells (tags, files, closing, deleting); queued writes of which several wait under one key, where the API
// changed nothing. What never happened at all is `no-lost-write`'s.

import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { commitsOf, type Commit } from '#history/knowledge.ts'
import { operations, selector, succeeded, type Exchange } from '#history/query.ts'
import { isSafe } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { endOfExchange, nameOf, requestOf, seqsOf, timeOf } from './words.ts'
import { asksFor, commitsSince, isWrite, sentFor, type Write } from './writes.ts'

const name = 'writes-what-was-asked'

const params = {
  strange: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'a success that wrote something else is no success (no silent success)',
  },
} as const satisfies Record<string, Param>

export const writesWhatWasAsked = defineOracle({
  name,
  family: 'safety',
  verified: 'Writes that ended ok or queued left behind the names, texts and references that they were asked to write.',
  notVerified: 'Fields that nobody asked to write, and writes whose business key tells everything.',
  hint: 'Send the input of this very operation, all of it: not that of another one that waits under the same key, and no field less.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { strange } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const operation of operations(history)) {
      const { outcome, invoked } = operation
      if (!isWrite(operation) || (outcome !== 'fresh' && outcome !== 'queued') || !invoked.content) continue
      judgeWrite(history, operation, strange, tally)
    }
    return tally.judgement({ unarmed: 'No write that has a content was committed and ended ok, or was queued.' })
  },
})

function judgeWrite(history: History, operation: Write, limit: Threshold, tally: Tally): void {
  const ask = operation.invoked.repeats ?? operation.id
  if (fulfilled(history).has(ask)) return tally.compare(limit, 0, () => ({ witness: [], sentence: '' }))
  const strange = commitsSince(history, operation).findLast(({ effect }) => isStrange(operation, effect))
  const idle = strange ? undefined : idleAnswer(history, operation)
  if ((!strange && !idle) || wasReplaced(history, operation)) return
  tally.compare(limit, 1, () => evidenceFor(history, operation, strange, idle))
}

/** Operations whose content was there as asked, at some moment. */
const fulfilled = selector(
  (history): ReadonlySet<number> => new Set(history.all('effect.committed').flatMap(({ fulfils = [] }) => fulfils)),
)

/** A change that may have done another ask of the same key says nothing of what still waits. */
function isStrange({ outcome }: Write, { fulfils }: Commit['effect']): boolean {
  return outcome === 'fresh' || fulfils === undefined
}

/** The API took the request, had nothing to change, and told of the thing as it is. */
function idleAnswer(history: History, operation: Write): Exchange | undefined {
  const { invoked, outcome } = operation
  const others = asksFor(history, operation).filter(({ invoked: { repeats } }) => repeats === undefined)
  if (outcome === 'queued' && others.length > 1) return undefined
  return sentFor(history, operation).findLast(
    (exchange) => exchange.sent.seq > invoked.seq && isTaken(exchange) && exchange.effects.length === 0,
  )
}

function isTaken(exchange: Exchange): boolean {
  const { end } = exchange
  const toldOfIt = end?.kind === 'exchange.ended' && Object.keys(end.contains).length > 0
  return succeeded(exchange) && !isSafe(exchange) && toldOfIt
}

/** Somebody asked for something else under the same key, before this one was said to be done, and that is there. */
function wasReplaced(history: History, operation: Write): boolean {
  const { invoked, settled, outcome } = operation
  const until = outcome === 'queued' ? Infinity : (settled?.seq ?? 0)
  return asksFor(history, operation).some(
    ({ id, invoked: other }) =>
      other.seq > invoked.seq && other.seq < until && (fulfilled(history).has(id) || isDeleted(history, other)),
  )
}

/** An ask without content, such as a deletion, is done by any change under its key. */
function isDeleted(history: History, { content, workspace, key, seq }: Write['invoked']): boolean {
  if (content !== undefined) return false
  return commitsOf(history, workspace, key).some(({ effect }) => effect.seq > seq)
}

function evidenceFor(
  history: History,
  operation: Write,
  strange: Commit | undefined,
  idle: Exchange | undefined,
): { readonly witness: readonly (number | undefined)[]; readonly sentence: string } {
  const { invoked, settled, outcome } = operation
  const said = `${nameOf(operation)} was ${outcome === 'queued' ? 'queued' : 'reported done'} at ${timeOf(history, settled?.at ?? invoked.at)}`
  const by = strange?.exchange ?? idle
  const request = by ? `${requestOf(by)}, ${endOfExchange(history, by)}` : 'nobody'
  const did = strange
    ? `what ${request}, changed in ${strange.effect.entity} lacks ${listed(strange.effect.lacks ?? invoked.content ?? [])} as asked`
    : `${request}, changed nothing: ${listed(invoked.content ?? [])} as asked never came to be`
  return {
    witness: [invoked.seq, ...(by ? seqsOf(by) : []), strange?.effect.seq, settled?.seq],
    sentence: `${said}, but ${did}.`,
  }
}

/** `the email and the name`. */
function listed(fields: readonly string[]): string {
  return fields.map((field) => `the ${field}`).join(' and ')
}
