// Contacts in the shape of API 2.14. A version never changes, so its text is made once.

import type { Contact } from './contact.ts'

const texts = new WeakMap<Contact, string>()

export function contactText(contact: Contact, workspaceId: string): string {
  const known = texts.get(contact)
  if (known !== undefined) return known
  const text = JSON.stringify(contactShape(contact, workspaceId))
  texts.set(contact, text)
  return text
}

export function deletedContactShape(contact: Contact): Record<string, unknown> {
  return { type: 'contact', id: contact.id, external_id: contact.externalId, deleted: true }
}

function contactShape(contact: Contact, workspaceId: string): Record<string, unknown> {
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
    tags: sublist(contact.id, 'tags'),
    notes: sublist(contact.id, 'notes'),
    companies: sublist(contact.id, 'companies'),
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

function sublist(contactId: string, name: string): Record<string, unknown> {
  return { type: 'list', data: [], url: `/contacts/${contactId}/${name}`, total_count: 0, has_more: false }
}
