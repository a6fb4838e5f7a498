// Conversations: list, get, open, reply. What an admin does to one (close, assign, ...) is in conversation-part-routes.ts.

import { actingAdmin, adminAuthor } from './acting-admin.ts'
import { readAttachments } from './attachment.ts'
import { answer, isRefusal, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Call, Route, Subject } from './call.ts'
import type { Contact } from './contact.ts'
import { addPart, asHtml, findConversation, listedConversations, showConversation } from './conversation-changes.ts'
import type { Attachment, Author, Conversation } from './conversation.ts'
import { pageOf } from './cursor.ts'
import type { Sorting } from './cursor.ts'
import { isJsonObject, requiredText, textField } from './fields.ts'
import { listText, readPaging } from './paging.ts'
import type { Paging } from './paging.ts'
import { messageKey } from './message-key.ts'
import { refIn } from './ref-token.ts'
import { conversationListText } from './render-conversation.ts'
import type { Version } from '../store.ts'
import type { Workspace } from './workspace.ts'

const listPerPage = 20

export const conversationRoutes: readonly Route[] = [
  { method: 'GET', template: '/conversations', subject: () => ({}), serve: list },
  { method: 'POST', template: '/conversations', subject: aboutOpening, serve: openConversation },
  {
    method: 'GET',
    template: '/conversations/{id}',
    subject: (call) => aboutConversation(call),
    serve: ({ workspace, id }) => {
      const found = findConversation(workspace, id)
      return found ? showConversation(workspace, found.value, found.number) : conversationNotFound()
    },
  },
  {
    method: 'POST',
    template: '/conversations/{id}/reply',
    subject: (call) => aboutConversation(call, messageKey(call.body)),
    serve: reply,
  },
]

export function aboutConversation({ workspace, id }: Call, key?: string): Subject {
  const customer = workspace.conversations.current(id)?.value.contactExternalId
  return subject(workspace.conversations.entity(id), key, customer)
}

export function conversationNotFound(): Refusal {
  return refuse(404, 'not_found', 'Resource Not Found')
}

function list({ workspace, query }: Call): Answer | Refusal {
  const paging = readPaging(query.get('per_page'), query.get('starting_after'), listPerPage)
  return isRefusal(paging) ? paging : conversationPage(workspace, listedConversations(workspace), paging)
}

const lastChangedFirst: Sorting<Version<Conversation>> = {
  idOf: ({ value }) => value.id,
  sortMsOf: ({ value }) => value.updatedAt * 1_000,
}

export function conversationPage(
  workspace: Workspace,
  found: readonly Version<Conversation>[],
  paging: Paging,
): Answer {
  const page = pageOf(found, lastChangedFirst, paging.perPage, paging.after)
  const texts = page.items.map(({ value }) => conversationListText(value))
  const seen = page.items.map(({ value, number }) => [workspace.conversations.entity(value.id), number] as const)
  return answer(listText('conversation.list', 'conversations', texts, page), contains(...seen))
}

function opener({ workspace, body }: Call): Contact | undefined {
  const from = body['from']
  const id = isJsonObject(from) ? from['id'] : undefined
  return typeof id === 'string' ? workspace.contacts.find(id)?.value : undefined
}

function aboutOpening(call: Call): Subject {
  const contact = opener(call)
  const key = refIn(call.body['body'])
  return contact
    ? subject(call.workspace.contacts.store.entity(contact.id), key, contact.externalId)
    : subject(undefined, key)
}

/** A contact writes first. */
export function openConversation(call: Call): Answer | Refusal {
  const { workspace, body, now } = call
  const text = requiredText(body, 'body')
  if (isRefusal(text)) return text
  const contact = opener(call)
  if (!contact) return refuse(404, 'not_found', 'User Not Found')
  const conversation = newConversation(workspace, contact, { text, author: authorOf(contact), now })
  const effect = workspace.conversations.commit(conversation.id, conversation, {
    change: 'conversation opened',
    key: refIn(text),
  })
  const message = {
    type: 'user_message',
    id: conversation.sourceId,
    created_at: now,
    body: text,
    message_type: 'inapp',
    conversation_id: conversation.id,
  }
  return answer(JSON.stringify(message), contains([effect.entity, effect.version]), [effect])
}

/** `author` is the contact, or the admin who wrote to the contact. */
export function newConversation(
  workspace: Workspace,
  contact: Contact,
  { text, author, now }: { readonly text: string; readonly author: Author; readonly now: number },
): Conversation {
  const fromAdmin = author.type === 'admin'
  return {
    id: workspace.newNumber('conversation'),
    createdAt: now,
    updatedAt: now,
    waitingSince: fromAdmin ? null : now,
    snoozedUntil: null,
    sourceId: workspace.newNumber('message'),
    sourceBody: asHtml(text),
    sourceAuthor: author,
    contactId: contact.id,
    contactExternalId: contact.externalId,
    firstContactReplyAt: fromAdmin ? null : now,
    adminAssigneeId: null,
    teamAssigneeId: null,
    state: 'open',
    read: false,
    parts: [],
  }
}

function reply(call: Call): Answer | Refusal {
  const { workspace, id, body, now } = call
  const conversation = findConversation(workspace, id)?.value
  if (!conversation) return conversationNotFound()
  const messageType = body['message_type']
  if (messageType !== 'comment' && messageType !== 'note' && messageType !== 'quick_reply') {
    return refuse(422, 'parameter_invalid', 'message_type must be comment, note or quick_reply')
  }
  const author = replyAuthor(call)
  if (isRefusal(author)) return author
  const text = messageType === 'quick_reply' ? textField(body, 'body') : requiredText(body, 'body')
  if (isRefusal(text)) return text
  const attachments = readAttachments(body)
  if (isRefusal(attachments)) return attachments
  const fromAdmin = author.type === 'admin'
  const reopens = !fromAdmin && conversation.state !== 'open'
  return addPart(workspace, conversation, {
    part: { partType: reopens ? 'open' : messageType, body: text ? asHtml(text) : null, author, ...filed(attachments) },
    follow: fromAdmin ? { waitingSince: null } : { state: 'open', waitingSince: now, read: false },
    now,
    change: messageType === 'note' ? 'note added' : 'reply added',
    key: messageKey(body),
  })
}

/** A part without files looks as it always did. */
function filed(attachments: readonly Attachment[]): { attachments?: readonly Attachment[] } {
  return attachments.length === 0 ? {} : { attachments }
}

/** Whoever the body says is speaking. */
export function replyAuthor({ workspace, body }: Call): Author | Refusal {
  if (body['type'] === 'admin') {
    const admin = actingAdmin(workspace, body['admin_id'])
    return isRefusal(admin) ? admin : adminAuthor(admin)
  }
  if (body['type'] !== 'user') return refuse(422, 'parameter_invalid', 'type must be admin or user')
  const { intercom_user_id: id, user_id: externalId, email } = body
  const found =
    (typeof id === 'string' ? workspace.contacts.find(id) : undefined) ??
    (typeof externalId === 'string' ? workspace.contacts.findByExternalId(externalId) : undefined) ??
    (typeof email === 'string' ? workspace.contacts.findByEmail(email) : undefined)
  return found ? authorOf(found.value) : refuse(404, 'not_found', 'User Not Found')
}

function authorOf({ role, id, name, email }: Contact): Author {
  return { type: role, id, name, email }
}
