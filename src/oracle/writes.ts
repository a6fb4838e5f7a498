// Writes with a business key, and how it shows that they happened: by workspace and key, so that no attribution is needed.

import type { History } from '#history/history.ts'
import { commitsOf, type Commit } from '#history/knowledge.ts'
import {
  exchanges,
  operationOf,
  operations,
  selector,
  succeeded,
  type Exchange,
  type Operation,
} from '#history/query.ts'
import { isSafe, statusOf } from './classify.ts'

export type Write = Operation & { readonly invoked: { readonly key: string } }

export function isWrite(operation: Operation): operation is Write {
  return operation.invoked.effect === 'write' && operation.invoked.key !== undefined
}

/** Commits of this business since it was first asked for; what an earlier ask left behind does not count. */
export function commitsSince(history: History, { invoked }: Write): readonly Commit[] {
  const first = invoked.repeats === undefined ? undefined : operationOf(history, invoked.repeats)
  const from = (first?.invoked ?? invoked).seq
  return commitsOf(history, invoked.workspace, invoked.key).filter(({ effect }) => effect.seq > from)
}

const sentIndex = selector((history) => Map.groupBy(exchanges(history), ({ sent }) => `${sent.workspace} ${sent.key}`))

/** What was sent for this business, whoever sent it. */
export function sentFor(history: History, { invoked }: Write): readonly Exchange[] {
  return sentIndex(history).get(businessOf(invoked)) ?? []
}

const askIndex = selector((history) =>
  Map.groupBy(operations(history).filter(isWrite), ({ invoked }) => businessOf(invoked)),
)

/** Who asked for this business, again or not. */
export function asksFor(history: History, { invoked }: Write): readonly Write[] {
  return askIndex(history).get(businessOf(invoked)) ?? []
}

function businessOf({ workspace, key }: Write['invoked']): string {
  return `${workspace} ${key}`
}

/** The API said that it was done, or that it already was; then it is not the client that lost it. */
export function wasAnswered(history: History, operation: Write): boolean {
  const { invoked } = operation
  const sent = [...operation.exchanges, ...sentFor(history, operation)]
  return sent.some(
    (exchange) =>
      (exchange.end?.seq ?? 0) > invoked.seq &&
      ((confirms(exchange) && exchange.sent.key === invoked.key) || statusOf(exchange) === 409),
  )
}

/** A redirect only says where to ask; after most of them the request arrives there as a read. */
function confirms(exchange: Exchange): boolean {
  return succeeded(exchange) && !isSafe(exchange) && (statusOf(exchange) ?? 0) < 300
}
