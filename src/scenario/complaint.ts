// Problems of a scenario file as one UserError: the first is the message, the others are listed below it, each with its
// line and a caret.

import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import type { Document, Misprint } from './document.ts'
import { spell } from './problem.ts'

const widthOfExcerpt = 110

export function complain(text: string, file: string, document: Document, misprints: readonly Misprint[]): UserError {
  const ordered = misprints.toSorted((one, other) => one.span.start - other.span.start)
  const errors = ordered.slice(0, limits.scenarioProblems).map((misprint) => {
    const place = document.placeOf(misprint.span.start)
    const length = Math.max(1, misprint.span.end - misprint.span.start)
    return new UserError(misprint.what, {
      place: { file, ...place },
      excerpt: excerptOf(text, place, length),
      ...(misprint.hint === undefined ? {} : { hint: spell(misprint.hint) }),
    })
  })
  const [first, ...others] = errors
  if (first === undefined) return new UserError('nothing is wrong', { place: { file } })
  if (others.length === 0) return first
  const more = ordered.length - errors.length
  const rest = [...others.map(String), ...(more > 0 ? [`... and ${more} more.`] : [])]
  return new UserError(first.message, {
    ...(first.place ? { place: first.place } : {}),
    ...(first.excerpt === undefined ? {} : { excerpt: first.excerpt }),
    hint: [first.hint, ...rest].filter((part) => part !== undefined).join('\n'),
  })
}

/** The line and a caret under its offending part. A long line is cut around the caret. */
function excerptOf(text: string, place: { line: number; column: number }, length: number): string {
  const line = (text.split(/\r\n|\n|\r/u)[place.line - 1] ?? '').replaceAll(/\p{Cc}/gu, ' ').trimEnd()
  const from = place.column - 1 > widthOfExcerpt - 30 ? place.column - 31 : 0
  const shown = `${from > 0 ? '...' : ''}${line.slice(from, from + widthOfExcerpt)}${line.length > from + widthOfExcerpt ? '...' : ''}`
  const gutter = String(place.line).padStart(5)
  const indent = ' '.repeat(place.column - 1 - from + (from > 0 ? 3 : 0))
  const carets = '^'.repeat(Math.max(1, Math.min(length, shown.length - indent.length)))
  return `${gutter} | ${shown}\n${' '.repeat(gutter.length)} | ${indent}${carets}`
}
