// The two documents of an incident, drafted from a run: the postmortem, and the update for chat. What the history does not know is left in
// brackets, with the reason where there is one.

import { formatInstant } from '#clock/instant.ts'
import { presentable } from '#context/foreign-text.ts'
import type { History } from '#history/history.ts'
import { clip } from '../clip.ts'
import { plain } from '../markdown/text.ts'
import { titleOf } from '../quantity.ts'
import type { JudgedRun } from '../report-schema.ts'
import { impactOf, type Impact } from './impact.ts'
import { seenBetween, type Seen } from './seen.ts'
import { timelineOf, type Moment } from './timeline.ts'

export type Drafts = { readonly postmortem: string; readonly update: string }

/** Files of the drafts. */
export const draftFiles = { postmortem: 'postmortem.md', update: 'slack.txt' } as const

const idsShown = 8

export function draftsOf(history: History, run: JudgedRun): Drafts {
  const impact = impactOf(history)
  const end = impact.until ?? history.header.spanMs
  const seen = impact.from === null ? [] : seenBetween(history, impact.from, end)
  const clock = clockOf(history.header.startMs)
  return {
    postmortem: `${postmortemLines(history, run, impact, seen, clock).join('\n')}\n`,
    update: `${updateLines(run, impact, seen, clock).join('\n')}\n`,
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

function postmortemLines(
  history: History,
  run: JudgedRun,
  impact: Impact,
  seen: readonly Seen[],
  clock: Clock,
): readonly string[] {
  const { header } = history
  const { moments, blanks } = timelineOf(history, impact)
  const { from, until } = impact
  const day = formatInstant(header.startMs + (from ?? 0)).slice(0, 10)
  const [begin, end] = [from === null ? '[HH:MM]' : clock(from), until === null ? '[HH:MM]' : clock(until)]
  return [
    `## Incident: Intercom (${plain(run.title)})`,
    '',
    `> Drafted by Brownout from a replay of ${plain(run.scenario)} with the client ${plain(run.client)}, seed ${plain(run.seed)}.`,
    '> Everything is from the record of that run; what stands in [brackets] is not in it.',
    '',
    `**Date:** ${day} ${begin.replace(`${day} `, '')} - ${end} UTC`,
    `**Duration:** ${from === null || until === null ? '[X hours Y minutes]' : hoursAndMinutes(until - from)}`,
    `**Severity:** ${header.severity}`,
    `**Intercom request_ids:** ${requestIds(impact.requestIds)}`,
    '',
    '### Summary',
    summary(run, impact, begin, end),
    '',
    '### Timeline',
    ...moments.map((moment) => momentLine(moment, clock)),
    ...blanks.map(({ label, why }) => `- [HH:MM] - ${label}: [unknown: ${why}]`),
    '',
    '### Root Cause',
    `[unknown: the record tells what the client saw, not why it happened]${causeOf(history)}`,
    ...(seen.length === 0 ? [] : ['What the client saw of it, request by request:']),
    ...seen.map(({ how, count }) => `- ${count} ${how}`),
    '',
    '### Impact',
    `- Conversations affected: ${impact.conversations ?? '[unknown: nothing in this run is about conversations]'}`,
    `- Users unable to reach support: ${impact.users ?? '[unknown: nobody writes to support in this run]'}`,
    `- Duration of degraded service: ${impact.degradedMinutes}m`,
    '',
    '### Action Items',
    ...actionItems(run, history),
  ]
}

function hoursAndMinutes(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  return `${Math.floor(minutes / 60)} hours ${minutes % 60} minutes`
}

function requestIds(ids: readonly string[]): string {
  if (ids.length === 0) return 'none: no request that failed was answered with one'
  const shown = ids.slice(0, idsShown).map((id) => plain(presentable(id)))
  const more = ids.length > shown.length ? `, and ${ids.length - shown.length} more in history.ndjson` : ''
  return `${shown.join(', ')}${more}`
}

function summary(run: JudgedRun, impact: Impact, begin: string, end: string): string {
  const { asked, failed, stale, queued } = impact
  if (impact.from === null) return '[unknown: no fault is in the record of this run]'
  const names = [...new Set(failed.map(({ invoked }) => invoked.name))].slice(0, 6)
  const others = [
    ...(stale > 0 ? [`${stale} were answered with older copies`] : []),
    ...(queued > 0 ? [`${queued} were queued`] : []),
  ]
  const what = `${failed.length} failed${names.length > 0 ? ` (${names.map((name) => plain(presentable(name))).join(', ')})` : ''}`
  return `${plain(run.title)}, from ${begin} to ${end} UTC. Of ${asked} operations asked from then to the end of the run, ${[what, ...others].join(', ')}. [What users noticed]`
}

function momentLine({ at, label, says, blank }: Moment, clock: Clock): string {
  return `- ${clock(at)} - ${label}: ${plain(presentable(says))}${blank === undefined ? '' : `; [${blank}]`}`
}

/** The scenario may say whose the problem is; then the history has it. */
function causeOf({ header }: History): string {
  const named = header.problems.map(({ whose, cause }) => `${cause}, ${whose === 'theirs' ? "the provider's" : 'ours'}`)
  return named.length === 0 ? '' : ` The scenario names it: ${[...new Set(named)].join('; ')}.`
}

const open = '[Owner] - [Due]'

function actionItems(run: JudgedRun, history: History): string[] {
  const failed = run.verdicts.flatMap((verdict) => {
    if (verdict.verdict !== 'fail') return []
    const { waived, hint, sentence } = verdict
    const who = waived ? `${plain(waived.owner)} - ${waived.until}` : open
    return [`- [ ] ${plain(hint)} (${plain(titleOf(verdict))}: ${plain(sentence)}) - ${who}`]
  })
  const isWatched = history.all('health.reported').length > 0
  return [
    ...(failed.length > 0 ? failed : [`- [ ] [Preventive measure: every rule that could judge passed] - ${open}`]),
    isWatched
      ? `- [ ] [Monitoring gap to fill] - ${open}`
      : `- [ ] Have the client report its health: in this run nothing of it told of the incident - ${open}`,
    `- [ ] [Documentation to update] - ${open}`,
  ]
}

function updateLines(run: JudgedRun, impact: Impact, seen: readonly Seen[], clock: Clock): readonly string[] {
  const { failed, asked, until, conversations, users } = impact
  const counts = [
    `${failed.length} of ${asked} operations failed`,
    ...(conversations === null ? [] : [`${conversations} conversations affected`]),
    ...(users === null ? [] : [`${users} users unable to reach support`]),
  ]
  const isOver = until !== null && !failed.some(({ invoked }) => invoked.at > until)
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

function actionOf({ stale, queued }: Impact): string {
  const done = [
    ...(stale > 0 ? [`fallback serves older copies (${stale} so far)`] : []),
    ...(queued > 0 ? [`writes are queued (${queued} so far)`] : []),
  ]
  return done.length > 0 ? done.join(', ') : '[unknown: the client did nothing that this run can show]'
}
