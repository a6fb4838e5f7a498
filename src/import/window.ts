// From when until when the trouble lasted. The document's own lines say it best, then what it calls its beginning and its end; what
// nobody says is assumed, and said to be.

import { limits } from '#context/limits.ts'
import { formatInstant } from '#clock/instant.ts'
import { UserError } from '#context/user-error.ts'
import type { Account, Moment } from './account.ts'
import { isBeginning, isClosed, isOver, isPlan, isRelapse, isTrouble } from './tone.ts'
import { glimpse } from './words.ts'

/** An end of the window, and which words say so. */
export type Edge = { readonly at: number; readonly because: string; readonly isAssumed: boolean }
export type Window = { readonly from: Edge; readonly until: Edge }

const assumedMs = 30 * 60_000

/** `null`: nothing of the account has a time. */
export function windowOf(account: Account, file: string): Window | null {
  const { moments, begin, end, work } = account
  const first = begin ?? moments[0]
  if (!first) return null
  const told = work ? undefined : moments.find((moment) => isBeginning(moment.words) && !isPlan(moment.words))
  const start = work ? begin : (earlier(begin, told) ?? moments.find(({ words }) => isTrouble(words)))
  const from = edge(start ?? first)
  const until = endOf(account, from.at, work ? end : null) ?? assumedEnd(moments, from.at)
  if (until.at - from.at > limits.importedSpanMs) {
    const days = Math.round((until.at - from.at) / 86_400_000)
    throw new UserError(
      `the incident would last ${days} days, from ${formatInstant(from.at).slice(0, 10)} to ${formatInstant(until.at).slice(0, 10)}`,
      { place: { file }, hint: `Is one of the dates wrong? Its end is ${until.because}.` },
    )
  }
  return { from, until }
}

/** A line that says that trouble begins, unless the document's own beginning lies before it. */
function earlier(begin: Moment | null, told: Moment | undefined): Moment | null | undefined {
  if (!begin || !told) return begin ?? told
  return told.at < begin.at ? told : begin
}

function endOf({ moments, end }: Account, from: number, work: Moment | null): Edge | undefined {
  if (work) return edge(work)
  const after = moments.filter(({ at }) => at > from)
  const relapse = after.findLast(({ words }) => isRelapse(words))
  const late = after.filter(({ at }) => relapse === undefined || at > relapse.at)
  const over = late.find(({ words }) => isOver(words)) ?? late.findLast(({ words }) => isClosed(words))
  // The end that the document gives itself may be earlier than the line that says so.
  const own = end && end.at > from ? end : undefined
  const found = over && own ? (isOver(over.words) && over.at < own.at ? over : own) : (over ?? own)
  return found && edge(found)
}

function assumedEnd(moments: readonly Moment[], from: number): Edge {
  const last = moments.findLast(({ at }) => at > from)
  return last
    ? { at: last.at, because: `the last that has a time (${last.place})`, isAssumed: true }
    : { at: from + assumedMs, because: 'half an hour after its beginning', isAssumed: true }
}

function edge({ at, words, place }: Moment): Edge {
  return { at, because: `${place}, ${glimpse(words)}`, isAssumed: false }
}
