// Tickets as the Store holds them, with the types and states a workspace knows.

import type { CustomAttributes } from './contact.ts'
import type { Author, Bot } from './conversation.ts'

type TicketCategory = 'Customer' | 'Back-office' | 'Tracker'
type TicketStateCategory = 'submitted' | 'in_progress' | 'waiting_on_customer' | 'resolved'

export type TicketState = {
  readonly id: string
  readonly category: TicketStateCategory
  readonly internalLabel: string
  readonly externalLabel: string
}

export type TicketTypeAttribute = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly dataType: 'string' | 'integer' | 'list' | 'boolean' | 'datetime'
  readonly multiline: boolean | null
  readonly isDefault: boolean
}

export type TicketType = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly icon: string
  readonly category: TicketCategory
  readonly createdAt: number
  readonly attributes: readonly TicketTypeAttribute[]
}

export type TicketPart = {
  readonly id: string
  readonly partType: string
  /** `undefined` where a part of this type has none. */
  readonly body?: string | null
  readonly createdAt: number
  readonly author: Author | Bot
  /** Of a change of state. */
  readonly states?: { readonly now: TicketStateCategory; readonly before: TicketStateCategory }
  readonly assignedTo?: { readonly type: 'admin' | 'team'; readonly id: string }
}

export type Ticket = {
  readonly id: string
  /** The short number that customers see. */
  readonly ticketId: string
  readonly typeId: string
  readonly stateId: string
  readonly attributes: CustomAttributes
  readonly contacts: readonly { readonly id: string; readonly externalId: string | null }[]
  readonly adminAssigneeId: string | null
  readonly teamAssigneeId: string | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly open: boolean
  readonly snoozedUntil: number | null
  readonly isShared: boolean
  readonly parts: readonly TicketPart[]
}

/** The attributes every type has. */
export const titleAttribute = '_default_title_'
export const descriptionAttribute = '_default_description_'
