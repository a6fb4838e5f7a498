// Incidents and maintenances in the shape of the Statuspage API, version 2: a maintenance is an incident with a schedule.

import { formatInstant } from '#clock/instant.ts'
import type { AnnouncedMaintenance, Incident } from './page-state.ts'
import { componentShape, idOf, pageId } from './render-component.ts'
import type { Page } from './render-component.ts'
import { componentStatus } from './status-change.ts'

type Shape = Record<string, unknown>
type Affected = { readonly components: readonly string[]; readonly from: string; readonly to: string }
type Update = {
  readonly status: string
  readonly body: string
  readonly at: number
  readonly affected: Affected | null
}

export function incidentShape(incident: Incident, page: Page): Shape {
  const { name, title, component, impact, openedAt, resolvedAt, resolution } = incident
  const components = [component]
  const degraded = componentStatus[impact]
  const opening: Affected = { components, from: 'operational', to: degraded }
  const updates: Update[] = [{ status: 'investigating', body: title, at: openedAt, affected: opening }]
  if (resolvedAt !== null) {
    const closing: Affected = { components, from: degraded, to: 'operational' }
    updates.unshift({ status: 'resolved', body: resolution, at: resolvedAt, affected: closing })
  }
  return storyShape({ kind: 'incident', name, title, impact, startedAt: openedAt, updates, components }, page)
}

export function maintenanceShape(maintenance: AnnouncedMaintenance, page: Page): Shape {
  const { name, title, components, announcedAt, scheduledFrom, scheduledUntil, startedAt, completedAt } = maintenance
  const updates: Update[] = [{ status: 'scheduled', body: title, at: announcedAt, affected: null }]
  if (maintenance.status !== 'scheduled') {
    const affected: Affected = { components, from: 'operational', to: 'under_maintenance' }
    updates.unshift({ status: 'in_progress', body: 'The scheduled maintenance has begun.', at: startedAt, affected })
  }
  if (maintenance.status === 'completed') {
    const affected: Affected = { components, from: 'under_maintenance', to: 'operational' }
    updates.unshift({ status: 'completed', body: 'The scheduled maintenance is over.', at: completedAt, affected })
  }
  const story = {
    kind: 'maintenance',
    name,
    title,
    impact: 'maintenance',
    startedAt: scheduledFrom,
    updates,
    components,
  }
  return {
    ...storyShape(story, page),
    scheduled_for: formatInstant(page.startMs + scheduledFrom),
    scheduled_until: formatInstant(page.startMs + scheduledUntil),
  }
}

type Story = {
  readonly kind: string
  readonly name: string
  readonly title: string
  readonly impact: string
  readonly startedAt: number
  /** Newest first, at least one. */
  readonly updates: readonly Update[]
  readonly components: readonly string[]
}

function storyShape({ kind, name, title, impact, startedAt, updates, components }: Story, page: Page): Shape {
  const id = idOf(kind, name)
  const time = (at: number | undefined): string | null => (at === undefined ? null : formatInstant(page.startMs + at))
  const latest = updates[0]
  const over = latest?.status === 'resolved' || latest?.status === 'completed' ? latest.at : undefined
  return {
    id,
    name: title,
    status: latest?.status,
    created_at: time(updates.at(-1)?.at),
    updated_at: time(latest?.at),
    monitoring_at: null,
    resolved_at: time(over),
    impact,
    shortlink: `https://stspg.io/${id}`,
    started_at: time(startedAt),
    page_id: pageId,
    incident_updates: updates.map((update) => updateShape(update, id, name, page)),
    components: components.map((component) => componentShape(component, page)),
  }
}

function updateShape({ status, body, at, affected }: Update, id: string, name: string, { startMs }: Page): Shape {
  const time = formatInstant(startMs + at)
  const code = (component: string): string => idOf('component', component)
  return {
    id: idOf('update', name, status),
    status,
    body,
    incident_id: id,
    created_at: time,
    updated_at: time,
    display_at: time,
    affected_components:
      affected?.components.map((component) => ({
        code: code(component),
        name: component,
        old_status: affected.from,
        new_status: affected.to,
      })) ?? null,
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  }
}
