// A conversation as the Store holds it, with its parts.

import type { CustomAttributes } from './contact.ts'

export type Author = {
  readonly type: 'admin' | 'user' | 'lead'
  readonly id: string
  readonly name: string | null
  readonly email: string | null
}

/** Signs what a workspace does by itself. */
export type Bot = { readonly type: 'bot'; readonly id: string; readonly name: string; readonly email: string }

/** A file that came with a part. */
export type Attachment = {
  readonly name: string
  readonly url: string
  readonly contentType: string
  readonly sizeBytes: number
}

export type Part = {
  readonly id: string
  readonly partType: string
  readonly body: string | null
  readonly createdAt: number
  readonly assignedTo: { readonly type: 'admin' | 'team'; readonly id: string } | null
  readonly author: Author
  readonly state: ConversationState
  readonly attachments?: readonly Attachment[]
}

/** A tag on a conversation, with the admin who put it there. */
export type ConversationTag = {
  readonly id: string
  readonly name: string
  readonly appliedAt: number
  readonly adminId: string
}

type ConversationState = 'open' | 'closed' | 'snoozed'

export type Conversation = {
  readonly id: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly waitingSince: number | null
  readonly snoozedUntil: number | null
  readonly sourceId: string
  readonly sourceBody: string
  readonly sourceAuthor: Author
  readonly contactId: string
  readonly contactExternalId: string | null
  readonly firstContactReplyAt: number | null
  readonly adminAssigneeId: string | null
  readonly teamAssigneeId: string | null
  readonly state: ConversationState
  readonly read: boolean
  readonly title?: string | null
  readonly customAttributes?: CustomAttributes
  readonly tags?: readonly ConversationTag[]
  readonly parts: readonly Part[]
  /** Nobody but the Store remembers it. */
  readonly deleted?: true
}
