// A JSON Schema in words: what may stand where, what it means, and what it is when nobody says. Tables for people, from what editors
// complete by.

import type { JsonSchema } from '#scenario/json-schema.ts'

export type Field = {
  /** `load.<name>.every`; `[]` is an item of a list, `<name>` a name of the writer's choice. */
  readonly path: string
  readonly form: string
  readonly means: string
  readonly required: boolean
  readonly byDefault: string
}

const mostTold = 20

/** Every field below a schema of maps, in the order of the schema. Choices between forms are told in one line each. */
export function fieldsOf(schema: JsonSchema, path = ''): readonly Field[] {
  const properties = mapIn(schema, 'properties')
  const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as string[]) : [])
  const below = Object.entries(properties).flatMap(([name, of]) => fieldAt(of, join(path, name), required.has(name)))
  const { additionalProperties: named } = schema
  return isSchema(named) ? [...below, ...fieldAt(named, join(path, '<name>'), false)] : below
}

function fieldAt(schema: JsonSchema, path: string, required: boolean): readonly Field[] {
  const { description, default: byDefault } = schema
  const field: Field = {
    path,
    form: formOf(schema),
    means: typeof description === 'string' ? description : '',
    required,
    byDefault: byDefault === undefined ? '' : JSON.stringify(byDefault),
  }
  const { items } = schema
  return [field, ...fieldsOf(schema, path), ...(isSchema(items) ? fieldsOf(items, `${path}[]`) : [])]
}

/** `text`, `whole number from 1 to 1000`, `a or b`. */
function formOf(schema: JsonSchema): string {
  const choices = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(choices)) return [...new Set((choices as JsonSchema[]).map(formOf))].join(', or ')
  if (Array.isArray(schema['enum'])) return choiceOf(schema['enum'] as readonly unknown[])
  if ('const' in schema) return `\`${String(schema['const'])}\``
  const { type } = schema
  if (Array.isArray(type)) return type.map((one) => formOf({ ...schema, type: one })).join(', or ')
  switch (type) {
    case 'string':
      return textForm(schema)
    case 'integer':
    case 'number':
      return `${type === 'integer' ? 'whole number' : 'number'}${rangeOf(schema)}`
    case 'boolean':
      return '`true`, `false`'
    case 'array':
      return isSchema(schema['items']) ? `list of: ${formOf(schema['items'])}` : 'list'
    case 'object':
      return 'map'
    case 'null':
      return '`null`'
    default:
      return 'anything'
  }
}

/** Catalogues have pages of their own. */
function choiceOf(words: readonly unknown[]): string {
  const told = words.map((one) => `\`${String(one)}\``)
  return told.length > mostTold ? `${told.slice(0, 2).join(', ')}, ... (one of ${told.length})` : told.join(', ')
}

function textForm(schema: JsonSchema): string {
  const { examples } = schema
  if (Array.isArray(examples) && examples.length > 0) return `text such as \`${String(examples[0])}\``
  const { pattern } = schema
  return typeof pattern === 'string' && /\\d\{2\}:\\d\{2\}/u.test(pattern) ? 'time such as `11:04Z`' : 'text'
}

/** The bounds of JSON's own whole numbers say nothing. */
function rangeOf({ minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  const [least, most] = [minimum ?? exclusiveMinimum, maximum].map((bound) =>
    typeof bound === 'number' && Number.isSafeInteger(bound) && Math.abs(bound) < Number.MAX_SAFE_INTEGER
      ? bound
      : undefined,
  )
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`
  if (least !== undefined) return ` from ${least} on`
  return most === undefined ? '' : ` up to ${most}`
}

function mapIn(schema: JsonSchema, name: string): Readonly<Record<string, JsonSchema>> {
  const map = schema[name]
  return isSchema(map) ? (map as Record<string, JsonSchema>) : {}
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** Rows of Markdown. */
export function tableOf(fields: readonly Field[]): string {
  const rows = fields.map(({ path, form, means, required, byDefault }) => {
    const notes = [means, required ? '**Needed.**' : '', byDefault === '' ? '' : `Default: \`${byDefault}\`.`]
    return `| \`${path}\` | ${cell(form)} | ${cell(notes.filter((note) => note !== '').join(' '))} |`
  })
  return ['| | what | |', '| --- | --- | --- |', ...rows].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')
}
