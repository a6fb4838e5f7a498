// The form of every event that comes from a file. A table of cheap checks, because an outage has a hundred thousand events: what
// is here is what a reader of a history may rely on.

import type { EventKind, EventOf } from './event.ts'
import { handshakeEnds } from './facts.ts'

type Check = (value: unknown) => boolean
type Needed<T> = { [F in keyof T]-?: object extends Pick<T, F> ? never : F }[keyof T]
/** Every field that an event must have has its check; those it may have are listed as far as they are checked. */
type Forms = { readonly [K in EventKind]: Readonly<Record<Exclude<Needed<EventOf<K>>, 'seq' | 'at' | 'kind'>, Check>> }

const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value)
const text: Check = (value) => typeof value === 'string'
const truthValue: Check = (value) => typeof value === 'boolean'
const any: Check = () => true

function orNull(check: Check): Check {
  return (value) => value === null || check(value)
}

function maybe(check: Check): Check {
  return (value) => value === undefined || check(value)
}

function oneOf(...words: readonly string[]): Check {
  return (value) => typeof value === 'string' && words.includes(value)
}

function record(fields: Readonly<Record<string, Check>>): Check {
  return (value) => isMap(value) && Object.entries(fields).every(([field, check]) => check(value[field]))
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check)
}

const versions: Check = (value) => isMap(value) && Object.values(value).every(number)
const errorFields = { name: text, message: text, status: maybe(number), code: maybe(text) }
const error = record({ ...errorFields, requestId: maybe(text), causes: maybe(listOf(record(errorFields))) })
const truth = record({
  entity: text,
  matched: orNull(number),
  current: number,
  foreign: truthValue,
  invented: listOf(text),
  missing: maybe(count),
})
const rateLimit = record({ limit: number, remaining: number, resetAt: number, windowMs: maybe(number) })
const operation = orNull(count)
const decisions = ['delay', 'respond', 'rewrite', 'abort', 'hang', 'drip', 'condition', 'drop', 'repeat', 'forge']

const forms: Forms = {
  'run.started': { header: any },
  'phase.started': { phase: text },
  'fault.started': { fault: text },
  'fault.lifted': { fault: text },
  'status.changed': { component: text, status: text, incident: text },
  'limit.reached': { limit: text, operation },
  'run.ended': {
    leakedTimers: count,
    inFlight: count,
    unread: count,
    reason: oneOf('done', 'deadlock', 'livelock', 'crashed', 'limit'),
  },
  'client.crashed': {
    cause: oneOf('uncaught', 'exit', 'protocol', 'stalled', 'memory', 'killed'),
    operation,
    message: text,
  },
  'client.rejected': { operation, error },
  'client.closed': { how: oneOf('settled', 'absent', 'failed', 'overdue'), message: text },
  'action.taken': { action: text, instance: count, workspace: orNull(text), done: truthValue },
  'client.restarted': { instance: count, orderly: truthValue },
  'client.paused': { instance: count },
  'client.resumed': { instance: count },
  'client.unplugged': { instance: count },
  'client.plugged': { instance: count },
  'cache.changed': { state: oneOf('serving', 'paused', 'gone'), emptied: truthValue },
  'token.rotated': { workspace: text },
  'health.reported': {
    instance: count,
    status: oneOf('ok', 'degraded', 'down', 'unknown'),
    problem: orNull(oneOf('theirs', 'ours')),
    cause: orNull(text),
    why: text,
  },
  'webhook.sent': {
    delivery: count,
    notification: text,
    topic: text,
    workspace: text,
    instance: count,
    attempt: count,
    forged: truthValue,
    lateMs: number,
  },
  'webhook.answered': { delivery: count, status: number },
  'webhook.failed': { delivery: count, reason: oneOf('timeout', 'threw', 'down') },
  'webhook.acted': { notification: text, instance: count },
  'webhook.paused': { workspace: text, topic: text, untilMs: number },
  'property.declared': {
    property: text,
    type: oneOf('always', 'sometimes', 'reachable'),
    by: oneOf('client', 'scenario'),
  },
  'property.seen': { property: text, holds: truthValue, instance: count, operation },
  'property.counted': { property: text, held: count, broken: count },
  'operation.invoked': {
    operation: count,
    instance: count,
    workspace: text,
    name: text,
    effect: oneOf('read', 'write'),
    load: text,
  },
  'operation.cancelled': { operation: count },
  'operation.ok': {
    operation: count,
    result: oneOf('fresh', 'stale', 'queued', 'fallback', 'dropped'),
    timersLeft: count,
  },
  'operation.error': { operation: count, error, timersLeft: count },
  'operation.unknown': { operation: count, reason: oneOf('unsettled', 'crashed', 'limit') },
  'exchange.sent': {
    exchange: count,
    instance: count,
    operation,
    certain: truthValue,
    nth: count,
    method: text,
    route: text,
    host: text,
    region: text,
    product: text,
    workspace: orNull(text),
    bodyHash: text,
  },
  'exchange.arrived': { exchange: count, queued: number, answersIn: orNull(number) },
  'fault.hit': {
    exchange: orNull(count),
    fault: text,
    decision: oneOf(...decisions),
    effect: oneOf('none', 'committed'),
  },
  'effect.committed': { effect: count, exchange: orNull(count), entity: text, version: number, change: text },
  'exchange.head': { exchange: count, status: number },
  'exchange.ended': { exchange: count, contains: versions },
  'exchange.failed': { exchange: count, phase: oneOf('connect', 'headers', 'body'), code: text },
  'exchange.aborted': { exchange: count, reason: text },
  'exchange.refused': { host: text, via: text, operation },
  'handshake.failed': { host: text, how: oneOf(...handshakeEnds) },
}

/** What events may have besides, whatever their kind: nowhere does one of these words mean two things. */
const optional: Readonly<Record<string, Check>> = {
  entity: maybe(text),
  key: maybe(text),
  order: maybe(text),
  repeats: maybe(count),
  content: maybe(listOf(text)),
  fulfils: maybe(listOf(count)),
  lacks: maybe(listOf(text)),
  ageMs: maybe(number),
  truth: maybe(truth),
  redirectOf: maybe(count),
  idempotencyKey: maybe(text),
  from: maybe(text),
  retryAfter: maybe(text),
  rateLimit: maybe(rateLimit),
  requestId: maybe(text),
  details: maybe(text),
  lagMs: maybe(count),
}

const checksOf: ReadonlyMap<string, readonly (readonly [string, Check])[]> = new Map(
  Object.entries(forms).map(([kind, form]) => [
    kind,
    [...Object.entries(form as Readonly<Record<string, Check>>), ...Object.entries(optional)],
  ]),
)

export function isEventKind(kind: string): kind is EventKind {
  return checksOf.has(kind)
}

export const eventKinds: readonly string[] = [...checksOf.keys()]

/** The first field that is missing or is not what it should be; `undefined` when the event is sound. */
export function unsoundField(event: Readonly<Record<string, unknown>>, kind: EventKind): string | undefined {
  for (const [field, check] of checksOf.get(kind) ?? []) if (!check(event[field])) return field
  return undefined
}
