// Compares what a client handed over with what the Store ever held. It knows versions and fields, not what they mean.

import { isDeepStrictEqual, types } from 'node:util'
import type { Truth } from '#history/event.ts'
import type { Store } from './store.ts'

export type Fields = Readonly<Record<string, unknown>>

/** `shown` are the fields to compare, `id` the entity asked about; `fieldsOf` lists what a version would show. */
export function compareWithStore<T>(
  store: Store<T>,
  id: string,
  shown: Fields,
  fieldsOf: (value: T) => Fields,
): Truth | undefined {
  const present = store.current(id)
  if (!present) return undefined
  // Nearly every value shows the present; then no other version needs to be looked at.
  if (explainsAll(fieldsOf(present.value), shown))
    return { entity: store.entity(id), matched: present.number, current: present.number, foreign: false, invented: [] }
  const versions = store.versions(id).map(({ number, value }) => ({ number, fields: fieldsOf(value) }))
  const names = Object.keys(shown).filter(
    (name) => shown[name] !== undefined && versions.some(({ fields }) => name in fields),
  )
  if (names.length === 0) return undefined
  const told = new Map(names.map((name) => [name, knownOf(shown[name], versions, name)]))
  const explains = versions.findLast(({ fields }) => names.every((name) => same(fields[name], told.get(name))))
  const invented = names.filter((name) => !versions.some(({ fields }) => same(fields[name], told.get(name))))
  return {
    entity: store.entity(id),
    matched: explains?.number ?? null,
    current: present.number,
    foreign: false,
    invented,
  }
}

/** How many of the things that were there before the run, and have not changed since, a list of all does not hold: it is half a
 * list, whenever it was fetched. A list that does not tell ids cannot be compared. `isMeant`: whether it is a list of this one. */
export function missingFrom<T>(
  store: Store<T>,
  listed: readonly Fields[],
  isMeant: (id: string) => boolean = () => true,
): number {
  const ids = new Set(listed.map(({ id }) => id))
  if (ids.has(undefined)) return 0
  const isOld = (id: string): boolean => {
    const [first, ...later] = store.versions(id)
    return first?.at === Number.NEGATIVE_INFINITY && later.length === 0
  }
  return Array.from(store.ids()).filter((id) => isOld(id) && !ids.has(id) && isMeant(id)).length
}

/** Whether all that is shown, at least one thing, is known here and the same. */
function explainsAll(fields: Fields, shown: Fields): boolean {
  const names = Object.keys(shown).filter((name) => shown[name] !== undefined)
  return names.length > 0 && names.every((name) => name in fields && same(fields[name], shown[name]))
}

/** Numbers and their text are the same thing to a reader, and so are the API's Unix seconds and a Date. */
function same(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (left === undefined || left === null || right === undefined || right === null) return false
  if (types.isDate(right)) return left === Math.floor(right.getTime() / 1_000)
  if (typeof left === 'object' || typeof right === 'object') return isDeepStrictEqual(left, right)
  return String(left) === String(right)
}

/** Of an object, what some version has in it as well: an API may add what no description names, which is left alone as fields of the
 * client are. */
function knownOf(value: unknown, versions: readonly { readonly fields: Fields }[], name: string): unknown {
  if (!isRecord(value)) return value
  const isKnown = (key: string): boolean =>
    versions.some(({ fields: { [name]: own } }) => isRecord(own) && Object.hasOwn(own, key))
  return Object.fromEntries(Object.entries(value).filter(([key]) => isKnown(key)))
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !types.isDate(value)
}
