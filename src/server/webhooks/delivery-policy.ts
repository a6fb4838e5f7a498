// How the platform delivers webhooks: how long it waits, when it tries again, when it pauses, slows down or gives up. A pure
// state machine over virtual time; whoever sends asks `readyAt` before and tells `onResult` after each delivery.

import type { Topic } from './notice.ts'

/** Pausing and throttling are as the vendor documents them (webhooks, "Notifications"); the limit for an answer comes from
 * a third party's catalogue of the vendor's pages; one retry after a minute and 410 are widely reported, not documented. */
export const deliveryParameters = {
  /** An endpoint that has not answered by then has failed. */
  timeoutMs: 5_000,
  /** How often a failed notification is tried again, and how long after it failed. */
  retries: 1,
  retryAfterMs: 60_000,
  /** More failures in a row than this, within `failuresWithinMs`, pause the topic. */
  failuresInRow: 1_000,
  failuresWithinMs: 15 * 60_000,
  pauseMs: 15 * 60_000,
  /** After a 429 the topic waits; each further 429 doubles the wait up to the longest. */
  throttleMs: 60_000,
  longestThrottleMs: 2 * 3_600_000,
} as const

export type DeliveryParameters = { readonly [P in keyof typeof deliveryParameters]: number }

/** `attempt` is 1 for the first try of a notification; `status` is `null` when nothing came in time, or nobody was there. */
export type DeliveryResult = { readonly attempt: number; readonly status: number | null }

/** What the result leads to. Without a field: nothing of the kind. */
type DeliveryOutcome = {
  /** The same notification is tried again then. */
  readonly retryAt?: number
  /** Too many failures in a row: nothing of the topic is delivered before, and what happens meanwhile is never told. */
  readonly pausedUntil?: number
  /** The endpoint asked for less: notifications of the topic wait until then. */
  readonly throttledUntil?: number
  /** The endpoint is gone (410): nothing of the topic is ever delivered again. */
  readonly unsubscribed?: true
}

export interface DeliveryPolicy {
  readonly parameters: DeliveryParameters
  /** When a notification that is due at `at` may go: `at` itself, later while the topic is throttled, `null` (never) while it
   * is paused or after it was unsubscribed. */
  readyAt(topic: Topic, at: number): number | null
  mayDeliver(topic: Topic, at: number): boolean
  /** Times must not decrease from call to call of one topic. */
  onResult(topic: Topic, at: number, result: DeliveryResult): DeliveryOutcome
}

type Standing = {
  failures: number
  /** When the first of the failures in a row was. */
  failingSince: number
  pausedUntil: number
  throttledUntil: number
  throttleMs: number
  unsubscribed: boolean
}

/** One policy per workspace: each of its topics stands on its own. */
export function createDeliveryPolicy(parameters: DeliveryParameters = deliveryParameters): DeliveryPolicy {
  const standings = new Map<Topic, Standing>()
  const standingOf = (topic: Topic): Standing => {
    const known = standings.get(topic)
    if (known) return known
    const fresh = {
      failures: 0,
      failingSince: 0,
      pausedUntil: 0,
      throttledUntil: 0,
      throttleMs: 0,
      unsubscribed: false,
    }
    standings.set(topic, fresh)
    return fresh
  }
  const readyAt = (topic: Topic, at: number): number | null => {
    const { unsubscribed, pausedUntil, throttledUntil } = standingOf(topic)
    return unsubscribed || at < pausedUntil ? null : Math.max(at, throttledUntil)
  }
  return {
    parameters,
    readyAt,
    mayDeliver: (topic, at) => readyAt(topic, at) === at,
    onResult: (topic, at, result) => settle(standingOf(topic), at, result, parameters),
  }
}

function settle(
  standing: Standing,
  at: number,
  result: DeliveryResult,
  parameters: DeliveryParameters,
): DeliveryOutcome {
  const { status } = result
  if (standing.unsubscribed) return {}
  if (status !== null && status >= 200 && status < 300) {
    standing.failures = 0
    standing.throttleMs = 0
    return {}
  }
  if (status === 410) {
    standing.unsubscribed = true
    return { unsubscribed: true }
  }
  const paused = countFailure(standing, at, parameters)
  const throttled = status === 429 ? throttle(standing, at, parameters) : {}
  return { ...retry(standing, at, result, parameters), ...paused, ...throttled }
}

/** A row that takes too long to grow starts anew with its latest failure. */
function countFailure(standing: Standing, at: number, parameters: DeliveryParameters): DeliveryOutcome {
  if (standing.failures === 0 || at - standing.failingSince > parameters.failuresWithinMs) {
    standing.failures = 0
    standing.failingSince = at
  }
  standing.failures += 1
  if (standing.failures <= parameters.failuresInRow) return {}
  standing.failures = 0
  standing.pausedUntil = at + parameters.pauseMs
  return { pausedUntil: standing.pausedUntil }
}

function throttle(standing: Standing, at: number, parameters: DeliveryParameters): DeliveryOutcome {
  // Answers to what was already on its way are one wish, not several.
  if (at < standing.throttledUntil) return { throttledUntil: standing.throttledUntil }
  const { throttleMs, longestThrottleMs } = parameters
  standing.throttleMs = standing.throttleMs === 0 ? throttleMs : Math.min(standing.throttleMs * 2, longestThrottleMs)
  standing.throttledUntil = at + standing.throttleMs
  return { throttledUntil: standing.throttledUntil }
}

function retry(
  standing: Standing,
  at: number,
  { attempt }: DeliveryResult,
  { retries, retryAfterMs }: DeliveryParameters,
): DeliveryOutcome {
  return attempt > retries ? {} : { retryAt: Math.max(at + retryAfterMs, standing.throttledUntil) }
}
