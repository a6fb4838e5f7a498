// What became of an exchange and of an operation, as query.ts and its like for long histories say it, and the rules that both go by.

import type { EventOf } from './event.ts'
import type { NetCode, NetPhase } from './facts.ts'

/** How the client saw an exchange end. A response that broke off while its body came is `failed`. */
export type ExchangeOutcome =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'failed'; readonly code: NetCode; readonly phase: NetPhase }
  | { readonly kind: 'aborted'; readonly reason: string }
  | { readonly kind: 'pending' }

export type EndOfExchange = EventOf<'exchange.ended'> | EventOf<'exchange.failed'> | EventOf<'exchange.aborted'>

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

export type Settled = EventOf<'operation.ok'> | EventOf<'operation.error'> | EventOf<'operation.unknown'>

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

/** It writes another piece of business than it was asked for. */
export function isForeign(sent: EventOf<'exchange.sent'>, key: string | undefined): boolean {
  return key !== undefined && sent.key !== undefined && sent.key !== key && sent.method !== 'GET'
}

export function outcomeOf(end: EndOfExchange, head: EventOf<'exchange.head'> | null): ExchangeOutcome {
  if (end.kind === 'exchange.ended') return { kind: 'answered', status: head?.status ?? 0 }
  if (end.kind === 'exchange.failed') return { kind: 'failed', code: end.code, phase: end.phase }
  return { kind: 'aborted', reason: end.reason }
}

/** A loop that an operation started goes on in its name when the operation is over: what it sends is background work if it is
 * not certainly the operation's, unless it repeats what the operation sent; and so is what a queue sends later. */
export function isBackground(
  { settled, outcome, exchanges: own }: Pick<Operation, 'settled' | 'outcome' | 'exchanges'>,
  exchange: Exchange,
): boolean {
  if (!settled || exchange.sent.seq < settled.seq) return false
  if (outcome === 'queued') return true
  return !exchange.certain && !own.some((earlier) => callName(earlier) === callName(exchange))
}

/** Two exchanges of one client process with the same name ask for the same thing. */
export function callName({ sent }: Exchange): string {
  return `${sent.instance} ${sent.method} ${sent.route} ${sent.entity ?? ''} ${sent.bodyHash}`
}
