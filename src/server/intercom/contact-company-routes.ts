// Which contacts belong to which companies. A contact remembers its companies, so joining one is a change of the contact.

import { isRefusal, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { subject } from './call.ts'
import type { Call, Route, Subject } from './call.ts'
import { companyPage } from './company-list-routes.ts'
import { companyNotFound, showCompany } from './company-routes.ts'
import { contactPage, userNotFound } from './contact-routes.ts'
import { scalarText } from './fields.ts'
import { readOffset } from './offset-paging.ts'
import { readPaging } from './paging.ts'

const listPerPage = 50
const companiesPerContact = 1_000

export const contactCompanyRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/companies/{id}/contacts',
    subject: ({ workspace, id }) => subject(workspace.companies.store.entity(id)),
    serve: listContacts,
  },
  { method: 'GET', template: '/contacts/{id}/companies', subject: (call) => about(call), serve: listCompanies },
  {
    method: 'POST',
    template: '/contacts/{id}/companies',
    subject: (call) => about(call, `attach-${call.id}-${scalarText(call.body['id'])}`),
    serve: attach,
  },
  {
    method: 'DELETE',
    template: '/contacts/{id}/companies/{company_id}',
    subject: (call) => about(call, `detach-${call.id}-${call.second}`),
    serve: detach,
  },
]

function about({ workspace, id }: Call, key?: string): Subject {
  const { store } = workspace.contacts
  return subject(store.entity(id), key, store.current(id)?.value.externalId)
}

function listContacts({ workspace, id, query }: Call): Answer | Refusal {
  if (!workspace.companies.find(id)) return companyNotFound()
  const paging = readPaging(query.get('per_page'), query.get('starting_after'), listPerPage)
  return isRefusal(paging) ? paging : contactPage(workspace, workspace.contacts.ofCompany(id), paging)
}

function listCompanies({ workspace, id, query }: Call): Answer | Refusal {
  const contact = workspace.contacts.find(id)?.value
  if (!contact) return userNotFound()
  const offset = readOffset(query, listPerPage)
  if (isRefusal(offset)) return offset
  const found = (contact.companyIds ?? []).flatMap((companyId) => workspace.companies.find(companyId) ?? [])
  return companyPage(workspace, found, `/contacts/${id}/companies`, offset)
}

function attach({ workspace, id, body, now }: Call): Answer | Refusal {
  const contact = workspace.contacts.find(id)?.value
  if (!contact) return userNotFound()
  const companyId = scalarText(body['id'])
  if (companyId === '') return refuse(400, 'parameter_not_found', 'company not specified')
  const company = workspace.companies.find(companyId)
  const { companyIds = [] } = contact
  if (!company || companyIds.includes(companyId)) return showCompany(workspace, company)
  if (companyIds.length >= companiesPerContact) {
    const message = `Contact has reached the maximum of ${companiesPerContact} company associations`
    return refuse(400, 'contact_company_limit_exceeded', message)
  }
  const changed = { ...contact, companyIds: [...companyIds, companyId], updatedAt: now }
  const effect = workspace.contacts.commit(changed, 'company attached', `attach-${id}-${companyId}`)
  return showCompany(workspace, company, [effect])
}

function detach({ workspace, id, second, now }: Call): Answer | Refusal {
  const contact = workspace.contacts.find(id)?.value
  if (!contact) return userNotFound()
  const company = workspace.companies.find(second)
  if (!company || !contact.companyIds?.includes(second)) return companyNotFound()
  const companyIds = contact.companyIds.filter((other) => other !== second)
  const changed = { ...contact, companyIds, updatedAt: now }
  const effect = workspace.contacts.commit(changed, 'company detached', `detach-${id}-${second}`)
  return showCompany(workspace, company, [effect])
}
