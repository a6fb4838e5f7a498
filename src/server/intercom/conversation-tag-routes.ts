// Tags on a conversation: an admin puts them there and takes them away. The answer is the tag.

import { actingAdmin } from './acting-admin.ts'
import { answer, isRefusal, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains } from './call.ts'
import type { Call, Route } from './call.ts'
import { findConversation } from './conversation-changes.ts'
import { aboutConversation } from './conversation-routes.ts'
import type { ConversationTag } from './conversation.ts'
import { scalarText } from './fields.ts'
import { tagShape } from './render-conversation.ts'
import { tagNotFound } from './tag-routes.ts'
import type { Workspace } from './workspace.ts'

export const conversationTagRoutes: readonly Route[] = [
  { method: 'POST', template: '/conversations/{id}/tags', subject: (call) => aboutConversation(call), serve: add },
  {
    method: 'DELETE',
    template: '/conversations/{id}/tags/{tag_id}',
    subject: (call) => aboutConversation(call),
    serve: remove,
  },
]

function conversationNotFound(): Refusal {
  return refuse(404, 'not_found', 'Conversation not found')
}

function add({ workspace, id, body, now }: Call): Answer | Refusal {
  const found = findConversation(workspace, id)
  if (!found) return conversationNotFound()
  const admin = actingAdmin(workspace, body['admin_id'])
  if (isRefusal(admin)) return admin
  const tag = workspace.tags.find(scalarText(body['id']))?.value
  if (!tag) return tagNotFound()
  const tags = found.value.tags ?? []
  const known = tags.find((applied) => applied.id === tag.id)
  if (known)
    return answer(JSON.stringify(tagShape(known)), contains([workspace.conversations.entity(id), found.number]))
  const applied: ConversationTag = { id: tag.id, name: tag.name, appliedAt: now, adminId: admin.id }
  return commit(workspace, id, [...tags, applied], applied, now)
}

function remove({ workspace, id, second, body, now }: Call): Answer | Refusal {
  const found = findConversation(workspace, id)
  if (!found) return conversationNotFound()
  const admin = actingAdmin(workspace, body['admin_id'])
  if (isRefusal(admin)) return admin
  const tags = found.value.tags ?? []
  const applied = tags.find((tag) => tag.id === second)
  if (!applied) return tagNotFound()
  const others = tags.filter((tag) => tag !== applied)
  return commit(workspace, id, others, applied, now)
}

function commit(
  workspace: Workspace,
  id: string,
  tags: readonly ConversationTag[],
  tag: ConversationTag,
  now: number,
): Answer | Refusal {
  const conversation = findConversation(workspace, id)?.value
  if (!conversation) return conversationNotFound()
  const change = tags.includes(tag) ? 'tag added' : 'tag removed'
  const effect = workspace.conversations.commit(id, { ...conversation, tags, updatedAt: now }, { change })
  return answer(JSON.stringify(tagShape(tag)), contains([effect.entity, effect.version]), [effect])
}
