// What a witness tells: the operations it is about, each with its attempts and what came back, and what else happened meanwhile.

import type { EventOf, HistoryEvent } from '#history/event.ts'
import type { History } from '#history/history.ts'
import { endOf } from '#history/query.ts'
import { attemptOf, type Attempt } from './attempt.ts'
import { wordsOf, type Moment } from './bands.ts'

export type Lane = {
  /** `operation 1043 (contact.read)`, or what was sent in the background. */
  readonly title: string
  readonly operation: number | null
  readonly asked: string
  readonly from: number
  readonly until: number
  /** `null` when it never settled, or belongs to no operation. */
  readonly settledAt: number | null
  readonly settled: string
  readonly good: boolean
  /** When it is over by what it promised; `null` without such a promise. */
  readonly dueAt: number | null
  readonly cancelledAt: number | null
  readonly attempts: readonly Attempt[]
  /** Attempts in the middle that are not shown. */
  readonly leftOut: number
}

export type Story = {
  readonly from: number
  readonly until: number
  readonly lanes: readonly Lane[]
  readonly moments: readonly Moment[]
  /** Operations of the witness that are not shown. */
  readonly leftOut: number
}

const mostLanes = 6
const mostAttempts = 12
const firstAttempts = 4
const mostMoments = 20

export function storyOf(history: History, witness: readonly number[]): Story {
  const events = witness.map((seq) => history.at(seq))
  const marked = new Set(witness)
  const owners = new Map<number | null, HistoryEvent[]>()
  const moments: Moment[] = []
  for (const event of events) {
    const owner = ownerOf(history, event)
    if (owner === undefined) {
      const says = wordsOf(event)
      if (says !== undefined) moments.push({ at: event.at, seq: event.seq, says })
    } else owners.set(owner, [...(owners.get(owner) ?? []), event])
  }
  const told = [...owners].slice(0, mostLanes)
  const lanes = told.map(([owner, own]) =>
    owner === null ? backgroundLane(history, own, marked) : operationLane(history, owner, marked),
  )
  const times = [
    ...lanes.flatMap(({ from, until, dueAt }) => [from, until, dueAt ?? from]),
    ...events.map(({ at }) => at),
  ]
  return {
    from: Math.min(endOf(history), ...times),
    until: Math.max(0, ...times),
    lanes,
    moments: moments.slice(0, mostMoments),
    leftOut: owners.size - told.length,
  }
}

/** Whose an event is: an operation, the background (`null`), or nobody's. */
function ownerOf(history: History, event: HistoryEvent): number | null | undefined {
  if (event.kind.startsWith('operation.') && 'operation' in event) return event.operation
  if (!('exchange' in event) || event.exchange === null) return undefined
  return sentOf(history, event.exchange)?.operation
}

function sentOf(history: History, exchange: number): EventOf<'exchange.sent'> | undefined {
  const first = history.ofExchange(exchange)[0]
  return first?.kind === 'exchange.sent' ? first : undefined
}

function operationLane(history: History, operation: number, marked: ReadonlySet<number>): Lane {
  const events = history.ofOperation(operation)
  const invoked = events.find((event) => event.kind === 'operation.invoked')
  const cancelled = events.find((event) => event.kind === 'operation.cancelled')
  const settled = events.find(isSettling)
  const sent = events.filter((event) => event.kind === 'exchange.sent')
  const from = invoked?.at ?? sent[0]?.at ?? 0
  const promised = invoked && history.header.promises[invoked.name]?.withinMs
  const { attempts, leftOut } = attemptsOf(history, sent, marked)
  const ends = [settled?.at, ...attempts.map(({ until }) => until)].filter((at) => at !== undefined)
  return {
    title: invoked ? `operation ${operation} (${invoked.name})` : `operation ${operation}`,
    operation,
    asked: invoked ? askedInWords(invoked) : '',
    from,
    until: Math.max(from, ...ends),
    settledAt: settled?.at ?? null,
    settled: settledInWords(settled),
    good: settled?.kind === 'operation.ok',
    dueAt: promised === undefined ? null : from + promised,
    cancelledAt: cancelled?.at ?? null,
    attempts,
    leftOut,
  }
}

/** Nobody asked for it, or nobody waits for it any more: a poller, a queue. */
function backgroundLane(history: History, events: readonly HistoryEvent[], marked: ReadonlySet<number>): Lane {
  const ids = new Set(
    events.flatMap((event) => ('exchange' in event && event.exchange !== null ? [event.exchange] : [])),
  )
  const sent = [...ids].flatMap((exchange) => sentOf(history, exchange) ?? [])
  const { attempts, leftOut } = attemptsOf(history, sent, marked)
  const from = Math.min(...attempts.map((attempt) => attempt.from))
  return {
    title: 'in the background',
    operation: null,
    asked: 'sent by the client on its own',
    from,
    until: Math.max(from, ...attempts.map(({ until }) => until)),
    settledAt: null,
    settled: '',
    good: true,
    dueAt: null,
    cancelledAt: null,
    attempts,
    leftOut,
  }
}

function attemptsOf(history: History, sent: readonly EventOf<'exchange.sent'>[], marked: ReadonlySet<number>) {
  const leftOut = Math.max(0, sent.length - mostAttempts)
  const shown = leftOut === 0 ? sent : [...sent.slice(0, firstAttempts), ...sent.slice(firstAttempts + leftOut)]
  const end = endOf(history)
  return { attempts: shown.map((one) => attemptOf(history.ofExchange(one.exchange), one, end, marked)), leftOut }
}

type Settling = EventOf<'operation.ok'> | EventOf<'operation.error'> | EventOf<'operation.unknown'>

function isSettling(event: HistoryEvent): event is Settling {
  return event.kind === 'operation.ok' || event.kind === 'operation.error' || event.kind === 'operation.unknown'
}

function askedInWords({ load, workspace, instance, entity, repeats }: EventOf<'operation.invoked'>): string {
  const again = repeats === undefined ? '' : `, asked again because operation ${repeats} took too long`
  return `load "${load}", workspace "${workspace}", process ${instance}${entity === undefined ? '' : `, ${entity}`}${again}`
}

function settledInWords(settled: Settling | undefined): string {
  if (!settled) return 'never settled'
  if (settled.kind === 'operation.unknown') return `unknown: ${settled.reason}`
  if (settled.kind === 'operation.ok')
    return settled.ageMs === undefined
      ? settled.result
      : `${settled.result}, ${Math.round(settled.ageMs / 1_000)} s old`
  const { name, message, status } = settled.error
  return `error: ${name}${status === undefined ? '' : ` ${status}`}: ${message}`
}
