// Every form that a kind of fault can take, as far as forms can be counted: each choice of each parameter, with one usual value
// for durations, rates and numbers. For exhaustive placement, where drawing would leave holes.

import type { FaultKind } from '#fault/fault.ts'
import { durationMs, ratePerSecond } from '#fault/units.ts'
import { toJson, type JsonSchema } from '#scenario/json-schema.ts'
import { hostileWords } from './hostile-words.ts'
import type { Parameters } from './parameters.ts'

const usual = { duration: '30s', rate: '10/s' }
const [durationPattern, ratePattern] = [durationMs, ratePerSecond].map((unit) => toJson(unit)['pattern'])

/** Required parameters in all combinations; of the others, one at a time. */
export function formsOf(kind: FaultKind): readonly Parameters[] {
  const schema = toJson(kind.schema)
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)
  const required = new Set((schema['required'] ?? []) as string[])
  const must = properties.filter(([name]) => required.has(name))
  const may = properties.filter(([name]) => !required.has(name))
  const bases = must.reduce<readonly Parameters[]>(
    (forms, [name, property]) =>
      forms.flatMap((form) => choicesOf(name, property).map((value) => ({ ...form, [name]: value }))),
    [{}],
  )
  const more = may.flatMap(([name, property]) =>
    choicesOf(name, property).map((value) => ({ ...bases[0], [name]: value })),
  )
  const forms = [...bases, ...more].filter((form) => kind.schema.safeParse(form, { jitless: true }).success)
  return [...new Map(forms.map((form) => [JSON.stringify(kind.schema.parse(form, { jitless: true })), form])).values()]
}

function choicesOf(name: string, schema: JsonSchema): readonly unknown[] {
  const { enum: names, pattern, type, anyOf, minimum = 1 } = schema
  if (Array.isArray(names)) return names
  if (pattern === durationPattern) return [usual.duration]
  if (pattern === ratePattern) return [usual.rate]
  if (hostileWords[name]) return hostileWords[name]
  if (Array.isArray(anyOf)) return choicesOf(name, anyOf[0] as JsonSchema)
  if (type === 'integer' || type === 'number') return [minimum]
  if (type === 'array') return choicesOf(name, schema['items'] as JsonSchema).map((one) => [one])
  return []
}
