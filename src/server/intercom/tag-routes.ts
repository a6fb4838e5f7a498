// The workspace's tags: list, get, create, rename, delete, and POST /tags, which also tags and untags many at once.

import { answer, isRefusal, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Call, JsonObject, Route, Subject } from './call.ts'
import { companyNotFound } from './company-routes.ts'
import { userNotFound } from './contact-routes.ts'
import { isJsonObject, scalarText } from './fields.ts'
import type { Tag } from './tag-book.ts'
import { tagCompany, tagContact, tagKey, untagAll, untagCompany, untagContact } from './tagging.ts'
import type { EffectFacts } from '../service.ts'
import type { Workspace } from './workspace.ts'

export const tagRoutes: readonly Route[] = [
  { method: 'GET', template: '/tags', subject: () => ({}), serve: list },
  { method: 'POST', template: '/tags', subject: aboutBody, serve: write },
  {
    method: 'GET',
    template: '/tags/{id}',
    subject: about,
    serve: ({ workspace, id }) => {
      const found = workspace.tags.find(id)
      return found ? showTag(workspace, found.value) : tagNotFound()
    },
  },
  { method: 'DELETE', template: '/tags/{id}', subject: about, serve: remove },
]

export function tagNotFound(): Refusal {
  return refuse(404, 'not_found', 'Resource Not Found')
}

function about({ workspace, id }: Call): Subject {
  return subject(workspace.tags.store.entity(id))
}

/** Tagging one contact this way is the same business as by its own route. */
function aboutBody({ workspace, body }: Call): Subject {
  const users = body['users']
  const [user] = Array.isArray(users) && users.length === 1 ? (users as unknown[]) : []
  const id = isJsonObject(user) ? scalarText(user['id']) : ''
  const contact = workspace.contacts.find(id)?.value
  if (!contact) return {}
  return subject(workspace.contacts.store.entity(id), tagKey(id, scalarText(body['name'])), contact.externalId)
}

function list({ workspace }: Call): Answer {
  const { store } = workspace.tags
  const tags = workspace.tags.listed()
  const data = tags.map(({ value: { id, name } }) => ({ type: 'tag', id, name }))
  const seen = tags.map(({ value, number }) => [store.entity(value.id), number] as const)
  return answer(JSON.stringify({ type: 'list', data }), contains(...seen))
}

function showTag(workspace: Workspace, { id, name }: Tag, effects: readonly EffectFacts[] = []): Answer {
  const number = workspace.tags.store.current(id)?.number ?? 1
  return answer(JSON.stringify({ type: 'tag', id, name }), contains([workspace.tags.store.entity(id), number]), effects)
}

type Target = (tag: Tag) => readonly EffectFacts[]

/** All that is to be tagged is looked up before the first change: a call that fails changes nothing. */
function write({ workspace, body, now }: Call): Answer | Refusal {
  const name = scalarText(body['name']).trim()
  const id = scalarText(body['id'])
  if (name === '') return refuse(400, 'parameter_invalid', 'invalid tag parameters')
  const known = id === '' ? workspace.tags.findByName(name) : workspace.tags.find(id)
  if (id !== '' && !known) return tagNotFound()
  const targets = [
    ...membersOf(body, 'companies').map((member) => companyTarget(workspace, member, now)),
    ...membersOf(body, 'users').map((member) => contactTarget(workspace, member, now)),
  ]
  const refusal = targets.find(isRefusal)
  if (refusal) return refusal
  const tag =
    known?.value.name === name ? known.value : { id: known?.value.id ?? newId(workspace), name, deleted: false }
  const change = known ? 'tag renamed' : 'tag created'
  const own = tag === known?.value ? [] : [workspace.tags.commit(tag, change)]
  return showTag(workspace, tag, [...own, ...(targets as Target[]).flatMap((apply) => apply(tag))])
}

function newId(workspace: Workspace): string {
  return workspace.newNumber('tag')
}

function membersOf(body: JsonObject, name: string): readonly JsonObject[] {
  const members = body[name]
  return Array.isArray(members) ? members.filter(isJsonObject) : []
}

function companyTarget({ companies }: Workspace, member: JsonObject, now: number): Target | Refusal {
  const id = scalarText(member['id'])
  const found = id === '' ? companies.findByCompanyId(scalarText(member['company_id'])) : companies.find(id)
  if (!found) return companyNotFound()
  const change = member['untag'] === true ? untagCompany : tagCompany
  return (tag) => change(companies, found.value, tag, now)
}

function contactTarget(workspace: Workspace, member: JsonObject, now: number): Target | Refusal {
  const found = workspace.contacts.find(scalarText(member['id']))
  if (!found) return userNotFound()
  const change = member['untag'] === true ? untagContact : tagContact
  return (tag) => change(workspace, found.value, tag, now)
}

function remove({ workspace, id, now }: Call): Answer | Refusal {
  const tag = workspace.tags.find(id)?.value
  if (!tag) return tagNotFound()
  const effect = workspace.tags.commit({ ...tag, deleted: true }, 'tag deleted')
  return answer('', contains([effect.entity, effect.version]), [effect, ...untagAll(workspace, tag, now)])
}
