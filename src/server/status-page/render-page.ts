// The page in the shapes of the Statuspage API, version 2.

import { formatInstant } from '#clock/instant.ts'
import { createPrng } from '#random/prng.ts'
import { incidentsAfter, statusOf, worstImpact } from './page-state.ts'
import type { Incident } from './page-state.ts'
import { componentStatus } from './status-change.ts'
import type { Impact, StatusPageChange } from './status-change.ts'

export type PageFacts = {
  readonly startMs: number
  readonly components: readonly string[]
  readonly changes: readonly StatusPageChange[]
}

const incidentsShown = 50
const descriptions: Readonly<Record<Impact | 'none', string>> = {
  none: 'All Systems Operational',
  minor: 'Minor Service Outage',
  major: 'Partial System Outage',
  critical: 'Major Service Outage',
}
const pageId = idOf('page')

/** `file` is the path after `/api/v2/`; `undefined` when there is no such file. */
export function renderFile(file: string, facts: PageFacts): string | undefined {
  const incidents = incidentsAfter(facts.changes)
  const unresolved = incidents.filter(({ resolvedAt }) => resolvedAt === null)
  const status = statusShape(unresolved)
  const components = (): unknown => facts.components.map((name, at) => componentShape(name, at, unresolved, facts))
  const shown = (which: readonly Incident[]): unknown => which.map((incident) => incidentShape(incident, facts))
  const files: Readonly<Record<string, () => Record<string, unknown>>> = {
    'status.json': () => ({ status }),
    'components.json': () => ({ components: components() }),
    'incidents.json': () => ({ incidents: shown(incidents.slice(0, incidentsShown)) }),
    'incidents/unresolved.json': () => ({ incidents: shown(unresolved) }),
    'scheduled-maintenances.json': () => ({ scheduled_maintenances: [] }),
    'scheduled-maintenances/upcoming.json': () => ({ scheduled_maintenances: [] }),
    'scheduled-maintenances/active.json': () => ({ scheduled_maintenances: [] }),
    'summary.json': () => ({
      components: components(),
      incidents: shown(unresolved),
      scheduled_maintenances: [],
      status,
    }),
  }
  const content = Object.hasOwn(files, file) ? files[file]?.() : undefined
  return content && JSON.stringify({ page: pageShape(facts), ...content })
}

function pageShape({ startMs, changes }: PageFacts): Record<string, unknown> {
  return {
    id: pageId,
    name: 'Intercom',
    url: 'https://www.intercomstatus.com',
    time_zone: 'Etc/UTC',
    updated_at: formatInstant(startMs + (changes.at(-1)?.at ?? 0)),
  }
}

function statusShape(unresolved: readonly Incident[]): Record<string, unknown> {
  const indicator = worstImpact(unresolved) ?? 'none'
  return { indicator, description: descriptions[indicator] }
}

function componentShape(
  name: string,
  position: number,
  unresolved: readonly Incident[],
  { startMs, changes }: PageFacts,
): Record<string, unknown> {
  const last = changes.findLast(
    (change) =>
      changes.find(
        (other) => other.incident === change.incident && other.kind === 'open' && other.component === name,
      ) !== undefined,
  )
  return {
    id: idOf('component', name),
    name,
    status: statusOf(name, unresolved),
    created_at: '2019-01-15T09:00:00.000Z',
    updated_at: formatInstant(startMs + (last?.at ?? 0)),
    position: position + 1,
    description: null,
    showcase: false,
    start_date: null,
    group_id: null,
    page_id: pageId,
    group: false,
    only_show_if_degraded: false,
  }
}

function incidentShape(incident: Incident, facts: PageFacts): Record<string, unknown> {
  const { startMs, components } = facts
  const id = idOf('incident', incident.name)
  const opened = formatInstant(startMs + incident.openedAt)
  const resolved = incident.resolvedAt === null ? null : formatInstant(startMs + incident.resolvedAt)
  const unresolved = resolved === null ? [incident] : []
  const position = components.indexOf(incident.component)
  return {
    id,
    name: incident.title,
    status: resolved === null ? 'investigating' : 'resolved',
    created_at: opened,
    updated_at: resolved ?? opened,
    monitoring_at: null,
    resolved_at: resolved,
    impact: incident.impact,
    shortlink: `https://stspg.io/${id}`,
    started_at: opened,
    page_id: pageId,
    incident_updates: updateShapes(incident, id, opened, resolved),
    components: [componentShape(incident.component, position, unresolved, facts)],
  }
}

/** Newest first. */
function updateShapes(incident: Incident, id: string, opened: string, resolved: string | null): unknown[] {
  const degraded = componentStatus[incident.impact]
  const update = (status: string, body: string, time: string, from: string, to: string): Record<string, unknown> => ({
    id: idOf('update', incident.name, status),
    status,
    body,
    incident_id: id,
    created_at: time,
    updated_at: time,
    display_at: time,
    affected_components: [
      { code: idOf('component', incident.component), name: incident.component, old_status: from, new_status: to },
    ],
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  })
  const first = update('investigating', incident.title, opened, 'operational', degraded)
  if (resolved === null) return [first]
  return [update('resolved', incident.resolution, resolved, degraded, 'operational'), first]
}

/** Twelve characters, the same for the same thing in every run. */
function idOf(...names: readonly string[]): string {
  const random = createPrng('status-page', ...names)
  return Array.from({ length: 12 }, () => '0123456789bcdfghjklmnpqrstvwxyz'[random.integer(0, 30)]).join('')
}
