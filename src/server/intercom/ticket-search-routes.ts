// POST /tickets/search.

import { answer, isRefusal } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains } from './call.ts'
import type { Call, Route } from './call.ts'
import { pageOf } from './cursor.ts'
import type { Sorting } from './cursor.ts'
import { isJsonObject } from './fields.ts'
import { listText, readPaging } from './paging.ts'
import { ticketText } from './render-ticket.ts'
import type { FieldOf, Scalar, SearchField } from './search-fields.ts'
import { compileQueryOver } from './search-query.ts'
import { descriptionAttribute, titleAttribute } from './ticket.ts'
import type { Ticket } from './ticket.ts'
import type { Version } from '../store.ts'
import type { Workspace } from './workspace.ts'

const searchPerPage = 20

export const ticketSearchRoutes: readonly Route[] = [
  { method: 'POST', template: '/tickets/search', subject: () => ({}), serve: search },
]

const lastChangedFirst: Sorting<Version<Ticket>> = {
  idOf: ({ value }) => value.id,
  sortMsOf: ({ value }) => value.updatedAt * 1_000,
}

function search({ workspace, body }: Call): Answer | Refusal {
  const matches = compileQueryOver(fieldsOf(workspace), body['query'])
  if (isRefusal(matches)) return matches
  const pagination = isJsonObject(body['pagination']) ? body['pagination'] : {}
  const paging = readPaging(pagination['per_page'], pagination['starting_after'], searchPerPage)
  if (isRefusal(paging)) return paging
  const found = [...workspace.tickets.all()].filter(({ value }) => matches(value))
  const page = pageOf(found, lastChangedFirst, paging.perPage, paging.after)
  const texts = page.items.map(({ value }) => ticketText(value, workspace))
  const seen = page.items.map(({ value, number }) => [workspace.tickets.entity(value.id), number] as const)
  return answer(listText('ticket.list', 'tickets', texts, page), contains(...seen))
}

/** Categories go by other names in a search. */
const categoryTerms = { Customer: 'request', 'Back-office': 'task', Tracker: 'tracker' } as const

function fieldsOf(workspace: Workspace): FieldOf<Ticket> {
  const attribute =
    (name: string) =>
    ({ attributes }: Ticket): Scalar =>
      attributes[name] ?? null
  const fields: Readonly<Record<string, SearchField<Ticket>>> = {
    id: { type: 'string', read: ({ id }) => id },
    created_at: { type: 'time', read: ({ createdAt }) => createdAt },
    updated_at: { type: 'time', read: ({ updatedAt }) => updatedAt },
    snoozed_until: { type: 'time', read: ({ snoozedUntil }) => snoozedUntil },
    title: { type: 'string', read: attribute(titleAttribute) },
    description: { type: 'string', read: attribute(descriptionAttribute) },
    category: {
      type: 'string',
      read: ({ typeId }) => categoryTerms[workspace.ticketTypes.current(typeId)?.value.category ?? 'Customer'],
    },
    ticket_type_id: { type: 'string', read: ({ typeId }) => typeId },
    contact_ids: { type: 'string', read: ({ contacts }) => contacts[0]?.id ?? null },
    admin_assignee_id: { type: 'string', read: ({ adminAssigneeId }) => adminAssigneeId ?? '0' },
    team_assignee_id: { type: 'string', read: ({ teamAssigneeId }) => teamAssigneeId ?? '0' },
    open: { type: 'boolean', read: ({ open }) => open },
    state: {
      type: 'string',
      read: ({ stateId }) => workspace.ticketStates.current(stateId)?.value.category ?? null,
    },
  }
  return (name) => {
    if (name.startsWith('ticket_attribute.')) {
      return { type: 'string', read: attribute(name.slice('ticket_attribute.'.length)) }
    }
    return Object.hasOwn(fields, name) ? fields[name] : undefined
  }
}
