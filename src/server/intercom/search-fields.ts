// What a searchable field is, which operators its type allows, and the fields of a contact.

import type { Contact } from './contact.ts'

export type FieldType = 'string' | 'integer' | 'date' | 'time' | 'boolean'
type Operator = '=' | '!=' | 'IN' | 'NIN' | '<' | '<=' | '>' | '>=' | '~' | '!~' | '^' | '$'
export type Scalar = string | number | boolean | null

export type SearchField<T = Contact> = {
  readonly type: FieldType
  readonly read: (item: T) => Scalar
  /** Whose days a date is matched by. Default: UTC. */
  readonly timezone?: string
}
/** `undefined` for a field that cannot be searched. */
export type FieldOf<T> = (name: string) => SearchField<T> | undefined

export const operatorsOf: Readonly<Record<FieldType, ReadonlySet<string>>> = {
  string: new Set<Operator>(['=', '!=', 'IN', 'NIN', '~', '!~', '^', '$']),
  integer: new Set<Operator>(['=', '!=', 'IN', 'NIN', '<', '<=', '>', '>=']),
  date: new Set<Operator>(['=', '<', '>']),
  time: new Set<Operator>(['=', '!=', 'IN', 'NIN', '<', '<=', '>', '>=']),
  boolean: new Set<Operator>(['=', '!=', 'IN', 'NIN']),
}

const fields: Readonly<Record<string, SearchField>> = {
  id: { type: 'string', read: (contact) => contact.id },
  role: { type: 'string', read: (contact) => contact.role },
  name: { type: 'string', read: (contact) => contact.name },
  avatar: { type: 'string', read: (contact) => contact.avatar },
  owner_id: { type: 'integer', read: (contact) => contact.ownerId },
  email: { type: 'string', read: (contact) => contact.email },
  email_domain: { type: 'string', read: (contact) => contact.email?.split('@')[1] ?? null },
  phone: { type: 'string', read: (contact) => contact.phone },
  external_id: { type: 'string', read: (contact) => contact.externalId },
  created_at: { type: 'date', read: (contact) => contact.createdAt },
  signed_up_at: { type: 'date', read: (contact) => contact.signedUpAt },
  updated_at: { type: 'date', read: (contact) => contact.updatedAt },
  last_seen_at: { type: 'date', read: (contact) => contact.lastSeenAt },
  language_override: { type: 'string', read: (contact) => contact.languageOverride },
  unsubscribed_from_emails: { type: 'boolean', read: (contact) => contact.unsubscribedFromEmails },
  marked_email_as_spam: { type: 'boolean', read: () => false },
  has_hard_bounced: { type: 'boolean', read: () => false },
}

export function searchField(name: string, timezone = 'UTC'): SearchField | undefined {
  if (name.startsWith('custom_attributes.')) {
    const attribute = name.slice('custom_attributes.'.length)
    return { type: 'string', read: (contact) => text(contact.customAttributes[attribute] ?? null) }
  }
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  return field?.type === 'date' ? { ...field, timezone } : field
}

function text(value: Scalar): string | null {
  return value === null ? null : String(value)
}
