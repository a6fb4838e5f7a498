// A conversation as the Store holds it, with its parts.

export type Author = {
  readonly type: 'admin' | 'user' | 'lead'
  readonly id: string
  readonly name: string | null
  readonly email: string | null
}

export type Part = {
  readonly id: string
  readonly partType: string
  readonly body: string | null
  readonly createdAt: number
  readonly assignedTo: { readonly type: 'admin' | 'team'; readonly id: string } | null
  readonly author: Author
  readonly state: ConversationState
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
  readonly parts: readonly Part[]
}
