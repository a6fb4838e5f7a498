// The page of an incident on a status page, copied as text: a status, what it says, and `Posted Jan 15, 2020 - 07:14 UTC` below.

import type { Moment, PageEntry, Work } from './account.ts'
import type { Stamp } from './stamps.ts'
import type { TextLine } from './text-lines.ts'

type Status =
  | 'scheduled'
  | 'in progress'
  | 'verifying'
  | 'completed'
  | 'investigating'
  | 'identified'
  | 'monitoring'
  | 'resolved'
  | 'update'
  | 'postmortem'

/** `places` are the lines that became its words. */
export type Posted = { readonly status: Status | null; readonly moment: Moment; readonly places: readonly string[] }

const status =
  /^(scheduled|in progress|verifying|completed|investigating|identified|monitoring|resolved|update|postmortem)\b[\s:.\u2013\u2014-]*/iu

/** From the top of the page to its bottom; usually the newest comes first. */
export function postedBlocks(
  lines: readonly TextLine[],
  instant: (stamp: Stamp, place: string) => number | undefined,
): readonly Posted[] {
  const ends = lines.flatMap((line, index) => (line.kind === 'posted' ? [{ line, index }] : []))
  return ends.flatMap(({ line, index }, nth) => {
    const at = instant(line.stamp, line.place)
    const block = lines.slice((ends[nth - 1]?.index ?? -1) + 1, index)
    return at === undefined ? [] : (postedOf(block, at) ?? [])
  })
}

function postedOf(block: readonly TextLine[], at: number): Posted | undefined {
  const worded = block.flatMap((line) => (line.kind === 'prose' ? [line] : []))
  const start = worded.findIndex(({ words }) => isStatus(words))
  const [head, ...body] = worded.slice(Math.max(0, start))
  if (!head) return undefined
  const word = status.exec(head.words)?.[1]?.toLowerCase() as Status | undefined
  // A status may stand alone, or twice; what it says comes next.
  const told = body.find(({ words }) => !isStatus(words))
  const alone = head.words.replace(status, '') === ''
  const words = alone && told ? `${head.words.replace(/:$/u, '')}: ${told.words}` : head.words
  const places = worded
    .slice(Math.max(0, start))
    .filter((line) => line === head || isStatus(line.words) || (alone && line === told))
  return { status: word ?? null, moment: { at, words, place: head.place }, places: places.map(({ place }) => place) }
}

function isStatus(words: string): boolean {
  return (
    words.replace(status, '') === '' ||
    /^(?:investigating|identified|monitoring|resolved|update|completed|in progress) ?[:\u2013\u2014-]/iu.test(words)
  )
}

type Range = { readonly from: Moment; readonly until: Moment }

/** Announced work needs a window; when it was announced, begun and over is posted, or was as planned. */
export function workOf(posted: readonly Posted[], range: Range | null): Work | null {
  const times = (wanted: Status): readonly number[] =>
    posted.filter((one) => one.status === wanted).map(({ moment }) => moment.at)
  const isWork = posted.some((one) => one.status === 'scheduled' || one.status === 'completed')
  if (!isWork || !range) return null
  const started = Math.min(...times('in progress'), ...(times('in progress').length === 0 ? [range.from.at] : []))
  const done = times('completed').filter((at) => at > started)
  const announced = Math.min(...posted.map(({ moment }) => moment.at), range.from.at, started)
  const completed = done.length > 0 ? Math.max(...done) : Math.max(range.until.at, started + 60_000)
  return { announced, from: range.from.at, until: range.until.at, started, completed }
}

/** An incident's page opens with the first that is posted; a timeline may tell of it, too. */
export function pageOf(posted: readonly Posted[], moments: readonly Moment[], title: string): PageEntry | null {
  const isIncident = posted.some(
    (one) => one.status === 'investigating' || one.status === 'identified' || one.status === 'resolved',
  )
  if (isIncident) {
    const inOrder = posted
      .map(({ status: is, moment }) => ({ is, ...moment }))
      .toSorted((one, other) => one.at - other.at)
    const first = inOrder[0]
    const resolved = inOrder.find(({ is }) => is === 'resolved')
    if (first) return { opened: { ...first, words: title }, resolved: resolved ?? null }
  }
  const opened = moments.find(({ words }) =>
    /status ?page\b.{0,40}\b(?:posted|opened|updated|published|created)|\b(?:posted|published|opened)\b.{0,40}\bstatus ?page/iu.test(
      words,
    ),
  )
  if (!opened) return null
  const after = moments.filter(({ at }) => at > opened.at)
  const resolved = after.find(({ words }) => /status ?page\b.{0,60}\b(?:resolved|closed)/iu.test(words))
  return {
    opened: { ...opened, words: saidIn(opened.words) ?? title },
    resolved: resolved ? { ...resolved, words: saidIn(resolved.words) ?? '' } : null,
  }
}

/** What a page said stands in quotes. */
function saidIn(words: string): string | undefined {
  return /["\u201C]([^"\u201C\u201D]{3,500})["\u201D]/u.exec(words)?.[1]
}
