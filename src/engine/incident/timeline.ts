// What happened when, for a timeline: phases, the status page, operators, health, the first and the last failure.

import type { EventOf } from '#history/event.ts'
import type { History } from '#history/history.ts'
import type { Operation } from '#history/query.ts'
import { failedOperations, type Impact } from './impact.ts'

/** `says` may hold foreign text. */
export type Moment = {
  readonly at: number
  readonly label: string
  readonly says: string
  /** What of it the history does not know. */
  readonly blank?: string
}

export type Timeline = {
  readonly moments: readonly Moment[]
  /** The labels of the template that nothing in the history can fill, with the reason. */
  readonly blanks: readonly { readonly label: string; readonly why: string }[]
}

export function timelineOf(history: History, { from, until }: Impact): Timeline {
  const failed = failedOperations(history)
  const alert = alertOf(history, from)
  const triage = triageOf(history, from)
  const actions = actionsOf(history)
  const end = { label: 'Resolution', says: `${lastFault(history)} ended`, blank: 'what fixed it' }
  const resolution = until === null ? [] : [{ at: until, ...end }]
  const moments = [
    ...history.header.phases.filter(({ at }) => at > 0).map(({ name, at }) => ({ at, label: 'Phase', says: name })),
    ...history.all('status.changed').map(pageMoment),
    ...failureMoments(failed),
    ...alert,
    ...triage,
    ...crashesOf(history),
    ...actions,
    ...resolution,
  ]
  const missing = (label: string, found: readonly Moment[], why: string) => (found.length > 0 ? [] : [{ label, why }])
  return {
    moments: moments.toSorted((one, other) => one.at - other.at),
    blanks: [
      ...missing('First alert', alert, 'no health check of the client told of it in this run'),
      ...missing('Triage started', triage, 'nothing in this run tells who looked, and what they found'),
      ...missing('Mitigation', actions, 'no operator did anything in this run'),
      ...missing('Resolution', resolution, 'the faults had not ended when the run did'),
    ],
  }
}

function pageMoment({ at, component, status }: EventOf<'status.changed'>): Moment {
  return { at, label: 'Status page', says: `${component}: ${status}` }
}

function failureMoments(failed: readonly Operation[]): readonly Moment[] {
  const [first, last] = [failed[0], failed.at(-1)]
  if (!first || !last) return []
  const { settled } = first
  const how = settled?.kind === 'operation.error' ? `: ${settled.error.name}: ${settled.error.message}` : ''
  return [
    { at: first.invoked.at, label: 'First operation that failed', says: `${first.invoked.name}${how}` },
    { at: last.invoked.at, label: 'Last operation that failed', says: last.invoked.name },
  ]
}

function alertOf(history: History, from: number | null): readonly Moment[] {
  const first = history
    .all('health.reported')
    .find(({ at, status }) => from !== null && at >= from && (status === 'degraded' || status === 'down'))
  return first
    ? [{ at: first.at, label: 'First alert', says: `the health check said ${first.status}: ${first.why}` }]
    : []
}

function triageOf(history: History, from: number | null): readonly Moment[] {
  const first = history
    .all('health.reported')
    .find(({ at, problem, cause }) => from !== null && at >= from && problem !== null && cause !== null)
  if (!first) return []
  const whose = first.problem === 'theirs' ? "the provider's" : 'ours'
  return [{ at: first.at, label: 'Triage', says: `the health check found a problem of ${whose}: ${first.cause}` }]
}

function actionsOf(history: History): readonly Moment[] {
  const label = 'Mitigation'
  return [
    ...history
      .all('action.taken')
      // When a run is over the clients are asked to let go of what they hold; nobody did that in the incident.
      .filter(({ at, action }) => action !== 'drain' || at < history.header.spanMs)
      .map(({ at, action, done }) => ({ at, label, says: `${action}${done ? '' : ', which failed'}` })),
    ...history.all('token.rotated').map(({ at, workspace }) => ({ at, label, says: `new token for ${workspace}` })),
    ...history
      .all('client.restarted')
      .filter(({ orderly }) => orderly)
      .map(({ at, instance }) => ({ at, label, says: `restart of process ${instance}` })),
  ]
}

function crashesOf(history: History): readonly Moment[] {
  return history
    .all('client.restarted')
    .filter(({ orderly }) => !orderly)
    .map(({ at, instance }) => ({ at, label: 'Client', says: `process ${instance} was killed and started again` }))
}

function lastFault(history: History): string {
  let name: string | undefined
  for (const event of history) if (event.kind === 'fault.lifted') name = event.fault
  return name === undefined ? 'the last fault' : `the last fault (${name})`
}
