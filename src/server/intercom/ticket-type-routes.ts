// GET /ticket_types, /ticket_types/{id} and /ticket_states: what kinds of tickets a workspace knows, and how far one can be.

import { answer, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Call, Route } from './call.ts'
import { ticketStateShape, ticketTypeShape } from './render-ticket.ts'
import type { TicketType } from './ticket.ts'
import type { Workspace } from './workspace.ts'

export const ticketTypeRoutes: readonly Route[] = [
  { method: 'GET', template: '/ticket_types', subject: () => ({}), serve: list },
  {
    method: 'GET',
    template: '/ticket_types/{id}',
    subject: ({ workspace, id }) => subject(workspace.ticketTypes.entity(id)),
    serve: show,
  },
  { method: 'GET', template: '/ticket_states', subject: () => ({}), serve: listStates },
]

function list({ workspace }: Call): Answer {
  const types = [...workspace.ticketTypes.all()]
  const seen = types.map(({ value, number }) => [workspace.ticketTypes.entity(value.id), number] as const)
  const data = types.map(({ value }) => whole(value, workspace))
  return answer(JSON.stringify({ type: 'list', data }), contains(...seen))
}

function show({ workspace, id }: Call): Answer | Refusal {
  const found = workspace.ticketTypes.current(id)
  if (!found) return refuse(404, 'not_found', 'Resource Not Found')
  const text = JSON.stringify(whole(found.value, workspace))
  return answer(text, contains([workspace.ticketTypes.entity(id), found.number]))
}

/** A type by itself names its states; within a ticket it does not. */
function whole(type: TicketType, workspace: Workspace): Record<string, unknown> {
  const data = [...workspace.ticketStates.all()].map(({ value }) => ticketStateShape(value))
  return { ...ticketTypeShape(type, workspace), ticket_states: { type: 'list', data } }
}

function listStates({ workspace }: Call): Answer {
  const data = [...workspace.ticketTypes.all()].map(({ value }) => briefly(value))
  const states = [...workspace.ticketStates.all()].map(({ value }) => ({
    ...ticketStateShape(value),
    ticket_types: { type: 'list', data },
    archived: false,
  }))
  return answer(JSON.stringify({ type: 'list', data: states }), {})
}

function briefly({ id, name, description, icon, category }: TicketType): Record<string, unknown> {
  const isInternal = category === 'Back-office'
  return { type: 'ticket_type', id, name, description, icon, archived: false, is_internal: isInternal, category }
}
