// PUT and DELETE /conversations/{id}: what an application changes of a conversation without writing into it.

import { answer, isRefusal, refuseAll } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains } from './call.ts'
import type { Call, Route } from './call.ts'
import { findConversation, showConversation } from './conversation-changes.ts'
import { aboutConversation, conversationNotFound } from './conversation-routes.ts'
import type { Conversation } from './conversation.ts'
import { attributesField, booleanField, textField } from './fields.ts'

export const conversationUpdateRoutes: readonly Route[] = [
  { method: 'PUT', template: '/conversations/{id}', subject: (call) => aboutConversation(call), serve: update },
  { method: 'DELETE', template: '/conversations/{id}', subject: (call) => aboutConversation(call), serve: remove },
]

function update({ workspace, id, body, now }: Call): Answer | Refusal {
  const found = findConversation(workspace, id)
  if (!found) return conversationNotFound()
  const read = booleanField(body, 'read')
  const title = textField(body, 'title')
  const attributes = attributesField(body)
  const refusal = refuseAll([read, title, attributes].filter(isRefusal))
  if (refusal || isRefusal(read) || isRefusal(title) || isRefusal(attributes)) return refusal ?? conversationNotFound()
  const changed: Conversation = {
    ...found.value,
    ...(read === undefined ? {} : { read }),
    ...(title === undefined ? {} : { title }),
    ...(attributes === undefined ? {} : { customAttributes: { ...found.value.customAttributes, ...attributes } }),
    updatedAt: now,
  }
  const effect = workspace.conversations.commit(id, changed, { change: 'conversation updated' })
  return showConversation(workspace, changed, effect.version, [effect])
}

function remove({ workspace, id, now }: Call): Answer | Refusal {
  const found = findConversation(workspace, id)
  if (!found) return conversationNotFound()
  const gone: Conversation = { ...found.value, updatedAt: now, deleted: true }
  const effect = workspace.conversations.commit(id, gone, { change: 'conversation deleted' })
  const text = JSON.stringify({ id, object: 'conversation', deleted: true })
  return answer(text, contains([effect.entity, effect.version]), [effect])
}
