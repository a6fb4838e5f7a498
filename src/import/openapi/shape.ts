// What a schema comes to: an object with its properties, a list, or a value; `allOf` put together, and of several alternatives the first.

import { listAt, own, partOf, textAt, type Part, type Specification } from './specification.ts'
import type { Notes } from './notes.ts'

export type Shape = {
  readonly type: string | undefined
  readonly isNullable: boolean
  readonly properties: ReadonlyMap<string, unknown>
  readonly required: ReadonlySet<string>
  /** Of a list. */
  readonly items: unknown
  /** The schema itself, for what else it says. */
  readonly said: Part
}

/** Parts of parts of one schema. */
const deepest = 12
const mostProperties = 200

export function shapeOf(spec: Specification, schema: unknown, notes: Notes, depth = 0): Shape | undefined {
  const said = depth > deepest ? undefined : spec.part(schema)
  if (!said) return undefined
  const properties = new Map<string, unknown>()
  const required = new Set<string>()
  const inner: Shape[] = []
  const add = (part: unknown): void => {
    const shape = shapeOf(spec, part, notes, depth + 1)
    if (!shape) return
    inner.push(shape)
    for (const [name, property] of shape.properties) properties.set(name, property)
    for (const name of shape.required) required.add(name)
  }
  for (const part of listAt(said, 'allOf').slice(0, mostProperties)) add(part)
  const choices = [...listAt(said, 'oneOf'), ...listAt(said, 'anyOf')].filter((one) => !isNull(spec.part(one)))
  if (choices.length > 1) notes.leave('schemas with alternatives, of which the first is taken', labelOf(schema, said))
  if (choices.length > 0) add(choices[0])
  for (const [name, property] of Object.entries(partOf(own(said, 'properties')) ?? {})) properties.set(name, property)
  for (const name of listAt(said, 'required')) if (typeof name === 'string') required.add(name)
  return {
    type:
      typeOf(said) ??
      inner.find(({ type }) => type !== undefined)?.type ??
      (properties.size > 0 ? 'object' : undefined),
    isNullable: isNullable(said, spec),
    properties: new Map([...properties].slice(0, mostProperties)),
    required,
    items: own(said, 'items') ?? inner.find(({ items }) => items !== undefined)?.items,
    said: Object.assign({}, ...inner.map((shape) => shape.said), said) as Part,
  }
}

function typeOf(said: Part): string | undefined {
  const type = own(said, 'type')
  if (typeof type === 'string') return type
  return Array.isArray(type) ? type.find((one): one is string => typeof one === 'string' && one !== 'null') : undefined
}

function isNullable(said: Part, spec: Specification): boolean {
  const type = own(said, 'type')
  const isOne = own(said, 'nullable') === true || (Array.isArray(type) && type.includes('null'))
  return isOne || [...listAt(said, 'oneOf'), ...listAt(said, 'anyOf')].some((one) => isNull(spec.part(one)))
}

function isNull(part: Part | undefined): boolean {
  return textAt(part, 'type') === 'null'
}

/** As people call it. */
function labelOf(schema: unknown, said: Part): string {
  const to = textAt(partOf(schema), '$ref')
  return to?.split('/').at(-1)?.slice(0, 60) ?? textAt(said, 'title')?.slice(0, 60) ?? 'one without a name'
}
