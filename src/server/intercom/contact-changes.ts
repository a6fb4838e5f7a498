// What a body of POST or PUT /contacts changes. Unknown fields are ignored, as the API does: `externalId` is not `external_id`.

import { isRefusal, refuse, refuseAll } from './answer.ts'
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

/** All that is wrong with the body is told at once. */
export function readChanges(body: JsonObject): ContactChanges | Refusal {
  const changes: ContactChanges = {}
  const refusals: Refusal[] = []
  const take = <F extends keyof Contact>(field: F, value: Contact[F] | undefined | Refusal): void => {
    if (isRefusal(value)) refusals.push(value)
    else if (value !== undefined) changes[field] = value
  }
  for (const [name, field] of textFields) take(field, textField(body, name))
  for (const [name, field] of numberFields) take(field, numberField(body, name))
  take('email', emailOf(changes.email))
  take('role', roleOf(body))
  take('unsubscribedFromEmails', booleanField(body, 'unsubscribed_from_emails'))
  take('customAttributes', attributesField(body))
  return refuseAll(refusals) ?? changes
}

function emailOf(email: string | null | undefined): string | null | undefined | Refusal {
  if (typeof email !== 'string' || /^[^\s@]+@[^\s@]+$/u.test(email)) return email
  return refuse(422, 'parameter_invalid', 'email is not a valid email address')
}

function roleOf(body: JsonObject): Contact['role'] | undefined | Refusal {
  const role = body['role']
  if (role === undefined || role === null) return undefined
  return role === 'user' || role === 'lead' ? role : refuse(422, 'parameter_invalid', 'role must be user or lead')
}

/** The contact after the changes, or the same object when they change nothing: then there is no new version either. */
export function applyChanges(contact: Contact, changes: ContactChanges, now: number): Contact {
  const customAttributes = { ...contact.customAttributes, ...changes.customAttributes }
  const changed = { ...contact, ...changes, customAttributes }
  return JSON.stringify(changed) === JSON.stringify(contact) ? contact : { ...changed, updatedAt: now }
}
