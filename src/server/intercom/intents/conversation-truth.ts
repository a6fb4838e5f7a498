// What a client showed of a conversation, compared with what the Store ever held of it.

import type { Truth } from '#history/event.ts'
import { compareWithStore } from '../../compare.ts'
import type { Fields } from '../../compare.ts'
import type { Conversation } from '../conversation.ts'
import { isJsonObject } from '../fields.ts'
import type { Workspace } from '../workspace.ts'
import { apiNamed, isErrorBody } from './shown.ts'

export function conversationTruth(workspace: Workspace, asked: string | undefined, value: Fields): Truth | undefined {
  const store = workspace.conversations
  const shown = withParts(apiNamed(value))
  const claimed = shown['id']
  const id = asked ?? (typeof claimed === 'string' || typeof claimed === 'number' ? String(claimed) : undefined)
  if (id === undefined) return undefined
  if (!store.has(id)) return { entity: store.entity(id), matched: null, current: 0, foreign: false, invented: ['id'] }
  if (isErrorBody(value)) {
    const current = store.current(id)?.number ?? 0
    return { entity: store.entity(id), matched: null, current, foreign: false, invented: ['errors'] }
  }
  const truth = compareWithStore(store, id, shown, fieldsOf)
  if (!truth || claimed === undefined || String(claimed) === id) return truth
  return { ...truth, foreign: store.has(String(claimed)) }
}

/** A conversation that was looked for by its contact: another contact's is a mix-up. */
export function foundTruth(workspace: Workspace, contactId: string, value: Fields): Truth | undefined {
  const truth = conversationTruth(workspace, undefined, value)
  const found = truth && workspace.conversations.current(truth.entity.slice('conversation:'.length))?.value
  return truth && found && found.contactId !== contactId ? { ...truth, foreign: true } : truth
}

/** The message that opening a conversation returns shows no more than which conversation it opened. */
export function openedTruth(workspace: Workspace, contactId: string, value: Fields): Truth | undefined {
  const shown = apiNamed(value)
  const id = shown['conversation_id']
  if (typeof id !== 'string') return conversationTruth(workspace, undefined, value)
  const conversation = workspace.conversations.current(id)
  const entity = workspace.conversations.entity(id)
  if (!conversation) return { entity, matched: null, current: 0, foreign: false, invented: ['conversation_id'] }
  const { number, value: current } = conversation
  const foreign = current.contactId !== contactId
  return { entity, matched: foreign ? null : number, current: number, foreign, invented: [] }
}

/** Parts are compared by how many there are and by which is the last. */
function withParts(shown: Fields): Fields {
  const { conversation_parts: list, ...rest } = shown
  if (!isJsonObject(list)) return rest
  const parts: unknown = list['conversation_parts']
  const last: unknown = Array.isArray(parts) ? parts.at(-1) : undefined
  return {
    ...rest,
    parts_count: list['total_count'],
    last_part: isJsonObject(last) ? last['id'] : undefined,
  }
}

function fieldsOf(conversation: Conversation): Fields {
  return {
    id: conversation.id,
    state: conversation.state,
    open: conversation.state !== 'closed',
    read: conversation.read,
    created_at: conversation.createdAt,
    updated_at: conversation.updatedAt,
    waiting_since: conversation.waitingSince,
    snoozed_until: conversation.snoozedUntil,
    admin_assignee_id: conversation.adminAssigneeId,
    team_assignee_id: conversation.teamAssigneeId,
    parts_count: conversation.parts.length,
    last_part: conversation.parts.at(-1)?.id,
  }
}
