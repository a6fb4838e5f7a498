// What the documents of an incident tell, as data: counted and copied from the history, and from nothing else.

import type { History } from '#history/history.ts'
import { impactOf, type Impact } from './impact.ts'
import { seenBetween, type Seen } from './seen.ts'
import { timelineOf, type Timeline } from './timeline.ts'

export type Incident = {
  readonly impact: Impact
  readonly timeline: Timeline
  /** How requests ended while the faults were on. */
  readonly seen: readonly Seen[]
  /** Whose problem it is, and what, where the scenario says it. */
  readonly causes: readonly string[]
  /** Whether the client was ever asked how it is, and answered. */
  readonly isWatched: boolean
}

export function incidentOf(history: History): Incident {
  const { header } = history
  const impact = impactOf(history)
  const { from, until } = impact
  const causes = header.problems.map(
    ({ whose, cause }) => `${cause}, ${whose === 'theirs' ? "the provider's" : 'ours'}`,
  )
  return {
    impact,
    timeline: timelineOf(history, impact),
    seen: from === null ? [] : seenBetween(history, from, until ?? header.spanMs),
    causes: [...new Set(causes)],
    isWatched: history.all('health.reported').length > 0,
  }
}
