// Pure selectors over a history: what happened to each operation and exchange, joined from their events in
// one pass and remembered per history, so that every oracle may ask as often as it likes.

import type { EventOf } from './event.ts'
import type { History } from './history.ts'
import { callName, isBackground, isForeign, outcomeOf } from './joined.ts'
import type { EndOfExchange, Exchange, ExchangeOutcome, LogicalCall, Operation, Settled } from './joined.ts'
import { LongHistory } from './long-history.ts'
import { joinedOf } from './long-query.ts'
import { mayBeLate, ownMs } from './pauses.ts'
import { selector } from './selector.ts'

export { callName, selector }
export type { Exchange, ExchangeOutcome, LogicalCall, Operation }

type Draft<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }

const exchangeIndex = selector((history): ReadonlyMap<number, Exchange> => {
  const found = new Map<number, Draft<Exchange>>()
  const asks = new Map<number | null, EventOf<'operation.invoked'>>()
  for (const invoked of history.all('operation.invoked')) asks.set(invoked.operation, invoked)
  for (const sent of history.all('exchange.sent')) {
    const ask = asks.get(sent.operation)
    const isLate = ask !== undefined && mayBeLate(history, ask.instance, ask.at, sent.at)
    found.set(sent.exchange, draftOf(sent, ask?.key, isLate))
  }
  for (const event of history.all('exchange.arrived')) edit(found, event, (exchange) => (exchange.arrived = event))
  for (const event of history.all('fault.hit')) edit(found, event, (exchange) => exchange.hits.push(event))
  for (const event of history.all('effect.committed')) edit(found, event, (exchange) => exchange.effects.push(event))
  for (const event of history.all('exchange.head')) edit(found, event, (exchange) => (exchange.head = event))
  for (const kind of ['exchange.ended', 'exchange.failed', 'exchange.aborted'] as const)
    for (const event of history.all(kind)) edit(found, event, (exchange) => finish(exchange, event))
  return found
})

function edit(
  found: ReadonlyMap<number, Draft<Exchange>>,
  { exchange }: { readonly exchange: number | null },
  change: (draft: Draft<Exchange>) => void,
): void {
  const draft = exchange === null ? undefined : found.get(exchange)
  if (draft) change(draft)
}

/** Only the first end counts. */
function finish(exchange: Draft<Exchange>, event: EndOfExchange): void {
  if (exchange.end !== null && exchange.end.seq < event.seq) return
  exchange.end = event
  exchange.completedAt = event.at
  exchange.outcome = outcomeOf(event, exchange.head)
}

function draftOf(sent: EventOf<'exchange.sent'>, key: string | undefined, isLate: boolean): Draft<Exchange> {
  return {
    id: sent.exchange,
    sent,
    certain: sent.certain && !isForeign(sent, key) && !isLate,
    arrived: null,
    hits: [],
    effects: [],
    head: null,
    end: null,
    outcome: { kind: 'pending' },
    completedAt: null,
  }
}

const exchangeList = selector((history): readonly Exchange[] =>
  history instanceof LongHistory ? joinedOf(history).exchanges.views : Array.from(exchangeIndex(history).values()),
)

/** All exchanges, in the order they were sent. */
export function exchanges(history: History): readonly Exchange[] {
  return exchangeList(history)
}

export function exchangeOf(history: History, id: number): Exchange | undefined {
  return history instanceof LongHistory ? joinedOf(history).exchanges.of(id) : exchangeIndex(history).get(id)
}

const operationIndex = selector((history): ReadonlyMap<number, Operation> => {
  const found = new Map<number, Draft<Operation>>()
  for (const invoked of history.all('operation.invoked')) found.set(invoked.operation, asked(invoked))
  for (const event of history.all('operation.cancelled')) cancel(found.get(event.operation), event)
  for (const kind of ['operation.ok', 'operation.error', 'operation.unknown'] as const)
    for (const event of history.all(kind)) settle(history, found.get(event.operation), event)
  for (const exchange of exchanges(history)) {
    const owner = exchange.sent.operation === null ? undefined : found.get(exchange.sent.operation)
    if (!owner || isBackground(owner, exchange)) continue
    owner.exchanges.push(exchange)
    if (!exchange.certain) owner.certain = false
  }
  return found
})

