// What was on from when to when: phases, faults, what the status page said, when a declared breaker must have been open; and
// what happened to the process of the client.

import type { EventKind, EventOf, HistoryEvent } from '#history/event.ts'
import type { History } from '#history/history.ts'
import { endOf } from '#history/query.ts'
import { openings } from '#oracle/breaker-view.ts'

export type Band = {
  readonly row: 'phase' | 'fault' | 'status page' | 'breaker'
  /** Which of several of its row: the fault, the component, what the breaker covers. */
  readonly name: string
  readonly says: string
  readonly from: number
  readonly until: number
}

/** Something that happened at one moment. */
export type Moment = { readonly at: number; readonly seq: number; readonly says: string }

/** What had to be left out so that a page stays small, in each list. */
export type Bounded<T> = { readonly shown: readonly T[]; readonly leftOut: number }

const mostBands = 600
const mostMoments = 300

export function bandsOf(history: History): Bounded<Band> {
  const end = Math.max(history.header.spanMs, endOf(history))
  return bounded(
    [...phases(history, end), ...faults(history, end), ...statuses(history, end), ...breaker(history, end)],
    mostBands,
  )
}

export function bounded<T>(all: readonly T[], most: number): Bounded<T> {
  return { shown: all.slice(0, most), leftOut: Math.max(0, all.length - most) }
}

function phases({ header }: History, end: number): Band[] {
  return header.phases.map(({ name, at }, index) => ({
    row: 'phase',
    name,
    says: name,
    from: at,
    until: header.phases[index + 1]?.at ?? end,
  }))
}

function faults(history: History, end: number): Band[] {
  const found: Band[] = []
  const since = new Map<string, number>()
  const close = (fault: string, until: number): void => {
    const from = since.get(fault)
    if (from !== undefined) found.push({ row: 'fault', name: fault, says: fault, from, until })
    since.delete(fault)
  }
  for (const event of inOrder(history, ['fault.started', 'fault.lifted'])) {
    if (event.kind === 'fault.started') {
      if (!since.has(event.fault)) since.set(event.fault, event.at)
    } else if (event.kind === 'fault.lifted') close(event.fault, event.at)
  }
  for (const fault of since.keys()) close(fault, end)
  return found.toSorted((one, other) => one.from - other.from)
}

/** A component that is well needs no band. */
function statuses(history: History, end: number): Band[] {
  const found: Band[] = []
  const last = new Map<string, { readonly at: number; readonly status: string; readonly incident: string }>()
  const close = (name: string, until: number): void => {
    const known = last.get(name)
    if (known && known.status !== 'operational')
      found.push({ row: 'status page', name, says: `${known.status} (${known.incident})`, from: known.at, until })
  }
  for (const { component, status, incident, at } of history.all('status.changed')) {
    close(component, at)
    last.set(component, { at, status, incident })
  }
  for (const name of last.keys()) close(name, end)
  return found
}

/** As its declaration says: from the failure that trips it until it is heard of again. */
function breaker(history: History, end: number): Band[] {
  return openings(history).map(({ scope, trippedAt, endedAt, after, held, further }) => ({
    row: 'breaker',
    name: scope,
    says: `open ${after === 'probe' ? 'again after a failed probe' : 'after failures'}: ${held.length} operations answered without asking, ${further.length} sent nevertheless`,
    from: trippedAt,
    until: endedAt ?? end,
  }))
}

const happenings = [
  'client.crashed',
  'client.restarted',
  'client.paused',
  'client.resumed',
  'client.unplugged',
  'client.plugged',
  'client.rejected',
  'token.rotated',
  'cache.changed',
  'action.taken',
  'limit.reached',
  'webhook.paused',
] as const satisfies readonly EventKind[]

/** What was done to the process of the client, and what became of it. */
export function momentsOf(history: History): Bounded<Moment> {
  const all = inOrder(history, happenings).flatMap((event) => {
    const says = wordsOf(event)
    return says === undefined ? [] : [{ at: event.at, seq: event.seq, says }]
  })
  return bounded(all, mostMoments)
}

function inOrder(history: History, kinds: readonly EventKind[]): readonly HistoryEvent[] {
  return kinds
    .flatMap((kind): readonly HistoryEvent[] => history.all(kind))
    .toSorted((one, other) => one.seq - other.seq)
}

/** An event that belongs to no operation, in a few words. */
export function wordsOf(event: HistoryEvent): string | undefined {
  switch (event.kind) {
    case 'client.crashed':
      return `the client died (${event.cause}): ${event.message}`
    case 'client.restarted':
      return `process ${event.instance} was ${event.orderly ? 'restarted' : 'killed and started again'}`
    case 'client.paused':
      return `process ${event.instance} was frozen`
    case 'client.resumed':
      return `process ${event.instance} goes on`
    case 'client.unplugged':
      return `process ${event.instance} has no network`
    case 'client.plugged':
      return `process ${event.instance} has its network again`
    case 'client.rejected':
      return `a rejection that nobody handled: ${event.error.name}: ${event.error.message}`
    case 'token.rotated':
      return `the token of "${event.workspace}" was rotated`
    case 'cache.changed':
      return cacheWords(event)
    case 'action.taken':
      return `${event.action} on process ${event.instance}${event.done ? '' : ', which threw'}`
    case 'limit.reached':
      return `a limit of the harness was reached: ${event.limit}`
    case 'webhook.paused':
      return `deliveries of ${event.topic} to "${event.workspace}" were paused`
    case 'webhook.sent':
      return `${event.forged ? 'a forged notification' : 'a notification'} of ${event.topic} was delivered (${event.notification}, try ${event.attempt})`
    case 'webhook.answered':
      return `delivery ${event.delivery} was answered ${event.status}`
    case 'webhook.failed':
      return `delivery ${event.delivery} failed: ${event.reason}`
    case 'webhook.acted':
      return `the client acted on ${event.notification}`
    case 'health.reported':
      return `health said ${event.status}${event.cause === null ? '' : `, cause ${event.cause}`}: ${event.why}`
    case 'property.seen':
      return `"${event.property}" ${event.holds ? 'held' : 'did not hold'}`
    case 'effect.committed':
      return `${event.entity} was changed: ${event.change}`
    case 'status.changed':
      return `the status page called ${event.component} ${event.status}`
    case 'phase.started':
      return `phase ${event.phase}`
    case 'fault.started':
      return `fault ${event.fault} began`
    case 'fault.lifted':
      return `fault ${event.fault} ended`
    case 'exchange.refused':
      return `a request to ${event.host} was refused: it is not simulated`
    case 'handshake.failed':
      return `a connection to ${event.host} ended before anything was asked: ${event.how}`
    case 'run.ended':
      return `the run ended: ${event.leakedTimers} timers, ${event.inFlight} requests and ${event.unread} unread answers were left`
    default:
      return undefined
  }
}

function cacheWords({ state, emptied }: EventOf<'cache.changed'>): string {
  if (state === 'gone') return "the client's cache was killed"
  if (state === 'paused') return "the client's cache stopped answering"
  return emptied ? "the client's cache serves, and is empty" : "the client's cache answers again"
}
