// Makes a complete history of one that its process did not live to end: the crash is named, open operations become unknown,
// and the run ends. What was on disk is kept as it was.

import { decodeEvents, encodeEvent } from '#history/codec.ts'
import type { HistoryEvent, Unstamped } from '#history/event.ts'
import type { Baseline } from '#history/header.ts'
import { createHistory, type History } from '#history/history.ts'

type Death = { readonly cause: 'stalled' | 'memory' | 'exit' | 'killed'; readonly message: string }

/** A history and its NDJSON. */
export type Told = { readonly history: History; readonly text: string }

/** `null` when not even the start was recorded. */
export function tellHistory(text: string, death: Death | null): Told | null {
  const events = decodeEvents(text)
  const last = events.at(-1)
  if (last === undefined) return null
  if (death === null || last.kind === 'run.ended') return { history: createHistory(events), text }
  const all = [...events, ...afterDeath(events, last, death)]
  return { history: createHistory(all), text: all.map(encodeEvent).join('') }
}

/** The same history with what its cell could not know when it wrote the header: the figures of the twin, without which relative
 * thresholds mean nothing, and what the client turned out not to offer. */
export function withBaseline(
  { history, text, notOffered = [] }: Told & { readonly notOffered?: readonly string[] },
  baseline: Baseline,
): Told {
  const [first, ...others] = history
  if (first?.kind !== 'run.started') return { history, text }
  const header = { ...first.header, baseline, ...(notOffered.length > 0 && { notOffered }) }
  const started: HistoryEvent = { ...first, header }
  return {
    history: createHistory([started, ...others]),
    text: encodeEvent(started) + text.slice(text.indexOf('\n') + 1),
  }
}

function afterDeath(events: readonly HistoryEvent[], last: HistoryEvent, death: Death): HistoryEvent[] {
  const open = openOperations(events)
  const known = events.some((event) => event.kind === 'client.crashed')
  const { cause, message } = death
  const crash: Unstamped = { kind: 'client.crashed', cause, operation: lastActive(events, open), message }
  const more: Unstamped[] = [
    ...(known ? [] : [crash]),
    ...Array.from(open, (operation): Unstamped => ({ kind: 'operation.unknown', operation, reason: 'crashed' })),
    { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'crashed' },
  ]
  return more.map((event, index) => ({ seq: events.length + index, at: last.at, ...event }))
}

function openOperations(events: readonly HistoryEvent[]): Set<number> {
  const open = new Set<number>()
  for (const event of events) {
    if (event.kind === 'operation.invoked') open.add(event.operation)
    if (event.kind === 'operation.ok' || event.kind === 'operation.error' || event.kind === 'operation.unknown')
      open.delete(event.operation)
  }
  return open
}

/** The operation that was heard of last and had not settled. */
function lastActive(events: readonly HistoryEvent[], open: ReadonlySet<number>): number | null {
  const owners = new Map<number, number | null>()
  for (const event of events) if (event.kind === 'exchange.sent') owners.set(event.exchange, event.operation)
  for (const event of events.toReversed()) {
    const operation =
      'operation' in event
        ? event.operation
        : 'exchange' in event && event.exchange !== null
          ? owners.get(event.exchange)
          : null
    if (operation !== null && operation !== undefined && open.has(operation)) return operation
  }
  return null
}
