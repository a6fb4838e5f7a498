// The one incident of a document: bare, in an envelope, or the only entry of a list.

import { quote } from '#scenario/problem.ts'
import type { Fields } from './fields.ts'

/** `dull` are keys of the envelope that are no news. */
export function onlyIncident(root: Fields, lists: readonly string[], dull: readonly string[]): Fields {
  const list = lists.find((name) => root.has(name))
  const wrapped = ['incident', 'status_page_incident'].map((name) => root.inside(name)).find((one) => one !== undefined)
  if (!wrapped && list === undefined) return root
  const entries = list === undefined ? [] : root.list(list)
  root.tellRest(dull)
  if (wrapped) return wrapped
  const [only, ...others] = entries
  const name = list ?? ''
  if (!only) throw root.wrong(name, 'has no incident')
  if (others.length === 0) return only
  const names = entries.slice(0, 5).map((one) => quote(one.text('name')))
  throw root.wrong(
    name,
    `has ${entries.length} incidents, and a scenario is about one`,
    `Keep one of them: ${names.join(', ')}${entries.length > 5 ? ' and more' : ''}.`,
  )
}
