// A schema in which something is one of several maps, as one of a single map with the fields of them all: a reader of a reference wants to know
// what a field means, and which of them has it stands in its kind.

import type { JsonSchema } from '#scenario/json-schema.ts'

export function melted(schema: JsonSchema): JsonSchema {
  const within = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, meltedValue(value)]))
  const { oneOf, anyOf, ...rest } = within
  const choices = (oneOf ?? anyOf) as readonly JsonSchema[] | undefined
  const maps = choices?.filter(({ type }) => type === 'object') ?? []
  return maps.length === 0 ? within : { ...rest, ...oneOfAll(maps) }
}

function meltedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meltedValue)
  return typeof value === 'object' && value !== null ? melted(value as JsonSchema) : value
}

/** What all of them need is needed. A word that tells them apart is any of theirs. */
function oneOfAll(maps: readonly JsonSchema[]): JsonSchema {
  const properties: Record<string, JsonSchema> = {}
  for (const map of maps)
    for (const [name, of] of Object.entries((map['properties'] ?? {}) as Record<string, JsonSchema>))
      properties[name] = 'const' in of ? { ...of, ...choiceOf(properties[name], of) } : (properties[name] ?? of)
  const required = Object.keys(properties).filter((name) => maps.every((map) => needs(map, name)))
  return { type: 'object', properties, required }
}

function choiceOf(before: JsonSchema | undefined, of: JsonSchema): JsonSchema {
  const others = Array.isArray(before?.['enum']) ? (before['enum'] as readonly unknown[]) : []
  return { enum: [...others, of['const']] }
}

function needs(map: JsonSchema, name: string): boolean {
  return Array.isArray(map['required']) && map['required'].includes(name)
}
