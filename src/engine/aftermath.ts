// Makes a complete history of one that its process did not live to end: the crash is named, open operations become unknown,
// and the run ends. What was on disk is kept as it was.

import { extended, withHeader } from '#history/changed.ts'
import { encodeEvent, toldHistory } from '#history/codec.ts'
import type { HistoryEvent, Unstamped } from '#history/event.ts'
import type { Baseline } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { continued, withFirstLine, type HistoryText } from '#history/text.ts'

type Death = { readonly cause: 'stalled' | 'memory' | 'exit' | 'killed'; readonly message: string }

/** A history and its NDJSON. */
export type Told<T extends HistoryText = HistoryText> = { readonly history: History; readonly text: T }

/** `null` when not even the start was recorded. */
export function tellHistory<T extends HistoryText>(text: T, death: Death | null): Told<T> | null {
  const history = toldHistory(text)
  if (!history) return null
  const last = history.at(history.length - 1)
  if (death === null || last.kind === 'run.ended') return { history, text }
  const more = afterDeath(history, last, death)
  return { history: extended(history, more), text: continued(text, more.map(encodeEvent).join('')) as T }
}

/** The same history with what its cell could not know when it wrote the header: the figures of the twin, without which relative
 * thresholds mean nothing, and what the client turned out not to offer. */
export function withBaseline<T extends HistoryText>(
  { history, text, notOffered = [] }: Told<T> & { readonly notOffered?: readonly string[] },
  baseline: Baseline,
): Told<T> {
  const started = history.at(0)
  if (started.kind !== 'run.started') return { history, text }
  const header = { ...started.header, baseline, ...(notOffered.length > 0 && { notOffered }) }
  return {
    history: withHeader(history, header),
    text: withFirstLine(text, encodeEvent({ ...started, header })) as T,
  }
}

function afterDeath(events: History, last: HistoryEvent, death: Death): HistoryEvent[] {
  const open = openOperations(events)
  const known = events.all('client.crashed').length > 0
  const { cause, message } = death
  const crash: Unstamped = { kind: 'client.crashed', cause, operation: lastActive(events, open), message }
  const more: Unstamped[] = [
    ...(known ? [] : [crash]),
    ...Array.from(open, (operation): Unstamped => ({ kind: 'operation.unknown', operation, reason: 'crashed' })),
    { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'crashed' },
  ]
  return more.map((event, index) => ({ seq: events.length + index, at: last.at, ...event }))
}

function openOperations(events: History): Set<number> {
  const open = new Set<number>()
  for (const event of events) {
    if (event.kind === 'operation.invoked') open.add(event.operation)
    if (event.kind === 'operation.ok' || event.kind === 'operation.error' || event.kind === 'operation.unknown')
      open.delete(event.operation)
  }
  return open
}

/** The operation that was heard of last and had not settled. */
function lastActive(events: History, open: ReadonlySet<number>): number | null {
  const owners = new Map<number, number | null>()
  let found: number | null = null
  for (const event of events) {
    if (event.kind === 'exchange.sent') owners.set(event.exchange, event.operation)
    const operation =
      'operation' in event
        ? event.operation
        : 'exchange' in event && event.exchange !== null
          ? owners.get(event.exchange)
          : null
    if (operation !== null && operation !== undefined && open.has(operation)) found = operation
  }
  return found
}
