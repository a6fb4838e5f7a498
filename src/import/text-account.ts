// A postmortem or the page of a status page as text: lines such as `11:14 - Errors begin`, and whatever stands around them.

import { formatInstant, formatTime } from '#clock/instant.ts'
import { sorted, type Account, type Moment, type Quote, type Unread } from './account.ts'
import { Calendar } from './calendar.ts'
import { pageOf, postedBlocks, workOf } from './posted.ts'
import { severityIn } from './severity.ts'
import { daysIn, stampsIn, type Stamp } from './stamps.ts'
import { linesOf, type Sentence, type TextLine } from './text-lines.ts'
import { glimpse, sentencesOf, tidy } from './words.ts'
import { zoneAt, type Zone } from './zones.ts'

export type TextOptions = {
  readonly date: string | undefined
  readonly zone: Zone | undefined
  readonly url: string | null
}

/** Throws UserError where the text has times and nobody says of which day. */
export function readTextAccount(text: string, file: string, options: TextOptions): Account {
  const lines = linesOf(text, file)
  const date = options.date ?? firstDate(text)
  const named = zoneNamed(text, lines)
  const calendar = new Calendar(file, { date, zone: options.zone ?? named?.zone })
  const reading = new Reading(calendar)
  for (const line of inOrderOfTime(lines)) reading.read(line)
  const posted = postedBlocks(lines, (stamp, place) => reading.instant(stamp, place, false))
  const moments = sorted([...reading.moments, ...posted.map(({ moment }) => moment)])
  const work = workOf(posted, reading.range)
  const first = moments[0]
  const title = titleOf(lines, posted.length > 0)
  const used = new Set(posted.flatMap(({ places }) => places))
  return {
    title: tidy(title.words),
    url: options.url,
    day: date ?? (first ? formatInstant(first.at).slice(0, 10) : ''),
    severity: severityIn(lines.flatMap((line) => ('words' in line ? [{ words: line.words, place: line.place }] : []))),
    moments,
    prose: reading.prose.filter(({ place }) => !used.has(place)),
    begin: work ? momentAt(posted, 'started', work.started, reading.range?.from) : (reading.range?.from ?? null),
    end: work ? momentAt(posted, 'completed', work.completed, reading.range?.until) : (reading.range?.until ?? null),
    components: componentsIn(text),
    stretches: [],
    page: pageOf(posted, moments, title.words),
    work,
    remarks: [
      ...(named?.remark !== undefined && options.zone === undefined ? [named.remark] : []),
      ...calendar.remarks,
    ],
    unread: reading.unread,
  }
}

type Range = { readonly from: Moment; readonly until: Moment }

class Reading {
  readonly moments: Moment[] = []
  readonly prose: Quote[] = []
  readonly unread: Unread[] = []
  /** The first that the text has. */
  range: Range | null = null
  readonly #calendar: Calendar

  constructor(calendar: Calendar) {
    this.#calendar = calendar
  }

  read(line: TextLine): void {
    const { place } = line
    if (line.kind === 'heading') {
      if (this.#calendar.turnTo(line.day) === undefined)
        this.unread.push({ words: line.words, place, why: 'there is no such day' })
    } else if (line.kind === 'dated') this.#readDated(line)
    else if (line.kind === 'prose') for (const sentence of line.sentences) this.#readSentence(sentence, place)
  }

  instant(stamp: Stamp, place: string, steady: boolean): number | undefined {
    const at = this.#calendar.at(stamp, place, steady)
    if (at !== undefined) return at
    const zone = stamp.zone?.minutes === null ? stamp.zone.name : undefined
    const why =
      zone === undefined ? 'there is no such day' : `${zone} is the name of several time zones; write UTC+1 or so`
    this.unread.push({ words: zone ?? 'the date', place, why })
    return undefined
  }

  #readDated({ stamp, until, words, place }: TextLine & { readonly kind: 'dated' }): void {
    const at = this.instant(stamp, place, true)
    if (at === undefined) {
      this.prose.push(...sentencesOf(words).map((sentence) => ({ words: sentence, place })))
      return
    }
    const end = until ? this.instant(until, place, false) : undefined
    const whole = end === undefined ? words : `${words} (until ${formatTime(end)})`
    if (words === '') this.unread.push({ words: '', place, why: 'a time without words' })
    else this.moments.push({ at, words: whole, place })
  }

