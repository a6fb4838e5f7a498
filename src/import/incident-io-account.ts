// An incident as incident.io's API has it: updates, and for each component from when until when it was hit, which no other form says.

import { formatInstant } from '#clock/instant.ts'
import { sorted, type Account, type Moment, type Severity, type Stretch, type Unread, type Work } from './account.ts'
import { Fields } from './fields.ts'
import { onlyIncident } from './only-incident.ts'
import { closedBy, type PageUpdate } from './page-update.ts'
import { severityOf } from './severity.ts'
import { stretchesOf, type Change } from './stretches.ts'
import { tidy } from './words.ts'

const what = 'An incident of incident.io'
const statuses = [
  'operational',
  'degraded_performance',
  'partial_outage',
  'full_outage',
  'major_outage',
  'under_maintenance',
] as const
const dullOfIncident = [
  'id',
  'status_page_id',
  'created_at',
  'updated_at',
  'write_up',
  'idempotency_key',
  'structure',
  'type',
]
const bad: Readonly<Record<Stretch['status'], Severity>> = {
  major_outage: 'P1',
  partial_outage: 'P2',
  degraded_performance: 'P3',
  under_maintenance: 'P3',
}

export function readIncidentIo(text: string, file: string): Account {
  const unread: Unread[] = []
  const incident = onlyIncident(Fields.of(text, file, what, unread), ['incidents', 'status_page_incidents'], [])
  refuseWidget(incident)
  const title = incident.needed('name')
  const names = namesOf(incident)
  const updates = incident.list('updates').map((update) => readUpdate(update, names, unread))
  const impacts = incident
    .list('component_impacts')
    .map((impact) => readImpact(impact, names, unread))
    .filter((one) => one !== null)
  const stretches = impacts.length > 0 ? impacts : stretchesOf(updates.flatMap(({ changes }) => changes))
  const moments = sorted(updates.map(({ moment }) => moment))
  const published =
    incident.time('published_at') ?? incident.time('created_at') ?? moments[0]?.at ?? incident.missing('published_at')
  const resolved =
    updates.filter(({ status }) => status === 'resolved' || status === 'maintenance_complete').at(-1)?.moment ??
    momentOf(incident, 'resolved_at')
  const status = incident.text('status')
  const url = incident.text('url') ?? incident.text('public_url') ?? incident.text('permalink')
  const first = Math.min(...stretches.map(({ from }) => from), published)
  const work = workOf(incident, updates, published)
  const severity = severityFor(incident, stretches)
  incident.tellRest(dullOfIncident)
  if (!resolved && !work) unread.push({ words: status ?? '', place: 'updates', why: 'the incident has no end' })
  return {
    title: tidy(title) || 'An incident',
    url: tidy(url ?? '') || null,
    day: formatInstant(first).slice(0, 10),
    severity,
    moments,
    prose: [{ words: title, place: 'name' }],
    begin: work
      ? { at: work.started, words: 'the maintenance begins', place: 'updates' }
      : beginOf(stretches, published),
    end: work
      ? { at: work.completed, words: 'the maintenance is completed', place: 'updates' }
      : endOf(stretches, resolved ?? null),
    components: [...new Set([...names.values(), ...stretches.map(({ component }) => component)])],
    stretches,
    page: work
      ? null
      : {
          opened: { at: published, words: title, place: 'published_at' },
          resolved: closedBy(updates, resolved ?? null),
        },
    work,
    remarks: [],
    unread,
  }
}

/** What a page shows while an incident goes on has no times. */
function refuseWidget(incident: Fields): void {
  for (const name of ['ongoing_incidents', 'summary'])
    if (incident.has(name))
      throw incident.wrong(
        name,
        'is what a page shows at this moment, and has no times',
        'Import the incident itself, as the API returns it, with `updates`.',
      )
}

function readUpdate(update: Fields, names: ReadonlyMap<string, string>, unread: Unread[]): PageUpdate {
  const at = update.time('published_at') ?? update.neededTime('created_at')
  const status = update.text('incident_status') ?? update.text('to_status') ?? 'update'
  const message = update.text('message') ?? ''
  const changes = update.list('component_statuses').flatMap((one): readonly Change[] => {
    const is = statusOf(one, 'component_status')
    const component = nameOf(one, names, unread)
    return component === undefined ? [] : [{ at, component, status: is, place: update.path }]
  })
  update.tellRest(['id', 'created_at', 'status_page_incident_id'])
  return {
    status,
    body: message,
    moment: { at, words: `${status.replaceAll('_', ' ')}: ${message}`, place: update.pathOf('message') },
    changes,
  }
}

