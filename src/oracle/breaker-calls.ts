// What a declared breaker sees: the calls of the operations it guards, and how they ended. A call is what one operation sent
// within one scope of the breaker, whether the breaker stands around each attempt or around all of them.

import type { BreakerFacts } from '#history/promises.ts'
import type { History } from '#history/history.ts'
import { exchanges, operations, type Exchange, type Operation } from '#history/query.ts'

/** One operation in one scope. `failedSeq` is when even a breaker around all attempts has heard of the failure. */
export type BreakerCall = {
  readonly operation: Operation
  /** What one breaker certainly covers. */
  readonly scope: string
  readonly exchanges: readonly Exchange[]
  readonly first: Exchange
  readonly failedSeq: number | null
}

export function isGuarded({ guards }: BreakerFacts, { invoked }: Operation): boolean {
  return guards === undefined || guards.includes(invoked.name)
}

/** Finer than the declaration says where it leaves room: failures in it are failures of one breaker. */
function scopeOf({ per }: BreakerFacts, { sent }: Exchange, workspace = sent.workspace): string {
  return per === 'workspace'
    ? coarseOf({ per }, { sent }, workspace)
    : `${coarseOf({ per }, { sent }, workspace)} ${workspace ?? ''}`
}

/** As wide as the declaration may be meant: a good answer in it may be one to the same breaker. */
export function coarseOf(
  { per }: Pick<BreakerFacts, 'per'>,
  { sent }: Pick<Exchange, 'sent'>,
  workspace = sent.workspace,
): string {
  if (per === 'workspace') return `${sent.instance} ${workspace ?? ''}`
  return `${sent.instance} ${per === 'host' ? sent.host : sent.route}`
}

export function callsGuardedBy(history: History, breaker: BreakerFacts): readonly BreakerCall[] {
  return operations(history)
    .filter((operation) => operation.certain && isGuarded(breaker, operation))
    .flatMap((operation) => {
      const scopes = Map.groupBy(operation.exchanges, (exchange) =>
        scopeOf(breaker, exchange, operation.invoked.workspace),
      )
      return Array.from(scopes, ([scope, own]) => callOf(operation, scope, own)).flatMap((call) => call ?? [])
    })
}

function callOf(operation: Operation, scope: string, own: readonly Exchange[]): BreakerCall | undefined {
  const first = own[0]
  const last = own.at(-1)
  if (!first || !last) return undefined
  const { settled, cancelled, outcome } = operation
  const ended = last.end && settled ? Math.max(last.end.seq, settled.seq) : null
  const failed = !cancelled && outcome !== 'unknown' && isOutage(last)
  return { operation, scope, exchanges: own, first, failedSeq: failed ? ended : null }
}

/** Says that the service is in trouble, whoever looks at it. A refusal that names a time to come back may be taken for a
 * limit, and what was aborted was too slow, unless the caller left. */
export function isOutage({ outcome, head }: Exchange): boolean {
  if (outcome.kind === 'failed' || outcome.kind === 'aborted') return true
  if (outcome.kind === 'pending') return false
  const { status } = outcome
  return status >= 500 && status !== 501 && head?.retryAfter === undefined
}

/** Exchanges after which a breaker may well have closed: answers that are no outage, and callers who left. */
export function reassuring(history: History): readonly Exchange[] {
  const left = new Set(operations(history).flatMap((operation) => (operation.cancelled ? operation.exchanges : [])))
  return exchanges(history).filter(
    (exchange) =>
      exchange.end !== null && (!isOutage(exchange) || (exchange.outcome.kind === 'aborted' && left.has(exchange))),
  )
}

/** Asked for something guarded, and answered without sending anything, in a way that is not as good as fresh. */
export function heldBack(history: History, breaker: BreakerFacts): readonly Operation[] {
  return operations(history).filter(
    (operation) =>
      isGuarded(breaker, operation) &&
      operation.exchanges.length === 0 &&
      operation.cancelled === null &&
      operation.settled !== null &&
      operation.outcome !== 'fresh' &&
      operation.outcome !== 'unknown',
  )
}
