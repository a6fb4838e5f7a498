// A history from a file that anybody may have written, edited or cut. Whatever is wrong with it is said with its line, before an
// oracle relies on it.

import { limits } from '#context/limits.ts'
import { nearestName } from '#context/nearest-name.ts'
import { UserError } from '#context/user-error.ts'
import { eventKinds, isEventKind, unsoundField } from './event-forms.ts'
import type { HistoryEvent } from './event.ts'
import { headerForm } from './header-form.ts'
import type { Header } from './header.ts'
import { createHistory, type History } from './history.ts'
import { References } from './references.ts'

/** Times are recorded to the microsecond. */
const resolutionMs = 0.001
const latestMs = 1e12
const whatItIs = 'A history is what a run leaves as history.ndjson: one event on each line, as JSON.'

/** `file` is how it is called in messages. Throws a UserError. */
export function readHistory(text: string, file: string, most: number = limits.historyEvents): History {
  if (text.trim() === '') throw new UserError('the file is empty', { place: { file }, hint: whatItIs })
  const events: HistoryEvent[] = []
  const references = new References()
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from)
    const line = text.slice(from, end < 0 ? text.length : end)
    const place = { file, line: events.length + 1 }
    if (events.length === most) throw new UserError(`the history has more than ${most} events`, { place })
    const event = readEvent(line, events, place, end < 0)
    const problem = references.problem(event)
    if (problem !== undefined) throw new UserError(problem, { place, hint: asWritten })
    events.push(event)
    from = end < 0 ? text.length : end + 1
  }
  const last = events.at(-1)
  if (last?.kind !== 'run.ended')
    throw cutOff({ file, line: events.length }, `its last event is ${last?.kind ?? 'missing'}, not run.ended`)
  return createHistory(events)
}

type Place = { readonly file: string; readonly line: number }

function cutOff(place: Place, how: string): UserError {
  return new UserError(`the history is cut off: ${how}`, {
    place,
    hint: 'Run the scenario again: half a history would be judged as if the other half had gone well.',
  })
}

function readEvent(line: string, before: readonly HistoryEvent[], place: Place, isUnended: boolean): HistoryEvent {
  const event = parsed(line, place, isUnended)
  const { seq, at, kind } = event
  const index = before.length
  if (index === 0) return readStart(event, place)
  if (typeof kind !== 'string' || !isEventKind(kind)) throw unknownKind(kind, place)
  if (kind === 'run.started') throw new UserError('the run starts a second time', { place, hint: oneRun })
  if (seq !== index) {
    const which = typeof seq === 'number' ? `the event number ${seq}` : 'an event without a number'
    throw new UserError(`${which} stands where number ${index} belongs`, {
      place,
      hint: 'Is a line missing, doubled or moved? Take the file as the run wrote it.',
    })
  }
  checkTime(at, before[index - 1]?.at ?? 0, place)
  const field = unsoundField(event, kind)
  if (field !== undefined) throw unsound(kind, field, event[field], place)
  if (before[index - 1]?.kind === 'run.ended')
    throw new UserError(`the event ${kind} comes after the end of the run`, { place, hint: oneRun })
  return event as unknown as HistoryEvent
}

const asWritten = 'Take the file as the run wrote it.'
const oneRun = 'One file is the history of one run.'

function parsed(line: string, place: Place, isUnended: boolean): Readonly<Record<string, unknown>> {
  let event: unknown
  try {
    event = JSON.parse(line)
  } catch {
    if (isUnended && place.line > 1) throw cutOff(place, 'its last line is not whole')
    throw new UserError('this line is not JSON', { place, hint: whatItIs })
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    throw new UserError('this line is JSON, but not an event', { place, hint: whatItIs })
  return event as Readonly<Record<string, unknown>>
}

/** The first event is the only one that holds more than a few words. */
function readStart(event: Readonly<Record<string, unknown>>, place: Place): HistoryEvent {
  const { seq, at, kind, header } = event
  if (kind !== 'run.started' || typeof header !== 'object' || header === null)
    throw new UserError('the file does not begin with run.started and a header', { place, hint: whatItIs })
  const format = 'format' in header ? header.format : undefined
  if (format !== 1)
    throw new UserError(`the history has the format ${shown(format)}, and this version reads format 1`, {
      place,
      hint: 'Judge it with the version that wrote it, or run the scenario again.',
    })
  if (seq !== 0) throw new UserError('the first event is not number 0', { place })
  const read = readHeader(header, place)
  checkTime(at, 0, place)
  // Real time goes on while everything is being set up.
  if (read.transport === 'virtual' && at !== 0) throw new UserError('the first event is not at time 0', { place })
  return { seq, at, kind, header: read }
}

function readHeader(header: object, place: Place): Header {
  const form = headerForm.safeParse(header, { jitless: true })
  if (form.success) return withinSpan(form.data, place)
  const [issue] = form.error.issues
  const path = ['header', ...(issue?.path ?? [])].map(String).join('.')
  const value = issue?.path.reduce<unknown>((part, key) => partOf(part, key), header)
  const what =
    value === undefined ? `\`${path}\` is missing` : `\`${path}\` cannot be ${shown(value)}: ${issue?.message ?? ''}`
  throw new UserError(what, { place, hint: asWritten })
}

function withinSpan(header: Header, place: Place): Header {
  const { spanMs, phases } = header
  const beyond = phases.find(({ at }) => at >= spanMs)
  if (!beyond) return header
  const what = `the phase "${shown(beyond.name).slice(1, -1)}" begins at ${beyond.at} ms, and the run is over at ${spanMs} ms`
  throw new UserError(what, { place, hint: asWritten })
}

function partOf(whole: unknown, key: PropertyKey): unknown {
  return typeof whole === 'object' && whole !== null && Object.hasOwn(whole, key) ? Reflect.get(whole, key) : undefined
}

function unknownKind(kind: unknown, place: Place): UserError {
  if (typeof kind !== 'string') return new UserError('this line is JSON, but not an event', { place, hint: whatItIs })
  const near = nearestName(kind, eventKinds)
  return new UserError(`there is no event ${shown(kind)}`, {
    place,
    hint: near ? `Did you mean ${near}?` : 'Was it written by a newer version? Judge it with that one.',
  })
}

function checkTime(at: unknown, before: number, place: Place): asserts at is number {
  if (typeof at !== 'number' || !(at >= 0 && at <= latestMs))
    throw new UserError(`\`at\` must be milliseconds since the start of the run, not ${shown(at)}`, { place })
  if (at < before - resolutionMs)
    throw new UserError(`this event happens at ${at} ms, before the one above it at ${before} ms`, {
      place,
      hint: 'Events are in the order in which they happened. Take the file as the run wrote it.',
    })
}

function unsound(kind: string, field: string, value: unknown, place: Place): UserError {
  const what = value === undefined ? 'is missing' : `cannot be ${shown(value)}`
  return new UserError(`\`${field}\` of ${kind} ${what}`, { place, hint: asWritten })
}

/** Foreign, so it is cut. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
