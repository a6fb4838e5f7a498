// Tickets, their types and states in the shape of API 2.14. A version never changes, so its text is made once.

import type { Ticket, TicketPart, TicketState, TicketType, TicketTypeAttribute } from './ticket.ts'
import type { Workspace } from './workspace.ts'

const texts = new WeakMap<Ticket, string>()

export function ticketText(ticket: Ticket, workspace: Workspace): string {
  const known = texts.get(ticket)
  if (known !== undefined) return known
  const text = JSON.stringify(ticketShape(ticket, workspace))
  texts.set(ticket, text)
  return text
}

function ticketShape(ticket: Ticket, workspace: Workspace): Record<string, unknown> {
  const type = workspace.ticketTypes.current(ticket.typeId)?.value
  const state = workspace.ticketStates.current(ticket.stateId)?.value
  return {
    type: 'ticket',
    id: ticket.id,
    ticket_id: ticket.ticketId,
    ticket_attributes: ticket.attributes,
    ticket_state: state && ticketStateShape(state),
    ticket_type: type && ticketTypeShape(type, workspace),
    contacts: {
      type: 'contact.list',
      contacts: ticket.contacts.map(({ id, externalId }) => ({ type: 'contact', id, external_id: externalId })),
    },
    admin_assignee_id: ticket.adminAssigneeId ?? '0',
    team_assignee_id: ticket.teamAssigneeId ?? '0',
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
    ticket_parts: {
      type: 'ticket_part.list',
      ticket_parts: ticket.parts.map(ticketPartShape),
      total_count: ticket.parts.length,
    },
    open: ticket.open,
    ...(ticket.snoozedUntil === null ? {} : { snoozed_until: ticket.snoozedUntil }),
    linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
    category: type?.category,
    is_shared: ticket.isShared,
  }
}

export function ticketPartShape(part: TicketPart): Record<string, unknown> {
  const { type, id, name, email } = part.author
  return {
    type: 'ticket_part',
    id: part.id,
    part_type: part.partType,
    ...(part.body === undefined ? {} : { body: part.body }),
    ...(part.states && { ticket_state: part.states.now, previous_ticket_state: part.states.before }),
    created_at: part.createdAt,
    updated_at: part.createdAt,
    ...(part.assignedTo && { assigned_to: part.assignedTo }),
    // Tickets know users alone: a lead's part is shown as a user's.
    author: { id, type: type === 'lead' ? 'user' : type, name, ...(email === null ? {} : { email }) },
    attachments: [],
    redacted: false,
  }
}

export function ticketStateShape({ id, category, internalLabel, externalLabel }: TicketState): Record<string, unknown> {
  return { type: 'ticket_state', id, category, internal_label: internalLabel, external_label: externalLabel }
}

export function ticketTypeShape(type: TicketType, { idCode }: Workspace): Record<string, unknown> {
  return {
    type: 'ticket_type',
    id: type.id,
    name: type.name,
    description: type.description,
    icon: type.icon,
    workspace_id: idCode,
    archived: false,
    created_at: type.createdAt,
    updated_at: type.createdAt,
    is_internal: type.category === 'Back-office',
    ticket_type_attributes: {
      type: 'list',
      data: type.attributes.map((attribute, order) => attributeShape(attribute, type, order, idCode)),
    },
    category: type.category,
  }
}

function attributeShape(
  attribute: TicketTypeAttribute,
  { id, createdAt }: TicketType,
  order: number,
  idCode: string,
): Record<string, unknown> {
  return {
    type: 'ticket_type_attribute',
    id: attribute.id,
    workspace_id: idCode,
    name: attribute.name,
    description: attribute.description,
    data_type: attribute.dataType,
    input_options: { multiline: attribute.multiline ?? false },
    order,
    required_to_create: false,
    required_to_create_for_contacts: false,
    visible_on_create: true,
    visible_to_contacts: true,
    default: attribute.isDefault,
    ticket_type_id: Number(id),
    archived: false,
    created_at: createdAt,
    updated_at: createdAt,
  }
}
