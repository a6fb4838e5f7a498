// The intents about tickets. What is written into one carries the business key in itself (see ref-token.ts).

import type { Truth } from '#history/event.ts'
import type { Fields } from '../../compare.ts'
import type { InputOf, Intent } from '../../intent.ts'
import { refKey, withRef } from '../ref-token.ts'
import { descriptionAttribute, titleAttribute } from '../ticket.ts'
import type { Ticket } from '../ticket.ts'
import type { Workspace } from '../workspace.ts'
import { content, holdsText, idOf } from './content.ts'
import { populationOf } from './population.ts'
import type { Populations } from './population.ts'
import { apiNamed, only } from './shown.ts'
import { storedTruth } from './stored-truth.ts'
import { openingText, ticketTitle } from './texts.ts'

export function ticketIntents(populations: Populations): readonly Intent[] {
  const of = (name: string) => populationOf(populations, name)
  return [
    {
      name: 'ticket.create',
      effect: 'write',
      draw: (workspace, rank, nth, random) => {
        const contact = of(workspace).contact(rank)
        const ticketTypeId = random.pick(of(workspace).ticketTypeIds) ?? ''
        const key = refKey(nth, random)
        const input = { contact, ticketTypeId, title: ticketTitle(random), body: withRef(openingText(random), key) }
        return { input, entity: `contact:${contact.id}`, key }
      },
      truth: (name, ask, value, shown) => {
        const { workspace } = of(name)
        const { contact } = ask.input as InputOf<'ticket.create'>
        const truth = ticketTruth(workspace, undefined, shown ?? only(value))
        const ticket = truth && workspace.tickets.current(truth.entity.slice('ticket:'.length))?.value
        return truth && ticket ? { ...truth, foreign: !ticket.contacts.some(({ id }) => id === contact.id) } : truth
      },
      content: content(['contact', 'title', 'body'], (name, input, entity) => {
        const { contact, title, body } = input as InputOf<'ticket.create'>
        const stored = of(name).workspace.tickets.versions(idOf('ticket', entity)).at(-1)?.value
        return (
          stored && {
            contact: stored.contacts.some(({ id }) => id === contact.id),
            title: holdsText(stored.attributes[titleAttribute], title),
            body: holdsText(stored.attributes[descriptionAttribute], body),
          }
        )
      }),
    },
    {
      name: 'ticket.read',
      effect: 'read',
      draw: (workspace, rank) => {
        const ticket = of(workspace).ticket(rank)
        return { input: { ticket }, entity: `ticket:${ticket.id}` }
      },
      truth: (name, ask, value, shown) => {
        const { ticket } = ask.input as InputOf<'ticket.read'>
        return ticketTruth(of(name).workspace, ticket.id, shown ?? only(value))
      },
    },
  ]
}

/** Parts are compared by how many there are, the state by its id. */
function ticketTruth(workspace: Workspace, asked: string | undefined, value: Fields): Truth | undefined {
  const { ticket_parts: parts, ticket_state: state, ...shown } = apiNamed(value)
  const fields: Fields = {
    ...shown,
    parts_count: memberOf(parts, 'total_count'),
    state_id: memberOf(state, 'id'),
  }
  return storedTruth(workspace.tickets, asked, fields, fieldsOf)
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Fields)[name] : undefined
}

function fieldsOf(ticket: Ticket): Fields {
  return {
    id: ticket.id,
    ticket_id: ticket.ticketId,
    ticket_attributes: ticket.attributes,
    state_id: ticket.stateId,
    admin_assignee_id: ticket.adminAssigneeId ?? '0',
    team_assignee_id: ticket.teamAssigneeId ?? '0',
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
    open: ticket.open,
    is_shared: ticket.isShared,
    parts_count: ticket.parts.length,
  }
}
