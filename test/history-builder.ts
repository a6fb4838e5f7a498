// Tells histories for tests. A story may be told operation by operation: events are put in order of time at the end, and in
// the order they were told where times are equal. Times are durations from the start of the run: `20s`, or milliseconds.

import { parseDuration } from '#clock/instant.ts'
import type { ErrorFacts, EventOf, Truth, Unstamped, Versions } from '#history/event.ts'
import type { NetCode } from '#history/facts.ts'
import type { Header } from '#history/header.ts'
import { createHistory, type History } from '#history/history.ts'
import { resolveThresholds } from '#oracle/panel.ts'

export type Time = number | string

/** `answers` 503, breaks with `ECONNRESET`, is given up by the client, or never ends. */
export type End = number | NetCode | 'abort' | 'never'

type Asked = Partial<Omit<EventOf<'operation.invoked'>, 'kind' | 'seq' | 'at' | 'operation'>> & { at: Time }
type Sent = Partial<Omit<EventOf<'exchange.sent'>, 'kind' | 'seq' | 'at' | 'exchange' | 'operation'>> & {
  at: Time
  took?: Time
  ends: End
  /** What the response taught the client, or what the write changed. */
  contains?: Versions
  retryAfter?: string
  requestId?: string
  /** The rate window ends then, and allows so many calls; ten unless told. */
  resetAt?: Time
  limit?: number
  /** How long its windows are, where that is known. */
  windowMs?: number
  /** Calls left in the window, where `resetAt` is told. Default: none. */
  left?: number
  /** The API did the work after so long, whatever the client saw. */
  commits?: { after?: Time; entity: string } & Partial<
    Pick<EventOf<'effect.committed'>, 'key' | 'version' | 'change' | 'fulfils' | 'lacks'>
  >
  hit?: EventOf<'fault.hit'>['decision']
  answersIn?: number | null
}
type Ok = Partial<Pick<EventOf<'operation.ok'>, 'result' | 'ageMs' | 'hollow' | 'timersLeft'>> & {
  at: Time
  truth?: Partial<Truth> & Pick<Truth, 'entity'>
}

export interface Story {
  ask(name: string, facts: Asked): number
  attempt(operation: number | null, facts: Sent): number
  ok(operation: number, facts: Ok): void
  error(operation: number, facts: { at: Time; timersLeft?: number; error?: ErrorFacts }): void
  unknown(operation: number, facts: { at: Time; reason?: EventOf<'operation.unknown'>['reason'] }): void
  cancel(operation: number, facts: { at: Time }): void
  event(at: Time, event: Unstamped): void
  /** Asked, one exchange answered 200, fresh: what happens when all is well. */
  read(facts: Asked & { took?: Time; version?: number }): number
  /** Ends the run, unless `event` did. */
  history(): History
}

function ms(time: Time): number {
  const value = typeof time === 'number' ? time : parseDuration(time)
  if (value === undefined) throw new Error(`"${time}" is no duration.`)
  return value
}

export const minute = 60_000

/** 2026-04-27 11:00Z. */
export const startMs = 1_777_287_600_000

export function createHeader(over: Partial<Header> = {}): Header {
  const profile = over.profile ?? 'default'
  const expect = over.expect ?? []
  return {
    format: 1,
    scenario: 'story',
    title: 'A story',
    client: 'subject',
    seed: '1',
    profile,
    transport: 'virtual',
    scale: 1,
    startMs,
    spanMs: 60 * minute,
    severity: 'P1',
    problems: [],
    properties: [],
    phases: [
      { name: 'baseline', at: 0 },
      { name: 'onset', at: 10 * minute },
      { name: 'recovery', at: 30 * minute },
    ],
    firstFaultAt: 10 * minute,
    lastLiftAt: 30 * minute,
    intents: [
      { name: 'contact.read', effect: 'read' },
      { name: 'conversation.reply', effect: 'write' },
    ],
    promises: {},
    declares: {},
    expect,
    arming: { faultHits: 0, unansweredForMs: 0 },
    thresholds: resolveThresholds(profile, expect),
    baseline: {
      operations: 100,
      exchanges: 100,
      exchangesPerOperation: { 'contact.read': 1, 'conversation.reply': 1 },
      peakSends: 10,
      peakInFlight: 2,
      loads: { reads: { okShare: 1, p99Ms: 200 }, control: { okShare: 1, p99Ms: 200 } },
    },
    ...over,
  }
}

