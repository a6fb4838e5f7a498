// Sums up what all faults do to one workspace at one moment.

import type { Imposed } from '#fault/plan.ts'
import { noLevers, type Levers } from '#server/service.ts'

/** The longest delay and the tightest limit count; the calls of other apps add up. */
export function sumLevers(imposed: readonly Imposed[]): Levers {
  if (imposed.length === 0) return noLevers
  let { replicaLagMs, indexLagMs, attachmentLagMs, otherAppsPerMinute, appPerMinute, workspacePerMinute } = noLevers
  for (const { condition } of imposed)
    switch (condition.kind) {
      case 'replica-lag':
        replicaLagMs = Math.max(replicaLagMs, condition.ms)
        break
      case 'index-lag':
        indexLagMs = Math.max(indexLagMs, condition.ms)
        break
      case 'attachment-lag':
        attachmentLagMs = Math.max(attachmentLagMs, condition.ms)
        break
      case 'other-apps':
        otherAppsPerMinute += condition.perMinute
        break
      case 'rate-limit':
        appPerMinute = tighter(appPerMinute, condition.appPerMinute)
        workspacePerMinute = tighter(workspacePerMinute, condition.workspacePerMinute)
        break
    }
  return { replicaLagMs, indexLagMs, attachmentLagMs, otherAppsPerMinute, appPerMinute, workspacePerMinute }
}

function tighter(limit: number | null, other: number | undefined): number | null {
  if (other === undefined) return limit
  return limit === null ? other : Math.min(limit, other)
}
