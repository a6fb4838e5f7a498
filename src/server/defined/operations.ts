// What the operations of a defined service do with what a workspace holds.

import type { Json } from './definition.ts'
import { idOf, keyOf, type Holding, type Row } from './holding.ts'
import { list, type Listed } from './listing.ts'
import type { Model, Resource } from './model.ts'
import { put, refuse, type Refusal, type Said } from './replies.ts'
import type { Match } from './table.ts'
import { wrongValue } from './values.ts'

export type Call = {
  readonly holding: Holding
  readonly match: Match
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  readonly nowSeconds: number
}

export function perform(model: Model, call: Call): Said {
  const { holding, match } = call
  const { verb, resource } = match.route
  const parent = parentOf(resource)
  if (parent !== undefined && !holding.row(parent, match.parent)) return missing(parent, match.parent)
  if (verb === 'list') return list(model, listed(holding, resource, match.parent), call.query)
  if (verb === 'create') return create(model, call, resource)
  const row = rowOf(holding, resource, match)
  if (!row) return missing(resource.name, match.id)
  if (verb === 'read') return answer(model, call, resource, row, 200)
  if (verb === 'update') return update(model, call, resource, row)
  return { kind: 'answer', status: 204, body: undefined, contains: {}, effects: [holding.delete(resource, row)] }
}

/** What is asked for below another entity than its own is not there. */
export function rowOf(holding: Holding, resource: Resource, { id, parent }: Match): Row | undefined {
  const row = holding.row(resource.name, id)
  return resource.parent === null || String(row?.[resource.parent]) === parent ? row : undefined
}

function parentOf({ parent, fields }: Resource): string | undefined {
  return parent === null ? undefined : fields[parent]?.of
}

function missing(resource: string, id: string): Refusal {
  return refuse(404, `There is no ${resource} ${id}`)
}

function listed(holding: Holding, resource: Resource, parent: string): readonly Listed[] {
  const store = holding.store(resource.name)
  return Array.from(store.ids(), (id) => {
    const { value = null, number = 0 } = store.current(id) ?? {}
    const isHere = resource.parent === null || String(value?.[resource.parent]) === parent
    return { id, row: isHere ? value : null, entity: store.entity(id), version: number }
  })
}

function create(model: Model, { holding, match, body, nowSeconds }: Call, resource: Resource): Said {
  const given = resource.parent === null ? body : { ...body, [resource.parent]: holdingId(holding, resource, match) }
  const read = valuesOf(holding, resource, given)
  if (read.refusal) return read.refusal
  const { values } = read
  const lacking = Object.entries(resource.fields)
    .filter(([name, { set, optional }]) => set === undefined && optional !== true && (values[name] ?? null) === null)
    .map(([name]) => name)
  if (lacking.length > 0) return refuse(422, `${lacking.join(', ')} must be given`)
  const twin = twinOf(holding, resource, values)
  if (twin !== undefined) return refuse(409, `There is a ${resource.name} with this ${resource.key} already`)
  const effect = holding.create(resource, values, nowSeconds)
  const id = effect.entity.slice(resource.name.length + 1)
  const row = holding.row(resource.name, id) ?? {}
  return {
    kind: 'answer',
    status: 201,
    body: enveloped(model, row),
    contains: { [effect.entity]: effect.version },
    effects: [effect],
  }
}

function update(model: Model, call: Call, resource: Resource, row: Row): Said {
  const { holding, body, nowSeconds } = call
  const read = valuesOf(holding, resource, body)
  if (read.refusal) return read.refusal
  const { values } = read
  const twin = twinOf(holding, resource, values)
  if (twin !== undefined && twin !== idOf(row))
    return refuse(409, `There is a ${resource.name} with this ${resource.key} already`)
  // What changes nothing is no change.
  const isSame = Object.entries(values).every(([name, value]) => row[name] === value)
  if (isSame) return answer(model, call, resource, row, 200)
  const effect = holding.update(resource, row, values, nowSeconds)
  return { ...answer(model, call, resource, holding.row(resource.name, idOf(row)) ?? row, 200), effects: [effect] }
}

function answer(model: Model, { holding }: Call, resource: Resource, row: Row, status: number) {
  const store = holding.store(resource.name)
  const version = store.current(idOf(row))?.number ?? 0
  const contains = { [store.entity(idOf(row))]: version }
  return { kind: 'answer' as const, status, body: enveloped(model, row), contains, effects: [] }
}

function enveloped({ envelope }: Model, row: Row): Json {
  if (envelope === null) return row
  const body: Record<string, Json> = {}
  put(body, envelope, row)
  return body
}

/** As it stands in the store: a path has texts only. */
function holdingId(holding: Holding, resource: Resource, { parent }: Match): Json {
  return holding.row(parentOf(resource) ?? '', parent)?.['id'] ?? null
}

function twinOf(holding: Holding, resource: Resource, values: Row): string | undefined {
  const key = resource.unique ? keyOf(resource, values) : undefined
  return key === undefined ? undefined : holding.idOfKey(resource.name, key)
}

type Reading = { readonly values: Row; readonly refusal: Refusal | null }

/** The fields that a body gives; unknown ones, and those that the service writes, are ignored. */
function valuesOf(holding: Holding, resource: Resource, body: Readonly<Record<string, unknown>>): Reading {
  const values: Record<string, Json> = {}
  const wrong: string[] = []
  const exists = (name: string, id: unknown): boolean => holding.row(name, String(id))?.['id'] === id
  for (const [name, field] of Object.entries(resource.fields)) {
    const value = body[name]
    if (value === undefined || field.set !== undefined) continue
    if (value === null && field.optional === true) {
      values[name] = null
      continue
    }
    const what = wrongValue(field, value, exists)
    if (what === undefined) values[name] = value as Json
    else wrong.push(`${name} ${what}`)
  }
  return { values, refusal: wrong.length === 0 ? null : refuse(422, wrong.join('; ')) }
}
