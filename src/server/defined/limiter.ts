// How much a workspace may ask of a defined service: requests per window, the windows on the wall clock. Faults may set another limit,
// and let others use up a part of it.

import type { Lever, Levers } from '../service.ts'
import type { Holding } from './holding.ts'
import type { Limits, Model } from './model.ts'
import type { Headers } from './replies.ts'

export type Spent = { readonly allowed: boolean; readonly headers: Headers; readonly bentBy: readonly Lever[] }

type Bent = Pick<Levers, 'otherAppsPerMinute' | 'appPerMinute' | 'workspacePerMinute'>

const usual: Bent = { otherAppsPerMinute: 0, appPerMinute: null, workspacePerMinute: null }
const minuteMs = 60_000
/** Of a service without limits, when a fault gives it some. */
const unlimited: Limits = { requests: Infinity, perMs: minuteMs, headers: {}, reset: 'epoch', retryAfter: true }

export function spend({ limits }: Model, holding: Holding, epochMs: number, levers: Bent): Spent {
  const own = limits ?? unlimited
  const number = Math.floor(epochMs / own.perMs)
  if (number > holding.window.number) holding.window = { number, used: 0 }
  holding.window.used += 1
  const { used } = holding.window
  const elapsedMs = epochMs - number * own.perMs
  const left = leftOf(own, used, elapsedMs, levers)
  const allowed = left >= 0
  const resetMs = (number + 1) * own.perMs
  const seconds = Math.max(1, Math.ceil((resetMs - epochMs) / 1_000))
  const headers = headersOf(own, limitOf(own, levers), Math.max(0, left), resetMs, seconds)
  if (allowed) return { allowed, headers, bentBy: [] }
  const wait = own.retryAfter ? [['retry-after', String(seconds)] as const] : []
  return { allowed, headers: [...headers, ...wait], bentBy: culprits(own, used, elapsedMs, levers) }
}

function limitOf({ requests, perMs }: Limits, { appPerMinute, workspacePerMinute }: Bent): number {
  const perWindow = (perMinute: number): number => Math.ceil((perMinute * perMs) / minuteMs)
  const given = [appPerMinute, workspacePerMinute].filter((limit) => limit !== null)
  return given.length === 0 ? requests : Math.min(...given.map(perWindow))
}

function leftOf(own: Limits, used: number, elapsedMs: number, levers: Bent): number {
  return limitOf(own, levers) - used - Math.floor((levers.otherAppsPerMinute * elapsedMs) / minuteMs)
}

/** Levers without which it would have been allowed; of two that each were enough, both. */
function culprits(own: Limits, used: number, elapsedMs: number, levers: Bent): readonly Lever[] {
  const isRefused = (some: Bent): boolean => leftOf(own, used, elapsedMs, some) < 0
  if (isRefused(usual)) return []
  const { otherAppsPerMinute, appPerMinute, workspacePerMinute } = levers
  const others: Bent = { ...usual, otherAppsPerMinute }
  const limit: Bent = { ...usual, appPerMinute, workspacePerMinute }
  const found: Lever[] = []
  if (isRefused(others) || !isRefused(limit)) found.push('other-apps')
  if (isRefused(limit) || !isRefused(others)) found.push('rate-limit')
  return found
}

function headersOf({ headers, reset }: Limits, limit: number, left: number, resetMs: number, seconds: number): Headers {
  if (limit === Infinity) return []
  const told = [
    [headers.limit, limit],
    [headers.remaining, left],
    [headers.reset, reset === 'epoch' ? Math.ceil(resetMs / 1_000) : seconds],
  ] as const
  return told.flatMap(([name, value]) => (name === undefined ? [] : [[name.toLowerCase(), String(value)] as const]))
}
