// One resource of a definition, from its collection: its fields from the schema of one of them, what its ids look like, what is offered.

import { limits } from '#context/limits.ts'
import type { FieldDefinition, ResourceDefinition } from '#server/defined/definition.ts'
import { jsonOf, successOf } from './answers.ts'
import type { Collection, Verb } from './collections.ts'
import { fieldOf } from './fields.ts'
import type { Notes } from './notes.ts'
import { shapeOf, type Shape } from './shape.ts'
import { own, textAt, type Specification } from './specification.ts'

/** Names of the resources by the paths of their collections. */
export type Names = ReadonlyMap<string, string>

export type Made = {
  readonly name: string
  readonly resource: ResourceDefinition
  /** Where one of them stands in an answer that is more than it. */
  readonly envelope: string | undefined
}

const fieldName = /^[A-Za-z_]\w{0,59}$/u
const order: readonly Verb[] = ['list', 'read', 'create', 'update', 'delete']

export function resourceOf(
  collection: Collection,
  name: string,
  names: Names,
  spec: Specification,
  notes: Notes,
): Made {
  const { verbs, path, above, updates } = collection
  const { shape, envelope } = entityOf(collection, spec, notes)
  const body = shapeOf(spec, jsonOf(spec, spec.part(own(verbs.get('create') ?? {}, 'requestBody'))), notes)
  const fields = fieldsOf({ shape: shape ?? body, body, name, names, above: collection.above }, spec, notes)
  const changeable = Object.keys(fields).filter(
    (field) => fields[field]?.set === undefined && field !== above?.parameter,
  )
  const canUpdate = changeable.some((field) => fields[field]?.type === 'string')
  const offers = order.filter((verb) => verbs.has(verb) && (verb !== 'update' || canUpdate))
  if (offers.length < verbs.size) notes.leave('updates of what has no text to change', name)
  if (offers.length === 0) {
    notes.assumeOf('resources of which nothing else can be simulated, that are read', name)
    offers.push('read')
  }
  if (!shape && !body)
    notes.assumeOf('resources of which nothing says what one looks like, with an id and nothing else', name)
  const ids = idsOf(shape, name, spec, notes)
  return {
    name,
    envelope,
    resource: {
      path,
      ...(offers.length < order.length && { offers }),
      ...(ids !== undefined && { ids }),
      ...(updates === 'PUT' && offers.includes('update') && { update: 'PUT' as const }),
      fields,
    },
  }
}

/** What reading one answers, or making one, or one of a list. An object with nothing but one object in it is an envelope. */
function entityOf(
  { verbs, list }: Collection,
  spec: Specification,
  notes: Notes,
): { readonly shape: Shape | undefined; readonly envelope: string | undefined } {
  for (const verb of ['read', 'create', 'update'] as const) {
    const operation = verbs.get(verb)
    const shape = operation && shapeOf(spec, jsonOf(spec, successOf(spec, operation)), notes)
    if (!shape || shape.properties.size === 0) continue
    const inner = [...shape.properties].flatMap(([key, schema]) => {
      const below = fieldName.test(key) ? shapeOf(spec, schema, notes) : undefined
      return below && below.properties.size > 0 ? [{ key, below }] : []
    })
    const [only] = inner
    const isEnvelope = only && inner.length === 1 && !shape.properties.has('id') && only.below.properties.has('id')
    return isEnvelope ? { shape: only.below, envelope: only.key } : { shape, envelope: undefined }
  }
  return { shape: list && shapeOf(spec, list.item, notes), envelope: undefined }
}

type Entity = {
  readonly shape: Shape | undefined
  /** What a create sends. */
  readonly body: Shape | undefined
  readonly name: string
  readonly names: Names
  readonly above: Collection['above']
}

function fieldsOf(entity: Entity, spec: Specification, notes: Notes): Readonly<Record<string, FieldDefinition>> {
  const { shape, body, name, names, above } = entity
  const fields = new Map<string, FieldDefinition>()
  const parent = above && names.get(above.path)
  if (above && parent !== undefined) fields.set(above.parameter, { type: 'id', of: parent })
  const needed = body?.required ?? shape?.required ?? new Set<string>()
  for (const [field, schema] of shape?.properties ?? []) {
    if (field === 'id' || fields.has(field)) continue
    const where = `${name}.${field.slice(0, 60)}`
    if (!fieldName.test(field) || field in Object.prototype) notes.leave('fields whose names are no words', where)
    else if (fields.size >= limits.specificationFields)
      notes.leave(`fields beyond the first ${limits.specificationFields} of a resource`, where)
    else {
      const made = fieldOf(field, shapeOf(spec, schema, notes), where, [...names.values()], notes)
      if (!made) continue
      const isGiven = needed.has(field) || made.set !== undefined
      fields.set(field, isGiven ? made : { ...made, optional: true })
    }
  }
  return Object.fromEntries(fields)
}

/** An example tells more than a type: `prc_8f3k2q`. */
function idsOf(shape: Shape | undefined, name: string, spec: Specification, notes: Notes): string | undefined {
  const id = shape && shapeOf(spec, shape.properties.get('id'), notes)
  const example = textAt(id?.said, 'example')
  if (id?.type === 'integer' || id?.type === 'number') return 'number'
  if (/^\d{1,40}$/u.test(example ?? '')) return '#'.repeat(Math.max(6, example?.length ?? 0))
  const [, lead = '', rest = ''] = /^([A-Za-z]{1,12}[_-])([A-Za-z0-9]{6,32})$/u.exec(example ?? '') ?? []
  if (lead !== '') return lead + '?'.repeat(rest.length)
  if (textAt(id?.said, 'format') !== 'uuid')
    notes.assumeOf('ids of which nothing says how they look, and that are UUIDs', name)
  return undefined
}
