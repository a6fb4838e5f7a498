// What zod found, as problems in plain words: missing and unknown keys, values of the wrong kind or unit.

import { z } from 'zod'
import { parseDuration } from '#clock/instant.ts'
import { didYouMean, pathText, quote, suggest } from './problem.ts'
import type { Hint, Path, Problems } from './problem.ts'

type Issue = z.core.$ZodIssue

/** Adds the issues of `schema` about `data`, which stands at `at` in the file. */
export function addIssues(
  problems: Problems,
  issues: readonly Issue[],
  schema: z.ZodType,
  data: unknown,
  at: Path,
): void {
  for (const issue of issues) addIssue(problems, issue, { schema, data, at })
}

type Context = { readonly schema: z.ZodType; readonly data: unknown; readonly at: Path }

function addIssue(problems: Problems, issue: Issue, context: Context): void {
  const inner = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
  const path = [...context.at, ...inner]
  const value = valueAt(context.data, inner)
  const label = path.length === 0 ? 'the scenario' : `\`${pathText(path)}\``
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(context.schema, inner)
      for (const key of issue.keys) {
        const where = path.length === 0 ? 'a scenario' : label
        problems.key([...path, key], `unknown key \`${key}\` in ${where}`, unknownKeyHint(key, known))
      }
      return
    }
    case 'invalid_union': {
      const branch = issue.errors.toSorted((one, other) => weight(one) - weight(other))[0] ?? []
      for (const nested of branch) addIssue(problems, { ...nested, path: [...issue.path, ...nested.path] }, context)
      if (branch.length === 0) problems.value(path, `${label} has the wrong form`)
      return
    }
    case 'invalid_key':
      problems.key(
        path,
        `the name \`${String(inner.at(-1))}\` ${own(issue.issues[0]?.message) ?? 'is not possible here'}`,
      )
      return
    default:
      if (value === undefined) problems.value(path, `${label} is missing`, wanted(issue.message))
      else problems.value(path, complaint(label, issue, value), unitHint(issue, value))
  }
}

/** Inside braces a comma ends a value, and what follows it looks like a key. */
function unknownKeyHint(key: string, known: readonly string[]): Hint {
  return /\s/u.test(key)
    ? 'Is this part of a text? A text with a comma inside { } needs quotes.'
    : suggest(key, known, 'keys')
}

/** The branch of a union with the fewest mistakes is the one that was meant; one that wants another kind of value is not. */
function weight(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + issue.keys.length
    return sum + (issue.code === 'invalid_type' && issue.path.length === 0 ? 100 : 1)
  }, 0)
}

function complaint(label: string, issue: Issue, value: unknown): string {
  const message = own(issue.message)
  if (message !== undefined)
    return isPredicate(message) ? `${label} ${message}, not ${quote(value)}` : `${label}: ${message}`
  if (issue.code === 'invalid_value') return `${label} must be ${choice(issue.values.map(String))}, not ${quote(value)}`
  if (issue.code === 'invalid_type')
    return `${label} must be ${kinds[issue.expected] ?? issue.expected}, not ${quote(value)}`
  if (issue.code === 'too_small' && issue.origin === 'array') return `${label} must not be empty`
  if (issue.code === 'too_small') return `${label} must be at least ${issue.minimum}, not ${quote(value)}`
  if (issue.code === 'too_big') return `${label} must be at most ${issue.maximum}, not ${quote(value)}`
  return `${label} cannot be ${quote(value)}`
}

function choice(values: readonly string[]): string {
  return values.length < 3 ? values.join(' or ') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}

const kinds: Record<string, string> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
}

/** A message that was written for people; zod's own begin otherwise. */
function own(message: string | undefined): string | undefined {
  return message === undefined || /^(?:Invalid|Too |Unrecognized|Expected|Required)/u.test(message)
    ? undefined
    : message
}

function isPredicate(message: string): boolean {
  return /^(?:must|is|has|needs|cannot|can) /u.test(message)
}

/** What the missing value would look like, where its schema says so. */
function wanted(message: string): string | undefined {
  const suchAs = /such as .*$/u.exec(own(message) ?? '')?.[0]
  return suchAs === undefined ? undefined : `Write one ${suchAs.replaceAll('"', '')}.`
}

/** What the same amount looks like in the unit that is wanted. */
function unitHint(issue: Issue, value: unknown): string | undefined {
  if (issue.code === 'invalid_value' && typeof value === 'string') return didYouMean(value, issue.values.map(String))
  const amount = /^\s*(\d+(?:\.\d+)?)\s*([a-zA-Z%/]*)\s*$/u.exec(String(value))
  if (!amount) return undefined
  const [, number = '', unit = ''] = amount
  if (issue.message.includes('duration')) return durationHint(number, unit)
  if (/share|percentage/u.test(issue.message) && unit === '') {
    const percent = Number(number) < 1 ? Number((Number(number) * 100).toPrecision(12)) : Number(number)
    return percent <= 100 ? `Did you mean \`${percent}%\`?` : undefined
  }
  if (issue.message.includes('rate') && unit === '') return `Did you mean \`${number}/min\` or \`${number}/s\`?`
  return undefined
}

function durationHint(number: string, unit: string): string | undefined {
  const short = unit.toLowerCase().startsWith('milli') ? 'ms' : unit.charAt(0).toLowerCase() || 's'
  const guess = `${number}${short}`
  // It has the form, so it is the length that is wrong.
  if (guess === number + unit) return Number(number) === 0 ? 'It must be longer than nothing.' : undefined
  return parseDuration(guess) === undefined ? undefined : `Did you mean \`${guess}\`?`
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string | number, unknown>)[part]
  }
  return value
}

/** The keys that a map at `path` may have. */
function keysAt(schema: z.core.$ZodType, path: Path): string[] {
  const [part, ...rest] = path
  const here = unwrap(schema)
  if (here instanceof z.ZodUnion) return [...new Set(here.options.flatMap((option) => keysAt(option, path)))]
  if (part === undefined) return here instanceof z.ZodObject ? Object.keys(here.shape) : []
  if (here instanceof z.ZodObject) {
    const next = here.shape[part] as z.core.$ZodType | undefined
    return next ? keysAt(next, rest) : []
  }
  if (here instanceof z.ZodRecord) return keysAt(here.valueType, rest)
  return here instanceof z.ZodArray ? keysAt(here.element, rest) : []
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrap(schema.unwrap())
  }
  return schema instanceof z.ZodPipe ? unwrap(schema.in) : schema
}
