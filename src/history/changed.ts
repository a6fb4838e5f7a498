// A history made of another one, which stays as it is.

import type { HistoryEvent } from './event.ts'
import type { Header } from './header.ts'
import { createHistory, type History } from './history.ts'
import { LongHistory } from './long-history.ts'

/** A history that goes on. */
export function extended(history: History, more: readonly HistoryEvent[]): History {
  if (history instanceof LongHistory) return LongHistory.from(bothOf(history, more))
  return createHistory([...history, ...more])
}

function* bothOf<T>(one: Iterable<T>, other: Iterable<T>): Iterable<T> {
  yield* one
  yield* other
}

/** The same events under another header. */
export function withHeader(history: History, header: Header): History {
  if (history instanceof LongHistory) return history.withHeader(header)
  const [first, ...others] = history
  return first?.kind === 'run.started' ? createHistory([{ ...first, header }, ...others]) : history
}
