// Sending: an exchange gets its numbers and its facts, is held to the limits, is shown to the fault plan and sets out.

import { limits } from '#context/limits.ts'
import type { ExchangeView } from '#fault/fault.ts'
import type { ServiceRequest } from '#server/service.ts'
import { bodyHash } from './body-hash.ts'
import { Exchange, type Caller } from './exchange.ts'
import type { ServiceHandler } from './handlers.ts'
import { Journey } from './journey.ts'
import type { Wire } from './wire.ts'

/** Methods whose requests usually have one. */
const carriesBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

export function send(
  wire: Wire,
  caller: Caller,
  handler: ServiceHandler,
  asked: ServiceRequest,
  request: Request,
  redirectOf: number | undefined,
): Exchange {
  const facts = handler.service.facts(asked)
  wire.redactor.learn(asked.headers['authorization'])
  wire.redactor.learn(facts.credential)
  const exchange = new Exchange(wire, caller, handler, asked, facts)
  recordSent(wire, exchange, redirectOf)
  if (hasRoom(wire, exchange)) {
    const { plan, random } = wire.options
    const hits = plan.decide(viewOf(exchange), exchange.sentAt, random)
    new Journey(wire, exchange, handler, request).begin(hits)
  } else exchange.connected()
  return exchange
}

function recordSent(wire: Wire, exchange: Exchange, redirectOf: number | undefined): void {
  const { asked, facts, owner } = exchange
  const operation = owner?.operation ?? null
  const idempotencyKey = facts.idempotencyKey ?? asked.headers['idempotency-key']
  wire.record({
    kind: 'exchange.sent',
    exchange: exchange.number,
    instance: owner?.instance ?? 0,
    operation,
    ...(owner?.delivery !== undefined && { delivery: owner.delivery }),
    certain: isCertain(wire, exchange),
    nth: exchange.nth,
    ...(redirectOf !== undefined && { redirectOf }),
    method: asked.method,
    route: wire.redactor.clean(facts.route),
    host: asked.url.host,
    region: facts.region,
    product: facts.product,
    workspace: facts.workspace,
    ...(facts.entity !== undefined && { entity: facts.entity }),
    ...(facts.key !== undefined && { key: facts.key }),
    bodyHash: bodyHash(asked.body),
    ...(asked.body === '' && carriesBody.has(asked.method) && { empty: true as const }),
    ...(idempotencyKey !== undefined && { idempotencyKey: wire.redactor.clean(idempotencyKey) }),
    ...(exchange.from !== undefined && { from: exchange.from }),
  })
}

/** Whether an exchange is its operation's own: it names the operation's entity or its business key, or no entity while the
 * operation is open; and nobody else waits for it when the operation is over. */
function isCertain({ options }: Wire, { owner, facts }: Exchange): boolean {
  const operation = owner?.operation ?? null
  if (operation === null) return true
  if (options.servesAnother?.(operation, owner?.instance ?? 0)) return false
  const expected = options.entityOf(operation)
  if (expected === undefined || facts.entity === undefined) return options.isOpen(operation)
  return expected === facts.entity || (facts.key !== undefined && facts.key === options.keyOf?.(operation))
}

/** A client that recurses must not run for ever: past the limit its exchanges hang until it gives up on them. A loop that was
 * started by an operation and serves others is not counted against it. */
function hasRoom(wire: Wire, exchange: Exchange): boolean {
  const { owner, number } = exchange
  const operation = owner?.operation ?? null
  if (operation !== null && isCertain(wire, exchange)) {
    const sent = wire.countOf(operation)
    if (sent === limits.exchangesPerOperation + 1)
      wire.record({ kind: 'limit.reached', limit: 'exchangesPerOperation', operation })
    if (sent > limits.exchangesPerOperation) return false
  }
  const { mostExchanges = limits.exchangesPerRun } = wire.options
  if (number === mostExchanges + 1) wire.record({ kind: 'limit.reached', limit: 'exchangesPerRun', operation: null })
  return number <= mostExchanges
}

function viewOf({ number, nth, owner, asked, facts }: Exchange): ExchangeView {
  return {
    exchange: number,
    operation: owner?.operation ?? null,
    instance: owner?.instance ?? 0,
    nth,
    method: asked.method,
    route: facts.route,
    host: asked.url.host,
    region: facts.region,
    product: facts.product,
    fleet: `${facts.region}-${facts.product}`,
    workspace: facts.workspace,
    shard: facts.shard ?? null,
    tokenGeneration: facts.tokenGeneration ?? null,
    customer: facts.customer ?? null,
    url: asked.url,
    body: asked.body,
  }
}
