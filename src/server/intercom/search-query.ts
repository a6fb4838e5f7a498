// Intercom's search language over contacts: single filters, or AND / OR groups nested at most twice with at most 15 filters.
// Dates are matched by calendar day (UTC, the workspace's zone), which surprises clients that sync by `updated_at >`.

import { isRefusal, refuse } from './answer.ts'
import type { Refusal } from './answer.ts'
import type { Contact } from './contact.ts'
import { isJsonObject, scalarText } from './fields.ts'
import { operatorsOf, searchField } from './search-fields.ts'
import type { Scalar, SearchField } from './search-fields.ts'

export type Predicate = (contact: Contact) => boolean

const nestingMax = 2
const filtersMax = 15
const daySeconds = 86_400

export function compileQuery(query: unknown, depth = 0): Predicate | Refusal {
  if (!isJsonObject(query)) return refuse(400, 'parameter_not_found', 'query is required')
  return Array.isArray(query['value']) && (query['operator'] === 'AND' || query['operator'] === 'OR')
    ? compileGroup(query['operator'], query['value'], depth)
    : compileFilter(query)
}

function compileGroup(operator: 'AND' | 'OR', members: readonly unknown[], depth: number): Predicate | Refusal {
  if (depth >= nestingMax) return invalid(`Queries can be nested at most ${nestingMax} deep`)
  if (members.length === 0) return invalid('A group needs at least one filter')
  if (members.length > filtersMax) return invalid(`A group can have at most ${filtersMax} filters`)
  const predicates: Predicate[] = []
  for (const member of members) {
    const predicate = compileQuery(member, depth + 1)
    if (isRefusal(predicate)) return predicate
    predicates.push(predicate)
  }
  return operator === 'AND'
    ? (contact) => predicates.every((predicate) => predicate(contact))
    : (contact) => predicates.some((predicate) => predicate(contact))
}

function compileFilter(filter: Readonly<Record<string, unknown>>): Predicate | Refusal {
  const name = filter['field']
  const operator = filter['operator']
  const field = typeof name === 'string' ? searchField(name) : undefined
  if (!field) return invalid(`field '${scalarText(name).slice(0, 100)}' cannot be searched`)
  if (typeof operator !== 'string' || !operatorsOf[field.type].has(operator)) {
    return invalid(
      `operator '${scalarText(operator).slice(0, 20)}' is not supported for ${field.type} field '${scalarText(name)}'`,
    )
  }
  return field.type === 'date'
    ? compileDate(field, operator, filter['value'])
    : compileScalar(field, operator, filter['value'])
}

function compileDate({ read }: SearchField, operator: string, value: unknown): Predicate | Refusal {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return invalid('value must be a Unix timestamp')
  const dayStart = Math.floor(seconds / daySeconds) * daySeconds
  const nextDay = dayStart + daySeconds
  return (contact) => {
    const time = read(contact)
    if (typeof time !== 'number') return false
    if (operator === '>') return time >= nextDay
    return operator === '<' ? time < dayStart : time >= dayStart && time < nextDay
  }
}

function compileScalar(field: SearchField, operator: string, value: unknown): Predicate | Refusal {
  const { read } = field
  if (operator === 'IN' || operator === 'NIN') {
    if (!Array.isArray(value)) return invalid(`operator '${operator}' needs an array`)
    const wanted = new Set(value.map((item) => normal(item)))
    return (contact) => wanted.has(normal(read(contact))) === (operator === 'IN')
  }
  if (typeof value === 'object' && value !== null) return invalid('value must not be an object')
  if (value === undefined) return refuse(400, 'parameter_not_found', 'value is required')
  const wanted = normal(value)
  if (field.type === 'integer') return (contact) => comparesNumber(read(contact), operator, value as Scalar)
  return (contact) => comparesText(normal(read(contact)), operator, wanted)
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
