// POST /conversations/{id}/parts: what an admin does to a conversation. Doing it twice adds two parts, as in the real API.

import { actingAdmin, adminAuthor } from './acting-admin.ts'
import { isRefusal, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import type { Call, Route } from './call.ts'
import { addPart, asHtml, findConversation } from './conversation-changes.ts'
import type { Follow, NewPart } from './conversation-changes.ts'
import { aboutConversation, conversationNotFound } from './conversation-routes.ts'
import type { Conversation } from './conversation.ts'
import { numberField, textField } from './fields.ts'

export const conversationPartRoutes: readonly Route[] = [
  {
    method: 'POST',
    template: '/conversations/{id}/parts',
    subject: (call) => aboutConversation(call, partKey(call.body['message_type'], call.id)),
    serve,
  },
]

/** A conversation is closed once, so closing it is one piece of business; the other parts carry no key. */
export function partKey(messageType: unknown, conversationId: string): string | undefined {
  return messageType === 'close' ? `close-${conversationId}` : undefined
}

type Step = { readonly part: Omit<NewPart, 'author' | 'body'>; readonly follow: Follow; readonly change: string }

function serve({ workspace, id, body, now }: Call): Answer | Refusal {
  const conversation = findConversation(workspace, id)?.value
  if (!conversation) return conversationNotFound()
  const admin = actingAdmin(workspace, body['admin_id'])
  if (isRefusal(admin)) return admin
  const step = stepOf(body, conversation)
  if (isRefusal(step)) return step
  const text = textField(body, 'body')
  if (isRefusal(text)) return text
  return addPart(workspace, conversation, {
    part: { ...step.part, body: text ? asHtml(text) : null, author: adminAuthor(admin) },
    follow: step.follow,
    now,
    change: step.change,
    key: partKey(body['message_type'], id),
  })
}

function stepOf(body: Call['body'], conversation: Conversation): Step | Refusal {
  const messageType = body['message_type']
  if (messageType === 'close') {
    const follow: Follow = { state: 'closed', waitingSince: null, snoozedUntil: null }
    return { part: { partType: 'close' }, follow, change: 'conversation closed' }
  }
  if (messageType === 'open') {
    const follow: Follow = { state: 'open', snoozedUntil: null, read: true }
    return { part: { partType: 'open' }, follow, change: 'conversation reopened' }
  }
  if (messageType === 'snoozed') return snooze(body)
  if (messageType === 'assignment') return assign(body, conversation)
  return refuse(422, 'parameter_invalid', 'message_type must be close, open, snoozed or assignment')
}

function snooze(body: Call['body']): Step | Refusal {
  const until = numberField(body, 'snoozed_until')
  if (isRefusal(until)) return until
  if (until === undefined || until === null) return refuse(422, 'parameter_not_found', 'snoozed_until is required')
  return {
    part: { partType: 'snoozed' },
    follow: { state: 'snoozed', snoozedUntil: until },
    change: 'conversation snoozed',
  }
}

/** Assignee 0 means nobody. */
function assign(body: Call['body'], conversation: Conversation): Step | Refusal {
  const assignee = numberField(body, 'assignee_id')
  if (isRefusal(assignee)) return assignee
  if (assignee === undefined || assignee === null) return refuse(422, 'parameter_not_found', 'assignee_id is required')
  const id = assignee === 0 ? null : String(assignee)
  const toTeam = body['type'] === 'team'
  return {
    part: {
      partType: conversation.state === 'closed' ? 'assign_and_reopen' : 'assignment',
      assignedTo: id === null ? null : { type: toTeam ? 'team' : 'admin', id },
    },
    follow: { state: 'open', ...(toTeam ? { teamAssigneeId: id } : { adminAssigneeId: id }) },
    change: 'conversation assigned',
  }
}
