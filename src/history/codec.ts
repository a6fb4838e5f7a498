// Histories as NDJSON: one event a line, keys in the order they were recorded, so the same run gives the same bytes.

import type { HistoryEvent } from './event.ts'
import type { Header } from './header.ts'
import { createHistory, type History } from './history.ts'
import { LongHistory } from './long-history.ts'
import { linesOf, type HistoryText } from './text.ts'

/** Taken before any code of a client runs: what it does to `JSON` must not reach the record. */
const { parse, stringify } = JSON

export function encodeEvent(event: HistoryEvent): string {
  return `${stringify(event)}\n`
}

export function encodeHistory(history: History): string {
  return Array.from(history, encodeEvent).join('')
}

/** Events of a possibly cut-off file: a last line without its newline is dropped, as a killed process leaves it. */
export function decodeEvents(text: string): HistoryEvent[] {
  const end = text.lastIndexOf('\n')
  if (end < 0) return []
  return text
    .slice(0, end)
    .split('\n')
    .map((line) => parse(line) as HistoryEvent)
}

export function decodeHistory(text: string): History {
  return createHistory(decodeEvents(text).map(completed))
}

/** As a cell has just written it; `null` when there is not one whole line. */
export function toldHistory(text: HistoryText): History | null {
  if (typeof text === 'string') {
    const events = decodeEvents(text)
    return events.length === 0 ? null : createHistory(events)
  }
  const lines = linesOf(text)[Symbol.iterator]()
  const first = lines.next()
  return first.done ? null : LongHistory.from(decodedLines(first.value, lines))
}

function* decodedLines(first: string, others: Iterator<string>): Iterable<HistoryEvent> {
  yield parse(first) as HistoryEvent
  for (let line = others.next(); !line.done; line = others.next()) yield parse(line.value) as HistoryEvent
}

/** What headers of earlier versions did not say yet. */
function completed(event: HistoryEvent): HistoryEvent {
  if (event.kind !== 'run.started') return event
  const { declares = {}, properties = [] }: Partial<Header> = event.header
  return { ...event, header: { ...event.header, declares, properties } }
}
