// How a ticket changes: parts are added and say what happened; the ticket is committed and shown as a whole.

import type { EffectFacts } from '../service.ts'
import { botOf } from './acting-admin.ts'
import { answer, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains, subject } from './call.ts'
import type { JsonObject, Subject } from './call.ts'
import { isJsonObject } from './fields.ts'
import { refIn } from './ref-token.ts'
import { ticketText } from './render-ticket.ts'
import { descriptionAttribute, titleAttribute } from './ticket.ts'
import type { Ticket, TicketPart, TicketState } from './ticket.ts'
import type { Workspace } from './workspace.ts'

export type NewTicketPart = Omit<TicketPart, 'id' | 'createdAt'>

export function numbered(workspace: Workspace, part: NewTicketPart, now: number): TicketPart {
  return { ...part, id: workspace.newNumber('ticket-part'), createdAt: now }
}

/** Changes of state are signed by the bot, whoever asked for them. */
export function stateChange(workspace: Workspace, now: TicketState, before: TicketState): NewTicketPart {
  const states = { now: now.category, before: before.category }
  return { partType: 'ticket_state_updated_by_admin', author: botOf(workspace), states }
}

export function commitTicket(workspace: Workspace, ticket: Ticket, change: string, key?: string): Answer {
  const effect = workspace.tickets.commit(ticket.id, ticket, { change, key })
  return showTicket(workspace, ticket, effect.version, [effect])
}

export function showTicket(
  workspace: Workspace,
  ticket: Ticket,
  version: number,
  effects: readonly EffectFacts[] = [],
): Answer {
  return answer(ticketText(ticket, workspace), contains([workspace.tickets.entity(ticket.id), version]), effects)
}

export function ticketNotFound(): Refusal {
  return refuse(404, 'ticket_not_found', 'Ticket not found')
}

export function aboutTicket(workspace: Workspace, id: string, key?: string): Subject {
  const customer = workspace.tickets.current(id)?.value.contacts[0]?.externalId
  return subject(workspace.tickets.entity(id), key, customer)
}

/** The token in what the ticket says. */
export function ticketKey({ ticket_attributes: attributes }: JsonObject): string | undefined {
  if (!isJsonObject(attributes)) return undefined
  return refIn(attributes[descriptionAttribute]) ?? refIn(attributes[titleAttribute])
}
