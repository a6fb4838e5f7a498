// PUT /tickets/{id}: state, assignee, attributes. Each kind of change leaves a part.

import { actingAdmin, adminAuthor, botOf } from './acting-admin.ts'
import { isRefusal, refuse, refuseAll } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import type { Call, JsonObject, Route } from './call.ts'
import type { CustomAttributes } from './contact.ts'
import { booleanField, flatField, scalarText, timeField } from './fields.ts'
import type { Ticket, TicketState } from './ticket.ts'
import { aboutTicket, commitTicket, numbered, stateChange, ticketKey, ticketNotFound } from './ticket-changes.ts'
import type { NewTicketPart } from './ticket-changes.ts'
import type { Workspace } from './workspace.ts'

export const ticketUpdateRoutes: readonly Route[] = [
  {
    method: 'PUT',
    template: '/tickets/{id}',
    subject: ({ workspace, id, body }) => aboutTicket(workspace, id, ticketKey(body)),
    serve: update,
  },
]

type Fields = {
  readonly attributes: CustomAttributes | undefined
  readonly open: boolean | undefined
  readonly isShared: boolean | undefined
  readonly snoozedUntil: number | null | undefined
}

function update({ workspace, id, body, now }: Call): Answer | Refusal {
  const ticket = workspace.tickets.current(id)?.value
  if (!ticket) return ticketNotFound()
  const fields = readFields(body)
  if (isRefusal(fields)) return fields
  const state = stateOf(workspace, body)
  if (isRefusal(state)) return state
  const assignee = assigneeOf(workspace, body)
  if (isRefusal(assignee)) return assignee
  const before = workspace.ticketStates.current(ticket.stateId)?.value
  const parts: NewTicketPart[] = []
  if (state && before && state.id !== before.id) parts.push(stateChange(workspace, state, before))
  if (fields.attributes) parts.push({ partType: 'ticket_attribute_updated_by_admin', author: botOf(workspace) })
  if (assignee) parts.push(assignee)
  const changed: Ticket = {
    ...ticket,
    updatedAt: now,
    stateId: state?.id ?? ticket.stateId,
    attributes: { ...ticket.attributes, ...fields.attributes },
    open: fields.open ?? (state ? state.category !== 'resolved' : ticket.open),
    isShared: fields.isShared ?? ticket.isShared,
    snoozedUntil: fields.snoozedUntil === undefined ? ticket.snoozedUntil : fields.snoozedUntil,
    adminAssigneeId: assignee ? (assignee.assignedTo?.id ?? null) : ticket.adminAssigneeId,
    parts: [...ticket.parts, ...parts.map((part) => numbered(workspace, part, now))],
  }
  return commitTicket(workspace, changed, 'ticket updated', ticketKey(body))
}

function readFields(body: JsonObject): Fields | Refusal {
  const attributes = flatField(body, 'ticket_attributes')
  const open = booleanField(body, 'open')
  const isShared = booleanField(body, 'is_shared')
  const snoozedUntil = timeField(body, 'snoozed_until')
  if (isRefusal(attributes) || isRefusal(open) || isRefusal(isShared) || isRefusal(snoozedUntil)) {
    return refuseAll([attributes, open, isShared, snoozedUntil].filter(isRefusal)) ?? ticketNotFound()
  }
  return { attributes, open, isShared, snoozedUntil }
}

function stateOf(workspace: Workspace, body: JsonObject): TicketState | undefined | Refusal {
  const id = scalarText(body['ticket_state_id'])
  if (id === '') return undefined
  const message = 'Ticket state id is not valid or is not associated with the ticket type'
  return workspace.ticketStates.current(id)?.value ?? refuse(400, 'ticket_state_id_invalid', message)
}

/** Who assigns (`admin_id`) to whom (`assignee_id`); 0 is nobody. */
function assigneeOf(workspace: Workspace, body: JsonObject): NewTicketPart | undefined | Refusal {
  const id = scalarText(body['assignee_id'])
  if (id === '') return undefined
  const admin = actingAdmin(workspace, body['admin_id'])
  if (isRefusal(admin)) return admin.status === 404 ? assigneeNotFound() : admin
  if (id !== '0' && !workspace.admins.has(id)) return assigneeNotFound()
  const part = { partType: 'assignment', author: adminAuthor(admin) }
  return id === '0' ? part : { ...part, assignedTo: { type: 'admin', id } }
}

function assigneeNotFound(): Refusal {
  return refuse(404, 'assignee_not_found', 'Assignee not found')
}
