// Pure selectors over a history: what happened to each operation and exchange, joined from their events in
// one pass and remembered per history, so that every oracle may ask as often as it likes.

import type { EventOf } from './event.ts'
import type { NetCode, NetPhase } from './facts.ts'
import type { History } from './history.ts'
import { mayBeLate, ownMs } from './pauses.ts'
import { selector } from './selector.ts'

export { selector }

/** How the client saw an exchange end. A response that broke off while its body came is `failed`. */
export type ExchangeOutcome =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'failed'; readonly code: NetCode; readonly phase: NetPhase }
  | { readonly kind: 'aborted'; readonly reason: string }
  | { readonly kind: 'pending' }

type EndOfExchange = EventOf<'exchange.ended'> | EventOf<'exchange.failed'> | EventOf<'exchange.aborted'>

export type Exchange = {
  readonly id: number
  readonly sent: EventOf<'exchange.sent'>
  /** False when it may be another operation's: it names a foreign entity, or writes a foreign piece of business; or when it may have been sent long
   * before it came, into a network that was cut. */
  readonly certain: boolean
  readonly arrived: EventOf<'exchange.arrived'> | null
  readonly hits: readonly EventOf<'fault.hit'>[]
  readonly effects: readonly EventOf<'effect.committed'>[]
  readonly head: EventOf<'exchange.head'> | null
  /** The first end that was recorded. */
  readonly end: EndOfExchange | null
  readonly outcome: ExchangeOutcome
  readonly completedAt: number | null
}

type Settled = EventOf<'operation.ok'> | EventOf<'operation.error'> | EventOf<'operation.unknown'>

export type Operation = {
  readonly id: number
  readonly invoked: EventOf<'operation.invoked'>
  readonly cancelled: EventOf<'operation.cancelled'> | null
  readonly cancelledAt: number | null
  /** `null` only in a history that was cut off. */
  readonly settled: Settled | null
  readonly outcome: 'fresh' | 'stale' | 'queued' | 'fallback' | 'dropped' | 'error' | 'unknown'
  /** From the ask to `ok` or `error`, without the time in which its process was frozen; `null` while unknown. */
  readonly latencyMs: number | null
  /** Without what is sent in its name in the background after it settled. */
  readonly exchanges: readonly Exchange[]
  /** False when one of its exchanges may be another operation's. */
  readonly certain: boolean
}

/** The same request, sent until it was answered well: attempts in order. */
export type LogicalCall = { readonly operation: Operation | null; readonly attempts: readonly Exchange[] }

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
  const foreign = key !== undefined && sent.key !== undefined && sent.key !== key && sent.method !== 'GET'
  return {
    id: sent.exchange,
    sent,
    certain: sent.certain && !foreign && !isLate,
    arrived: null,
    hits: [],
    effects: [],
    head: null,
    end: null,
    outcome: { kind: 'pending' },
    completedAt: null,
  }
}

function outcomeOf(end: EndOfExchange, head: EventOf<'exchange.head'> | null): ExchangeOutcome {
  if (end.kind === 'exchange.ended') return { kind: 'answered', status: head?.status ?? 0 }
  if (end.kind === 'exchange.failed') return { kind: 'failed', code: end.code, phase: end.phase }
  return { kind: 'aborted', reason: end.reason }
}

const exchangeList = selector((history): readonly Exchange[] => Array.from(exchangeIndex(history).values()))

/** All exchanges, in the order they were sent. */
export function exchanges(history: History): readonly Exchange[] {
  return exchangeList(history)
}

export function exchangeOf(history: History, id: number): Exchange | undefined {
  return exchangeIndex(history).get(id)
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

/** A loop that an operation started goes on in its name when the operation is over: what it sends is background work if it is
 * not certainly the operation's, unless it repeats what the operation sent; and so is what a queue sends later. */
function isBackground({ settled, outcome, exchanges: own }: Draft<Operation>, exchange: Exchange): boolean {
  if (!settled || exchange.sent.seq < settled.seq) return false
  if (outcome === 'queued') return true
  return !exchange.certain && !own.some((earlier) => callName(earlier) === callName(exchange))
}

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

const operationList = selector((history): readonly Operation[] => Array.from(operationIndex(history).values()))

/** All operations, in the order they were asked. */
export function operations(history: History): readonly Operation[] {
  return operationList(history)
}

export function operationOf(history: History, id: number): Operation | undefined {
  return operationIndex(history).get(id)
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

/** Two exchanges of one client process with the same name ask for the same thing. */
export function callName({ sent }: Exchange): string {
  return `${sent.instance} ${sent.method} ${sent.route} ${sent.entity ?? ''} ${sent.bodyHash}`
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
