// POST /conversations/search. Unlike a list it can be asked for the conversations of one contact.

import { isRefusal } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import type { Call, Route, Subject } from './call.ts'
import { aboutContact } from './contact-routes.ts'
import { onlyFilter } from './contact-search-routes.ts'
import { listedConversations } from './conversation-changes.ts'
import { conversationPage } from './conversation-routes.ts'
import type { Conversation } from './conversation.ts'
import { isJsonObject } from './fields.ts'
import { readPaging } from './paging.ts'
import { deliveredAs } from './render-conversation.ts'
import type { FieldOf, SearchField } from './search-fields.ts'
import { compileQueryOver } from './search-query.ts'

const searchPerPage = 20

export const conversationSearchRoutes: readonly Route[] = [
  { method: 'POST', template: '/conversations/search', subject: aboutQuery, serve: search },
]

function search({ workspace, body }: Call): Answer | Refusal {
  const matches = compileQueryOver(fieldOf, body['query'])
  if (isRefusal(matches)) return matches
  const pagination = isJsonObject(body['pagination']) ? body['pagination'] : {}
  const paging = readPaging(pagination['per_page'], pagination['starting_after'], searchPerPage)
  if (isRefusal(paging)) return paging
  const found = listedConversations(workspace).filter(({ value }) => matches(value))
  return conversationPage(workspace, found, paging)
}

/** A search for the conversations of one contact is about that contact. */
function aboutQuery({ workspace, body }: Call): Subject {
  const { field, operator, value } = onlyFilter(body['query']) ?? {}
  if (field !== 'contact_ids' || operator !== '=' || typeof value !== 'string') return {}
  return workspace.contacts.store.has(value) ? aboutContact(workspace, value) : {}
}

const fields: Readonly<Record<string, SearchField<Conversation>>> = {
  id: { type: 'string', read: ({ id }) => id },
  created_at: { type: 'time', read: ({ createdAt }) => createdAt },
  updated_at: { type: 'time', read: ({ updatedAt }) => updatedAt },
  waiting_since: { type: 'time', read: ({ waitingSince }) => waitingSince },
  snoozed_until: { type: 'time', read: ({ snoozedUntil }) => snoozedUntil },
  'source.type': { type: 'string', read: () => 'conversation' },
  'source.id': { type: 'string', read: ({ sourceId }) => sourceId },
  'source.delivered_as': { type: 'string', read: deliveredAs },
  'source.subject': { type: 'string', read: () => '' },
  'source.body': { type: 'string', read: ({ sourceBody }) => sourceBody },
  'source.author.id': { type: 'string', read: ({ sourceAuthor }) => sourceAuthor.id },
  'source.author.type': { type: 'string', read: ({ sourceAuthor }) => sourceAuthor.type },
  'source.author.name': { type: 'string', read: ({ sourceAuthor }) => sourceAuthor.name },
  'source.author.email': { type: 'string', read: ({ sourceAuthor }) => sourceAuthor.email },
  contact_ids: { type: 'string', read: ({ contactId }) => contactId },
  admin_assignee_id: { type: 'integer', read: ({ adminAssigneeId }) => adminAssigneeId },
  team_assignee_id: { type: 'integer', read: ({ teamAssigneeId }) => teamAssigneeId },
  open: { type: 'boolean', read: ({ state }) => state !== 'closed' },
  read: { type: 'boolean', read: ({ read }) => read },
  state: { type: 'string', read: ({ state }) => state },
  priority: { type: 'string', read: () => 'not_priority' },
}

const fieldOf: FieldOf<Conversation> = (name) => {
  if (name.startsWith('custom_attributes.') || name.startsWith('custom_attribute.')) {
    const attribute = name.slice(name.indexOf('.') + 1)
    return { type: 'string', read: ({ customAttributes }) => customAttributes?.[attribute] ?? null }
  }
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}
