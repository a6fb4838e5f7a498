// What was asked for once happens once.
//
// Verified: changes that the API committed, by business key and by whom they are about; without a key, by the request within
// one operation. An impatient person's second ask with the same key is the same ask where the client promised a `key`.
// Not verified: repeated PUT and DELETE, and whatever only sets fields (they change nothing more); duplicates that the API itself made; two asks with
// different keys; a request that was underway for so long that nobody waits for it, and was sent again meanwhile. Armed by
// writes that the API committed while the client never saw a good answer.

import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { commits, type Commit } from '#history/knowledge.ts'
import { operationOf, operations, selector, succeeded, type Exchange } from '#history/query.ts'
import { isIdempotent } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { endOfExchange, nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'no-duplicate-effect'

const params = {
  duplicates: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'a change that nobody asked for twice is an error (Rainmaker, "timeout after execution")',
  },
  underway: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 925_000, default: 120_000, lenient: 60_000 },
    cite: 'how long a request may still arrive before sending it again is fair: TCP takes no segment to live longer than two minutes (RFC 9293), Linux retries for 924.6 s (tcp_retries2), gateways give up after a minute',
  },
} as const satisfies Record<string, Param>

export const noDuplicateEffect = defineOracle({
  name,
  family: 'safety',
  verified: 'No piece of business is committed more often than it was asked for.',
  notVerified:
    'Repeated PUT, DELETE and updates, asks with different keys, and requests that arrive when nobody waits for them any more.',
  hint: 'After a time-out of a POST or a 5xx look whether it happened before you send it again, or report the outcome as unknown; Intercom has no idempotency keys.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { duplicates } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const creating = commits(history).filter((commit) => !isIdempotent(commit.exchange) && !setsFields(commit))
    const groups = Map.groupBy(creating, businessOf)
    for (const all of groups.values()) {
      const made = all.filter((commit) => !all.some((other) => hadBeenGivenUp(commit, other, number.underway)))
      const unsure = all.some(({ exchange }) => !succeeded(exchange))
      const asks = asksFor(history, made)
      if (unsure || made.length > asks) addGroup(history, made, asks, duplicates, tally)
    }
    return tally.judgement({ unarmed: 'No write was committed without a good answer to the client.' })
  },
})

/** A POST that sets fields of what is there, as those do that create or update: it may be served twice, and in whatever order. */
function setsFields({ effect }: Commit): boolean {
  return /(?:^| )updated$/u.test(effect.change)
}

/** With a key: the workspace, the kind of thing, the key and the change. Without: the request of one operation. */
function businessOf({ effect, exchange }: Commit): string {
  const { sent } = exchange
  if (effect.key !== undefined) {
    const kind = effect.entity.split(':')[0]
    return JSON.stringify(['key', sent.workspace, kind, effect.key, effect.change])
  }
  const owner =
    sent.operation !== null && exchange.certain ? `operation ${sent.operation}` : `exchange ${sent.exchange}`
  return JSON.stringify([owner, sent.method, sent.route, effect.entity, sent.bodyHash, effect.change])
}

const asksByKey = selector((history) => {
  const counts = new Map<string, number>()
  for (const { invoked } of operations(history)) {
    if (invoked.key === undefined) continue
    const again = invoked.repeats !== undefined && history.header.promises[invoked.name]?.key !== undefined
    const business = JSON.stringify([invoked.workspace, invoked.key])
    counts.set(business, (counts.get(business) ?? 0) + (again ? 0 : 1))
  }
  return counts
})

function asksFor(history: History, made: readonly Commit[]): number {
  const [first] = made
  if (first?.effect.key === undefined) return 1
  const asked = asksByKey(history).get(JSON.stringify([first.exchange.sent.workspace, first.effect.key]))
  return Math.max(1, asked ?? 1)
}

/** It came so late that it was sent again before, after as long a wait as anybody can be asked for. */
function hadBeenGivenUp(late: Commit, again: Commit, underwayMs: number): boolean {
  const sentAgainAt = again.exchange.sent.at
  return sentAgainAt - late.exchange.sent.at >= underwayMs && sentAgainAt <= late.effect.at
}

function addGroup(history: History, made: readonly Commit[], asks: number, limit: Threshold, tally: Tally): void {
  tally.compare(limit, Math.max(0, made.length - asks), () => {
    const shown = made.slice(0, asks + 1)
    const operation = operationFor(history, shown[0]?.exchange)
    return {
      witness: [operation?.invoked.seq, ...shown.flatMap(({ effect, exchange }) => [...seqsOf(exchange), effect.seq])],
      sentence: sentenceFor(history, made, asks),
    }
  })
}

function operationFor(history: History, exchange: Exchange | undefined) {
  const id = exchange?.sent.operation
  return id === null || id === undefined ? undefined : operationOf(history, id)
}

function sentenceFor(history: History, made: readonly Commit[], asks: number): string {
  const [first] = made
  if (!first) return ''
  const operation = operationFor(history, first.exchange)
  const who = operation ? nameOf(operation) : `a write to ${first.effect.entity}`
  const times = made.map(({ effect }) => timeOf(history, effect.at)).join(', ')
  const count = made.length === 2 ? 'twice' : `${made.length} times`
  const asked = asks === 1 ? 'once' : `${asks} times`
  return `${who} was asked for ${asked} and committed ${count} (${times}): ${requestOf(first.exchange)}, ${endOfExchange(history, first.exchange)}, had been done by the API.`
}
