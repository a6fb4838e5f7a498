// A history in columns says what the same history in objects says: of every golden history, event by event.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { decodeEvents } from './codec.ts'
import type { EventKind } from './event.ts'
import { extended, withHeader } from './changed.ts'
import { createHistory } from './history.ts'
import { LongHistory } from './long-history.ts'
import { callsOfBackground, callsOfOperations, exchanges, operations, type LogicalCall } from './query.ts'

const folder = fileURLToPath(new URL('../../fixtures/histories/', import.meta.url))
const files = readdirSync(folder).filter((file) => file.endsWith('.ndjson'))
const both = (file: string) => {
  const events = decodeEvents(readFileSync(`${folder}${file}`, 'utf8'))
  return { events, short: createHistory(events), long: LongHistory.from(events) }
}

test.for(files)('%s', (file) => {
  const { events, short, long } = both(file)
  expect(Array.from(long)).toEqual(events)
  expect(long).toHaveLength(short.length)
  for (const kind of new Set<EventKind>(events.map((event) => event.kind)))
    expect(long.all(kind)).toEqual(short.all(kind))
  for (const { id } of exchanges(short)) expect(long.ofExchange(id)).toEqual(short.ofExchange(id))
  for (const { id } of operations(short)) expect(long.ofOperation(id)).toEqual(short.ofOperation(id))
  expect(exchanges(long).map(plainExchange)).toEqual(exchanges(short).map(plainExchange))
  expect(operations(long).map(plainOperation)).toEqual(operations(short).map(plainOperation))
  expect(callsOfOperations(long).map(plainCall)).toEqual(callsOfOperations(short).map(plainCall))
  expect(callsOfBackground(long).map(plainCall)).toEqual(callsOfBackground(short).map(plainCall))
})

/** What the getters of the long ones say, and the fields of the others. */
function plainExchange(each: ReturnType<typeof exchanges>[number]) {
  const { id, sent, certain, arrived, hits, effects, head, end, outcome, completedAt } = each
  return { id, sent, certain, arrived, hits, effects, head, end, outcome, completedAt }
}

function plainOperation(each: ReturnType<typeof operations>[number]) {
  const { id, invoked, cancelled, cancelledAt, settled, outcome, latencyMs, certain } = each
  const sent = each.exchanges.map(plainExchange)
  return { id, invoked, cancelled, cancelledAt, settled, outcome, latencyMs, certain, sent }
}

function plainCall({ operation, attempts }: LogicalCall) {
  return { operation: operation?.id ?? null, attempts: attempts.map(({ id }) => id) }
}

test('goes on, and under another header, as any other does', () => {
  const { short, long } = both('stays-alive.fail.ndjson')
  const more = [{ seq: short.length, at: 1e9, kind: 'operation.cancelled', operation: 0 }] as const
  expect(Array.from(extended(long, more))).toEqual(Array.from(extended(short, more)))
  const header = { ...short.header, client: 'another' }
  expect(Array.from(withHeader(long, header))).toEqual(Array.from(withHeader(short, header)))
  expect(withHeader(long, header).header.client).toBe('another')
  expect(long.header.client).toBe(short.header.client)
})

test('what is no history is refused', () => {
  const { events } = both('stays-alive.fail.ndjson')
  expect(() => LongHistory.from(events.slice(1))).toThrow('run.started')
  expect(() => LongHistory.from([])).toThrow('run.started')
  expect(() => LongHistory.from(events.toSpliced(2, 1))).toThrow('Event 2 of the history carries the number 3')
  expect(() => LongHistory.from(events).at(events.length)).toThrow(RangeError)
  expect(() => LongHistory.from(events).at(-1)).toThrow(RangeError)
})
