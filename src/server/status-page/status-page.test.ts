import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { PageMaintenance, StatusPageChange } from './status-change.ts'
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

type Component = { name: string; status: string; group: boolean; group_id: string | null; id: string }
type Incident = Record<string, unknown> & { incident_updates: { status: string }[] }
type Page = {
  page: object
  status: { indicator: string; description: string }
  components: Component[]
  incidents: Incident[]
  scheduled_maintenances: (Incident & { components: Component[] })[]
}

/** Announced a day ahead; it began on time and took longer than planned. */
const maintenance: PageMaintenance = {
  name: 'databases',
  title: 'Work on the databases',
  components: ['APIs', 'Message delivery'],
  announcedAt: -24 * 60 * minute,
  scheduledFrom: 60 * minute,
  scheduledUntil: 120 * minute,
  startedAt: 61 * minute,
  completedAt: 134 * minute,
}

function maintained(file: string, at: number, more: readonly StatusPageChange[] = []): Page {
  const page = createStatusPage({ startMs, changes: more, maintenances: [maintenance] })
  const url = new URL(`https://www.intercomstatus.com/api/v2/${file}`)
  const reply = page.handle({ method: 'GET', url, headers: {}, body: '' }, at * minute, createPrng('x'))
  return JSON.parse(reply.body ?? '') as Page
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

test.for<[number, string, string[], string[]]>([
  [0, 'scheduled', ['upcoming'], ['scheduled']],
  [60.9, 'scheduled', ['upcoming'], ['scheduled']],
  [61, 'in_progress', ['active'], ['scheduled', 'in_progress']],
  [133.9, 'in_progress', ['active'], ['scheduled', 'in_progress']],
  [134, 'completed', [], ['scheduled', 'in_progress', 'completed']],
])('at minute %d the maintenance is %s', ([at, status, lists, told]) => {
  const [found] = maintained('scheduled-maintenances.json', at).scheduled_maintenances
  expect(found).toMatchObject({ name: 'Work on the databases', status, impact: 'maintenance' })
  expect(found!.incident_updates.map((update) => update.status)).toEqual(told.toReversed())
  const listed = ['upcoming', 'active'].filter(
    (list) => maintained(`scheduled-maintenances/${list}.json`, at).scheduled_maintenances.length > 0,
  )
  expect(listed).toEqual(lists)
  expect(maintained('summary.json', at).scheduled_maintenances).toHaveLength(lists.length)
})

test('a maintenance is an incident with a schedule', () => {
  const [found] = maintained('scheduled-maintenances.json', 200).scheduled_maintenances
  const [incident] = content('incidents.json', 60).incidents
  expect(Object.keys(found!)).toEqual([...Object.keys(incident!), 'scheduled_for', 'scheduled_until'])
  expect(found).toMatchObject({
    created_at: '2026-04-26T11:00:00.000Z',
    updated_at: '2026-04-27T13:14:00.000Z',
    resolved_at: '2026-04-27T13:14:00.000Z',
    started_at: '2026-04-27T12:00:00.000Z',
    scheduled_for: '2026-04-27T12:00:00.000Z',
    scheduled_until: '2026-04-27T13:00:00.000Z',
  })
})

test.for<[number, string, string, string]>([
  [60, 'none', 'All Systems Operational', 'operational'],
  [61, 'maintenance', 'Service Under Maintenance', 'under_maintenance'],
  [134, 'none', 'All Systems Operational', 'operational'],
])('at minute %d of a maintenance the page says %s', ([at, indicator, description, status]) => {
  expect(maintained('status.json', at).status).toEqual({ indicator, description })
  const shown = maintained('components.json', at).components
  const statusOf = (name: string) => shown.find((component) => component.name === name)?.status
  expect(['APIs', 'Message delivery', 'Mobile Push'].map(statusOf)).toEqual([status, status, status])
  expect(statusOf('Mobile APIs')).toBe('operational')
})

test('an incident counts for more than a maintenance', () => {
  const open = { at: 70 * minute, incident: 'late', kind: 'open', title: 'Slow', impact: 'minor' } as const
  const slow = [{ ...open, component: 'APIs' }]
  expect(maintained('status.json', 80, slow).status.indicator).toBe('minor')
  const apis = maintained('components.json', 80, slow).components.find(({ name }) => name === 'APIs')
  expect(apis?.status).toBe('degraded_performance')
})

test('a maintenance is no incident', () => {
  expect(maintained('incidents.json', 100).incidents).toEqual([])
  expect(maintained('incidents/unresolved.json', 100).incidents).toEqual([])
})

test('what is announced later is not known before', () => {
  const announcedAt = 30 * minute
  const page = createStatusPage({ startMs, changes: [], maintenances: [{ ...maintenance, announcedAt }] })
  const told = (at: number) => {
    const url = new URL('https://www.intercomstatus.com/api/v2/summary.json')
    const { body } = page.handle({ method: 'GET', url, headers: {}, body: '' }, at * minute, createPrng('x'))
    return (JSON.parse(body ?? '') as Page).scheduled_maintenances.length
  }
  expect([29, 30].map(told)).toEqual([0, 1])
})

test('components of a group name it, and it names them', () => {
  const shown = content('components.json', 0).components
  const group = shown.find(({ name }) => name === 'Message delivery')!
  const members = shown.filter((component) => component.group_id === group.id)
  expect(members.map(({ name }) => name)).toEqual(['Email', 'Chats and Posts', 'Mobile Push', 'Admin notifications'])
  expect(group).toMatchObject({ group: true, group_id: null, components: members.map(({ id }) => id) })
})

test('a group suffers with its members', () => {
  const open = { at: 0, incident: 'push', kind: 'open', title: 'No push', impact: 'critical' } as const
  const shown = maintained('components.json', 1, [{ ...open, component: 'Mobile Push' }]).components
  const hit = shown.filter(({ status }) => status === 'major_outage').map(({ name }) => name)
  expect(hit).toEqual(['Message delivery', 'Mobile Push'])
})

test('no more than the latest fifty incidents are shown', () => {
  const many = Array.from({ length: 60 }, (_, nth): StatusPageChange[] => [
    { at: nth, incident: `i${nth}`, kind: 'open', title: `Number ${nth}`, component: 'Inbox', impact: 'minor' },
    { at: nth, incident: `i${nth}`, kind: 'resolve' },
  ])
  const shown = maintained('incidents.json', 1, many.flat()).incidents
  expect(shown).toHaveLength(50)
  expect(shown[0]).toMatchObject({ name: 'Number 59', status: 'resolved' })
})
