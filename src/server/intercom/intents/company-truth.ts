// What a client showed of a company, compared with what the Store ever held of it.

import type { Truth } from '#history/event.ts'
import type { Fields } from '../../compare.ts'
import type { Company } from '../company.ts'
import type { Workspace } from '../workspace.ts'
import { apiNamed } from './shown.ts'
import { storedTruth } from './stored-truth.ts'

/** `asked` is the id asked for; without one, the value itself says which company it shows. */
export function companyTruth({ companies }: Workspace, asked: string | undefined, value: Fields): Truth | undefined {
  const { id: claimed, company_id: companyId } = apiNamed(value)
  const named = typeof companyId === 'string' ? companies.findByCompanyId(companyId)?.value.id : undefined
  const truth = storedTruth(companies.store, asked ?? (claimed === undefined ? named : undefined), value, fieldsOf)
  if (!truth || truth.foreign || named === undefined) return truth
  return { ...truth, foreign: companies.store.entity(named) !== truth.entity }
}

function fieldsOf(company: Company): Fields {
  const identity = { id: company.id, company_id: company.companyId, deleted: company.deleted }
  if (company.deleted) return identity
  return {
    ...identity,
    name: company.name,
    size: company.size,
    website: company.website,
    industry: company.industry,
    monthly_spend: company.monthlySpend,
    remote_created_at: company.remoteCreatedAt,
    created_at: company.createdAt,
    updated_at: company.updatedAt,
    last_request_at: company.lastRequestAt,
    custom_attributes: company.customAttributes,
  }
}
