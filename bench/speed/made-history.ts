// A history longer than any scenario makes one, in pieces: the traffic of one client that tries three times, for half an hour or for
// days; a tenth of it falls into an outage, whose answers ask for silence. It never lies in memory as a whole.

import { encodeEvent } from '#history/codec.ts'
import type { HistoryEvent, Unstamped } from '#history/event.ts'
import { createHeader } from '../../test/history-builder.ts'

/** Between two operations: the same traffic however long it lasts. */
const gapMs = 184
const pieceLines = 20_000

type Told = { readonly at: number; readonly event: Unstamped }

/** NDJSON, some thousand lines at a time. */
export function* madeHistory(exchanges: number): Generator<string> {
  let lines: string[] = []
  for (const event of madeEvents(exchanges)) {
    lines.push(encodeEvent(event))
    if (lines.length < pieceLines) continue
    yield lines.join('')
    lines = []
  }
  yield lines.join('')
}

function* madeEvents(exchanges: number): Generator<HistoryEvent> {
  // In the outage three exchanges serve one operation.
  const operations = Math.round(exchanges / 1.2)
  const spanMs = operations * gapMs + 30_000
  let seq = 0
  let waiting: Told[] = [{ at: 0, event: { kind: 'run.started', header: headerOf(spanMs) } }]
  let sent = 0
  for (let operation = 0; operation < operations; operation += 1) {
    const at = operation * gapMs
    waiting.sort((one, other) => one.at - other.at)
    const due = waiting.findIndex((told) => told.at > at)
    for (const told of waiting.splice(0, due < 0 ? waiting.length : due))
      yield { seq: seq++, at: told.at, ...told.event }
    const isBad = operation >= operations * 0.4 && operation < operations * 0.5
    waiting.push(...operationOf(operation, at, sent, isBad))
    sent += isBad ? 3 : 1
  }
  waiting.push({ at: spanMs, event: { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'done' } })
  waiting = waiting.toSorted((one, other) => one.at - other.at)
  for (const told of waiting) yield { seq: seq++, at: told.at, ...told.event }
}

function headerOf(spanMs: number) {
  const phases = [
    { name: 'baseline', at: 0 },
    { name: 'onset', at: spanMs * 0.4 },
    { name: 'recovery', at: spanMs * 0.5 },
  ]
  const faultHits = 1
  return createHeader({
    spanMs,
    phases,
    firstFaultAt: spanMs * 0.4,
    lastLiftAt: spanMs * 0.5,
    promises: { 'contact.read': { withinMs: 15_000, degrade: [] } },
    arming: { faultHits, unansweredForMs: 0 },
  })
}

function operationOf(operation: number, at: number, firstExchange: number, isBad: boolean): Told[] {
  const attempts = isBad ? 3 : 1
  const invoked = {
    kind: 'operation.invoked',
    operation,
    instance: 0,
    workspace: 'ours',
    name: 'contact.read',
  } as const
  const told: Told[] = [{ at, event: { ...invoked, effect: 'read', load: 'reads' } }]
  for (let nth = 1; nth <= attempts; nth += 1)
    told.push(...exchangeOf(operation, at + (nth - 1) * 4_000, firstExchange + nth - 1, nth, isBad))
  const end = at + (attempts - 1) * 4_000 + 3_100
  const error = { name: 'Error', message: 'no' }
  told.push({
    at: end,
    event: isBad
      ? { kind: 'operation.error', operation, error, timersLeft: 0 }
      : { kind: 'operation.ok', operation, result: 'fresh', timersLeft: 0 },
  })
  return told
}

const sentFacts = {
  kind: 'exchange.sent',
  instance: 0,
  certain: true,
  method: 'GET',
  route: '/contacts/{id}',
  host: 'api.intercom.io',
  region: 'us',
  product: 'rest',
  workspace: 'ours',
  bodyHash: '',
} as const

function exchangeOf(operation: number, at: number, exchange: number, nth: number, isBad: boolean): Told[] {
  const endedAt = at + 40 + ((exchange * 7_919) % 3_000)
  const hit = { kind: 'fault.hit', exchange, fault: 'outage', decision: 'respond', effect: 'none' } as const
  return [
    { at, event: { ...sentFacts, exchange, operation, nth } },
    { at: at + 1, event: { kind: 'exchange.arrived', exchange, queued: exchange % 90, answersIn: 50 } },
    ...(isBad ? [{ at: at + 1, event: hit }] : []),
    {
      at: endedAt,
      event: { kind: 'exchange.head', exchange, status: isBad ? 429 : 200, ...(isBad && { retryAfter: '20' }) },
    },
    { at: endedAt, event: { kind: 'exchange.ended', exchange, contains: {} } },
  ]
}
