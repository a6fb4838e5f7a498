// Companies: create or update by company id, find, get, update, delete. Lists and the scroll are in company-list-routes.ts.

import { answer, isRefusal, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Call, Route, Subject } from './call.ts'
import { changeCompany, readCompanyChanges } from './company-changes.ts'
import type { Company } from './company.ts'
import { textField } from './fields.ts'
import { companyText, deletedCompanyShape } from './render-company.ts'
import type { EffectFacts } from '../service.ts'
import type { Version } from '../store.ts'
import type { Workspace } from './workspace.ts'

export const companyRoutes: readonly Route[] = [
  { method: 'POST', template: '/companies', subject: aboutBody, serve: upsert },
  {
    method: 'GET',
    template: '/companies/{id}',
    subject: ({ workspace, id }) => subject(workspace.companies.store.entity(id)),
    serve: ({ workspace, id }) => showCompany(workspace, workspace.companies.find(id)),
  },
  { method: 'PUT', template: '/companies/{id}', subject: aboutWrite, serve: update },
  { method: 'DELETE', template: '/companies/{id}', subject: aboutWrite, serve: remove },
]

export function companyNotFound(): Refusal {
  return refuse(404, 'company_not_found', 'Company Not Found')
}

export function showCompany(
  workspace: Workspace,
  found: Version<Company> | undefined,
  effects: readonly EffectFacts[] = [],
): Answer | Refusal {
  if (!found) return companyNotFound()
  const { value, number } = found
  const entity = workspace.companies.store.entity(value.id)
  return answer(companyText(value, workspace), contains([entity, number]), effects)
}

function aboutWrite({ workspace, id }: Call): Subject {
  const { store } = workspace.companies
  return subject(store.entity(id), store.current(id)?.value.companyId)
}

function aboutBody({ workspace, body }: Call): Subject {
  const companyId = textField(body, 'company_id')
  if (typeof companyId !== 'string') return {}
  const known = workspace.companies.findByCompanyId(companyId)
  return subject(known && workspace.companies.store.entity(known.value.id), companyId)
}

function upsert({ workspace, body, now }: Call): Answer | Refusal {
  const companyId = textField(body, 'company_id')
  if (isRefusal(companyId)) return companyId
  if (!companyId) return refuse(400, 'parameter_not_found', 'company_id is required')
  const changes = readCompanyChanges(body, workspace.companies)
  if (isRefusal(changes)) return changes
  const known = workspace.companies.findByCompanyId(companyId)
  const id = known?.value.id ?? workspace.newCompanyId(now, companyId)
  const company = changeCompany(known?.value ?? blank(id, companyId, now), changes, now)
  if (company === known?.value) return showCompany(workspace, known)
  return commit(workspace, company, known ? 'company updated' : 'company created')
}

function update({ workspace, id, body, now }: Call): Answer | Refusal {
  const found = workspace.companies.find(id)
  if (!found) return companyNotFound()
  const changes = readCompanyChanges(body, workspace.companies)
  if (isRefusal(changes)) return changes
  const company = changeCompany(found.value, changes, now)
  return company === found.value ? showCompany(workspace, found) : commit(workspace, company, 'company updated')
}

/** Contacts stay, without it. */
function remove({ workspace, id, now }: Call): Answer | Refusal {
  const found = workspace.companies.find(id)
  if (!found) return companyNotFound()
  const { companies, contacts } = workspace
  const effect = companies.commit({ ...found.value, updatedAt: now, deleted: true }, 'company deleted')
  const detached = contacts.ofCompany(id).map(({ value }) => {
    const companyIds = value.companyIds?.filter((other) => other !== id) ?? []
    return contacts.commit({ ...value, companyIds, updatedAt: now }, 'company detached', null)
  })
  const text = JSON.stringify(deletedCompanyShape(found.value))
  return answer(text, contains([effect.entity, effect.version]), [effect, ...detached])
}

function commit(workspace: Workspace, company: Company, change: string): Answer | Refusal {
  const effect = workspace.companies.commit(company, change)
  return showCompany(workspace, workspace.companies.find(company.id), [effect])
}

function blank(id: string, companyId: string, now: number): Company {
  return {
    id,
    companyId,
    name: null,
    plan: null,
    size: null,
    website: null,
    industry: null,
    monthlySpend: 0,
    remoteCreatedAt: now,
    createdAt: now,
    updatedAt: now,
    lastRequestAt: null,
    customAttributes: {},
    tagIds: [],
    deleted: false,
  }
}
