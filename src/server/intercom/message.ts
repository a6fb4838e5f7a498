// An outbound message of an admin as the Store holds it.

export type Message = {
  readonly id: string
  readonly createdAt: number
  readonly messageType: 'inapp' | 'email'
  /** Of emails alone. */
  readonly subject: string | null
  readonly body: string
  readonly adminId: string
  /** To whom it went; at least one. */
  readonly contactIds: readonly string[]
  /** When the message opened a conversation. */
  readonly conversationId: string | null
}
