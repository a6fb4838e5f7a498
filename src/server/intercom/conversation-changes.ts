// How a conversation changes: a part is added, and the state follows from it.

import type { EffectFacts } from '../service.ts'
import { answer } from './answer.ts'
import type { Answer } from './answer.ts'
import { contains } from './call.ts'
import type { Conversation, Part } from './conversation.ts'
import { conversationText } from './render-conversation.ts'
import type { Version } from '../store.ts'
import type { Workspace } from './workspace.ts'

export type NewPart = Pick<Part, 'partType' | 'body' | 'author'> & Partial<Pick<Part, 'assignedTo' | 'attachments'>>
export type Follow = Partial<Omit<Conversation, 'id' | 'createdAt' | 'parts'>>

export function findConversation(workspace: Workspace, id: string): Version<Conversation> | undefined {
  const version = workspace.conversations.current(id)
  return version?.value.deleted ? undefined : version
}

/** Conversations that are not deleted. */
export function listedConversations(workspace: Workspace): Version<Conversation>[] {
  return [...workspace.conversations.all()].filter(({ value }) => !value.deleted)
}

/** Adds the part, commits and shows the whole conversation. */
export function addPart(
  workspace: Workspace,
  conversation: Conversation,
  {
    part,
    follow,
    now,
    change,
    key,
  }: { part: NewPart; follow: Follow; now: number; change: string; key?: string | undefined },
): Answer {
  const state = follow.state ?? conversation.state
  const whole: Part = { assignedTo: null, ...part, id: workspace.newNumber('part'), createdAt: now, state }
  const changed = { ...conversation, ...follow, updatedAt: now, parts: [...conversation.parts, whole] }
  const effect = workspace.conversations.commit(conversation.id, changed, { change, key })
  return showConversation(workspace, changed, effect.version, [effect])
}

export function showConversation(
  workspace: Workspace,
  conversation: Conversation,
  version: number,
  effects: readonly EffectFacts[] = [],
): Answer {
  const entity = workspace.conversations.entity(conversation.id)
  return answer(conversationText(conversation, workspace.moment), contains([entity, version]), effects)
}

/** The API stores texts as HTML; what already is HTML stays as it is. */
export function asHtml(text: string): string {
  return /^\s*</u.test(text) ? text : `<p>${text}</p>`
}
