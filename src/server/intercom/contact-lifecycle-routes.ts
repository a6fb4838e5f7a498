// Archiving a contact, bringing it back, and merging a lead into a user. Archived contacts are found by their id alone, yet still
// take their email and external id; a merged lead is gone (404 in version 2.14; 410 with the way to the user from 2.16 on).

import { answer, isRefusal, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Call, Route, Subject } from './call.ts'
import { userNotFound } from './contact-routes.ts'
import type { Contact } from './contact.ts'
import { requiredText } from './fields.ts'
import { contactText } from './render-contact.ts'
import type { EffectFacts } from '../service.ts'
import type { Workspace } from './workspace.ts'

export const contactLifecycleRoutes: readonly Route[] = [
  { method: 'POST', template: '/contacts/merge', subject: aboutMerge, serve: merge },
  { method: 'POST', template: '/contacts/{id}/archive', subject: about, serve: (call) => setArchived(call, true) },
  { method: 'POST', template: '/contacts/{id}/unarchive', subject: about, serve: (call) => setArchived(call, false) },
]

function about({ workspace, id }: Call): Subject {
  const { store } = workspace.contacts
  const externalId = store.current(id)?.value.externalId
  return subject(store.entity(id), externalId, externalId)
}

function aboutMerge(call: Call): Subject {
  const { into } = call.body
  return typeof into === 'string' ? about({ ...call, id: into }) : {}
}

function setArchived({ workspace, id, now }: Call, archived: boolean): Answer | Refusal {
  const { contacts } = workspace
  const found = contacts.find(id)
  if (!found) return userNotFound()
  const text = JSON.stringify({ type: 'contact', id, external_id: found.value.externalId, archived })
  if ((found.value.archived ?? false) === archived) {
    return answer(text, contains([contacts.store.entity(id), found.number]))
  }
  const { archived: _, ...rest } = found.value
  const changed: Contact = { ...rest, updatedAt: now, ...(archived ? { archived } : {}) }
  const effect = contacts.commit(changed, archived ? 'contact archived' : 'contact unarchived')
  return answer(text, contains([effect.entity, effect.version]), [effect])
}

function merge({ workspace, body, now }: Call): Answer | Refusal {
  const from = requiredText(body, 'from')
  if (isRefusal(from)) return from
  const into = requiredText(body, 'into')
  if (isRefusal(into)) return into
  const lead = workspace.contacts.find(from)?.value
  const user = workspace.contacts.find(into)?.value
  if (!lead || !user) return userNotFound()
  if (lead.role !== 'lead') return refuse(422, 'parameter_invalid', 'from must be a lead')
  if (user.role !== 'user') return refuse(422, 'parameter_invalid', 'into must be a user')
  const merged = mergedContact(lead, user, now)
  const effects = [
    workspace.contacts.commit(
      { ...lead, updatedAt: now, deleted: true, mergedInto: user.id },
      'contact merged away',
      null,
    ),
    workspace.contacts.commit(merged, 'contact merged'),
    ...moveConversations(workspace, lead, merged),
  ]
  const seen = effects.map(({ entity, version }) => [entity, version] as const)
  return answer(contactText(merged, workspace), contains(...seen), effects)
}

/** The user keeps what it has and takes the rest from the lead. */
function mergedContact(lead: Contact, user: Contact, now: number): Contact {
  return {
    ...user,
    email: user.email ?? lead.email,
    phone: user.phone ?? lead.phone,
    name: user.name ?? lead.name,
    avatar: user.avatar ?? lead.avatar,
    customAttributes: { ...lead.customAttributes, ...user.customAttributes },
    updatedAt: now,
  }
}

function moveConversations(workspace: Workspace, lead: Contact, user: Contact): readonly EffectFacts[] {
  return [...workspace.conversations.all()]
    .filter(({ value }) => value.contactId === lead.id)
    .map(({ value }) => {
      const moved = { ...value, contactId: user.id, contactExternalId: user.externalId }
      return workspace.conversations.commit(value.id, moved, { change: 'conversation moved' })
    })
}
