// What a client showed of an entity of a defined service, compared with what the Store ever held of it.

import { limits } from '#context/limits.ts'
import type { Truth } from '#history/event.ts'
import { compareWithStore, missingFrom, type Fields } from '../compare.ts'
import { worst } from '../intercom/intents/shown.ts'
import type { Holding, Row } from './holding.ts'
import type { Model, Resource } from './model.ts'

/** `asked` is the id asked for; without one, the value itself says what it shows. */
export function truthOf(
  model: Model,
  resource: Resource,
  holding: Holding,
  asked: string | undefined,
  value: Fields,
): Truth | undefined {
  const store = holding.store(resource.name)
  const shown = named(resource, value)
  const claimed = claimedId(resource, holding, shown)
  const id = asked ?? claimed
  if (id === undefined) return undefined
  const current = store.current(id)?.number ?? 0
  const lie = { entity: store.entity(id), matched: null, current, foreign: false }
  if (current === 0) return { ...lie, invented: ['id'] }
  if (isError(model, resource, value)) return { ...lie, invented: ['errors'] }
  const truth = compareWithStore(store, id, shown, fieldsOf)
  if (!truth) return undefined
  const isMixed = truth.invented.some((name) => belongsToAnother(resource, holding, id, name, shown[name]))
  return { ...truth, foreign: (claimed !== undefined && claimed !== id && store.has(claimed)) || isMixed }
}

/** Of all that a list holds, and how many it lacks; `below` is the entity they must lie below. A page is not the list. */
export function truthOfList(
  model: Model,
  resource: Resource,
  holding: Holding,
  below: string | undefined,
  value: unknown,
): Truth | undefined {
  const items = itemsIn(model, value)
  const truth = worst(items.map((item) => truthOf(model, resource, holding, undefined, item)))
  if (!truth || !Array.isArray(value)) return truth
  const isMeant = (id: string): boolean =>
    below === undefined || String(holding.row(resource.name, id)?.[resource.parent ?? '']) === below
  const missing = missingFrom(
    holding.store(resource.name),
    items.map((item) => named(resource, item)).map(withText),
    isMeant,
  )
  return missing > 0 ? { ...truth, missing } : truth
}

/** The thing that a value is, in its envelope or without. */
export function only(model: Model, value: unknown): Fields {
  const inside = model.envelope === null ? undefined : at(value, model.envelope)
  if (isFields(inside)) return inside
  return isFields(value) ? value : {}
}

function itemsIn(model: Model, value: unknown): readonly Fields[] {
  const inside = Array.isArray(value) ? value : model.items === '' ? undefined : at(value, model.items)
  if (Array.isArray(inside)) return inside.slice(0, limits.valueMembers).filter(isFields)
  return isFields(value) ? [value] : []
}

/** Ids may be numbers; entities are called by their text. */
function withText(fields: Fields): Fields {
  const { id } = fields
  return id === undefined ? fields : { ...fields, id: String(id) }
}

/** A client may spell a field in its own way: `changedAt` is `changed_at`. */
function named({ fields }: Resource, value: Fields): Fields {
  const known = new Map(['id', ...Object.keys(fields)].map((name) => [squashed(name), name]))
  const found: Record<string, unknown> = {}
  for (const name of Object.keys(value).slice(0, limits.valueMembers)) {
    const own = known.get(squashed(name))
    if (own !== undefined) found[own] ??= value[name]
  }
  return found
}

function squashed(name: string): string {
  return name.replaceAll('_', '').toLowerCase()
}

function claimedId(resource: Resource, holding: Holding, shown: Fields): string | undefined {
  const { id } = shown
  if (typeof id === 'string' || typeof id === 'number') return String(id)
  const key = resource.key === null ? undefined : shown[resource.key]
  return typeof key === 'string' ? holding.idOfKey(resource.name, key) : undefined
}

/** What is gone shows nothing. */
function fieldsOf(row: Row | null): Fields {
  return row ?? {}
}

/** A text that this entity never had, but another one did: a mix-up. */
function belongsToAnother(resource: Resource, holding: Holding, own: string, name: string, value: unknown): boolean {
  if (resource.fields[name]?.type !== 'string' || typeof value !== 'string' || value === '') return false
  const store = holding.store(resource.name)
  for (const id of store.ids())
    if (id !== own && store.versions(id).some((version) => version.value?.[name] === value)) return true
  return false
}

/** The body of an error, handed over as if it were the thing that was asked for. */
function isError({ errors }: Model, { fields }: Resource, value: Fields): boolean {
  if (!isFields(errors.body)) return false
  const names = Object.keys(errors.body)
  return names.length > 0 && names.every((name) => name in value && !(name in fields))
}

function at(value: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((inside, part) => (isFields(inside) ? inside[part] : undefined), value)
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
