// Notes that admins keep about a contact: add, list, get. Adding the same twice makes two notes, as in the real API.

import { answer, isRefusal, refuse } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { authorShape } from './admin-routes.ts'
import { contains, subject } from './call.ts'
import type { Call, Route, Subject } from './call.ts'
import { userNotFound } from './contact-routes.ts'
import { asHtml } from './conversation-changes.ts'
import { requiredText, scalarText } from './fields.ts'
import { ownAdmin } from './me-routes.ts'
import type { Note } from './note-book.ts'
import { pagesShape, readOffset, slice } from './offset-paging.ts'
import { refIn } from './ref-token.ts'
import type { Workspace } from './workspace.ts'

const listPerPage = 50

export const noteRoutes: readonly Route[] = [
  { method: 'GET', template: '/contacts/{id}/notes', subject: (call) => aboutContact(call), serve: list },
  {
    method: 'POST',
    template: '/contacts/{id}/notes',
    subject: (call) => aboutContact(call, refIn(call.body['body'])),
    serve: add,
  },
  {
    method: 'GET',
    template: '/notes/{id}',
    subject: ({ workspace, id }) => subject(workspace.notes.store.entity(id)),
    serve: ({ workspace, id }) => {
      const found = workspace.notes.store.current(id)
      if (!found) return notFound()
      const { value, number } = found
      return answer(noteText(workspace, value), contains([workspace.notes.store.entity(id), number]))
    },
  },
]

function aboutContact({ workspace, id }: Call, key?: string): Subject {
  const { store } = workspace.contacts
  return subject(store.entity(id), key, store.current(id)?.value.externalId)
}

function list({ workspace, id, query }: Call): Answer | Refusal {
  if (!workspace.contacts.find(id)) return userNotFound()
  const offset = readOffset(query, listPerPage)
  if (isRefusal(offset)) return offset
  const notes = workspace.notes.ofContact(id)
  const shown = slice(notes, offset)
  const texts = shown.map(({ value }) => noteText(workspace, value))
  const pages = JSON.stringify(pagesShape(`/contacts/${id}/notes`, notes.length, offset))
  const text = `{"type":"list","data":[${texts.join(',')}],"total_count":${notes.length},"pages":${pages}}`
  const { store } = workspace.notes
  return answer(text, contains(...shown.map(({ value, number }) => [store.entity(value.id), number] as const)))
}

/** Without an admin the note is by the one who installed the app. */
function add({ workspace, id, body, now }: Call): Answer | Refusal {
  if (!workspace.contacts.find(id)) return userNotFound()
  const text = requiredText(body, 'body')
  if (isRefusal(text)) return text
  const adminId = scalarText(body['admin_id']) || ownAdmin(workspace).id
  if (!workspace.admins.has(adminId)) return notFound()
  const note = { id: workspace.newNumber('note'), createdAt: now, contactId: id, adminId, body: asHtml(text) }
  const effect = workspace.notes.add(note)
  return answer(noteText(workspace, note), contains([effect.entity, effect.version]), [effect])
}

function notFound(): Refusal {
  return refuse(404, 'not_found', 'Resource Not Found')
}

function noteText(workspace: Workspace, { id, createdAt, contactId, adminId, body }: Note): string {
  const contact = { type: 'contact', id: contactId }
  const author = authorShape(workspace.admins.current(adminId)?.value ?? ownAdmin(workspace))
  return JSON.stringify({ type: 'note', id, created_at: createdAt, contact, author, body })
}
