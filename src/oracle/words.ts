// What happened, in the words an engineer would use: times of day, durations, who did what. Sentences of verdicts are made
// of these and of nothing else.

import { formatMeasured, formatInstant, formatTime } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { endOf, type Exchange, type Operation } from '#history/query.ts'

const dayMs = 86_400_000

/** `11:46:20Z`; with month and day when the run is longer than a day. */
export function timeOf(history: History, at: number): string {
  const epochMs = history.header.startMs + at
  const time = formatTime(epochMs)
  return history.header.spanMs > dayMs ? `${formatInstant(epochMs).slice(5, 10)} ${time}` : time
}

/** `operation 1043 (contact.read)`. */
export function nameOf({ id, invoked }: Operation): string {
  return `operation ${id} (${invoked.name})`
}

/** `one exchange`, `3 exchanges`, `no exchange`. */
export function howMany(count: number, noun: string): string {
  if (count === 0) return `no ${noun}`
  return count === 1 ? `one ${noun}` : `${count} ${noun}s`
}

/** `GET /contacts/{id}`. */
export function requestOf({ sent }: Exchange): string {
  return `${sent.method} ${sent.route}`
}

/** `aborted by the client after 20s at 11:46:40Z`. */
export function endOfExchange(history: History, exchange: Exchange): string {
  const { outcome, completedAt, sent } = exchange
  if (outcome.kind === 'pending' || completedAt === null)
    return `without an answer for ${formatMeasured(endOf(history) - sent.at)}, until the run ended`
  const when = `after ${formatMeasured(completedAt - sent.at)} at ${timeOf(history, completedAt)}`
  if (outcome.kind === 'answered') return `answered ${outcome.status} ${when}`
  if (outcome.kind === 'aborted') return `aborted by the client ${when}`
  return `broken off with ${outcome.code} ${when}`
}

/** Below this nobody waits. */
const unnoticedMs = 1_000

/** `asked 11:46:20Z, one exchange, aborted by the client after 20s at 11:46:40Z, sent by src/desk.ts:42`. */
export function storyOf(history: History, operation: Operation): string {
  const asked = `asked ${timeOf(history, operation.invoked.at)}`
  const last = operation.exchanges.at(-1)
  if (!last) return `${asked}, no exchange`
  const count = operation.exchanges.length
  const lead = count === 1 ? 'one exchange,' : `${count} exchanges, the last`
  return `${asked}${waitOf(operation, last)}, ${lead} ${endOfExchange(history, last)}${lineOf(last)}`
}

/** `, first sent 28s later`, where that is most of what it took until the last answer. */
function waitOf({ invoked, exchanges }: Operation, last: Exchange): string {
  const waitedMs = (exchanges[0] ?? last).sent.at - invoked.at
  const isMost = waitedMs * 2 > (last.completedAt ?? last.sent.at) - invoked.at
  return waitedMs >= unnoticedMs && isMost ? `, first sent ${formatMeasured(waitedMs)} later` : ''
}

/** `, sent by src/desk.ts:42`; nothing where the line is not known. */
export function lineOf({ sent }: Exchange): string {
  return sent.from === undefined ? '' : `, sent by ${sent.from}`
}

/** The events that tell an operation's story: the ask, its last exchanges, its end. */
export function witnessOf(operation: Operation, last = 3): (number | undefined)[] {
  return [operation.invoked.seq, ...operation.exchanges.slice(-last).flatMap(seqsOf), operation.settled?.seq]
}

/** How an exchange began and ended. */
export function seqsOf(exchange: Exchange): (number | undefined)[] {
  return [exchange.sent.seq, exchange.end?.seq]
}
