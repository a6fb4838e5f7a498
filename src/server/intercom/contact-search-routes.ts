// POST /contacts/search. The index is as fresh as the Store; faults make it lag.

import { isRefusal } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import type { Call, Route, Subject } from './call.ts'
import { aboutContact, contactPage } from './contact-routes.ts'
import { isJsonObject } from './fields.ts'
import { readPaging } from './paging.ts'
import { compileQuery } from './search-query.ts'

const searchPerPage = 50

export const contactSearchRoutes: readonly Route[] = [
  { method: 'POST', template: '/contacts/search', subject: aboutQuery, serve: search },
]

function search({ workspace, body }: Call): Answer | Refusal {
  const matches = compileQuery(body['query'], workspace.timezone)
  if (isRefusal(matches)) return matches
  const pagination = isJsonObject(body['pagination']) ? body['pagination'] : {}
  const paging = readPaging(pagination['per_page'], pagination['starting_after'], searchPerPage)
  if (isRefusal(paging)) return paging
  const found = workspace.contacts.listed().filter(({ value }) => matches(value))
  return contactPage(workspace, found, paging)
}

/** A search for one email, external id or id is about that contact; any other is about nobody in particular. */
function aboutQuery({ workspace, body }: Call): Subject {
  const filter = onlyFilter(body['query'])
  const value = filter?.['value']
  if (filter?.['operator'] !== '=' || typeof value !== 'string') return {}
  if (filter['field'] === 'email') return aboutContact(workspace, workspace.contacts.findByEmail(value)?.value.id)
  if (filter['field'] === 'id') return aboutContact(workspace, workspace.contacts.find(value)?.value.id)
  if (filter['field'] !== 'external_id') return {}
  return aboutContact(workspace, workspace.contacts.findByExternalId(value)?.value.id)
}

/** The filter of a query that has one alone. */
export function onlyFilter(query: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isJsonObject(query)) return undefined
  const value: unknown = query['value']
  if (!Array.isArray(value) || 'field' in query) return query
  const [first] = value as unknown[]
  return value.length === 1 && isJsonObject(first) ? first : undefined
}