function readImpact(impact: Fields, names: ReadonlyMap<string, string>, unread: Unread[]): Stretch | null {
  const from = impact.neededTime('start_at')
  const until = impact.time('end_at') ?? null
  if (until !== null && until <= from) throw impact.wrong('end_at', 'must be after `start_at`')
  const status = statusOf(impact, 'component_status')
  const component = nameOf(impact, names, unread)
  impact.tellRest(['id', 'status_page_incident_id'])
  return component === undefined || status === 'operational'
    ? null
    : { component, status, from, until, place: impact.path }
}

function statusOf(fields: Fields, name: string): Change['status'] {
  const found = fields.oneOf(name, statuses) ?? fields.oneOf('status', statuses) ?? fields.missing(name)
  return found === 'full_outage' ? 'major_outage' : found
}

/** Impacts name components by id. */
function namesOf(incident: Fields): ReadonlyMap<string, string> {
  const entries = ['components', 'affected_components'].flatMap((list) =>
    incident.list(list).flatMap((one): readonly (readonly [string, string])[] => {
      const id = one.text('id') ?? one.text('component_id')
      const name = one.text('name') ?? one.text('component_name')
      return id === undefined || name === undefined ? [] : [[id, tidy(name, 120)]]
    }),
  )
  return new Map(entries)
}

function nameOf(fields: Fields, names: ReadonlyMap<string, string>, unread: Unread[]): string | undefined {
  const own = fields.text('component_name') ?? fields.text('name')
  const id = own === undefined ? fields.needed('component_id') : (fields.text('component_id') ?? '')
  const name = own === undefined ? names.get(id) : tidy(own, 120)
  if (name === undefined) {
    const why = 'no list of the document says what this component is called'
    unread.push({ words: id, place: fields.pathOf('component_id'), why })
  }
  return name
}

function momentOf(incident: Fields, name: string): Moment | undefined {
  const at = incident.time(name)
  return at === undefined ? undefined : { at, words: `${name}: ${formatInstant(at)}`, place: name }
}

function beginOf(stretches: readonly Stretch[], published: number): Moment {
  const first = stretches.toSorted((one, other) => one.from - other.from)[0]
  if (!first || first.from > published)
    return { at: published, words: 'the page opens the incident', place: 'published_at' }
  return { at: first.from, words: `${first.component} is hit`, place: first.place }
}

/** The last component that was well again; the page may say so later. */
function endOf(stretches: readonly Stretch[], resolved: Moment | null): Moment | null {
  const last = stretches.toSorted((one, other) => (other.until ?? Infinity) - (one.until ?? Infinity))[0]
  if (!last || last.until === null) return resolved
  return { at: last.until, words: `${last.component} is well again`, place: last.place }
}

function severityFor(incident: Fields, stretches: readonly Stretch[]): Account['severity'] {
  const own = incident.text('current_worst_impact') ?? incident.text('impact')
  const is = own === undefined ? undefined : severityOf(own)
  if (is) return { is, words: `impact: ${tidy(own ?? '')}`, place: 'impact' }
  const worst = stretches.toSorted((one, other) => (bad[one.status] < bad[other.status] ? -1 : 1))[0]
  return worst ? { is: bad[worst.status], words: `${worst.component}: ${worst.status}`, place: worst.place } : null
}

function workOf(incident: Fields, updates: readonly PageUpdate[], published: number): Work | null {
  const from = incident.time('scheduled_start_at') ?? incident.time('starts_at')
  const until = incident.time('scheduled_end_at') ?? incident.time('ends_at')
  if (from === undefined || until === undefined) return null
  if (until <= from) throw incident.wrong('ends_at', 'must be after the start of the maintenance')
  const first = (wanted: string): number | undefined => updates.find(({ status }) => status === wanted)?.moment.at
  const started = first('maintenance_in_progress') ?? from
  const completed = first('maintenance_complete') ?? until
  return {
    announced: Math.min(published, from, started),
    from,
    until,
    started,
    completed: completed > started ? completed : started + 60_000,
  }
}
