// Reads fields of a request body. A missing field is `undefined`; one of the wrong type is a refusal in Intercom's words.

import type { CustomAttributes } from './contact.ts'
import { isRefusal, refuse, refuseAll } from './answer.ts'
import type { Refusal } from './answer.ts'
import type { JsonObject } from './call.ts'

const textCharacters = 100_000
const nameCharacters = 190
const mostReasons = 20

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

/** Each attribute that is wrong is a reason of its own. */
export function attributesField(body: JsonObject): CustomAttributes | undefined | Refusal {
  return flatField(body, 'custom_attributes', 'Custom attribute')
}

/** An object of scalars. */
export function flatField(
  body: JsonObject,
  name: string,
  member = `Member of ${name}`,
): CustomAttributes | undefined | Refusal {
  const value = body[name]
  if (value === undefined || value === null) return undefined
  if (!isJsonObject(value)) return wrongType(name, 'an object')
  const refusals: Refusal[] = []
  for (const [key, item] of Object.entries(value)) {
    const shown = `${member} '${key.slice(0, 100)}'`
    if (key.length > nameCharacters) {
      const message = `${shown} is invalid: names have at most ${nameCharacters} characters`
      refusals.push(refuse(422, 'parameter_invalid', message))
    }
    if (typeof item === 'object' && item !== null) {
      refusals.push(refuse(422, 'parameter_invalid', `${shown} is invalid`))
    }
  }
  return refuseAll(refusals.slice(0, mostReasons)) ?? (value as CustomAttributes)
}

/** Unix seconds within the years 1970 to 9999. */
export function timeField(body: JsonObject, name: string): number | null | undefined | Refusal {
  const value = numberField(body, name)
  const isTime = typeof value !== 'number' || (value >= 0 && value < 253_402_300_800)
  return isTime ? value : refuse(422, 'parameter_invalid', `${name} must be a Unix timestamp`)
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
