// What a value handed over by a client shows of an entity, whatever its build: the API's own object, a list that holds it,
// or a view model whose fields the client named.

import { limits } from '#context/limits.ts'
import type { Truth } from '#history/event.ts'
import { isJsonObject } from '../fields.ts'
import { missingFrom } from '../../compare.ts'
import type { Fields } from '../../compare.ts'
import type { Store } from '../../store.ts'

/** The objects a value holds: itself, the members of an array, of a page (`data`) or of a list of its own kind. */
export function objectsIn(value: unknown): readonly Fields[] {
  const members = membersOf(value)
  if (members) return members.slice(0, limits.valueMembers).filter(isJsonObject)
  return isJsonObject(value) ? [value] : []
}

/** Whether a value holds more than is looked at. */
export function isCut(value: unknown): boolean {
  const members = membersOf(value) ?? (isJsonObject(value) ? Object.keys(value) : [])
  return members.length > limits.valueMembers
}

function membersOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (!isJsonObject(value)) return undefined
  const members = value['data'] ?? value['conversations'] ?? value['admins']
  return Array.isArray(members) ? members : undefined
}

/** Fields under the API's names: `externalId` is `external_id` here. */
export function apiNamed(fields: Fields): Fields {
  const named: Record<string, unknown> = {}
  for (const name of Object.keys(fields).slice(0, limits.valueMembers)) named[apiName(name)] = fields[name]
  return named
}

/** Remembered up to a limit: values repeat the same few names, but a client may hand over any. */
const apiNames = new Map<string, string>()

function apiName(name: string): string {
  const known = apiNames.get(name)
  if (known !== undefined) return known
  const found = name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
  if (apiNames.size < limits.rememberedNames) apiNames.set(name, found)
  return found
}

/** The body of an error, handed over as if it were the thing that was asked for. */
export function isErrorBody(fields: Fields): boolean {
  return fields['type'] === 'error.list' && Array.isArray(fields['errors'])
}

export function only(value: unknown): Fields {
  return objectsIn(value)[0] ?? {}
}

/** The one to worry about most: mixed up or invented first, then the most out of date. */
export function worst(truths: readonly (Truth | undefined)[]): Truth | undefined {
  const badness = (truth: Truth): number =>
    truth.foreign ? Number.POSITIVE_INFINITY : truth.invented.length > 0 ? 1e9 : truth.current - (truth.matched ?? 0)
  return truths
    .filter((truth) => truth !== undefined)
    .reduce<Truth | undefined>((most, truth) => (most && badness(most) >= badness(truth) ? most : truth), undefined)
}

/** What a list of all things shows, and how many it lacks. A page may say that there are more: it is not the list. */
export function truthOfAll<T>(
  store: Store<T>,
  value: unknown,
  truthOf: (item: Fields) => Truth | undefined,
): Truth | undefined {
  const items = objectsIn(value)
  const truth = worst(items.map(truthOf))
  const missing = truth && Array.isArray(value) ? missingFrom(store, items) : 0
  return truth && missing > 0 ? { ...truth, missing } : truth
}
