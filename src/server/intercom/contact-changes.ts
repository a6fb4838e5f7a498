// What a body of POST or PUT /contacts changes. Unknown fields are ignored, as the API does: `externalId` is not `external_id`.

import { isRefusal, refuse } from './answer.ts'
import type { Refusal } from './answer.ts'
import type { JsonObject } from './call.ts'
import type { Contact } from './contact.ts'
import { attributesField, booleanField, numberField, textField } from './fields.ts'

export type ContactChanges = { -readonly [F in keyof Contact]?: Contact[F] }

const textFields = [
  ['external_id', 'externalId'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['name', 'name'],
  ['avatar', 'avatar'],
  ['language_override', 'languageOverride'],
] as const
const numberFields = [
  ['owner_id', 'ownerId'],
  ['signed_up_at', 'signedUpAt'],
  ['last_seen_at', 'lastSeenAt'],
] as const

export function readChanges(body: JsonObject): ContactChanges | Refusal {
  const changes: ContactChanges = {}
  for (const [name, field] of textFields) {
    const value = textField(body, name)
    if (isRefusal(value)) return value
    if (value !== undefined) changes[field] = value
  }
  for (const [name, field] of numberFields) {
    const value = numberField(body, name)
    if (isRefusal(value)) return value
    if (value !== undefined) changes[field] = value
  }
  const unsubscribed = booleanField(body, 'unsubscribed_from_emails')
  if (isRefusal(unsubscribed)) return unsubscribed
  if (unsubscribed !== undefined) changes.unsubscribedFromEmails = unsubscribed
  const attributes = attributesField(body)
  if (isRefusal(attributes)) return attributes
  if (attributes !== undefined) changes.customAttributes = attributes
  return readIdentity(body, changes)
}

function readIdentity(body: JsonObject, changes: ContactChanges): ContactChanges | Refusal {
  const role = body['role']
  if (role !== undefined && role !== null) {
    if (role !== 'user' && role !== 'lead') return refuse(422, 'parameter_invalid', 'role must be user or lead')
    changes.role = role
  }
  const { email } = changes
  if (typeof email === 'string' && !/^[^\s@]+@[^\s@]+$/u.test(email)) {
    return refuse(422, 'parameter_invalid', 'Email is invalid')
  }
  return changes
}

/** The contact after the changes, or the same object when they change nothing: then there is no new version either. */
export function applyChanges(contact: Contact, changes: ContactChanges, now: number): Contact {
  const customAttributes = { ...contact.customAttributes, ...changes.customAttributes }
  const changed = { ...contact, ...changes, customAttributes }
  return JSON.stringify(changed) === JSON.stringify(contact) ? contact : { ...changed, updatedAt: now }
}
