// Contacts: create, list, get, update, delete, and find by external id.

import { answer, isRefusal, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Call, Route, Subject } from './call.ts'
import { applyChanges, readChanges } from './contact-changes.ts'
import type { ContactChanges } from './contact-changes.ts'
import type { Contact } from './contact.ts'
import { pageOf } from './cursor.ts'
import type { Sorting } from './cursor.ts'
import { listText, readPaging } from './paging.ts'
import type { Paging } from './paging.ts'
import { contactText, deletedContactShape } from './render-contact.ts'
import type { Version } from '../store.ts'
import type { Workspace } from './workspace.ts'

const listPerPage = 10

export const contactRoutes: readonly Route[] = [
  { method: 'POST', template: '/contacts', subject: aboutBody, serve: create },
  { method: 'GET', template: '/contacts', subject: () => ({}), serve: list },
  {
    method: 'GET',
    template: '/contacts/find_by_external_id/{external_id}',
    subject: ({ workspace, id }) => aboutContact(workspace, workspace.contacts.findByExternalId(id)?.value.id),
    serve: ({ workspace, id }) => {
      const found = workspace.contacts.findByExternalId(id)
      return show(workspace, found?.value.archived ? undefined : found)
    },
  },
  {
    method: 'GET',
    template: '/contacts/{id}',
    subject: ({ workspace, id }) => aboutContact(workspace, id),
    serve: (call) => mergedAway(call) ?? show(call.workspace, call.workspace.contacts.find(call.id)),
  },
  { method: 'PUT', template: '/contacts/{id}', subject: aboutWrite, serve: update },
  { method: 'DELETE', template: '/contacts/{id}', subject: aboutWrite, serve: remove },
]

/** A read: no business key. */
export function aboutContact(workspace: Workspace, id: string | undefined): Subject {
  if (id === undefined) return {}
  return subject(workspace.contacts.store.entity(id), undefined, workspace.contacts.store.current(id)?.value.externalId)
}

function aboutWrite({ workspace, id }: Call): Subject {
  const externalId = workspace.contacts.store.current(id)?.value.externalId
  return subject(workspace.contacts.store.entity(id), externalId, externalId)
}

function aboutBody({ workspace, body }: Call): Subject {
  const externalId = body['external_id']
  if (typeof externalId !== 'string') return {}
  const known = workspace.contacts.findByExternalId(externalId)
  return subject(known && workspace.contacts.store.entity(known.value.id), externalId, externalId)
}

function create({ workspace, body, now }: Call): Answer | Refusal {
  const changes = readChanges(body)
  if (isRefusal(changes)) return changes
  const identity = changes.externalId ?? changes.email ?? changes.phone
  if (typeof identity !== 'string' && changes.role !== 'lead') {
    return refuse(422, 'parameter_not_found', 'one of external_id, email or phone is required')
  }
  const conflict = conflictOf(workspace, changes)
  if (conflict) return conflict
  const id = workspace.newContactId(now, identity ?? 'lead')
  const contact = applyChanges(blank(id, changes, now), changes, now)
  const effect = workspace.contacts.commit(contact, 'contact created')
  return answer(contactText(contact, workspace), contains([effect.entity, effect.version]), [effect])
}

function update({ workspace, id, body, now }: Call): Answer | Refusal {
  const found = workspace.contacts.find(id)
  if (!found) return userNotFound()
  const changes = readChanges(body)
  if (isRefusal(changes)) return changes
  const conflict = conflictOf(workspace, changes, id)
  if (conflict) return conflict
  const contact = applyChanges(found.value, changes, now)
  if (contact === found.value) return show(workspace, found)
  const effect = workspace.contacts.commit(contact, 'contact updated')
  return answer(contactText(contact, workspace), contains([effect.entity, effect.version]), [effect])
}

function remove({ workspace, id, now }: Call): Answer | Refusal {
  const found = workspace.contacts.find(id)
  if (!found) return userNotFound()
  const effect = workspace.contacts.commit({ ...found.value, updatedAt: now, deleted: true }, 'contact deleted')
  const text = JSON.stringify(deletedContactShape(found.value))
  return answer(text, contains([effect.entity, effect.version]), [effect])
}

function show(workspace: Workspace, found: Version<Contact> | undefined): Answer | Refusal {
  if (!found) return userNotFound()
  const { value, number } = found
  return answer(contactText(value, workspace), contains([workspace.contacts.store.entity(value.id), number]))
}

/** From 2.16 on a merged lead is not merely unknown: it is gone, and the answer says where to. */
function mergedAway({ workspace, id, version }: Call): Refusal | undefined {
  const into = workspace.contacts.store.current(id)?.value.mergedInto
  if (into === undefined || version < 16) return undefined
  const refusal = refuse(410, 'contact_merged', `This contact has been merged into the contact ${into}`)
  return { ...refusal, headers: [['link', `</contacts/${into}>; rel="canonical"`]] }
}

function list({ workspace, query }: Call): Answer | Refusal {
  const paging = readPaging(query.get('per_page'), query.get('starting_after'), listPerPage)
  return isRefusal(paging) ? paging : contactPage(workspace, workspace.contacts.listed(), paging)
}

const newestFirst: Sorting<Version<Contact>> = {
  idOf: ({ value }) => value.id,
  sortMsOf: ({ value }) => value.createdAt * 1_000,
}

export function contactPage(workspace: Workspace, found: readonly Version<Contact>[], paging: Paging): Answer {
  const page = pageOf(found, newestFirst, paging.perPage, paging.after)
  const texts = page.items.map(({ value }) => contactText(value, workspace))
  const seen = page.items.map(({ value, number }) => [workspace.contacts.store.entity(value.id), number] as const)
  return answer(listText('list', 'data', texts, page), contains(...seen))
}

function conflictOf(workspace: Workspace, changes: ContactChanges, own?: string): Refusal | undefined {
  const byExternalId = changes.externalId ? workspace.contacts.findByExternalId(changes.externalId) : undefined
  const byEmail = changes.email && changes.role !== 'lead' ? workspace.contacts.findByEmail(changes.email) : undefined
  const other = [byExternalId, byEmail].find((found) => found !== undefined && found.value.id !== own)
  if (!other) return undefined
  const who = other.value.archived ? 'An archived contact' : 'A contact'
  return refuse(409, 'conflict', `${who} matching those details already exists with id=${other.value.id}`)
}

export function userNotFound(): Refusal {
  return refuse(404, 'not_found', 'User Not Found')
}

function blank(id: string, changes: ContactChanges, now: number): Contact {
  return {
    id,
    externalId: null,
    role: changes.role ?? 'user',
    email: null,
    phone: null,
    name: null,
    avatar: null,
    ownerId: null,
    unsubscribedFromEmails: false,
    languageOverride: null,
    createdAt: now,
    updatedAt: now,
    signedUpAt: null,
    lastSeenAt: null,
    customAttributes: {},
    deleted: false,
  }
}
