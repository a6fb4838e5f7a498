// The small words of the format: names, sentences, times. Each message completes the sentence "`path` must be ...".

import { z } from 'zod'
import { parseInstant } from '#clock/instant.ts'

/** A map whose unknown keys are errors. */
export const section = z.strictObject

export function text(pattern: RegExp, message: string): z.ZodString {
  return z.string({ error: (issue) => (issue.input === undefined ? undefined : message) }).regex(pattern, message)
}

export function wholeNumber(low: number, high: number): z.ZodNumber {
  const message = `must be a whole number from ${low} to ${high}`
  const error = (issue: { input?: unknown }): string | undefined => (issue.input === undefined ? undefined : message)
  return z.number({ error }).int(message).min(low, message).max(high, message)
}

export const name = text(
  /^[a-z][A-Za-z0-9-]{0,59}$/u,
  'must be a word of letters, digits and dashes that starts with a small letter',
)

/** What a scenario is called; also after a status code, as in `429-storm`. */
export const scenarioName = text(
  /^[a-z0-9][A-Za-z0-9-]{0,59}$/u,
  'must be a word of letters, digits and dashes that starts with a small letter or a digit',
)

/** A word of a command line, a path or a value: nearly any text. */
export const word = text(/^(?:[^\p{Cc}]|[\n\t]){1,4000}$/u, 'must be a text')

/** Of a command or its environment, where nothing is something. */
export const argument = text(/^(?:[^\p{Cc}]|[\n\t]){0,4000}$/u, 'must be a text')

export const sentence = text(/^[^\p{Cc}]{1,600}$/u, 'must be a text of at most 600 characters')

const timeMessage = 'must be a time such as 11:14Z or 2026-04-27 11:14Z'

/** `11:14Z` on the source's date, or with a date of its own; to the second (`11:14:05Z`) or the millisecond where it matters. */
export const time = text(/^(?:\d{4}-\d{2}-\d{2} )?\d{2}:\d{2}(?::\d{2}(?:\.\d{3})?)?Z$/u, timeMessage).refine(
  (written) => parseInstant(hasDate(written) ? written : `2000-01-01 ${written}`) !== undefined,
  timeMessage,
)

export const date = text(/^\d{4}-\d{2}-\d{2}$/u, 'must be a date such as 2026-04-27').refine(
  (written) => parseInstant(`${written} 00:00Z`) !== undefined,
  'must be a date such as 2026-04-27',
)

export function hasDate(written: string): boolean {
  return written.includes(' ')
}
