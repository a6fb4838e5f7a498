// Whose work an exchange may still be: single-flight lets several operations wait for one exchange, and the exchange carries
// the name of only one of them.

import type { History } from '#history/history.ts'
import { operations, selector, type Exchange, type Operation } from '#history/query.ts'

const askedAbout = selector((history) =>
  Map.groupBy(operations(history), ({ invoked }) => nameOf(invoked.instance, invoked.entity)),
)

function nameOf(instance: number, entity: string | undefined): string {
  return `${instance} ${entity ?? ''}`
}

/** At `seq` another operation of the same client process is waiting for the same entity. */
export function isWantedByAnother(history: History, own: Operation, exchange: Exchange, seq: number): boolean {
  const entity = exchange.sent.entity ?? own.invoked.entity
  const others = askedAbout(history).get(nameOf(own.invoked.instance, entity)) ?? []
  return others.some((other) => other !== own && isSame(own, other) && isWaiting(other, seq))
}

/** Reads share what they read; writes only the same piece of business. */
function isSame({ invoked }: Operation, { invoked: other }: Operation): boolean {
  if (invoked.workspace !== other.workspace) return false
  if (invoked.effect === 'write') return invoked.key !== undefined && invoked.key === other.key
  return other.effect === 'read' && (invoked.entity !== undefined || invoked.name === other.name)
}

function isWaiting({ invoked, cancelled, settled }: Operation, seq: number): boolean {
  if (invoked.seq > seq) return false
  if (cancelled && cancelled.seq <= seq) return false
  return settled === null || settled.seq > seq
}