  #readSentence({ words, stamps, isRange }: Sentence, place: string): void {
    const instants = stamps.map((stamp) => this.instant(stamp, place, false)).filter((at) => at !== undefined)
    const [from, until] = instants
    if (from === undefined) {
      this.prose.push({ words, place })
      return
    }
    this.moments.push({ at: from, words, place })
    if (isRange && until !== undefined && until > from) {
      this.range ??= { from: { at: from, words, place }, until: { at: until, words, place } }
    } else for (const at of instants.slice(1)) this.moments.push({ at, words, place })
  }
}

/** Some pages have their newest line first; then a clock that goes back is no midnight. */
function inOrderOfTime(lines: readonly TextLine[]): readonly TextLine[] {
  const times = lines.flatMap((line) => (line.kind === 'dated' && line.stamp.day === null ? [line.stamp.ms] : []))
  const steps = times.slice(1).map((ms, index) => Math.sign(ms - (times[index] ?? ms)))
  const direction = steps.reduce((sum, step) => sum + step, 0)
  const dated = lines.filter((line) => line.kind === 'dated')
  if (direction >= 0 || lines.some(({ kind }) => kind === 'heading') || dated.some((line) => line.stamp.day !== null))
    return lines
  return [...lines.filter((line) => line.kind !== 'dated'), ...dated.toReversed()]
}

function firstDate(text: string): string | undefined {
  const day = daysIn(text).find(({ day: { year } }) => year !== null)?.day
  return day && [day.year, day.month, day.day].map((part) => String(part).padStart(2, '0')).join('-')
}

/** `All times are in PDT`, `Timeline (UTC)`; or the only zone that there is. */
function zoneNamed(text: string, lines: readonly TextLine[]): { zone: Zone; remark?: string } | undefined {
  for (const head of text.matchAll(
    /\b[Tt]ime(?:s|line)?\b[ :]{0,3}\(?(?:all )?(?:times )?(?:are )?(?:shown )?(?:in )?/gu,
  )) {
    const said = zoneAt(text.slice(head.index + head[0].length, head.index + head[0].length + 20))
    if (said && said.minutes !== null) return { zone: said }
  }
  const zones = lines.flatMap((line) => ('words' in line ? stampsIn(line.words) : [])).flatMap(({ zone }) => zone ?? [])
  const [first, ...others] = [...new Map(zones.map((zone) => [zone.name, zone])).values()]
  if (!first || first.minutes === null || others.length > 0) return undefined
  const some = lines.some((line) => line.kind === 'dated' && line.stamp.zone === null)
  const remark = `Times without a time zone are taken to be ${first.name}, the only one that the document names.`
  return { zone: first, ...(some && { remark }) }
}

function momentAt(posted: readonly { moment: Moment }[], words: string, at: number, other: Moment | undefined): Moment {
  return posted.find(({ moment }) => moment.at === at)?.moment ?? { ...(other ?? { words, place: 'the text' }), at }
}

function titleOf(lines: readonly TextLine[], isPage: boolean): Quote {
  const worded = lines.flatMap((line) => ('words' in line && line.words !== '' ? [line] : []))
  const told = worded.find(
    ({ words }) => !/^\W*(?:duration|date|time|severity|status|when|window)\b[^.]{0,30}:/iu.test(words),
  )
  const line = told ?? worded[0]
  if (!line) return { words: 'An incident', place: 'line 1' }
  const words = line.words
    .replace(/^\W*(?:impact|summary|title|incident|overview)\W{0,4}:\W*/iu, '')
    .replace(/^#+ */u, '')
  const short = words.length <= 120 || isPage ? words : (sentencesOf(words)[0] ?? words)
  return { words: /[\p{L}\p{N}]/u.test(tidy(short)) ? short : 'An incident', place: line.place }
}

/** The list at the end of the page of a status page: `This incident affected: APIs, Webhooks.` */
function componentsIn(text: string): readonly string[] {
  const list = /\bthis (?:incident|scheduled maintenance|maintenance) affected: ?([^\n]{1,2000})/iu.exec(text)?.[1]
  const flat = (list ?? '').replaceAll(/[()]/gu, ',')
  return flat
    .split(flat.includes(',') ? /, and |,/u : / and /u)
    .map((name) => tidy(name, 120).replace(/\.$/u, '').trim())
    .filter((name) => name !== '')
}

/** How a line is shown in a list of what was not used. */
export function shown({ words, place, why }: Unread): string {
  return words === '' ? `${place}: ${why}` : `${place}: ${glimpse(words)}: ${why}`
}
