// Serves a call in a workspace whose data lags: reads come from a replica that is behind, searches from an index that is,
// and attachments show up late. Writes see and change the present.

import { isDeepStrictEqual } from 'node:util'
import type { Lever, Levers } from '../service.ts'
import type { Answer, Refusal } from './answer.ts'
import type { Call, Route } from './call.ts'

export type Served = { readonly said: Answer | Refusal; readonly bentBy: readonly Lever[] }

const unbent: readonly Lever[] = []

export function serve(route: Route, call: Call, epochMs: number, levers: Levers): Served {
  const { moment } = call.workspace
  const lagMs = lagOf(route, levers)
  const asOf = lagMs > 0 ? epochMs - lagMs : Infinity
  const attachmentsUntil = levers.attachmentLagMs > 0 ? epochMs - levers.attachmentLagMs : Infinity
  const view = { now: epochMs, asOf, attachmentsUntil }
  const { value: said, passed } = moment.during(view, () => route.serve(call))
  if (!passed.versions && !passed.attachments) return { said, bentBy: unbent }
  const bentBy: Lever[] = []
  if (passed.versions) {
    const present = () => moment.during({ ...view, asOf: Infinity }, () => route.serve(call)).value
    if (!isRepeatable(route) || !isSame(said, present())) bentBy.push(...laggingOf(route, levers))
  }
  if (passed.attachments) bentBy.push('attachment-lag')
  return { said, bentBy }
}

/** What a search finds is shown as the index has it, so the longer of the two delays counts. */
function lagOf(route: Route, { replicaLagMs, indexLagMs }: Levers): number {
  if (isSearch(route)) return Math.max(replicaLagMs, indexLagMs)
  return isRead(route) ? replicaLagMs : 0
}

function laggingOf(route: Route, { replicaLagMs, indexLagMs }: Levers): readonly Lever[] {
  if (!isSearch(route) || indexLagMs < replicaLagMs) return ['replica-lag']
  return indexLagMs > replicaLagMs ? ['index-lag'] : ['index-lag', 'replica-lag']
}

function isSearch({ template }: Route): boolean {
  return template.endsWith('/search')
}

function isRead(route: Route): boolean {
  return route.method === 'GET' || route.template.endsWith('/list') || isSearch(route)
}

/** Every page of a scroll moves it on. */
function isRepeatable({ template }: Route): boolean {
  return !template.endsWith('/scroll')
}

function isSame(one: Answer | Refusal, other: Answer | Refusal): boolean {
  if (one.kind === 'answer') return other.kind === 'answer' && one.text === other.text
  return other.kind === 'refusal' && one.status === other.status && isDeepStrictEqual(one.errors, other.errors)
}
