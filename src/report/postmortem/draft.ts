// The two documents of an incident, drafted from a run: the postmortem, and the update for chat. What the history does not know is left in
// brackets, with the reason where there is one.

import { formatInstant } from '#clock/instant.ts'
import { presentable } from '#context/foreign-text.ts'
import type { Incident } from '#engine/incident/incident.ts'
import type { Moment } from '#engine/incident/timeline.ts'
import { clip } from '../clip.ts'
import { startOf } from '../console-phases.ts'
import { plain } from '../markdown/text.ts'
import { titleOf } from '../quantity.ts'
import type { JudgedRun } from '../report-schema.ts'

export type Drafts = { readonly postmortem: string; readonly update: string }

/** Files of the drafts. */
export const draftFiles = { postmortem: 'postmortem.md', update: 'slack.txt' } as const

const idsShown = 8

export function draftsOf(incident: Incident, run: JudgedRun): Drafts {
  const startMs = startOf(run)
  return {
    postmortem: `${postmortemLines(incident, run, startMs).join('\n')}\n`,
    update: `${updateLines(incident, run, clockOf(startMs)).join('\n')}\n`,
  }
}

type Clock = (at: number) => string

/** `11:14`; with its date on another day than the first. */
function clockOf(startMs: number): Clock {
  const dayOf = (at: number): string => formatInstant(startMs + at).slice(0, 10)
  return (at) => {
    const time = formatInstant(startMs + at).slice(11, 16)
    return dayOf(at) === dayOf(0) ? time : `${dayOf(at)} ${time}`
  }
}

function postmortemLines(incident: Incident, run: JudgedRun, startMs: number): readonly string[] {
  const { impact, seen } = incident
  const { moments, blanks } = incident.timeline
  const { from, until } = impact
  const clock = clockOf(startMs)
  const day = formatInstant(startMs + (from ?? 0)).slice(0, 10)
  const [begin, end] = [from === null ? '[HH:MM]' : clock(from), until === null ? '[HH:MM]' : clock(until)]
  return [
    `## Incident: Intercom (${plain(run.title)})`,
    '',
    `> Drafted by Brownout from a replay of ${plain(run.scenario)} with the client ${plain(run.client)}, seed ${plain(run.seed)}.`,
    '> Everything is from the record of that run; what stands in [brackets] is not in it.',
    '',
    `**Date:** ${day} ${begin.replace(`${day} `, '')} - ${end} UTC`,
    `**Duration:** ${from === null || until === null ? '[X hours Y minutes]' : hoursAndMinutes(until - from)}`,
    `**Severity:** ${run.severity}`,
    `**Intercom request_ids:** ${requestIds(impact.requestIds)}`,
    '',
    '### Summary',
    summary(run, incident, begin, end),
    '',
    '### Timeline',
    ...moments.map((moment) => momentLine(moment, clock)),
    ...blanks.map(({ label, why }) => `- [HH:MM] - ${label}: [unknown: ${why}]`),
    '',
    '### Root Cause',
    `[unknown: the record tells what the client saw, not why it happened]${causeOf(incident)}`,
    ...(seen.length === 0 ? [] : ['What the client saw of it, request by request:']),
    ...seen.map(({ how, count }) => `- ${count} ${how}`),
    '',
    '### Impact',
    `- Conversations affected: ${impact.conversations ?? '[unknown: nothing in this run is about conversations]'}`,
    `- Users unable to reach support: ${impact.users ?? '[unknown: nobody writes to support in this run]'}`,
    `- Duration of degraded service: ${impact.degradedMinutes}m`,
    '',
    '### Action Items',
    ...actionItems(run, incident),
  ]
}

function hoursAndMinutes(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
  return `${counted(Math.floor(minutes / 60), 'hour')} ${counted(minutes % 60, 'minute')}`
}

