// Data events: POST /events is taken at once and worked on later (202). A repetition with the same contact, name and time is
// taken too, and changes nothing.

import { formatInstant } from '#clock/instant.ts'
import { accepted, answer, isRefusal, refuse, refuseAll } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Call, JsonObject, Route, Subject } from './call.ts'
import type { Contact } from './contact.ts'
import { eventIdentity, eventKey } from './data-event.ts'
import type { DataEvent } from './data-event.ts'
import { flatField, requiredText, timeField } from './fields.ts'
import type { Workspace } from './workspace.ts'

export const dataEventRoutes: readonly Route[] = [
  { method: 'POST', template: '/events', subject: aboutEvent, serve: track },
  { method: 'GET', template: '/events', subject: aboutList, serve: list },
  { method: 'POST', template: '/events/summaries', subject: () => ({}), serve: summarize },
]

const listPerPage = 50
const mostMetadata = 10

function contactOf(workspace: Workspace, id: unknown, externalId: unknown, email: unknown): Contact | undefined {
  const { contacts } = workspace
  const found =
    (typeof id === 'string' ? contacts.find(id) : undefined) ??
    (typeof externalId === 'string' ? contacts.findByExternalId(externalId) : undefined) ??
    (typeof email === 'string' ? contacts.findByEmail(email) : undefined)
  return found?.value
}

function ofBody(workspace: Workspace, { id, user_id: externalId, email }: JsonObject): Contact | undefined {
  return contactOf(workspace, id, externalId, email)
}

function aboutEvent({ workspace, body }: Call): Subject {
  return about(workspace, ofBody(workspace, body), eventKey(body['event_name']))
}

function about(workspace: Workspace, contact: Contact | undefined, key?: string): Subject {
  if (!contact) return subject(undefined, key)
  return subject(workspace.contacts.store.entity(contact.id), key, contact.externalId)
}

function track({ workspace, body, now }: Call): Answer | Refusal {
  const name = requiredText(body, 'event_name')
  const createdAt = timeField(body, 'created_at')
  const metadata = flatField(body, 'metadata')
  const refusal = refuseAll([name, createdAt, metadata].filter(isRefusal))
  if (refusal || isRefusal(name) || isRefusal(createdAt) || isRefusal(metadata)) return refusal ?? userNotFound()
  const contact = ofBody(workspace, body)
  if (!contact) return userNotFound()
  const at = createdAt ?? now
  const id = eventIdentity(contact, name, at)
  const known = workspace.dataEvents.current(id)
  if (known) return accepted(contains([workspace.dataEvents.entity(id), known.number]))
  const event: DataEvent = {
    id,
    name,
    createdAt: at,
    contactId: contact.id,
    externalId: contact.externalId,
    email: contact.email,
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).slice(0, mostMetadata)),
  }
  const effect = workspace.dataEvents.commit(id, event, { change: 'event tracked', key: eventKey(name) })
  return accepted(contains([effect.entity, effect.version]), [effect])
}

function userNotFound(): Refusal {
  return refuse(404, 'not_found', 'User Not Found')
}

function ofQuery({ workspace, query }: Call): Contact | undefined {
  return contactOf(workspace, query.get('intercom_user_id'), query.get('user_id'), query.get('email'))
}

function aboutList(call: Call): Subject {
  return about(call.workspace, ofQuery(call))
}

function list(call: Call): Answer | Refusal {
  const { workspace, query } = call
  if (query.get('type') !== 'user') return refuse(422, 'parameter_invalid', 'type must be user')
  const contact = ofQuery(call)
  if (!contact) return userNotFound()
  const found = [...workspace.dataEvents.all()]
    .filter(({ value }) => value.contactId === contact.id)
    .toSorted((a, b) => b.value.createdAt - a.value.createdAt)
  const seen = found.map(({ value, number }) => [workspace.dataEvents.entity(value.id), number] as const)
  const events = found.map(({ value }) => value)
  const shape = query.get('summary') === 'true' ? summaryShape(contact, events) : listShape(events)
  return answer(JSON.stringify(shape), contains(...seen))
}

function listShape(events: readonly DataEvent[]): Record<string, unknown> {
  return { type: 'event.list', events: events.slice(0, listPerPage).map(eventShape), pages: {} }
}

function eventShape({ name, createdAt, contactId, externalId, email, metadata }: DataEvent): Record<string, unknown> {
  return {
    type: 'event',
    event_name: name,
    created_at: createdAt,
    ...(externalId === null ? {} : { user_id: externalId }),
    intercom_user_id: contactId,
    ...(email === null ? {} : { email }),
    metadata,
  }
}

function summaryShape(contact: Contact, events: readonly DataEvent[]): Record<string, unknown> {
  const byName = Map.groupBy(events, ({ name }) => name)
  return {
    type: 'event.summary',
    events: [...byName].map(([name, same]) => {
      const times = same.map(({ createdAt }) => createdAt)
      return {
        name,
        first: formatInstant(Math.min(...times) * 1_000),
        last: formatInstant(Math.max(...times) * 1_000),
        count: same.length,
        description: '',
      }
    }),
    pages: {},
    email: contact.email ?? '',
    intercom_user_id: contact.id,
    user_id: contact.externalId ?? '',
  }
}

/** Imports counts of the past. Nothing reads them back but people. */
function summarize({ workspace, body }: Call): Answer | Refusal {
  const contact = contactOf(workspace, undefined, body['user_id'], undefined)
  return contact ? answer('', {}) : userNotFound()
}
