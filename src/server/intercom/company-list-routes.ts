// Companies in bulk: pages by number, which end at 10,000, and the scroll, which has no end but must be alone. The real API
// hides companies without contacts from both; here they show.

import { answer, isRefusal, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Call, Route, Subject } from './call.ts'
import { showCompany } from './company-routes.ts'
import type { Company } from './company.ts'
import { pagesShape, readOffset, slice } from './offset-paging.ts'
import type { Offset } from './offset-paging.ts'
import { companyText } from './render-company.ts'
import type { Version } from '../store.ts'
import type { Workspace } from './workspace.ts'

const listPerPage = 15
const listCeiling = 10_000

export const companyListRoutes: readonly Route[] = [
  { method: 'GET', template: '/companies', subject: aboutQuery, serve: find },
  { method: 'POST', template: '/companies/list', subject: () => ({}), serve: (call) => list(call, '/companies/list') },
  { method: 'GET', template: '/companies/scroll', subject: () => ({}), serve: scroll },
]

function wanted({ workspace, query }: Call): { readonly found: Version<Company> | undefined } | undefined {
  const companyId = query.get('company_id')
  if (companyId !== null) return { found: workspace.companies.findByCompanyId(companyId) }
  const name = query.get('name')
  return name === null ? undefined : { found: workspace.companies.findByName(name) }
}

function aboutQuery(call: Call): Subject {
  const found = wanted(call)?.found
  return found ? subject(call.workspace.companies.store.entity(found.value.id)) : {}
}

/** One company when it is asked for by company id or name, else a list. */
function find(call: Call): Answer | Refusal {
  const one = wanted(call)
  return one ? showCompany(call.workspace, one.found) : list(call, '/companies')
}

function list({ workspace, query }: Call, path: string): Answer | Refusal {
  const offset = readOffset(query, listPerPage)
  if (isRefusal(offset)) return offset
  if (offset.page * offset.perPage > listCeiling) {
    return refuse(400, 'bad_request', 'page limit reached, please use scroll API')
  }
  const tag = query.get('tag_id')
  const listed = workspace.companies.listed().filter(({ value }) => tag === null || value.tagIds.includes(tag))
  const sign = query.get('order') === 'asc' ? -1 : 1
  listed.sort((one, other) => sign * (seen(other) - seen(one)) || (one.value.id < other.value.id ? -1 : 1))
  return companyPage(workspace, listed, path, offset)
}

/** The list is sorted by the last request, newest first, unless `order` says otherwise. */
function seen({ value }: Version<Company>): number {
  return value.lastRequestAt ?? value.createdAt
}

export function companyPage(
  workspace: Workspace,
  found: readonly Version<Company>[],
  path: string,
  offset: Offset,
): Answer {
  const shown = slice(found, offset)
  const pages = JSON.stringify(pagesShape(path, found.length, offset))
  const text = `{"type":"list","data":[${textsOf(workspace, shown)}],"pages":${pages},"total_count":${found.length}}`
  return answer(text, versionsOf(workspace, shown))
}

function scroll({ workspace, query, now }: Call): Answer | Refusal {
  const { companies, companyScroll } = workspace
  const param = query.get('scroll_param') ?? ''
  const page =
    param === ''
      ? companyScroll.start(
          companies.listed().map(({ value }) => value.id),
          now,
        )
      : companyScroll.proceed(param, now)
  if (!page) {
    return param === ''
      ? refuse(400, 'scroll_exists', 'scroll already exists for this workspace')
      : refuse(404, 'not_found', 'scroll parameter not found')
  }
  const shown = page.ids.flatMap((id) => companies.find(id) ?? [])
  const rest = `"pages":null,"total_count":null,"scroll_param":"${page.param}"`
  return answer(`{"type":"list","data":[${textsOf(workspace, shown)}],${rest}}`, versionsOf(workspace, shown))
}

function textsOf(workspace: Workspace, shown: readonly Version<Company>[]): string {
  return shown.map(({ value }) => companyText(value, workspace)).join(',')
}

function versionsOf({ companies }: Workspace, shown: readonly Version<Company>[]): Answer['contains'] {
  return contains(...shown.map(({ value, number }) => [companies.store.entity(value.id), number] as const))
}
