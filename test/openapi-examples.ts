// One request, or several, for every route of the simulated Intercom. Whoever adds a route adds its example here.

import { ask, json, startSeconds } from '../src/server/intercom/asking.ts'
import type { Json } from '../src/server/intercom/asking.ts'
import type { Intercom } from '../src/server/intercom/intercom.ts'

/** `path` instead of the template; a success unless another status is told. */
export type Example = {
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
  readonly status?: number
}

/** Names of what the workspace holds. */
export type Known = {
  readonly admin: string
  readonly article: string
  readonly company: string
  readonly companyId: string
  readonly contact: string
  readonly externalId: string
  readonly lead: string
  readonly email: string
  readonly other: string
  readonly conversation: string
  readonly note: string
  readonly tag: string
  readonly ticket: string
  readonly ticketState: string
  readonly ticketType: string
}

/** Sets up one of each kind that a fresh workspace lacks. */
export function furnish(intercom: Intercom): Known {
  const get = (path: string) => json(ask(intercom, 'GET', path))
  const post = (path: string, body: unknown) => json(ask(intercom, 'POST', path, { body }))
  const id = (value: Json | undefined) => String(value?.['id'])
  const [contact, other] = get('/contacts')['data'] ?? []
  const admin = id(get('/me'))
  const company = post('/companies', { company_id: 'acme', name: 'Acme', plan: 'team' })
  const conversation = id(get('/conversations')['conversations']?.[0])
  const tag = id(post('/tags', { name: 'vip' }))
  const note = id(post(`/contacts/${id(contact)}/notes`, { body: 'Called back.', admin_id: admin }))
  const ticketType = id(get('/ticket_types')['data']?.[0])
  post(`/contacts/${id(contact)}/tags`, { id: tag })
  post(`/contacts/${id(contact)}/companies`, { id: company['id'] })
  post(`/conversations/${conversation}/tags`, { id: tag, admin_id: admin })
  const ticket = post('/tickets', {
    ticket_type_id: ticketType,
    contacts: [{ id: id(contact) }],
    ticket_attributes: { _default_title_: 'Broken', _default_description_: 'It is.' },
  })
  post('/events', { event_name: 'ordered', created_at: startSeconds, user_id: String(contact?.['external_id']) })
  return {
    admin,
    article: id(get('/articles')['data']?.[0]),
    company: id(company),
    companyId: 'acme',
    contact: id(contact),
    externalId: String(contact?.['external_id']),
    email: String(contact?.['email']),
    lead: id(post('/contacts', { role: 'lead', email: 'lead@visitors.example' })),
    other: id(other),
    conversation,
    note,
    tag,
    ticket: id(ticket),
    ticketState: id(get('/ticket_states')['data']?.[0]),
    ticketType,
  }
}

const where = (field: string, operator: string, value: unknown) => ({ query: { field, operator, value } })

