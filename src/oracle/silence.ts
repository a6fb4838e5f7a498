// For how long an answer asks its client to stay away: Retry-After of a 429 or 503, or, on a 429 without it, the end of the
// rate window. What makes no sense (malformed, negative, past) asks for nothing.

import { parseHttpDate } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { selector, type Exchange } from '#history/query.ts'
import { statusOf } from './classify.ts'

export type Silence = {
  /** When the answer was there, and when the silence ends. */
  readonly from: number
  readonly until: number
  /** How it was told. Dates and resets are told in whole seconds, and are read off a clock. */
  readonly by: 'seconds' | 'date' | 'reset'
}

/** What of an exchange says so. */
type Answer = Pick<Exchange, 'head' | 'completedAt' | 'outcome'>

const secondMs = 1_000

/** Only whole answers: one that broke off may not have been understood. A present Retry-After is the server's last word,
 * also when it is nonsense. */
export function silenceAskedBy(history: History, exchange: Answer): Silence | undefined {
  const { head, completedAt } = exchange
  const status = statusOf(exchange)
  if (!head || completedAt === null || (status !== 429 && status !== 503)) return undefined
  const { startMs } = history.header
  const text = head.retryAfter?.trim()
  if (text === undefined) {
    if (status !== 429 || !head.rateLimit) return undefined
    return silence(completedAt, head.rateLimit.resetAt * secondMs - startMs, 'reset')
  }
  if (/^\d+(?:\.\d+)?$/u.test(text)) return silence(completedAt, head.at + Number(text) * secondMs, 'seconds')
  const date = parseHttpDate(text)
  return date === undefined ? undefined : silence(completedAt, date - startMs, 'date')
}

function silence(from: number, until: number, by: Silence['by']): Silence | undefined {
  return Number.isFinite(until) && until > from ? { from, until, by } : undefined
}

/** While something was done to the process of the client itself (its clock was set, say), what it reads off its own clock
 * proves nothing. */
export function isClockSure(history: History, at: number): boolean {
  return !disturbances(history).some(({ from, until }) => at >= from && at < until)
}

const disturbances = selector((history) => {
  const own = history.all('fault.hit').filter(({ exchange, decision }) => exchange === null && decision === 'condition')
  const names = new Set(own.map(({ fault }) => fault))
  const found: { readonly fault: string; readonly from: number; until: number }[] = []
  for (const event of history) {
    if (event.kind !== 'fault.started' && event.kind !== 'fault.lifted') continue
    if (!names.has(event.fault)) continue
    if (event.kind === 'fault.started') found.push({ fault: event.fault, from: event.at, until: Infinity })
    else for (const each of found) if (each.fault === event.fault) each.until = Math.min(each.until, event.at)
  }
  return found
})
