// Parameters of any kind of fault, drawn from the kind's own schema: a new kind is fuzzed without a line here. Values are what a
// scenario would write. Simple ones come first, because smaller is simpler.

import * as fc from 'fast-check'
import { exactDuration } from '#clock/instant.ts'
import type { FaultKind } from '#fault/fault.ts'
import { durationMs, ratePerSecond } from '#fault/units.ts'
import { toJson, type JsonSchema } from '#scenario/json-schema.ts'
import { durationAround } from './durations.ts'
import { frequentWords, hostileWords } from './hostile-words.ts'

export type Parameters = Readonly<Record<string, unknown>>

/** What the kind's schema accepts, and nothing else: some rules go over several fields. `moments`: durations, ms, that matter to
 * the client. */
export function parametersOf(kind: FaultKind, moments: readonly number[]): fc.Arbitrary<Parameters> {
  const known = made.get(moments) ?? new Map<FaultKind, fc.Arbitrary<Parameters>>()
  made.set(moments, known)
  const parameters = known.get(kind) ?? make(kind, moments)
  known.set(kind, parameters)
  return parameters
}

/** A campaign draws from each thousands of times, and making one takes longer than drawing from it. */
const made = new WeakMap<readonly number[], Map<FaultKind, fc.Arbitrary<Parameters>>>()

function make(kind: FaultKind, moments: readonly number[]): fc.Arbitrary<Parameters> {
  const drawn = fromSchema(toJson(kind.schema), '', moments) as fc.Arbitrary<Parameters>
  return drawn.filter((parameters) => kind.schema.safeParse(parameters, { jitless: true }).success)
}

const [durationPattern, ratePattern] = [durationMs, ratePerSecond].map((unit) => toJson(unit)['pattern'])

function fromSchema(schema: JsonSchema, key: string, moments: readonly number[]): fc.Arbitrary<unknown> {
  const words = hostileWords[key]
  const { anyOf, enum: names, pattern, type } = schema
  if (Array.isArray(anyOf)) return fc.oneof(...(anyOf as JsonSchema[]).map((one) => fromSchema(one, key, moments)))
  if (Array.isArray(names)) return fc.constantFrom(...(names as unknown[]))
  if (pattern === durationPattern) return durationAround(100, 3_600_000, moments).map(exactDuration)
  if (pattern === ratePattern) return rate
  if (words) return wordOf(words, frequentWords[key] ?? words)
  if (type === 'object') return fromObject(schema, moments)
  if (type === 'array')
    return fc.uniqueArray(fromSchema(schema['items'] as JsonSchema, '', moments), { minLength: 1, maxLength: 3 })
  if (type === 'integer' || type === 'number') return wholeNumber(schema)
  if (type === 'boolean') return fc.boolean()
  throw new Error(`A parameter "${key}" of this form cannot be drawn: ${JSON.stringify(schema)}`)
}

type Words = readonly [unknown, ...unknown[]]

function wordOf(all: Words, frequent: Words): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...frequent) }, fc.constantFrom(...all))
}

function fromObject(schema: JsonSchema, moments: readonly number[]): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)
  const required = new Set((schema['required'] ?? []) as string[])
  const fields = properties
    // What is no word of ours to choose is left out where that is allowed.
    .filter(([key, property]) => required.has(key) || canBeDrawn(key, property))
    .map(([key, property]) => [key, fromSchema(property, key, moments)] as const)
  return fc.record(Object.fromEntries(fields), {
    requiredKeys: fields.map(([key]) => key).filter((key) => required.has(key)),
    noNullPrototype: true,
  })
}

function canBeDrawn(key: string, { type, pattern, enum: names, anyOf }: JsonSchema): boolean {
  const isKnown = pattern === durationPattern || pattern === ratePattern
  return type !== 'string' || Array.isArray(names) || Array.isArray(anyOf) || isKnown || key in hostileWords
}

/** Half of them small: servers, repetitions and rotations are few. */
function wholeNumber({ minimum = 0, maximum = 1_000 }: JsonSchema): fc.Arbitrary<number> {
  const [low, high] = [Number(minimum), Number(maximum)]
  return fc.oneof(fc.integer({ min: low, max: Math.min(high, low + 3) }), fc.integer({ min: low, max: high }))
}

/** From one in a minute to a thousand a second. */
const rate: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map((count) => `${count}/min`),
  fc.constantFrom('1/s', '3/s', '10/s', '30/s', '100/s', '300/s', '1000/s'),
)
