// Reads fields of a request body. A missing field is `undefined`; one of the wrong type is a refusal in Intercom's words.

import type { CustomAttributes } from './contact.ts'
import { isRefusal, refuse } from './answer.ts'
import type { Refusal } from './answer.ts'
import type { JsonObject } from './call.ts'

const textCharacters = 100_000

export function textField(body: JsonObject, name: string): string | null | undefined | Refusal {
  const value = body[name]
  if (value === undefined || value === null) return value
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return wrongType(name, 'a string')
  return value.length > textCharacters ? refuse(422, 'parameter_invalid', `${name} is too long`) : value
}

export function numberField(body: JsonObject, name: string): number | null | undefined | Refusal {
  const value = body[name]
  if (value === undefined || value === null) return value
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) : wrongType(name, 'an integer')
}

export function booleanField(body: JsonObject, name: string): boolean | undefined | Refusal {
  const value = body[name]
  if (value === undefined || value === null) return undefined
  return typeof value === 'boolean' ? value : wrongType(name, 'a boolean')
}

/** Only scalars: custom attributes are flat. */
export function attributesField(body: JsonObject): CustomAttributes | undefined | Refusal {
  const value = body['custom_attributes']
  if (value === undefined || value === null) return undefined
  if (!isJsonObject(value)) return wrongType('custom_attributes', 'an object')
  const nested = Object.entries(value).find(([, item]) => typeof item === 'object' && item !== null)
  if (nested) return refuse(422, 'parameter_invalid', `Custom attribute '${nested[0].slice(0, 100)}' is invalid`)
  return value as CustomAttributes
}

/** The text itself, or a refusal when it is missing or empty. */
export function requiredText(body: JsonObject, name: string): string | Refusal {
  const value = textField(body, name)
  if (isRefusal(value)) return value
  return value === undefined || value === null || value === ''
    ? refuse(422, 'parameter_not_found', `${name} is required`)
    : value
}

/** Numbers and text as text; anything else, which may not even have a text, as the empty one. */
export function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrongType(name: string, wanted: string): Refusal {
  return refuse(422, 'parameter_invalid', `${name} must be ${wanted}`)
}
