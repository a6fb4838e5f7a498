// One field, from its schema. A definition has plain values: what is a list or an object of its own is left out, and told.

import type { FieldDefinition } from '#server/defined/definition.ts'
import { mostNumber } from '#scenario/definition-schema.ts'
import { plainName, resourceName } from './names.ts'
import type { Notes } from './notes.ts'
import type { Shape } from './shape.ts'
import { listAt, numberAt, own, textAt } from './specification.ts'

/** How texts of a format look. */
const formats: Readonly<Record<string, string>> = {
  date: '2026-01-1#',
  time: '1#:00:00Z',
  email: '????????@??????.example',
  uri: 'https://????????.example',
  url: 'https://????????.example',
  hostname: '????????.example',
  ipv4: '192.0.2.1',
  uuid: '########-####-4###-8###-############',
}
const limitsOfTexts = ['pattern', 'minLength', 'maxLength'] as const

export function fieldOf(
  name: string,
  shape: Shape | undefined,
  where: string,
  resources: readonly string[],
  notes: Notes,
): FieldDefinition | undefined {
  switch (shape?.type) {
    case 'string':
      return ofText(name, shape, where, resources, notes)
    case 'integer':
    case 'number':
      return ofNumber(name, shape, where, resources, notes)
    case 'boolean':
      return { type: 'boolean' }
    case 'array':
    case 'object':
      notes.leave('fields that are lists or objects of their own', where)
      return undefined
    default:
      notes.leave('fields without a type', where)
      return undefined
  }
}

function ofText(
  name: string,
  { said }: Shape,
  where: string,
  resources: readonly string[],
  notes: Notes,
): FieldDefinition | undefined {
  const written = listAt(said, 'enum')
  const values = written.filter((one): one is string => typeof one === 'string' && /^[^\p{Cc}]{1,80}$/u.test(one))
  if (values.length > 100) notes.leave('values of enums beyond the first 100', where)
  if (values.length > 0) return { type: 'enum', values: [...new Set(values)].slice(0, 100) }
  const format = textAt(said, 'format')
  if (format === 'date-time') return { type: 'date-time', ...stampOf(name, where, notes) }
  const of = resourceMeant(name, resources)
  if (of !== undefined) {
    notes.assumeOf('fields that hold the id of another resource, as their names say', where)
    return { type: 'id', of }
  }
  for (const limit of limitsOfTexts)
    if (own(said, limit) !== undefined)
      notes.leave('limits of texts (pattern, minLength, maxLength), which are not kept', where)
  const like = format === undefined || !Object.hasOwn(formats, format) ? undefined : formats[format]
  return { type: 'string', ...(like !== undefined && { like }) }
}

/** `created_at` is written by the service, and so is `updated_at`. */
function stampOf(name: string, where: string, notes: Notes): Pick<FieldDefinition, 'set'> {
  const plain = plainName(name)
  const set = /^(?:created|inserted)(?:_at|_on|_time)?$|^creation_(?:date|time)$/u.test(plain)
    ? 'created'
    : /^(?:updated|changed|modified|last_(?:updated|modified|changed))(?:_at|_on|_time)?$/u.test(plain)
      ? 'changed'
      : undefined
  if (set === undefined) return {}
  notes.assumeOf('fields that the service writes, as their names say', where)
  return { set }
}

function ofNumber(
  name: string,
  { said, type }: Shape,
  where: string,
  resources: readonly string[],
  notes: Notes,
): FieldDefinition {
  const of = type === 'integer' ? resourceMeant(name, resources) : undefined
  if (of !== undefined) {
    notes.assumeOf('fields that hold the id of another resource, as their names say', where)
    return { type: 'id', of }
  }
  const values = listAt(said, 'enum').filter((one): one is number => typeof one === 'number' && Number.isFinite(one))
  if (values.length > 0) notes.leave('enums of numbers, of which whatever lies between them is one as well', where)
  const from = values.length > 0 ? Math.min(...values) : numberAt(said, 'minimum')
  const to = values.length > 0 ? Math.max(...values) : numberAt(said, 'maximum')
  const least = from ?? (to !== undefined && to < 1 ? to - 1_000 : undefined)
  const most = to ?? (from !== undefined && from > 1_000 ? from + 1_000 : undefined)
  const isWhole = type === 'integer'
  if (!isThere(least ?? 1, most ?? 1_000, isWhole)) {
    notes.leave('limits of numbers between which there is none', where)
    return { type: isWhole ? 'integer' : 'number' }
  }
  return {
    type: isWhole ? 'integer' : 'number',
    ...(least !== undefined && { from: least }),
    ...(most !== undefined && { to: most }),
  }
}

function isThere(from: number, to: number, isWhole: boolean): boolean {
  const [least, most] = isWhole ? [Math.ceil(from), Math.floor(to)] : [from, to]
  return least <= most && Math.max(Math.abs(from), Math.abs(to)) <= mostNumber
}

/** `depot_id` and `depotId`, where depots are held. */
function resourceMeant(name: string, resources: readonly string[]): string | undefined {
  const [, subject] = /^(\w+)_id$/u.exec(plainName(name)) ?? []
  const meant = subject === undefined ? undefined : resourceName(subject)
  return resources.find((resource) => resource === meant)
}
