// A fault of a scenario in plain words: when, where, how much of it, and what goes wrong.

import { formatTime } from '#clock/instant.ts'
import { describe } from './shape.ts'
import type { FaultSpec, Scope } from './spec.ts'
import { formatShare } from './units.ts'

/** `startMs` is the epoch time of the run's start: the window is told in times of the day. */
export function explainFault(spec: FaultSpec, startMs: number): string {
  const window = `from ${formatTime(startMs + spec.from)} to ${formatTime(startMs + spec.until)}`
  const head = [`${spec.name}: ${spec.kind.kind} on ${target(spec)}, ${window}`, describe(spec.shape)]
  const sentences = [`${head.filter((part) => part !== '').join(', ')}.`, spec.kind.explain(spec.params)]
  if (spec.effect === 'committed') sentences.push('The server did the work before it went wrong.')
  return sentences.join(' ')
}

function target({ kind, where, share, nth }: FaultSpec): string {
  const some = share < 1 ? `${formatShare(share)} of ` : ''
  if (kind.acts === 'imposes') return `${some}${fleets(where)}`
  const exchanges = nth === undefined ? 'exchanges' : `exchanges that are number ${nth} of their operation`
  return `${some === '' ? 'all ' : some}${exchanges}${restriction(where)}`
}

function fleets({ fleet, region, product }: Scope): string {
  if (fleet !== undefined) return `the fleet ${fleet}`
  if (region !== undefined && product !== undefined) return `the fleet ${region}-${product}`
  if (region !== undefined) return `the fleets of region ${region}`
  return product === undefined ? 'all fleets' : `the fleets of product ${product}`
}

function restriction(where: Scope): string {
  const { method, route, ...names } = where
  const request = [method?.toUpperCase(), route].filter((part) => part !== undefined).join(' ')
  const parts = Object.entries(names).map(([key, value]) => `${key} ${value}`)
  return (request === '' ? '' : ` for ${request}`) + (parts.length === 0 ? '' : ` of ${parts.join(', ')}`)
}
