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
  const versions = store.versions(id).map(({ number, value }) => ({ number, fields: fieldsOf(value) }))
  const last = versions.at(-1)
  if (!last) return undefined
  const names = Object.keys(shown).filter(
    (name) => shown[name] !== undefined && versions.some(({ fields }) => name in fields),
  )
  if (names.length === 0) return undefined
  const explains = versions.findLast(({ fields }) => names.every((name) => same(fields[name], shown[name])))
  const invented = names.filter((name) => !versions.some(({ fields }) => same(fields[name], shown[name])))
  return {
    entity: store.entity(id),
    matched: explains?.number ?? null,
    current: last.number,
    foreign: false,
    invented,
  }
}

/** Numbers and their text are the same thing to a reader, and so are the API's Unix seconds and a Date. */
function same(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (left === undefined || left === null || right === undefined || right === null) return false
  if (types.isDate(right)) return left === Math.floor(right.getTime() / 1_000)
  if (typeof left === 'object' || typeof right === 'object') return isDeepStrictEqual(left, right)
  return String(left) === String(right)
}
