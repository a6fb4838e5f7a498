// What the page shows after its first so many changes: a pure function of them.

import { componentStatus, impacts } from './status-change.ts'
import type { Impact, StatusPageChange } from './status-change.ts'

export type Incident = {
  readonly name: string
  readonly title: string
  readonly component: string
  readonly impact: Impact
  readonly openedAt: number
  readonly resolvedAt: number | null
  /** What the resolving update says. */
  readonly resolution: string
}

/** Newest first. */
export function incidentsAfter(changes: readonly StatusPageChange[]): readonly Incident[] {
  const incidents = new Map<string, Incident>()
  for (const change of changes) {
    const known = incidents.get(change.incident)
    if (change.kind === 'open') {
      const { incident: name, title, component, impact, at: openedAt } = change
      incidents.set(name, { name, title, component, impact, openedAt, resolvedAt: null, resolution: '' })
    } else if (known) {
      const resolution = change.title ?? 'This incident has been resolved.'
      incidents.set(change.incident, { ...known, resolvedAt: change.at, resolution })
    }
  }
  return [...incidents.values()].toSorted((a, b) => b.openedAt - a.openedAt)
}

export function worstImpact(incidents: readonly Incident[]): Impact | null {
  return incidents.reduce<Impact | null>(
    (worst, { impact }) => (worst === null || impacts.indexOf(impact) > impacts.indexOf(worst) ? impact : worst),
    null,
  )
}

/** The status of a component, given the incidents that are not resolved. */
export function statusOf(component: string, unresolved: readonly Incident[]): string {
  const impact = worstImpact(unresolved.filter((incident) => incident.component === component))
  return impact === null ? 'operational' : componentStatus[impact]
}