function requestIds(ids: readonly string[]): string {
  if (ids.length === 0) return 'none: no request that failed was answered with one'
  const shown = ids.slice(0, idsShown).map((id) => plain(presentable(id)))
  const more = ids.length > shown.length ? `, and ${ids.length - shown.length} more in history.ndjson` : ''
  return `${shown.join(', ')}${more}`
}

function summary(run: JudgedRun, { impact }: Incident, begin: string, end: string): string {
  const { asked, failed, stale, queued } = impact
  if (impact.from === null) return '[unknown: no fault is in the record of this run]'
  const names = impact.names.slice(0, 6)
  const others = [
    ...(stale > 0 ? [`${stale} were answered with older copies`] : []),
    ...(queued > 0 ? [`${queued} were queued`] : []),
  ]
  const what = `${failed} failed${names.length > 0 ? ` (${names.map((name) => plain(presentable(name))).join(', ')})` : ''}`
  return `${plain(run.title)}, from ${begin} to ${end} UTC. Of ${asked} operations asked from then to the end of the run, ${[what, ...others].join(', ')}. [What users noticed]`
}

function momentLine({ at, label, says, blank }: Moment, clock: Clock): string {
  return `- ${clock(at)} - ${label}: ${plain(presentable(says))}${blank === undefined ? '' : `; [${blank}]`}`
}

/** The scenario may say whose the problem is; then the history has it. */
function causeOf({ causes }: Incident): string {
  return causes.length === 0 ? '' : ` The scenario names it: ${causes.join('; ')}.`
}

const open = '[Owner] - [Due]'

function actionItems(run: JudgedRun, { isWatched }: Incident): string[] {
  const failed = run.verdicts.flatMap((verdict) => {
    if (verdict.verdict !== 'fail') return []
    const { waived, hint, sentence } = verdict
    const who = waived ? `${plain(waived.owner)} - ${waived.until}` : open
    return [`- [ ] ${plain(hint)} (${plain(titleOf(verdict))}: ${plain(sentence)}) - ${who}`]
  })
  return [
    ...(failed.length > 0 ? failed : [`- [ ] [Preventive measure: every rule that could judge passed] - ${open}`]),
    isWatched
      ? `- [ ] [Monitoring gap to fill] - ${open}`
      : `- [ ] Have the client report its health: in this run nothing of it told of the incident - ${open}`,
    `- [ ] [Documentation to update] - ${open}`,
  ]
}

function updateLines({ impact, seen }: Incident, run: JudgedRun, clock: Clock): readonly string[] {
  const { failed, asked, until, conversations, users, lastFailedAt } = impact
  const counts = [
    `${failed} of ${asked} operations failed`,
    ...(conversations === null ? [] : [`${conversations} conversations affected`]),
    ...(users === null ? [] : [`${users} users unable to reach support`]),
  ]
  const isOver = until !== null && (lastFailedAt === null || lastFailedAt <= until)
  const known = impact.from === null ? '[unknown: no fault is in the record of this run]' : counts.join(', ')
  return [
    `[${run.severity}] INCIDENT: Intercom Integration`,
    `Status: ${isOver ? `RESOLVED (${clock(until)} UTC)` : 'INVESTIGATING'}`,
    `Impact: ${known}`,
    `Cause: ${
      seen[0]
        ? `${seen
            .slice(0, 2)
            .map(({ how }) => `requests ${how}`)
            .join('; ')} [why]`
        : '[unknown]'
    }`,
    `Action: ${actionOf(impact)}`,
    `Next update: ${isOver ? 'none' : '[Time]'}`,
    'Commander: @[name]',
  ].map((line) => clip(line, 600))
}

function actionOf({ stale, queued }: Incident['impact']): string {
  const done = [
    ...(stale > 0 ? [`fallback serves older copies (${stale} so far)`] : []),
    ...(queued > 0 ? [`writes are queued (${queued} so far)`] : []),
  ]
  return done.length > 0 ? done.join(', ') : '[unknown: the client did nothing that this run can show]'
}
