// Intercom's search language: single filters, or AND / OR groups nested at most twice with at most 15 filters. Dates of contacts
// are matched by calendar day in the workspace's time zone, which surprises clients that sync by `updated_at >`; times of
// conversations and tickets are matched to the second.

import { isRefusal, refuse } from './answer.ts'
import type { Refusal } from './answer.ts'
import { dayOf } from './calendar-day.ts'
import type { Contact } from './contact.ts'
import { isJsonObject, scalarText } from './fields.ts'
import { operatorsOf, searchField } from './search-fields.ts'
import type { FieldOf, Scalar, SearchField } from './search-fields.ts'

export type Predicate<T = Contact> = (item: T) => boolean

const nestingMax = 2
const filtersMax = 15

/** Over contacts. */
export function compileQuery(query: unknown, timezone = 'UTC'): Predicate | Refusal {
  return compileQueryOver((name) => searchField(name, timezone), query)
}

export function compileQueryOver<T>(fieldOf: FieldOf<T>, query: unknown, depth = 0): Predicate<T> | Refusal {
  if (!isJsonObject(query)) return refuse(400, 'parameter_not_found', 'query is required')
  return Array.isArray(query['value']) && (query['operator'] === 'AND' || query['operator'] === 'OR')
    ? compileGroup(fieldOf, query['operator'], query['value'], depth)
    : compileFilter(fieldOf, query)
}

function compileGroup<T>(
  fieldOf: FieldOf<T>,
  operator: 'AND' | 'OR',
  members: readonly unknown[],
  depth: number,
): Predicate<T> | Refusal {
  if (depth >= nestingMax) return invalid(`Queries can be nested at most ${nestingMax} deep`)
  if (members.length === 0) return invalid('A group needs at least one filter')
  if (members.length > filtersMax) return invalid(`A group can have at most ${filtersMax} filters`)
  const predicates: Predicate<T>[] = []
  for (const member of members) {
    const predicate = compileQueryOver(fieldOf, member, depth + 1)
    if (isRefusal(predicate)) return predicate
    predicates.push(predicate)
  }
  return operator === 'AND'
    ? (item) => predicates.every((predicate) => predicate(item))
    : (item) => predicates.some((predicate) => predicate(item))
}

function compileFilter<T>(fieldOf: FieldOf<T>, filter: Readonly<Record<string, unknown>>): Predicate<T> | Refusal {
  const name = filter['field']
  const operator = filter['operator']
  const field = typeof name === 'string' ? fieldOf(name) : undefined
  if (!field) return invalid(`field '${scalarText(name).slice(0, 100)}' cannot be searched`)
  if (typeof operator !== 'string' || !operatorsOf[field.type].has(operator)) {
    return invalid(
      `operator '${scalarText(operator).slice(0, 20)}' is not supported for ${field.type} field '${scalarText(name)}'`,
    )
  }
  if (field.type === 'time' && !isTimeValue(filter['value'])) return invalid('value must be a Unix timestamp')
  return field.type === 'date'
    ? compileDate(field, operator, filter['value'])
    : compileScalar(field, operator, filter['value'])
}

function isTimeValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isTimeValue)
  return value === null || (scalarText(value).trim() !== '' && Number.isFinite(Number(scalarText(value))))
}

function compileDate<T>(
  { read, timezone = 'UTC' }: SearchField<T>,
  operator: string,
  value: unknown,
): Predicate<T> | Refusal {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return invalid('value must be a Unix timestamp')
  const { from, until } = dayOf(seconds, timezone)
  return (item) => {
    const time = read(item)
    if (typeof time !== 'number') return false
    if (operator === '>') return time >= until
    return operator === '<' ? time < from : time >= from && time < until
  }
}

function compileScalar<T>({ type, read }: SearchField<T>, operator: string, value: unknown): Predicate<T> | Refusal {
  if (operator === 'IN' || operator === 'NIN') {
    if (!Array.isArray(value)) return invalid(`operator '${operator}' needs an array`)
    const wanted = new Set(value.map((item) => normal(item)))
    return (item) => wanted.has(normal(read(item))) === (operator === 'IN')
  }
  if (typeof value === 'object' && value !== null) return invalid('value must not be an object')
  if (value === undefined) return refuse(400, 'parameter_not_found', 'value is required')
  const wanted = normal(value)
  if (type === 'integer' || type === 'time') return (item) => comparesNumber(read(item), operator, value as Scalar)
  return (item) => comparesText(normal(read(item)), operator, wanted)
}

function comparesNumber(actual: Scalar, operator: string, value: Scalar): boolean {
  if (operator === '=') return normal(actual) === normal(value)
  if (operator === '!=') return normal(actual) !== normal(value)
  if (actual === null || value === null) return false
  const difference = Number(actual) - Number(value)
  if (operator === '<') return difference < 0
  if (operator === '<=') return difference <= 0
  return operator === '>' ? difference > 0 : difference >= 0
}

function comparesText(actual: string | null, operator: string, wanted: string | null): boolean {
  if (operator === '=') return actual === wanted
  if (operator === '!=') return actual !== wanted
  const [text, part] = [actual ?? '', wanted ?? '']
  if (operator === '~') return text.includes(part)
  if (operator === '!~') return !text.includes(part)
  return operator === '^' ? text.startsWith(part) : text.endsWith(part)
}

/** Text is compared without regard to case, numbers as their text. */
function normal(value: unknown): string | null {
  return value === null ? null : scalarText(value).toLowerCase()
}

function invalid(message: string): Refusal {
  return refuse(400, 'parameter_invalid', message)
}
