// The page in the shapes of the Statuspage API, version 2.

import { formatInstant } from '#clock/instant.ts'
import { indicatorOf } from './page-state.ts'
import { componentShape, pageId } from './render-component.ts'
import type { Page } from './render-component.ts'
import { incidentShape, maintenanceShape } from './render-incident.ts'

const shownAtMost = 50
const descriptions: Readonly<Record<ReturnType<typeof indicatorOf>, string>> = {
  none: 'All Systems Operational',
  maintenance: 'Service Under Maintenance',
  minor: 'Minor Service Outage',
  major: 'Partial System Outage',
  critical: 'Major Service Outage',
}

type Content = Record<string, unknown>

/** `file` is the path after `/api/v2/`; `undefined` when there is no such file. */
export function renderFile(file: string, page: Page): string | undefined {
  const content = Object.hasOwn(files, file) ? files[file]?.(page) : undefined
  return content && JSON.stringify({ page: pageShape(page), ...content })
}

const files: Readonly<Record<string, (page: Page) => Content>> = {
  'status.json': (page) => ({ status: statusShape(page) }),
  'components.json': (page) => ({ components: components(page) }),
  'incidents.json': (page) => ({ incidents: incidents(page, page.state.incidents) }),
  'incidents/unresolved.json': (page) => ({ incidents: incidents(page, page.state.unresolved) }),
  'scheduled-maintenances.json': (page) => maintenances(page, ['scheduled', 'in_progress', 'completed']),
  'scheduled-maintenances/upcoming.json': (page) => maintenances(page, ['scheduled']),
  'scheduled-maintenances/active.json': (page) => maintenances(page, ['in_progress']),
  'summary.json': (page) => ({
    components: components(page),
    incidents: incidents(page, page.state.unresolved),
    ...maintenances(page, ['scheduled', 'in_progress']),
    status: statusShape(page),
  }),
}

function pageShape({ startMs, state }: Page): Record<string, unknown> {
  return {
    id: pageId,
    name: 'Intercom',
    url: 'https://www.intercomstatus.com',
    time_zone: 'Etc/UTC',
    updated_at: formatInstant(startMs + state.changedAt),
  }
}

function statusShape({ state }: Page): Record<string, unknown> {
  const indicator = indicatorOf(state)
  return { indicator, description: descriptions[indicator] }
}

function components(page: Page): unknown {
  return page.components.map((name) => componentShape(name, page))
}

function incidents(page: Page, which: Page['state']['incidents']): unknown {
  return which.slice(0, shownAtMost).map((incident) => incidentShape(incident, page))
}

function maintenances(page: Page, statuses: readonly string[]): Record<string, unknown> {
  const which = page.state.maintenances.filter(({ status }) => statuses.includes(status)).slice(0, shownAtMost)
  return { scheduled_maintenances: which.map((maintenance) => maintenanceShape(maintenance, page)) }
}
