// An incident or a maintenance as Statuspage publishes it (`/api/v2/incidents.json`, one of its entries): updates with their times, the
// components that they are about, and what became of each.

import { formatInstant } from '#clock/instant.ts'
import { sorted, type Account, type Moment, type Unread, type Work } from './account.ts'
import { Fields } from './fields.ts'
import { closedBy, type PageUpdate } from './page-update.ts'
import { severityOf } from './severity.ts'
import { onlyIncident } from './only-incident.ts'
import { stretchesOf, type Change } from './stretches.ts'
import { tidy } from './words.ts'

const what = 'An incident of Statuspage'
const statuses = ['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance'] as const
const dullOfIncident = [
  'id',
  'page_id',
  'page',
  'updated_at',
  'monitoring_at',
  'reminder_intervals',
  'metadata',
  'auto_transition_deliver_notifications_at_end',
  'auto_transition_deliver_notifications_at_start',
  'auto_transition_to_maintenance_state',
  'auto_transition_to_operational_state',
  'scheduled_auto_in_progress',
  'scheduled_auto_completed',
  'scheduled_auto_transition',
  'scheduled_remind_prior',
  'scheduled_reminded_at',
  'postmortem_ignored',
  'postmortem_notified_subscribers',
  'postmortem_notified_twitter',
  'impact_override',
  'backfilled',
  'backfill_date',
]
const dullOfUpdate = [
  'id',
  'incident_id',
  'updated_at',
  'created_at',
  'deliver_notifications',
  'custom_tweet',
  'tweet_id',
  'wants_twitter_update',
  'twitter_updated_at',
]

export function readStatuspage(text: string, file: string): Account {
  const unread: Unread[] = []
  const incident = onlyIncident(Fields.of(text, file, what, unread), ['incidents', 'scheduled_maintenances'], ['page'])
  const title = incident.needed('name')
  const created = incident.neededTime('created_at')
  const updates = incident.list('incident_updates').map(readUpdate)
  const components = componentsOf(incident, updates)
  const moments = updates.map(({ moment }) => moment)
  const resolvedAt = incident.time('resolved_at')
  const end =
    momentOf(incident, 'resolved_at', resolvedAt) ?? updates.find(({ status }) => status === 'resolved')?.moment ?? null
  const begin =
    momentOf(incident, 'started_at', incident.time('started_at')) ?? momentOf(incident, 'created_at', created)
  const impact = incident.text('impact')
  const severity = impact === undefined ? undefined : severityOf(impact)
  if (impact !== undefined && severity === undefined)
    unread.push({ words: impact, place: 'impact', why: 'no impact that is known; the severity is assumed' })
  const work = workOf(incident, updates, created)
  const stretches = stretchesOf(updates.flatMap(({ changes }) => changes))
  const status = incident.text('status')
  if (end === null && !work) unread.push({ words: status ?? '', place: 'resolved_at', why: 'the incident has no end' })
  const url = incident.text('shortlink')
  const postmortem = incident.text('postmortem_body')
  incident.tellRest(dullOfIncident)
  return {
    title: tidy(title) || 'An incident',
    url: tidy(url ?? '') || null,
    day: formatInstant(begin?.at ?? created).slice(0, 10),
    severity:
      impact !== undefined && severity ? { is: severity, words: `impact: ${tidy(impact)}`, place: 'impact' } : null,
    moments: sorted(moments),
    prose: [
      { words: title, place: 'name' },
      ...(postmortem === undefined
        ? []
        : [{ words: postmortem.replaceAll(/<[^<>]{0,500}>/gu, ' '), place: 'postmortem_body' }]),
    ],
    begin: work ? startedOf(work, moments) : begin,
    end: work ? { at: work.completed, words: 'the maintenance is completed', place: 'incident_updates' } : end,
    components,
    stretches,
    page: work
      ? null
      : { opened: { at: created, words: title, place: 'created_at' }, resolved: closedBy(updates, end) },
    work,
    remarks: [],
    unread,
  }
}

function readUpdate(update: Fields): PageUpdate {
  const at = update.time('display_at') ?? update.neededTime('created_at')
  const status = update.text('status') ?? 'update'
  const body = (update.text('body') ?? '').replaceAll(/<[^<>]{0,500}>/gu, ' ')
  const changes = update.list('affected_components').map((component): Change => {
    const changed = component.oneOf('new_status', statuses) ?? component.missing('new_status')
    const name = component.needed('name')
    component.tellRest(['code', 'old_status'])
    return { at, component: tidy(name, 120), status: changed, place: update.path }
  })
  update.tellRest(dullOfUpdate)
  return {
    status,
    body,
    moment: { at, words: `${status.replaceAll('_', ' ')}: ${body}`, place: update.pathOf('body') },
    changes,
  }
}

function componentsOf(incident: Fields, updates: readonly PageUpdate[]): readonly string[] {
  const named = incident.list('components').map((component) => tidy(component.needed('name'), 120))
  return [...new Set([...named, ...updates.flatMap(({ changes }) => changes.map(({ component }) => component))])]
}

function momentOf(incident: Fields, name: string, at: number | undefined): Moment | null {
  return at === undefined ? null : { at, words: `${name}: ${formatInstant(at)}`, place: name }
}

function workOf(incident: Fields, updates: readonly PageUpdate[], created: number): Work | null {
  const from = incident.time('scheduled_for')
  const until = incident.time('scheduled_until')
  if (from === undefined || until === undefined) return null
  if (until <= from) throw incident.wrong('scheduled_until', 'must be after `scheduled_for`')
  const first = (status: string): number | undefined =>
    sorted(updates.filter((update) => update.status === status).map(({ moment }) => moment))[0]?.at
  const started = first('in_progress') ?? from
  const completed = first('completed') ?? until
  return {
    announced: Math.min(created, from, started),
    from,
    until,
    started,
    completed: completed > started ? completed : started + 60_000,
  }
}

function startedOf(work: Work, moments: readonly Moment[]): Moment {
  return (
    moments.find(({ at }) => at === work.started) ?? {
      at: work.started,
      words: 'the maintenance begins',
      place: 'scheduled_for',
    }
  )
}
