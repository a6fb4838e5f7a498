// Values of the fields of a defined service, drawn from a stream, and whether one that was sent is possible.

import { formatInstant } from '#clock/instant.ts'
import type { Prng } from '#random/prng.ts'
import { uuid } from '../intercom/identifiers.ts'
import type { FieldDefinition, Json } from './definition.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'
const daySeconds = 86_400
/** Of a date-time that nobody sets: within the year before the run. */
const yearDays = 365

/** `#` becomes a digit and `?` a letter. */
function textLike(pattern: string, random: Prng): string {
  return pattern.replaceAll(/[#?]/gu, (place) =>
    place === '#' ? String(random.integer(0, 9)) : (letters[random.integer(0, letters.length - 1)] ?? 'a'),
  )
}

export function newId(ids: string, nth: number, random: Prng): string | number {
  if (ids === 'number') return nth
  return ids === 'uuid' ? uuid(random) : textLike(ids, random)
}

/** `idOf` picks an entity of another resource; there may be none. */
export function drawValue(
  name: string,
  field: FieldDefinition,
  random: Prng,
  about: { readonly startSeconds: number; idOf(resource: string): Json },
): Json {
  const { type, like = `${name}-????????`, from = 1, to = 1_000, values = [] } = field
  switch (type) {
    case 'string':
      return textLike(like, random)
    case 'integer':
      return random.integer(Math.ceil(from), Math.floor(to))
    case 'number':
      return Number((from + random.next() * (to - from)).toFixed(2))
    case 'boolean':
      return random.next() < 0.5
    case 'enum':
      return random.pick(values) ?? null
    case 'date-time':
      return dateTime(about.startSeconds - random.integer(daySeconds, yearDays * daySeconds))
    case 'id':
      return about.idOf(field.of ?? '')
  }
}

export function dateTime(seconds: number): string {
  return formatInstant(seconds * 1_000).replace('.000Z', 'Z')
}

const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/u

/** What is wrong with a value that was sent, as the rest of a sentence; `undefined`: nothing. */
export function wrongValue(
  field: FieldDefinition,
  value: unknown,
  exists: (resource: string, id: unknown) => boolean,
): string | undefined {
  const { type, values = [], of = '' } = field
  switch (type) {
    case 'string':
      return typeof value === 'string' ? undefined : 'must be a string'
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : 'must be an integer'
    case 'number':
      return typeof value === 'number' ? undefined : 'must be a number'
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false'
    case 'enum':
      return values.includes(value as string) ? undefined : `must be one of ${values.join(', ')}`
    case 'date-time':
      return typeof value === 'string' && isoInstant.test(value) ? undefined : 'must be a date-time'
    case 'id':
      return exists(of, value) ? undefined : `is no ${of}`
  }
}
