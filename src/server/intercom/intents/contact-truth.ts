// What a client showed of a contact, compared with what the Store ever held of it.

import type { Truth } from '#history/event.ts'
import { compareWithStore } from '../../compare.ts'
import type { Fields } from '../../compare.ts'
import type { Contact } from '../contact.ts'
import type { Workspace } from '../workspace.ts'
import { apiNamed, isErrorBody } from './shown.ts'

/** `asked` is the id asked for; without one, the value itself says whom it shows. */
export function contactTruth(workspace: Workspace, asked: string | undefined, value: Fields): Truth | undefined {
  const store = workspace.contacts.store
  const shown = apiNamed(value)
  const id = asked ?? claimedId(workspace, shown)
  if (id === undefined) return undefined
  if (!store.has(id)) return { entity: store.entity(id), matched: null, current: 0, foreign: false, invented: ['id'] }
  if (isErrorBody(value)) {
    const current = store.current(id)?.number ?? 0
    return { entity: store.entity(id), matched: null, current, foreign: false, invented: ['errors'] }
  }
  const truth = compareWithStore(store, id, shown, fieldsOf)
  if (!truth || truth.invented.length === 0) return truth
  return { ...truth, foreign: truth.invented.some((name) => belongsToAnother(workspace, id, name, shown[name])) }
}

function claimedId({ contacts }: Workspace, shown: Fields): string | undefined {
  const { id, external_id: externalId, email } = shown
  if (typeof id === 'string') return id
  if (typeof externalId === 'string') return contacts.findByExternalId(externalId)?.value.id
  return typeof email === 'string' ? contacts.findByEmail(email)?.value.id : undefined
}

const personal = new Set(['id', 'external_id', 'email', 'phone', 'name'])

/** A personal detail this contact never had, but somebody else did: a mix-up. */
function belongsToAnother({ contacts }: Workspace, own: string, name: string, value: unknown): boolean {
  if (!personal.has(name) || typeof value !== 'string' || value === '') return false
  for (const id of contacts.store.ids()) {
    if (id !== own && contacts.store.versions(id).some((version) => fieldsOf(version.value)[name] === value))
      return true
  }
  return false
}

function fieldsOf(contact: Contact): Fields {
  const identity = { id: contact.id, external_id: contact.externalId, deleted: contact.deleted }
  if (contact.deleted) return identity
  return {
    ...identity,
    role: contact.role,
    email: contact.email,
    phone: contact.phone,
    name: contact.name,
    owner_id: contact.ownerId,
    unsubscribed_from_emails: contact.unsubscribedFromEmails,
    language_override: contact.languageOverride,
    created_at: contact.createdAt,
    updated_at: contact.updatedAt,
    signed_up_at: contact.signedUpAt,
    last_seen_at: contact.lastSeenAt,
    custom_attributes: contact.customAttributes,
  }
}
