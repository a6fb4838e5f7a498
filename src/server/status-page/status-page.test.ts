import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { StatusPageChange } from './status-change.ts'
import { createStatusPage } from './status-page.ts'

const startMs = Date.UTC(2026, 3, 27, 11)
const minute = 60_000
const australia = 'REST API (Australia)'
const changes: readonly StatusPageChange[] = [
  { at: 112 * minute, incident: 'au-errors', kind: 'resolve' },
  {
    at: 37 * minute,
    incident: 'au-errors',
    kind: 'open',
    title: 'Errors in Australia',
    component: australia,
    impact: 'major',
  },
  { at: 50 * minute, incident: 'slow', kind: 'open', title: 'Slow inbox', component: 'Inbox', impact: 'minor' },
]

function read(file: string, at: number, method = 'GET', host = 'www.intercomstatus.com') {
  const page = createStatusPage({ startMs, changes })
  const url = new URL(`https://${host}/api/v2/${file}`)
  return page.handle({ method, url, headers: {}, body: '' }, at * minute, createPrng('x'))
}

type Component = { name: string; status: string }
type Incident = Record<string, unknown> & { incident_updates: { status: string }[] }
type Page = {
  page: object
  status: { indicator: string; description: string }
  components: Component[]
  incidents: Incident[]
  scheduled_maintenances: unknown[]
}

function content(file: string, at: number): Page {
  return JSON.parse(read(file, at).body ?? '') as Page
}

test.for<[number, string, string]>([
  [0, 'none', 'All Systems Operational'],
  [36.9, 'none', 'All Systems Operational'],
  [37, 'major', 'Partial System Outage'],
  [60, 'major', 'Partial System Outage'],
  [112, 'minor', 'Minor Service Outage'],
])('at minute %d the page says %s', ([at, indicator, description]) => {
  expect(content('status.json', at).status).toEqual({ indicator, description })
  expect(content('summary.json', at).status).toEqual({ indicator, description })
})

test.for<[number, string]>([
  [36, 'operational'],
  [37, 'partial_outage'],
  [112, 'operational'],
])('at minute %d the component is %s', ([at, status]) => {
  const component = content('components.json', at).components.find(({ name }) => name === australia)
  expect(component?.status).toBe(status)
})

test('unresolved incidents are those that are open now, all incidents stay, newest first', () => {
  expect(content('incidents/unresolved.json', 0).incidents).toEqual([])
  expect(content('incidents/unresolved.json', 60).incidents.map(({ name }) => name)).toEqual([
    'Slow inbox',
    'Errors in Australia',
  ])
  expect(content('incidents/unresolved.json', 120).incidents.map(({ name }) => name)).toEqual(['Slow inbox'])
  expect(content('incidents.json', 120).incidents).toHaveLength(2)
  expect(content('summary.json', 120).incidents).toHaveLength(1)
})

test('an incident tells its story in the shape of Statuspage', () => {
  const incident = content('incidents.json', 120).incidents[1]!
  expect(incident).toMatchObject({
    status: 'resolved',
    impact: 'major',
    created_at: '2026-04-27T11:37:00.000Z',
    resolved_at: '2026-04-27T12:52:00.000Z',
    components: [{ name: australia, status: 'operational' }],
  })
  expect(incident.incident_updates.map(({ status }) => status)).toEqual(['resolved', 'investigating'])
  expect(Object.keys(incident)).toEqual(
    expect.arrayContaining(['id', 'name', 'updated_at', 'monitoring_at', 'shortlink', 'started_at', 'page_id']),
  )
})

test.for(['scheduled-maintenances.json', 'scheduled-maintenances/upcoming.json', 'scheduled-maintenances/active.json'])(
  '%s is empty',
  (file) => expect(content(file, 60).scheduled_maintenances).toEqual([]),
)

test.for(['status.json', 'summary.json', 'components.json', 'incidents.json'])('%s names its page', (file) => {
  expect(Object.keys(content(file, 0).page)).toEqual(['id', 'name', 'url', 'time_zone', 'updated_at'])
})

test('the older host serves the same page', () => {
  expect(read('status.json', 60, 'GET', 'status.intercom.com')).toEqual(read('status.json', 60))
})

test.for<[string, string]>([
  ['GET', 'nothing.json'],
  ['GET', 'constructor'],
  ['GET', '../status.json'],
  ['POST', 'status.json'],
])('%s %s is not found', ([method, file]) => {
  expect(read(file, 0, method).status).toBe(404)
})

test('HEAD has no body', () => {
  expect(read('status.json', 0, 'HEAD')).toMatchObject({ status: 200, body: null })
})

test('the same time gives the same text, in any order of asking', () => {
  const page = createStatusPage({ startMs, changes })
  const at = (minutes: number) =>
    page.handle(
      { method: 'GET', url: new URL('https://status.intercom.com/api/v2/summary.json'), headers: {}, body: '' },
      minutes * minute,
      createPrng('x'),
    ).body
  const late = at(120)
  expect(at(0)).toBe(read('summary.json', 0).body)
  expect(at(120)).toBe(late)
})
