// A text as lines that each are one thing: dated words, the date that a status page was posted to, a heading with a date, or words
// without a time. No instant is known here, because what a line does not say may stand further down.

import { sentencesOf } from './words.ts'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { daysIn, stampsIn, type DayStamp, type Stamp } from './stamps.ts'

export type TextLine = { readonly place: string } & (
  | { readonly kind: 'dated'; readonly stamp: Stamp; readonly until: Stamp | null; readonly words: string }
  /** As a status page has it: the words stand above. */
  | { readonly kind: 'posted'; readonly stamp: Stamp }
  | { readonly kind: 'heading'; readonly day: DayStamp; readonly words: string }
  | { readonly kind: 'prose'; readonly sentences: readonly Sentence[]; readonly words: string }
)

/** `stamps` are those that can be nothing else. */
export type Sentence = { readonly words: string; readonly stamps: readonly Stamp[]; readonly isRange: boolean }

/** Throws UserError where a line is too long to be one. */
export function linesOf(text: string, file: string): readonly TextLine[] {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|[\n\r\u2028\u2029]/u)
  const long = lines.findIndex(({ length }) => length > limits.accountLineCharacters)
  if (long >= 0)
    throw new UserError(
      `this line has ${lines[long]?.length} characters, and may have ${limits.accountLineCharacters}`,
      {
        place: { file, line: long + 1 },
        hint: 'Break it into lines.',
      },
    )
  const read = lines.flatMap((line, index) => lineOf(line.trim().replace(/\s*\|$/u, ''), `line ${index + 1}`) ?? [])
  return read.flatMap((line, index) => withNextWords(line, read[index + 1], read[index - 1]))
}

function lineOf(line: string, place: string): TextLine | undefined {
  // Rules, boxes and brackets say nothing.
  if (!/[\p{L}\p{N}]/u.test(line)) return undefined
  const stamps = stampsIn(line)
  const [first, second] = stamps
  if (first && /^\W*posted\b[\s:]*(?:on |at )?$/iu.test(line.slice(0, first.start))) {
    return { kind: 'posted', stamp: first, place }
  }
  if (first && leads(line, first)) {
    const until = second && isBetween(line, first, second) ? second : null
    const words = line.slice((until ?? first).end).replace(/^[\s:;|,.)\]*\u2013\u2014>-]+/u, '')
    const zone = first.zone ?? until?.zone ?? null
    return { kind: 'dated', stamp: { ...first, zone }, until, words, place }
  }
  const [day, ...others] = daysIn(line)
  if (day && stamps.length === 0 && others.length === 0 && isHeading(line, day))
    return { kind: 'heading', day: day.day, words: line, place }
  return { kind: 'prose', sentences: sentencesOf(line).map(sentenceOf), words: line, place }
}

/** A time that stands alone is the head of the line below it. */
function withNextWords(line: TextLine, next: TextLine | undefined, before: TextLine | undefined): readonly TextLine[] {
  if (line.kind === 'dated' && line.words === '') {
    return next?.kind === 'prose' ? [{ ...line, words: next.words }] : [{ ...line, words: '' }]
  }
  return line.kind === 'prose' && before?.kind === 'dated' && before.words === '' ? [] : [line]
}

function leads(line: string, { start }: Stamp): boolean {
  return /^[\s\-*\u2022\u00B7#>|[(]*(?:~|about |approx(?:imately|\.)? ?|around |circa |at )?$/iu.test(
    line.slice(0, start),
  )
}

function isHeading(line: string, { start, end }: { readonly start: number; readonly end: number }): boolean {
  const rest = `${line.slice(0, start)} ${line.slice(end)}`.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()
  return /^(?:(?:date|day|on|incident date|date of incident|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b ?)*$/iu.test(
    rest,
  )
}

function sentenceOf(words: string): Sentence {
  const stamps = stampsIn(words).filter((stamp) => stamp.certain || isIntroduced(words, stamp))
  const [first, second] = stamps
  const isRange = first !== undefined && second !== undefined && isBetween(words, first, second)
  const zone = first?.zone ?? second?.zone ?? null
  return { words, stamps: isRange && first ? [{ ...first, zone }, ...stamps.slice(1)] : stamps, isRange }
}

function isIntroduced(words: string, { start }: Stamp): boolean {
  return /\b(?:at|by|until|till|from|since|between|around|about|approximately|and|to)\s+~?$/iu.test(
    words.slice(0, start),
  )
}

function isBetween(line: string, first: Stamp, second: Stamp): boolean {
  const between = line.slice(first.end, second.start)
  return /^\s*(?:and|to|until|till|through|[-\u2013\u2014])\s*(?:approx(?:imately|\.)?|about|around|~)?\s*$/iu.test(
    between,
  )
}
