// Tickets: create, get, reply and search. What a team does to one is in ticket-update-routes.ts.

import { answer, isRefusal, refuse, refuseAll } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Call, JsonObject, Route, Subject } from './call.ts'
import type { Contact } from './contact.ts'
import { asHtml } from './conversation-changes.ts'
import { replyAuthor } from './conversation-routes.ts'
import { flatField, isJsonObject, requiredText, scalarText, textField } from './fields.ts'
import { refIn } from './ref-token.ts'
import { ticketPartShape } from './render-ticket.ts'
import { descriptionAttribute, titleAttribute } from './ticket.ts'
import type { Ticket } from './ticket.ts'
import {
  aboutTicket,
  commitTicket,
  numbered,
  showTicket,
  stateChange,
  ticketKey,
  ticketNotFound,
} from './ticket-changes.ts'
import type { Workspace } from './workspace.ts'

export const ticketRoutes: readonly Route[] = [
  { method: 'POST', template: '/tickets', subject: aboutCreation, serve: create },
  {
    method: 'GET',
    template: '/tickets/{id}',
    subject: ({ workspace, id }) => aboutTicket(workspace, id),
    serve: ({ workspace, id }) => {
      const found = workspace.tickets.current(id)
      return found ? showTicket(workspace, found.value, found.number) : ticketNotFound()
    },
  },
  {
    method: 'POST',
    template: '/tickets/{id}/reply',
    subject: ({ workspace, id, body }) => aboutTicket(workspace, id, refIn(body['body'])),
    serve: reply,
  },
]

function contactOf(workspace: Workspace, named: unknown): Contact | undefined {
  if (!isJsonObject(named)) return undefined
  const { id, external_id: externalId, email } = named
  const { contacts } = workspace
  if (typeof id === 'string') return contacts.find(id)?.value
  if (typeof externalId === 'string') return contacts.findByExternalId(externalId)?.value
  return typeof email === 'string' ? contacts.findByEmail(email)?.value : undefined
}

function namedContacts({ contacts }: JsonObject): readonly unknown[] {
  return Array.isArray(contacts) ? contacts : []
}

function aboutCreation({ workspace, body }: Call): Subject {
  const contact = contactOf(workspace, namedContacts(body)[0])
  const key = ticketKey(body)
  return contact
    ? subject(workspace.contacts.store.entity(contact.id), key, contact.externalId)
    : subject(undefined, key)
}

function create({ workspace, body, now }: Call): Answer | Refusal {
  const typeId = scalarText(body['ticket_type_id'])
  const named = namedContacts(body)
  const missing = [...(typeId === '' ? ['ticket_type_id'] : []), ...(named.length === 0 ? ['contacts'] : [])]
  const absent = missing.map((name) => refuse(400, 'parameter_not_found', `${name} is required`))
  const attributes = flatField(body, 'ticket_attributes')
  const refusal = refuseAll([...absent, ...[attributes].filter(isRefusal)])
  if (refusal || isRefusal(attributes)) return refusal ?? ticketNotFound()
  if (!workspace.ticketTypes.has(typeId)) return refuse(404, 'not_found', 'Resource Not Found')
  const contacts = named.map((name) => contactOf(workspace, name)).filter((contact) => contact !== undefined)
  if (contacts.length < named.length) return refuse(404, 'not_found', 'User Not Found')
  const [state] = workspace.ticketStates.all()
  if (!state) return ticketNotFound()
  const assignment = isJsonObject(body['assignment']) ? body['assignment'] : {}
  const ticket: Ticket = {
    id: workspace.newNumber('ticket'),
    ticketId: String([...workspace.tickets.ids()].length + 1),
    typeId,
    stateId: state.value.id,
    attributes: { [titleAttribute]: null, [descriptionAttribute]: null, ...attributes },
    contacts: contacts.map(({ id, externalId }) => ({ id, externalId })),
    adminAssigneeId: assigneeOf(assignment['admin_assignee_id']),
    teamAssigneeId: assigneeOf(assignment['team_assignee_id']),
    createdAt: now,
    updatedAt: now,
    open: true,
    snoozedUntil: null,
    isShared: isSharedType(workspace, typeId),
    parts: [numbered(workspace, stateChange(workspace, state.value, state.value), now)],
  }
  return commitTicket(workspace, ticket, 'ticket created', ticketKey(body))
}

function assigneeOf(id: unknown): string | null {
  const text = scalarText(id)
  return text === '' || text === '0' ? null : text
}

/** Customers see tickets of their own category alone. */
function isSharedType(workspace: Workspace, typeId: string): boolean {
  return workspace.ticketTypes.current(typeId)?.value.category === 'Customer'
}

/** The answer is the part, not the ticket. */
function reply(call: Call): Answer | Refusal {
  const { workspace, id, body, now } = call
  const ticket = workspace.tickets.current(id)?.value
  if (!ticket) return refuse(404, 'not_found', 'Resource Not Found')
  const messageType = body['message_type']
  if (messageType !== 'comment' && messageType !== 'note' && messageType !== 'quick_reply') {
    return refuse(422, 'parameter_invalid', 'message_type must be comment, note or quick_reply')
  }
  const author = replyAuthor(call)
  if (isRefusal(author)) return author
  if (author.type !== 'admin' && workspace.ticketTypes.current(ticket.typeId)?.value.category === 'Back-office') {
    return refuse(400, 'parameter_mismatch', 'User replies are not allowed on Backoffice tickets')
  }
  const text = messageType === 'quick_reply' ? textField(body, 'body') : requiredText(body, 'body')
  if (isRefusal(text)) return text
  const part = numbered(workspace, { partType: messageType, body: text ? asHtml(text) : null, author }, now)
  const changed = { ...ticket, updatedAt: now, parts: [...ticket.parts, part] }
  const effect = workspace.tickets.commit(id, changed, { change: 'reply added', key: refIn(text) })
  return answer(JSON.stringify(ticketPartShape(part)), contains([effect.entity, effect.version]), [effect])
}
