// What a body of POST or PUT /companies changes. Unlike contacts, companies refuse fields they do not know.

import { isRefusal, refuse } from './answer.ts'
import type { Refusal } from './answer.ts'
import type { JsonObject } from './call.ts'
import type { Company } from './company.ts'
import type { CompanyBook } from './company-book.ts'
import { attributesField, numberField, textField } from './fields.ts'

type CompanyChanges = { -readonly [F in keyof Company]?: Company[F] }

const textFields = ['name', 'website', 'industry'] as const
const numberFields = [
  ['size', 'size'],
  ['monthly_spend', 'monthlySpend'],
  ['remote_created_at', 'remoteCreatedAt'],
] as const
const known = new Set<string>(['company_id', 'plan', 'custom_attributes', ...textFields])
for (const [name] of numberFields) known.add(name)

/** The company id is no change: it is given once. */
export function readCompanyChanges(body: JsonObject, companies: CompanyBook): CompanyChanges | Refusal {
  const unknown = Object.keys(body).find((name) => !known.has(name))
  if (unknown !== undefined) return refuse(400, 'bad_request', `bad '${unknown.slice(0, 100)}' parameter`)
  const changes: CompanyChanges = {}
  for (const name of textFields) {
    const value = textField(body, name)
    if (isRefusal(value)) return value
    if (value !== undefined) changes[name] = value
  }
  for (const [name, field] of numberFields) {
    const value = numberField(body, name)
    if (isRefusal(value)) return value
    if (value !== undefined && value !== null) changes[field] = value
  }
  const plan = textField(body, 'plan')
  if (isRefusal(plan)) return plan
  if (plan !== undefined) changes.plan = plan ? companies.plan(plan) : null
  const attributes = attributesField(body)
  if (isRefusal(attributes)) return attributes
  if (attributes !== undefined) changes.customAttributes = attributes
  return changes
}

/** The company after the changes, or the same object when they change nothing: then there is no new version either. */
export function changeCompany(company: Company, changes: CompanyChanges, now: number): Company {
  const customAttributes = { ...company.customAttributes, ...changes.customAttributes }
  const changed = { ...company, ...changes, customAttributes }
  return JSON.stringify(changed) === JSON.stringify(company) ? company : { ...changed, updatedAt: now }
}
