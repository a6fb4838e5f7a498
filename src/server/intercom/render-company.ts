// Companies in the shape of API 2.14. A version never changes, so its text is made once for the contacts and tags it has.

import type { Company } from './company.ts'
import type { Tag } from './tag-book.ts'
import type { Workspace } from './workspace.ts'

type Text = { readonly users: number; readonly tags: readonly Tag[]; readonly text: string }

const texts = new WeakMap<Company, Text>()

export function companyText(company: Company, workspace: Workspace): string {
  const users = workspace.contacts.ofCompany(company.id).length
  const tags = company.tagIds.flatMap((id) => workspace.tags.find(id)?.value ?? [])
  const known = texts.get(company)
  if (known?.users === users && known.tags.length === tags.length && known.tags.every((tag, at) => tag === tags[at])) {
    return known.text
  }
  const text = JSON.stringify(companyShape(company, workspace.idCode, users, tags))
  texts.set(company, { users, tags, text })
  return text
}

export function deletedCompanyShape({ id }: Company): Record<string, unknown> {
  return { id, object: 'company', deleted: true }
}

function companyShape(company: Company, appId: string, users: number, tags: readonly Tag[]): Record<string, unknown> {
  return {
    type: 'company',
    company_id: company.companyId,
    id: company.id,
    app_id: appId,
    name: company.name,
    remote_created_at: company.remoteCreatedAt,
    created_at: company.createdAt,
    updated_at: company.updatedAt,
    ...present({
      last_request_at: company.lastRequestAt,
      size: company.size,
      website: company.website,
      industry: company.industry,
    }),
    monthly_spend: company.monthlySpend,
    session_count: 0,
    user_count: users,
    tags: { type: 'tag.list', tags: tags.map(({ id, name }) => ({ type: 'tag', id, name })) },
    segments: { type: 'segment.list', segments: [] },
    plan: company.plan ? { type: 'plan', ...company.plan } : {},
    custom_attributes: company.customAttributes,
  }
}

/** What a company does not have is left out. */
function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
