// Contacts in the shape of API 2.14. A version never changes, so its text is made once for the notes about it.

import type { Contact } from './contact.ts'
import type { Workspace } from './workspace.ts'

const sublistMax = 10

type Text = { readonly notes: number; readonly text: string }

const texts = new WeakMap<Contact, Text>()

export function contactText(contact: Contact, workspace: Workspace): string {
  const notes = workspace.notes.ofContact(contact.id)
  const known = texts.get(contact)
  if (known?.notes === notes.length) return known.text
  const noteIds = notes.map(({ value }) => value.id)
  const text = JSON.stringify(contactShape(contact, workspace.idCode, noteIds))
  texts.set(contact, { notes: notes.length, text })
  return text
}

export function deletedContactShape(contact: Contact): Record<string, unknown> {
  return { type: 'contact', id: contact.id, external_id: contact.externalId, deleted: true }
}

function contactShape(contact: Contact, workspaceId: string, noteIds: readonly string[]): Record<string, unknown> {
  const { tags = [], companyIds = [] } = contact
  const tagIds = tags.map(({ id }) => id)
  return {
    type: 'contact',
    id: contact.id,
    workspace_id: workspaceId,
    external_id: contact.externalId,
    role: contact.role,
    email: contact.email,
    phone: contact.phone,
    name: contact.name,
    avatar: contact.avatar,
    owner_id: contact.ownerId,
    social_profiles: { type: 'list', data: [] },
    has_hard_bounced: false,
    marked_email_as_spam: false,
    unsubscribed_from_emails: contact.unsubscribedFromEmails,
    created_at: contact.createdAt,
    updated_at: contact.updatedAt,
    signed_up_at: contact.signedUpAt,
    last_seen_at: contact.lastSeenAt,
    last_replied_at: null,
    last_contacted_at: null,
    last_email_opened_at: null,
    last_email_clicked_at: null,
    language_override: contact.languageOverride,
    browser: null,
    browser_version: null,
    browser_language: null,
    os: null,
    location: {
      type: 'location',
      country: null,
      region: null,
      city: null,
      country_code: null,
      continent_code: null,
    },
    ...device('android'),
    ...device('ios'),
    custom_attributes: contact.customAttributes,
    tags: sublist(contact.id, 'tags', addresses('tag', 'tags', tagIds)),
    notes: sublist(contact.id, 'notes', addresses('note', 'notes', noteIds)),
    companies: sublist(contact.id, 'companies', addresses('company', 'companies', companyIds)),
    opted_out_subscription_types: sublist(contact.id, 'subscriptions'),
    opted_in_subscription_types: sublist(contact.id, 'subscriptions'),
    utm_campaign: null,
    utm_content: null,
    utm_medium: null,
    utm_source: null,
    utm_term: null,
    referrer: null,
    enabled_push_messaging: null,
  }
}

function device(system: 'android' | 'ios'): Record<string, null> {
  const fields = ['app_name', 'app_version', 'device', 'os_version', 'sdk_version', 'last_seen_at']
  return Object.fromEntries(fields.map((field) => [`${system}_${field}`, null]))
}

function addresses(type: string, path: string, ids: readonly string[]): readonly Record<string, unknown>[] {
  return ids.map((id) => ({ type, id, url: `/${path}/${id}` }))
}

/** Only the first few show; the rest is found at the list's own address. */
function sublist(contactId: string, name: string, all: readonly unknown[] = []): Record<string, unknown> {
  return {
    type: 'list',
    data: all.slice(0, sublistMax),
    url: `/contacts/${contactId}/${name}`,
    total_count: all.length,
    has_more: all.length > sublistMax,
  }
}
