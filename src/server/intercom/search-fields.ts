// The fields of a contact that can be searched, and which operators their type allows.

import type { Contact } from './contact.ts'

export type FieldType = 'string' | 'integer' | 'date' | 'boolean'
type Operator = '=' | '!=' | 'IN' | 'NIN' | '<' | '<=' | '>' | '>=' | '~' | '!~' | '^' | '$'
export type Scalar = string | number | boolean | null

export type SearchField = { readonly type: FieldType; readonly read: (contact: Contact) => Scalar }

export const operatorsOf: Readonly<Record<FieldType, ReadonlySet<string>>> = {
  string: new Set<Operator>(['=', '!=', 'IN', 'NIN', '~', '!~', '^', '$']),
  integer: new Set<Operator>(['=', '!=', 'IN', 'NIN', '<', '<=', '>', '>=']),
  date: new Set<Operator>(['=', '<', '>']),
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

export function searchField(name: string): SearchField | undefined {
  if (name.startsWith('custom_attributes.')) {
    const attribute = name.slice('custom_attributes.'.length)
    return { type: 'string', read: (contact) => text(contact.customAttributes[attribute] ?? null) }
  }
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

function text(value: Scalar): string | null {
  return value === null ? null : String(value)
}