export function createStory(over: Partial<Header> = {}): Story {
  const header = createHeader(over)
  const told: { at: number; event: Unstamped }[] = []
  const owners = new Map<number, { asked: EventOf<'operation.invoked'> }>()
  let operations = 0
  let exchanges = 0
  let effects = 0
  const tell = (at: number, event: Unstamped): void => void told.push({ at, event })

  const story: Story = {
    ask: (name, { at, ...facts }) => {
      const operation = operations
      operations += 1
      const effect = /read|search|list/u.test(name) ? 'read' : 'write'
      const load = effect === 'read' ? 'reads' : 'replies'
      const base = { kind: 'operation.invoked', operation, instance: 0, workspace: 'ours', name, effect, load } as const
      const event = { ...base, ...facts }
      owners.set(operation, { asked: { seq: 0, at: ms(at), ...event } })
      tell(ms(at), event)
      return operation
    },
    attempt: (operation, facts) => {
      const exchange = exchanges
      exchanges += 1
      const owner = operation === null ? undefined : owners.get(operation)?.asked
      const nth = told.filter(({ event }) => event.kind === 'exchange.sent' && event.operation === operation).length + 1
      tellSent(tell, exchange, operation, owner, nth, facts)
      tellServed(tell, exchange, facts, () => (effects += 1))
      tellEnd(tell, exchange, facts)
      return exchange
    },
    ok: (operation, { at, truth, ...facts }) => {
      const full = truth && { matched: 1, current: 1, foreign: false, invented: [], ...truth }
      const base = { kind: 'operation.ok', operation, result: 'fresh', timersLeft: 0 } as const
      tell(ms(at), { ...base, ...facts, ...(full && { truth: full }) })
    },
    error: (operation, { at, timersLeft = 0, error = { name: 'Error', message: 'failed' } }) =>
      tell(ms(at), { kind: 'operation.error', operation, error, timersLeft }),
    unknown: (operation, { at, reason = 'unsettled' }) =>
      tell(ms(at), { kind: 'operation.unknown', operation, reason }),
    cancel: (operation, { at }) => tell(ms(at), { kind: 'operation.cancelled', operation }),
    event: (at, event) => tell(ms(at), event),
    read: ({ took = 100, version = 1, ...facts }) => {
      const entity = facts.entity ?? 'contact:1'
      const operation = story.ask('contact.read', { entity, ...facts })
      story.attempt(operation, { at: ms(facts.at), took, ends: 200, contains: { [entity]: version } })
      story.ok(operation, { at: ms(facts.at) + ms(took), truth: { entity, matched: version, current: version } })
      return operation
    },
    history: () => {
      const ordered = told.toSorted((one, other) => one.at - other.at)
      const endAt = Math.max(header.spanMs, ordered.at(-1)?.at ?? 0)
      const ended = ordered.some(({ event }) => event.kind === 'run.ended')
      const last = { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'done' } as const
      const all = [
        { at: 0, event: { kind: 'run.started', header } as const },
        ...ordered,
        ...(ended ? [] : [{ at: endAt, event: last }]),
      ]
      return createHistory(all.map(({ at, event }, seq) => ({ seq, at, ...event })))
    },
  }
  return story
}

type Tell = (at: number, event: Unstamped) => void

function tellSent(
  tell: Tell,
  exchange: number,
  operation: number | null,
  owner: EventOf<'operation.invoked'> | undefined,
  nth: number,
  {
    at,
    took: _took,
    ends: _ends,
    contains: _contains,
    retryAfter: _retryAfter,
    requestId: _requestId,
    resetAt: _resetAt,
    limit: _limit,
    left: _left,
    commits: _commits,
    hit: _hit,
    answersIn: _answersIn,
    ...facts
  }: Sent,
): void {
  const read = owner?.effect !== 'write'
  tell(ms(at), {
    kind: 'exchange.sent',
    exchange,
    instance: owner?.instance ?? 0,
    operation,
    certain: true,
    nth,
    method: read ? 'GET' : 'POST',
    route: read ? '/contacts/{id}' : '/conversations/{id}/reply',
    host: 'api.au.intercom.io',
    region: 'au',
    product: 'rest',
    workspace: owner?.workspace ?? 'ours',
    ...(owner?.entity !== undefined && { entity: owner.entity }),
    ...(!read && owner?.key !== undefined && { key: owner.key }),
    bodyHash: read ? '' : `body-${owner?.key ?? ''}`,
    ...facts,
  })
}

function tellServed(tell: Tell, exchange: number, { at, commits, hit, answersIn }: Sent, effect: () => number): void {
  if (answersIn !== undefined) tell(ms(at), { kind: 'exchange.arrived', exchange, queued: 0, answersIn })
  if (hit)
    tell(ms(at), { kind: 'fault.hit', exchange, fault: 'fault', decision: hit, effect: commits ? 'committed' : 'none' })
  if (!commits) return
  const { after = 50, version = 1, change = 'changed', ...facts } = commits
  tell(ms(at) + ms(after), { kind: 'effect.committed', effect: effect(), exchange, version, change, ...facts })
}

function tellEnd(tell: Tell, exchange: number, { at, took = 100, ends, contains = {}, ...head }: Sent): void {
  const endedAt = ms(at) + ms(took)
  if (ends === 'never') return
  if (ends === 'abort') tell(endedAt, { kind: 'exchange.aborted', exchange, reason: 'TimeoutError' })
  else if (typeof ends === 'number') {
    tell(endedAt, { kind: 'exchange.head', exchange, status: ends, ...headFacts(head) })
    tell(endedAt, { kind: 'exchange.ended', exchange, contains })
  } else {
    const phase = /REFUSED|NOTFOUND|CONNECT|CERT|LEAF/u.test(ends)
      ? 'connect'
      : ends === 'UND_ERR_BODY_TIMEOUT'
        ? 'body'
        : 'headers'
    tell(endedAt, { kind: 'exchange.failed', exchange, phase, code: ends })
  }
}

type HeadFacts = Pick<Sent, 'retryAfter' | 'resetAt' | 'limit' | 'windowMs' | 'left' | 'requestId'>

function headFacts({ retryAfter, resetAt, limit = 10, windowMs, left = 0, requestId }: HeadFacts) {
  const window = windowMs === undefined ? {} : { windowMs }
  const rateLimit =
    resetAt === undefined ? undefined : { limit, remaining: left, resetAt: (startMs + ms(resetAt)) / 1_000, ...window }
  return {
    ...(retryAfter !== undefined && { retryAfter }),
    ...(rateLimit && { rateLimit }),
    ...(requestId !== undefined && { requestId }),
  }
}
