// What a webhook tells, before it becomes a message: that something happened in a workspace, and the thing as it is now.

import type { EffectFacts } from '../service.ts'

/** What the platform tells about. A test of the composer has one envelope of each. */
export const topics = [
  'conversation.user.created',
  'conversation.user.replied',
  'conversation.admin.replied',
  'conversation.admin.closed',
  'contact.user.created',
  'contact.user.updated',
  'contact.deleted',
  'ping',
] as const

export type Topic = (typeof topics)[number]

/** `item` is what the API would show of it; of a deleted contact, its ids only. */
export type Notice = {
  readonly topic: Topic
  /** The workspace as the API names it: the `id_code` of its app. */
  readonly appId: string
  readonly entity?: string
  readonly item: Readonly<Record<string, unknown>>
}

/** Something that happened without the client: what it changed, and what is told of it. */
export type Happening = {
  readonly effects: readonly EffectFacts[]
  readonly notification: Notice
}