/** By method and template. */
export const examples: Readonly<Record<string, (known: Known) => readonly Example[]>> = {
  'GET /me': () => [{ path: '/me' }],
  'GET /admins': () => [{ path: '/admins' }],
  'GET /admins/{id}': ({ admin }) => [{ path: `/admins/${admin}` }],

  'POST /contacts': ({ email, externalId }) => [
    { path: '/contacts', body: { external_id: 'new', email: 'new@new.example', custom_attributes: { plan: 'free' } } },
    { path: '/contacts', body: { role: 'lead' } },
    { path: '/contacts', body: { external_id: externalId }, status: 409 },
    { path: '/contacts', body: { email }, status: 409 },
    { path: '/contacts', body: { external_id: 'x', email: 'no address' }, status: 422 },
  ],
  'GET /contacts': () => [
    { path: '/contacts' },
    { path: '/contacts?per_page=5' },
    { path: '/contacts?per_page=0', status: 400 },
  ],
  'GET /contacts/find_by_external_id/{external_id}': ({ externalId }) => [
    { path: `/contacts/find_by_external_id/${externalId}` },
  ],
  'GET /contacts/{id}': ({ contact }) => [{ path: `/contacts/${contact}` }],
  'PUT /contacts/{id}': ({ contact }) => [{ path: `/contacts/${contact}`, body: { name: 'Ada' } }],
  'DELETE /contacts/{id}': ({ contact }) => [{ path: `/contacts/${contact}` }],
  'POST /contacts/search': ({ email }) => [
    { path: '/contacts/search', body: where('email', '=', email) },
    { path: '/contacts/search', body: { ...where('role', '=', 'user'), pagination: { per_page: 5 } } },
    { path: '/contacts/search', body: where('created_at', '>=', startSeconds), status: 400 },
  ],
  'POST /contacts/merge': ({ contact, lead, other }) => [
    { path: '/contacts/merge', body: { from: lead, into: contact } },
    { path: '/contacts/merge', body: { from: other, into: other }, status: 422 },
  ],
  'POST /contacts/{id}/archive': ({ contact }) => [{ path: `/contacts/${contact}/archive` }],
  'POST /contacts/{id}/unarchive': ({ contact }) => [{ path: `/contacts/${contact}/unarchive` }],
  'GET /contacts/{id}/tags': ({ contact }) => [{ path: `/contacts/${contact}/tags` }],
  'POST /contacts/{id}/tags': ({ other, tag }) => [{ path: `/contacts/${other}/tags`, body: { id: tag } }],
  'DELETE /contacts/{id}/tags/{tag_id}': ({ contact, tag }) => [{ path: `/contacts/${contact}/tags/${tag}` }],
  'GET /contacts/{id}/notes': ({ contact }) => [{ path: `/contacts/${contact}/notes` }],
  'POST /contacts/{id}/notes': ({ contact, admin }) => [
    { path: `/contacts/${contact}/notes`, body: { body: 'Called again.', admin_id: admin } },
  ],
  'GET /notes/{id}': ({ note }) => [{ path: `/notes/${note}` }],
  'GET /contacts/{id}/companies': ({ contact }) => [{ path: `/contacts/${contact}/companies` }],
  'POST /contacts/{id}/companies': ({ other, company }) => [
    { path: `/contacts/${other}/companies`, body: { id: company } },
  ],
  'DELETE /contacts/{id}/companies/{company_id}': ({ contact, company }) => [
    { path: `/contacts/${contact}/companies/${company}` },
  ],

  'GET /companies': ({ companyId }) => [
    { path: `/companies?company_id=${companyId}` },
    { path: '/companies' },
    { path: '/companies?name=Nobody', status: 404 },
  ],
  'POST /companies': () => [
    { path: '/companies', body: { company_id: 'north', name: 'North', size: 7, custom_attributes: { a: 'b' } } },
  ],
  'POST /companies/list': () => [{ path: '/companies/list' }, { path: '/companies/list?per_page=2&page=2' }],
  'GET /companies/scroll': () => [{ path: '/companies/scroll' }],
  'GET /companies/{id}': ({ company }) => [{ path: `/companies/${company}` }],
  'PUT /companies/{id}': ({ company }) => [{ path: `/companies/${company}`, body: { name: 'Acme Ltd' } }],
  'DELETE /companies/{id}': ({ company }) => [{ path: `/companies/${company}` }],
  'GET /companies/{id}/contacts': ({ company }) => [{ path: `/companies/${company}/contacts` }],

  'GET /tags': () => [{ path: '/tags' }],
  'POST /tags': ({ contact }) => [
    { path: '/tags', body: { name: 'new' } },
    { path: '/tags', body: { name: 'vip', users: [{ id: contact }] } },
  ],
  'GET /tags/{id}': ({ tag }) => [{ path: `/tags/${tag}` }],
  'DELETE /tags/{id}': ({ tag }) => [{ path: `/tags/${tag}` }],

  'GET /conversations': () => [{ path: '/conversations' }, { path: '/conversations?per_page=3' }],
  'POST /conversations': ({ contact }) => [
    { path: '/conversations', body: { from: { type: 'user', id: contact }, body: 'Hello' } },
  ],
  'GET /conversations/{id}': ({ conversation }) => [{ path: `/conversations/${conversation}` }],
  'PUT /conversations/{id}': ({ conversation }) => [
    { path: `/conversations/${conversation}`, body: { read: true, title: 'A title', custom_attributes: { a: 'b' } } },
  ],
  'DELETE /conversations/{id}': ({ conversation }) => [{ path: `/conversations/${conversation}` }],
  'POST /conversations/search': () => [{ path: '/conversations/search', body: where('created_at', '>', 0) }],
  'POST /conversations/{id}/reply': ({ conversation, admin, contact }) => [
    {
      path: `/conversations/${conversation}/reply`,
      body: { message_type: 'comment', type: 'admin', admin_id: admin, body: 'Hi' },
    },
    {
      path: `/conversations/${conversation}/reply`,
      body: {
        message_type: 'comment',
        type: 'user',
        intercom_user_id: contact,
        body: 'See the photo.',
        attachment_urls: ['https://files.example/photo.jpg'],
      },
    },
  ],
  'POST /conversations/{id}/parts': ({ conversation, admin }) => [
    { path: `/conversations/${conversation}/parts`, body: { message_type: 'close', type: 'admin', admin_id: admin } },
    {
      path: `/conversations/${conversation}/parts`,
      body: { message_type: 'snoozed', admin_id: admin, snoozed_until: startSeconds + 60 },
    },
    {
      path: `/conversations/${conversation}/parts`,
      body: { message_type: 'assignment', type: 'admin', admin_id: admin, assignee_id: admin },
    },
  ],
  'POST /conversations/{id}/tags': ({ conversation, tag, admin }) => [
    { path: `/conversations/${conversation}/tags`, body: { id: tag, admin_id: admin } },
  ],
  'DELETE /conversations/{id}/tags/{tag_id}': ({ conversation, tag, admin }) => [
    { path: `/conversations/${conversation}/tags/${tag}`, body: { admin_id: admin } },
  ],

  'POST /messages': ({ admin, contact }) => [
    {
      path: '/messages',
      body: {
        message_type: 'inapp',
        body: 'Hello',
        from: { type: 'admin', id: admin },
        to: { type: 'user', id: contact },
      },
    },
    {
      path: '/messages',
      body: {
        message_type: 'email',
        subject: 'Hello',
        body: 'Hello',
        template: 'plain',
        from: { type: 'admin', id: admin },
        to: { type: 'user', id: contact },
      },
    },
  ],
  'POST /events': ({ externalId }) => [
    {
      path: '/events',
      body: { event_name: 'signed-in', created_at: startSeconds, user_id: externalId, metadata: { plan: 'team' } },
      status: 202,
    },
  ],
  'GET /events': ({ externalId }) => [
    { path: `/events?type=user&user_id=${externalId}` },
    { path: `/events?type=user&user_id=${externalId}&summary=true` },
  ],
  'POST /events/summaries': ({ externalId }) => [
    {
      path: '/events/summaries',
      body: {
        user_id: externalId,
        event_summaries: { event_name: 'ordered', count: 2, first: startSeconds - 60, last: startSeconds },
      },
    },
  ],

  'GET /ticket_types': () => [{ path: '/ticket_types' }],
  'GET /ticket_types/{id}': ({ ticketType }) => [{ path: `/ticket_types/${ticketType}` }],
  'GET /ticket_states': () => [{ path: '/ticket_states' }],
  'POST /tickets': ({ ticketType, contact }) => [
    {
      path: '/tickets',
      body: {
        ticket_type_id: ticketType,
        contacts: [{ id: contact }],
        ticket_attributes: { _default_title_: 'Broken', _default_description_: 'It is.' },
      },
    },
  ],
  'GET /tickets/{id}': ({ ticket }) => [{ path: `/tickets/${ticket}` }],
  'PUT /tickets/{id}': ({ ticket, ticketState, admin }) => [
    { path: `/tickets/${ticket}`, body: { ticket_state_id: ticketState, open: true, is_shared: true } },
    { path: `/tickets/${ticket}`, body: { admin_id: admin, assignee_id: admin } },
  ],
  'POST /tickets/{id}/reply': ({ ticket, admin, contact }) => [
    {
      path: `/tickets/${ticket}/reply`,
      body: { message_type: 'comment', type: 'admin', admin_id: admin, body: 'We look into it.' },
    },
    {
      path: `/tickets/${ticket}/reply`,
      body: { message_type: 'comment', type: 'user', intercom_user_id: contact, body: 'Thank you.' },
    },
  ],
  'POST /tickets/search': () => [{ path: '/tickets/search', body: where('created_at', '>', 0) }],

  'GET /articles': () => [{ path: '/articles' }, { path: '/articles?per_page=2&page=2' }],
  'POST /articles': ({ admin }) => [
    {
      path: '/articles',
      body: { title: 'Inviting colleagues', body: '<p>Open Settings.</p>', author_id: Number(admin) },
    },
  ],
  'GET /articles/search': () => [
    { path: '/articles/search?phrase=invoice' },
    { path: '/articles/search?phrase=invoice&highlight=true' },
  ],
  'GET /articles/{id}': ({ article }) => [{ path: `/articles/${article}` }],
  'PUT /articles/{id}': ({ article }) => [{ path: `/articles/${article}`, body: { title: 'Another title' } }],
  'DELETE /articles/{id}': ({ article }) => [{ path: `/articles/${article}` }],
}
