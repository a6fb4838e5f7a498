// How requests ended during the incident, as the client saw it: the most that a history knows of the cause.

import type { History } from '#history/history.ts'
import { exchanges, operationOf, type Exchange } from '#history/query.ts'

/** A way to end, in words, and how often; the most frequent first. Who walked away has given up for reasons of their own. */
export type Seen = { readonly how: string; readonly count: number }

export function seenBetween(history: History, from: number, until: number): readonly Seen[] {
  const counts = new Map<string, number>()
  for (const exchange of exchanges(history)) {
    const { at, operation } = exchange.sent
    if (at < from || at > until) continue
    if (operation !== null && operationOf(history, operation)?.cancelled) continue
    const how = wayOf(exchange)
    if (how !== null) counts.set(how, (counts.get(how) ?? 0) + 1)
  }
  return [...counts]
    .map(([how, count]) => ({ how, count }))
    .toSorted((one, other) => other.count - one.count || (one.how < other.how ? -1 : 1))
}

/** `null` for what ended well. A 404 or a 409 is an answer too. */
function wayOf({ outcome }: Exchange): string | null {
  switch (outcome.kind) {
    case 'answered':
      return statusInWords(outcome.status)
    case 'failed':
      return outcome.phase === 'connect' ? `could not connect (${outcome.code})` : `broke off (${outcome.code})`
    case 'aborted':
      return 'not answered until the client gave up'
    case 'pending':
      return 'never answered'
  }
}

function statusInWords(status: number): string | null {
  if (status === 401) return 'refused: the token is invalid (401)'
  if (status === 403) return 'refused: a scope is missing (403)'
  if (status === 429) return 'rate limited (429)'
  return status >= 500 ? `answered ${status}` : null
}