function asked(invoked: EventOf<'operation.invoked'>): Draft<Operation> {
  return {
    id: invoked.operation,
    invoked,
    cancelled: null,
    cancelledAt: null,
    settled: null,
    outcome: 'unknown',
    latencyMs: null,
    exchanges: [],
    certain: true,
  }
}

function cancel(operation: Draft<Operation> | undefined, event: EventOf<'operation.cancelled'>): void {
  if (!operation || operation.cancelled) return
  operation.cancelled = event
  operation.cancelledAt = event.at
}

function settle(history: History, operation: Draft<Operation> | undefined, event: Settled): void {
  if (!operation || (operation.settled && operation.settled.seq < event.seq)) return
  operation.settled = event
  if (event.kind === 'operation.unknown') return
  operation.outcome = event.kind === 'operation.ok' ? event.result : 'error'
  const { instance, at } = operation.invoked
  operation.latencyMs = ownMs(history, instance, at, event.at)
}

const operationList = selector((history): readonly Operation[] =>
  history instanceof LongHistory ? joinedOf(history).operations.views : Array.from(operationIndex(history).values()),
)

/** All operations, in the order they were asked. */
export function operations(history: History): readonly Operation[] {
  return operationList(history)
}

export function operationOf(history: History, id: number): Operation | undefined {
  return history instanceof LongHistory ? joinedOf(history).operations.of(id) : operationIndex(history).get(id)
}

/** Attempts grouped into logical calls: same method, route, entity and body. A request after a good answer begins a new
 * call, so that pages and polls are not retries; what a redirect sent on is no attempt of the client's. */
function logicalCalls(sent: readonly Exchange[], operation: Operation | null): readonly LogicalCall[] {
  const calls: { operation: Operation | null; attempts: Exchange[] }[] = []
  const open = new Map<string, Exchange[]>()
  for (const exchange of sent) {
    if (exchange.sent.redirectOf !== undefined) continue
    const name = callName(exchange)
    const attempts = open.get(name)
    const last = attempts?.at(-1)
    if (attempts && last && !answeredWellBefore(last, exchange)) attempts.push(exchange)
    else {
      const call = { operation, attempts: [exchange] }
      open.set(name, call.attempts)
      calls.push(call)
    }
  }
  return calls
}

function answeredWellBefore(earlier: Exchange, later: Exchange): boolean {
  return succeeded(earlier) && earlier.end !== null && earlier.end.seq < later.sent.seq
}

export function succeeded({ outcome }: Exchange): boolean {
  return outcome.kind === 'answered' && outcome.status < 400
}

/** The logical calls of every operation. */
export const callsOfOperations: (history: History) => readonly LogicalCall[] = selector((history) =>
  operations(history).flatMap((operation) => logicalCalls(operation.exchanges, operation)),
)

const callIndex = selector((history) => Map.groupBy(callsOfOperations(history), ({ operation }) => operation))

export function callsOf(history: History, operation: Operation): readonly LogicalCall[] {
  if (history instanceof LongHistory) return logicalCalls(operation.exchanges, operation)
  return callIndex(history).get(operation) ?? []
}

/** The logical calls nobody asked for, or no longer waits for: pollers and queues. */
export const callsOfBackground: (history: History) => readonly LogicalCall[] = selector((history) => {
  const owned = new Set(operations(history).flatMap((operation) => operation.exchanges))
  const inBackground = exchanges(history).filter((exchange) => !owned.has(exchange))
  return logicalCalls(inBackground, null)
})

/** When the last event happened. */
export function endOf(history: History): number {
  return history.at(history.length - 1).at
}
