// How a list is asked for and told: where its items stand, and which parameters say how many and from where. Specifications say of neither
// what it is for; names do, and whoever goes by names assumes.

import type { Notes } from './notes.ts'
import { plainName } from './names.ts'
import { jsonOf, successOf } from './answers.ts'
import { shapeOf, type Shape } from './shape.ts'
import { listAt, numberAt, own, textAt, type Part, type Specification } from './specification.ts'

export type List = {
  /** Schema of one of them. */
  readonly item: unknown
  /** Where they stand; empty: the answer is the list. */
  readonly items: string
  readonly kind: 'cursor' | 'page' | 'offset' | undefined
  readonly fromParameter: string | undefined
  readonly sizeParameter: string | undefined
  readonly size: number | undefined
  readonly most: number | undefined
  readonly next: string | undefined
  readonly total: string | undefined
}

const kinds = [
  ['cursor', /^(?:(?:page_|next_)?cursor|starting_after|after|page_token|next_token|continuation(?:_token)?)$/u],
  ['offset', /^(?:offset|skip|start|start_at)$/u],
  ['page', /^(?:page|page_number|page_no|page_index)$/u],
] as const
const sizeName = /^(?:limit|per_page|page_size|size|max_results|page_limit|results_per_page)$/u
const nextName = /^(?:next|next_cursor|next_page_token|next_token|cursor|starting_after|end_cursor|after)$/u
const totalName = /^(?:total|total_count|count|total_items|total_results)$/u
const parameterName = /^[\w.[\]-]{1,60}$/u

/** `undefined` where the answer is no list of objects. */
export function listIn(spec: Specification, item: Part, operation: Part, notes: Notes): List | undefined {
  const answer = shapeOf(spec, jsonOf(spec, successOf(spec, operation)), notes)
  const found = answer && itemsIn(spec, answer, notes)
  if (!answer || !found) return undefined
  const parameters = [...listAt(item, 'parameters'), ...listAt(operation, 'parameters')]
    .map((one) => spec.part(one))
    .filter((one) => one !== undefined)
    .filter((one) => own(one, 'in') === 'query' && parameterName.test(textAt(one, 'name') ?? ''))
  const named = (pattern: RegExp): Part | undefined =>
    parameters.find((one) => pattern.test(plainName(textAt(one, 'name') ?? '').replaceAll(/^_|_$/gu, '')))
  const [kind, from] = kinds.map(([is, pattern]) => [is, named(pattern)] as const).find(([, one]) => one) ?? []
  const size = named(sizeName)
  const schema = spec.below(size, 'schema')
  return {
    ...found,
    kind,
    fromParameter: textAt(from, 'name'),
    sizeParameter: textAt(size, 'name'),
    size: numberAt(schema, 'default'),
    most: numberAt(schema, 'maximum'),
    next: placeOf(spec, answer, nextName, ['string'], notes),
    total: placeOf(spec, answer, totalName, ['integer', 'number'], notes),
  }
}

/** What every object has is no place. */
const isPlace = (name: string): boolean => /^[A-Za-z_]\w*$/u.test(name) && !(name in Object.prototype)

/** At the top, or one step below. */
function itemsIn(spec: Specification, answer: Shape, notes: Notes): Pick<List, 'item' | 'items'> | undefined {
  if (answer.type === 'array')
    return isObject(spec, answer.items, notes) ? { item: answer.items, items: '' } : undefined
  const lists = [...answer.properties].flatMap(([name, schema]) => {
    const shape = isPlace(name) ? shapeOf(spec, schema, notes) : undefined
    return shape?.type === 'array' && isObject(spec, shape.items, notes) ? [{ item: shape.items, items: name }] : []
  })
  // An entity that has a list in it is no list: it says which one it is.
  const isEntity = answer.properties.has('id')
  return isEntity ? undefined : (lists.find(({ items }) => items === 'data') ?? lists[0])
}

function isObject(spec: Specification, schema: unknown, notes: Notes): boolean {
  const shape = shapeOf(spec, schema, notes)
  return shape !== undefined && shape.properties.size > 0
}

/** Three steps down at most, as `pages.next.starting_after`. */
function placeOf(
  spec: Specification,
  shape: Shape,
  name: RegExp,
  types: readonly string[],
  notes: Notes,
  path: readonly string[] = [],
): string | undefined {
  const inner: (readonly [string, Shape])[] = []
  for (const [key, schema] of shape.properties) {
    if (!isPlace(key)) continue
    const below = shapeOf(spec, schema, notes)
    if (!below) continue
    if (name.test(plainName(key)) && types.includes(below.type ?? '')) return [...path, key].join('.')
    if (below.properties.size > 0 && path.length < 2) inner.push([key, below])
  }
  return inner
    .map(([key, below]) => placeOf(spec, below, name, types, notes, [...path, key]))
    .find((place) => place !== undefined)
}
