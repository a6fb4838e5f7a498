// POST /messages: an admin writes to contacts on their own initiative. The answer is the message; whether a conversation comes
// of it is known only when a contact replies, unless the call asks for one right away.

import { actingAdmin, adminAuthor } from './acting-admin.ts'
import { answer, isRefusal, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Call, JsonObject, Route, Subject } from './call.ts'
import type { Contact } from './contact.ts'
import { asHtml } from './conversation-changes.ts'
import { newConversation, openConversation } from './conversation-routes.ts'
import { isJsonObject, textField } from './fields.ts'
import type { Message } from './message.ts'
import { refIn } from './ref-token.ts'
import type { Admin, Workspace } from './workspace.ts'

export const messageRoutes: readonly Route[] = [
  { method: 'POST', template: '/messages', subject: aboutMessage, serve: send },
]

function aboutMessage({ workspace, body }: Call): Subject {
  const key = refIn(body['body'])
  const [contact] = recipients(workspace, isFromContact(body) ? body['from'] : body['to'])
  if (!contact || isRefusal(contact)) return subject(undefined, key)
  return subject(workspace.contacts.store.entity(contact.id), key, contact.externalId)
}

function send(call: Call): Answer | Refusal {
  const { workspace, body, now } = call
  if (isFromContact(body)) return openConversation(call)
  const text = textField(body, 'body')
  if (isRefusal(text)) return text
  if (!text) return refuse(400, 'parameter_invalid', 'Body is required')
  const from = isJsonObject(body['from']) ? body['from'] : {}
  if (from['type'] !== 'admin') return refuse(400, 'parameter_invalid', 'from must be an admin')
  const admin = actingAdmin(workspace, from['id'])
  if (isRefusal(admin)) return admin
  const kind = kindOf(body)
  if (isRefusal(kind)) return kind
  const contacts = recipients(workspace, body['to'])
  const missing = contacts.find(isRefusal)
  if (missing) return missing
  const to = contacts.filter((contact): contact is Contact => !isRefusal(contact))
  if (to.length === 0) return refuse(400, 'parameter_not_found', 'to is required')
  return commit({ workspace, admin, to, kind, text, now, opens: isOpening(body) })
}

function isFromContact({ from }: JsonObject): boolean {
  return isJsonObject(from) && (from['type'] === 'user' || from['type'] === 'lead' || from['type'] === 'contact')
}

function isOpening(body: JsonObject): boolean {
  return body['create_conversation_without_contact_reply'] === true
}

type Kind = Pick<Message, 'messageType' | 'subject'>

function kindOf(body: JsonObject): Kind | Refusal {
  const messageType = body['message_type'] ?? 'inapp'
  if (messageType === 'in_app' || messageType === 'inapp') return { messageType: 'inapp', subject: null }
  if (messageType !== 'email') return refuse(400, 'parameter_invalid', 'message_type must be in_app or email')
  const title = textField(body, 'subject')
  if (isRefusal(title)) return title
  return title
    ? { messageType: 'email', subject: title }
    : refuse(422, 'parameter_not_found', 'No subject supplied for email message')
}

function recipients(workspace: Workspace, to: unknown): readonly (Contact | Refusal)[] {
  if (to === undefined || to === null) return []
  return (Array.isArray(to) ? to : [to]).map((recipient: unknown) => {
    const id = isJsonObject(recipient) ? recipient['id'] : undefined
    const found = typeof id === 'string' ? workspace.contacts.find(id) : undefined
    return found?.value ?? refuse(404, 'not_found', 'User Not Found')
  })
}

type Sending = {
  readonly workspace: Workspace
  readonly admin: Admin
  readonly to: readonly Contact[]
  readonly kind: Kind
  readonly text: string
  readonly now: number
  readonly opens: boolean
}

function commit({ workspace, admin, to, kind, text, now, opens }: Sending): Answer {
  const [first] = to
  const key = refIn(text)
  const conversation =
    opens && first ? newConversation(workspace, first, { text, author: adminAuthor(admin), now }) : undefined
  const message: Message = {
    id: workspace.newNumber('message'),
    createdAt: now,
    ...kind,
    body: asHtml(text),
    adminId: admin.id,
    contactIds: to.map(({ id }) => id),
    conversationId: conversation?.id ?? null,
  }
  const effects = [workspace.messages.commit(message.id, message, { change: 'message sent', key })]
  // The conversation is the same piece of business, so it carries no key of its own.
  if (conversation) {
    effects.push(workspace.conversations.commit(conversation.id, conversation, { change: 'conversation opened' }))
  }
  const seen = effects.map(({ entity, version }) => [entity, version] as const)
  return answer(JSON.stringify(messageShape(message, admin)), contains(...seen), effects)
}

function messageShape(message: Message, admin: Admin): Record<string, unknown> {
  return {
    type: 'admin_message',
    id: message.id,
    created_at: message.createdAt,
    ...(message.subject === null ? {} : { subject: message.subject }),
    body: message.body,
    message_type: message.messageType,
    owner: { ...adminAuthor(admin), away_mode_enabled: false, away_mode_reassign: false },
    ...(message.conversationId === null ? {} : { conversation_id: message.conversationId }),
  }
}
