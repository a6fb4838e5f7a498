// One call out of both quotas of a workspace, its app's and the one that all apps share, as the levers have them.

import type { Lever, Levers } from '../service.ts'
import { quotaOf } from './rate-limiter.ts'
import type { Count, Quota } from './rate-limiter.ts'
import type { Headers } from './error-bodies.ts'
import type { Workspace } from './workspace.ts'

const appCallsPerMinute = 10_000
const workspaceCallsPerMinute = 25_000

export type Spent = {
  /** The limit that was exceeded; `null` when the call is within both. */
  readonly exceeded: number | null
  readonly headers: Headers
  /** Levers without which the call would have been allowed. */
  readonly bentBy: readonly Lever[]
}

type Counts = { readonly app: Count; readonly shared: Count }
type Limits = Pick<Levers, 'otherAppsPerMinute' | 'appPerMinute' | 'workspacePerMinute'>

/** The headers tell the app's quota, or the workspace's once that alone is used up. */
export function spend(workspace: Workspace, epochMs: number, levers: Limits): Spent {
  const counts = { app: workspace.appLimiter.take(epochMs), shared: workspace.workspaceLimiter.take(epochMs) }
  const told = judge(counts, levers)
  return {
    exceeded: told.allowed ? null : told.limit,
    headers: [
      ['x-ratelimit-limit', String(told.limit)],
      ['x-ratelimit-remaining', String(told.remaining)],
      ['x-ratelimit-reset', String(told.resetAt)],
    ],
    bentBy: told.allowed ? [] : culprits(counts, levers),
  }
}

function judge(counts: Counts, levers: Limits): Quota {
  const app = quotaOf(counts.app, levers.appPerMinute ?? appCallsPerMinute)
  const shared = quotaOf(counts.shared, levers.workspacePerMinute ?? workspaceCallsPerMinute, levers.otherAppsPerMinute)
  return app.allowed && !shared.allowed ? shared : app
}

/** Of two levers that each would have been enough, both are to blame. */
function culprits(counts: Counts, levers: Limits): readonly Lever[] {
  const usual: Limits = { otherAppsPerMinute: 0, appPerMinute: null, workspacePerMinute: null }
  if (!judge(counts, usual).allowed) return []
  const { otherAppsPerMinute, appPerMinute, workspacePerMinute } = levers
  const alone: readonly (readonly [Lever, Limits, Limits])[] = [
    ['other-apps', { ...usual, otherAppsPerMinute }, { ...levers, otherAppsPerMinute: 0 }],
    ['rate-limit', { ...usual, appPerMinute, workspacePerMinute }, { ...usual, otherAppsPerMinute }],
  ]
  return alone
    .filter(([, only, without]) => !judge(counts, only).allowed || judge(counts, without).allowed)
    .map(([lever]) => lever)
}
