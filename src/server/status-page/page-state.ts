// What the page shows at one moment: a pure function of what the scenario told it by then.

import { groupOf, membersOf } from './components.ts'
import { componentStatus, impacts } from './status-change.ts'
import type { Impact, PageMaintenance, StatusPageChange } from './status-change.ts'

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

export type AnnouncedMaintenance = PageMaintenance & { readonly status: 'scheduled' | 'in_progress' | 'completed' }

export type PageState = {
  /** All of them, newest first. */
  readonly incidents: readonly Incident[]
  readonly unresolved: readonly Incident[]
  /** Those that were announced, the latest first. */
  readonly maintenances: readonly AnnouncedMaintenance[]
  /** When the page last changed; 0 before its first change of the run. */
  readonly changedAt: number
}

/** `changes` are in order of time. */
export function pageStateAt(
  changes: readonly StatusPageChange[],
  maintenances: readonly PageMaintenance[],
  at: number,
): PageState {
  const past = changes.filter((change) => change.at <= at)
  const incidents = incidentsAfter(past)
  const announced = maintenances
    .filter(({ announcedAt }) => announcedAt <= at)
    .map((maintenance) => ({ ...maintenance, status: maintenanceStatus(maintenance, at) }))
    .toSorted((a, b) => b.scheduledFrom - a.scheduledFrom)
  return {
    incidents,
    unresolved: incidents.filter(({ resolvedAt }) => resolvedAt === null),
    maintenances: announced,
    changedAt: Math.max(0, ...past.map((change) => change.at), ...milestonesOf(announced).filter((time) => time <= at)),
  }
}

/** When the page changes because of maintenances. */
export function milestonesOf(maintenances: readonly PageMaintenance[]): readonly number[] {
  return maintenances.flatMap(({ announcedAt, startedAt, completedAt }) => [announcedAt, startedAt, completedAt])
}

function maintenanceStatus({ startedAt, completedAt }: PageMaintenance, at: number): AnnouncedMaintenance['status'] {
  if (at < startedAt) return 'scheduled'
  return at < completedAt ? 'in_progress' : 'completed'
}

function incidentsAfter(changes: readonly StatusPageChange[]): readonly Incident[] {
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

/** What `status.json` says of everything together: incidents count for more than maintenance. */
export function indicatorOf({ unresolved, maintenances }: PageState): Impact | 'maintenance' | 'none' {
  const impact = worstImpact(unresolved)
  if (impact !== null) return impact
  return maintenances.some(({ status }) => status === 'in_progress') ? 'maintenance' : 'none'
}

/** The status of a component; a group is as bad as its worst member, and its members share what it suffers. */
export function statusOf(component: string, { unresolved, maintenances }: PageState): string {
  const names = [component, groupOf(component), ...(membersOf(component) ?? [])]
  const impact = worstImpact(unresolved.filter((incident) => names.includes(incident.component)))
  if (impact !== null) return componentStatus[impact]
  const maintained = maintenances.some(
    ({ status, components }) => status === 'in_progress' && components.some((name) => names.includes(name)),
  )
  return maintained ? 'under_maintenance' : 'operational'
}

/** When a component last changed; 0 when it did not. */
export function componentChangedAt(component: string, state: PageState): number {
  const ofIncidents = state.incidents
    .filter((incident) => incident.component === component)
    .flatMap(({ openedAt, resolvedAt }) => [openedAt, resolvedAt ?? openedAt])
  const ofMaintenances = state.maintenances
    .filter(({ components, status }) => status !== 'scheduled' && components.includes(component))
    .map(({ startedAt, completedAt, status }) => (status === 'completed' ? completedAt : startedAt))
  return Math.max(0, ...ofIncidents, ...ofMaintenances)
}

function worstImpact(incidents: readonly Incident[]): Impact | null {
  return incidents.reduce<Impact | null>(
    (worst, { impact }) => (worst === null || impacts.indexOf(impact) > impacts.indexOf(worst) ? impact : worst),
    null,
  )
}
