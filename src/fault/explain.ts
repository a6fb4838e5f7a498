// A fault of a scenario in plain words: when, where, how much of it, and what goes wrong.

import { formatInstant, formatTime } from '#clock/instant.ts'
import type { LimitHeaders } from '#history/limit-headers.ts'
import { possibleEffects } from './problem.ts'
import { describe } from './shape.ts'
import type { FaultSpec, Scope } from './spec.ts'
import { formatShare } from './units.ts'

/** `startMs` is the epoch time of the run's start: the window is told in times of the day. `told`: where the APIs that it is about tell
 * limits. */
export function explainFault(spec: FaultSpec, startMs: number, told?: readonly LimitHeaders[]): string {
  const [from, until] = [startMs + spec.from, startMs + spec.until]
  const window = `from ${formatTime(from)} to ${dayOf(from) === dayOf(until) ? '' : `${dayOf(until)} `}${formatTime(until)}`
  const head = [`${spec.name}: ${spec.kind.kind} on ${target(spec)}, ${window}`, describe(spec.shape)]
  const sentences = [`${head.filter((part) => part !== '').join(', ')}.`, spec.kind.explain(spec.params, told)]
  if (spec.effect === 'committed' && possibleEffects(spec.kind, spec.params).length > 1)
    sentences.push('The server did the work before it went wrong.')
  return sentences.join(' ')
}

function dayOf(epochMs: number): string {
  return formatInstant(epochMs).slice(0, 10)
}

function target({ kind, where, share, nth }: FaultSpec): string {
  const some = share < 1 ? `${formatShare(share)} of ` : ''
  if (kind.acts === 'imposes' && kind.on === 'client') return "the client's process"
  if (kind.acts === 'imposes' && kind.on === 'cache') return "the client's cache"
  if (kind.acts === 'imposes' && kind.on === 'workspace') return `${some}${workspaces(where)}`
  if (kind.acts === 'imposes') return `${some}${fleets(where)}`
  if (kind.acts === 'disturbs') {
    const webhooks = nth === undefined ? 'webhooks' : `webhooks that are number ${nth} of their workspace`
    return `${some === '' ? 'all ' : some}${webhooks}${restriction(where)}`
  }
  const exchanges = nth === undefined ? 'exchanges' : `exchanges that are number ${nth} of their operation`
  return `${some === '' ? 'all ' : some}${exchanges}${restriction(where)}`
}

function fleets({ fleet, region, product }: Scope): string {
  if (fleet !== undefined) return `the fleet ${fleet}`
  if (region !== undefined && product !== undefined) return `the fleet ${region}-${product}`
  if (region !== undefined) return `the fleets of region ${region}`
  return product === undefined ? 'all fleets' : `the fleets of product ${product}`
}

function workspaces({ workspace, region, shard }: Scope): string {
  if (workspace !== undefined) return `the workspace ${workspace}`
  const parts = [shard === undefined ? [] : `shard ${shard}`, region === undefined ? [] : `region ${region}`].flat()
  return parts.length === 0 ? 'all workspaces' : `the workspaces of ${parts.join(', ')}`
}

function restriction(where: Scope): string {
  const { method, route, ...names } = where
  const request = [method?.toUpperCase(), route].filter((part) => part !== undefined).join(' ')
  const parts = Object.entries(names).map(([key, value]) => `${key} ${value}`)
  return (request === '' ? '' : ` for ${request}`) + (parts.length === 0 ? '' : ` of ${parts.join(', ')}`)
}
