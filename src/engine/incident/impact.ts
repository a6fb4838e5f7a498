// What an incident did to those who depend on the client, counted from the history and from nothing else. `null` is what this run
// cannot tell.

import type { History } from '#history/history.ts'
import { exchanges, operations, type Operation } from '#history/query.ts'

export type Impact = {
  /** From the first fault to the end of the last one, in ms since the run's start. */
  readonly from: number | null
  readonly until: number | null
  /** Of operations asked from the first fault on that nobody walked away from. */
  readonly asked: number
  readonly failed: number
  /** What was asked for in vain. */
  readonly names: readonly string[]
  /** When the last operation was asked that failed; `null` when none did. */
  readonly lastFailedAt: number | null
  readonly stale: number
  readonly queued: number
  /** Conversations that a failed operation was about. */
  readonly conversations: number | null
  /** People whose message to support failed. */
  readonly users: number | null
  /** Minutes of the clock in which an operation was asked that ended worse than usual. */
  readonly degradedMinutes: number
  /** By which the provider finds requests that failed. */
  readonly requestIds: readonly string[]
}

const minute = 60_000

/** What somebody does who turns to support. */
const turnsToSupport: ReadonlySet<string> = new Set(['conversation.open', 'ticket.create'])

/** Asked from the first fault on, by those who waited for the end. */
export function failedOperations(history: History): readonly Operation[] {
  return keptOperations(history).filter(isFailed)
}

function keptOperations(history: History): readonly Operation[] {
  const { firstFaultAt: from } = history.header
  if (from === null) return []
  return operations(history).filter(({ invoked, cancelled }) => cancelled === null && invoked.at >= from)
}

export function impactOf(history: History): Impact {
  const { firstFaultAt: from, lastLiftAt, spanMs } = history.header
  const all = operations(history)
  const kept = keptOperations(history)
  const failed = kept.filter(isFailed)
  const aboutConversations = all.some(({ invoked }) => isAbout(invoked.entity, 'conversation'))
  const reaches = all.some(({ invoked }) => turnsToSupport.has(invoked.name))
  return {
    from,
    until: lastLiftAt !== null && lastLiftAt < spanMs ? lastLiftAt : null,
    asked: kept.length,
    failed: failed.length,
    names: [...new Set(failed.map(({ invoked }) => invoked.name))],
    lastFailedAt: failed.at(-1)?.invoked.at ?? null,
    stale: kept.filter(({ outcome }) => outcome === 'stale').length,
    queued: kept.filter(({ outcome }) => outcome === 'queued').length,
    conversations: aboutConversations ? entitiesOf(failed, 'conversation').size : null,
    users: reaches ? turnedAway(failed) : null,
    degradedMinutes: new Set(
      kept.filter((operation) => isDegraded(operation, history)).map(({ invoked }) => Math.floor(invoked.at / minute)),
    ).size,
    requestIds: requestIdsOf(history, from),
  }
}

function isFailed({ outcome }: Operation): boolean {
  return outcome === 'error' || outcome === 'unknown'
}

function isAbout(entity: string | undefined, kind: string): boolean {
  return entity?.startsWith(`${kind}:`) ?? false
}

function entitiesOf(some: readonly Operation[], kind: string): ReadonlySet<string> {
  return new Set(
    some.flatMap(({ invoked: { entity } }) => (entity !== undefined && isAbout(entity, kind) ? [entity] : [])),
  )
}

/** Each attempt of somebody who is not named is one of somebody else. */
function turnedAway(failed: readonly Operation[]): number {
  const theirs = failed.filter(({ invoked }) => turnsToSupport.has(invoked.name))
  const unnamed = theirs.filter(({ invoked }) => !isAbout(invoked.entity, 'contact'))
  return entitiesOf(theirs, 'contact').size + unnamed.length
}

/** Failed, later than promised, or by a step down that is not how this load is served on an ordinary day. */
function isDegraded(operation: Operation, { header }: History): boolean {
  const { invoked, outcome, latencyMs } = operation
  if (isFailed(operation)) return true
  const within = header.promises[invoked.name]?.withinMs
  if (within !== undefined && latencyMs !== null && latencyMs > within) return true
  if (outcome === 'fresh') return false
  const usual = header.baseline?.loads[invoked.load]?.usual
  return !((outcome === 'stale' || outcome === 'queued') && (usual?.[outcome] ?? 0) > 0)
}

function requestIdsOf(history: History, from: number | null): readonly string[] {
  if (from === null) return []
  const answered = exchanges(history).flatMap(({ sent, head }) =>
    sent.at >= from && head && head.status >= 400 && head.requestId !== undefined ? [head.requestId] : [],
  )
  const told = history
    .all('operation.error')
    .flatMap(({ at, error }) => (at >= from && error.requestId !== undefined ? [error.requestId] : []))
  return [...new Set([...answered, ...told])]
}
