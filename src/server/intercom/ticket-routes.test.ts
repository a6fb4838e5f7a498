import { expect, test } from 'vitest'
import { ask, json, requestOf, startSeconds, testIntercom } from './asking.ts'
import type { Intercom } from './intercom.ts'
import { refusal, sdkClient } from './sdk-asking.ts'

const attributes = { _default_title_: 'Export stops', _default_description_: 'At 90 % [ref 4F2K9QX]' }

async function desk(intercom: Intercom = testIntercom()) {
  const client = sdkClient(intercom)
  const contact = (await client.contacts.list()).data[0]
  const me = await client.admins.identify()
  const types = await client.ticketTypes.list()
  const typeOf = (category: string) => types.data?.find((type) => type?.category === category)?.id ?? ''
  return {
    intercom,
    client,
    contactId: contact?.id ?? '',
    externalId: contact?.external_id,
    adminId: me?.id ?? '',
    typeOf,
  }
}

test('lists types with their states, and states with their types', async () => {
  const { client, typeOf } = await desk()
  const type = await client.ticketTypes.get({ ticket_type_id: typeOf('Tracker') })
  expect(type).toMatchObject({ type: 'ticket_type', category: 'Tracker', is_internal: false, archived: false })
  const states = (await client.ticketStates.listTicketStates()).data ?? []
  expect(states.map((state) => state?.category)).toEqual([
    'submitted',
    'in_progress',
    'waiting_on_customer',
    'resolved',
  ])
  expect(states[0]?.ticket_types?.data).toHaveLength(4)
  expect(await refusal(client.ticketTypes.get({ ticket_type_id: '1' }))).toMatchObject({ status: 404 })
})

test('creates a ticket, answers it, moves it on and finds it', async () => {
  const { client, contactId, externalId, adminId, typeOf } = await desk()
  // The package's types forget the attributes; what it sends has them.
  const request = {
    ticket_type_id: typeOf('Customer'),
    contacts: [{ id: contactId }],
    ticket_attributes: attributes,
  }
  const created = await client.tickets.create(request)
  expect(created).toMatchObject({
    type: 'ticket',
    ticket_id: '61',
    ticket_attributes: attributes,
    ticket_state: { category: 'submitted' },
    contacts: { contacts: [{ type: 'contact', id: contactId, external_id: externalId }] },
    ticket_parts: { total_count: 1, ticket_parts: [{ author: { type: 'bot', name: 'Fin' } }] },
    created_at: startSeconds,
    open: true,
    is_shared: true,
  })
  const ticket_id = created?.id ?? ''
  const part = await client.tickets.reply({
    ticket_id,
    body: { message_type: 'comment', type: 'admin', admin_id: adminId, body: 'Looking' },
  })
  expect(part).toMatchObject({
    type: 'ticket_part',
    part_type: 'comment',
    body: '<p>Looking</p>',
    author: { id: adminId },
  })
  await client.tickets.reply({
    ticket_id,
    body: { message_type: 'comment', type: 'user', intercom_user_id: contactId, body: 'Thanks' },
  })
  const states = (await client.ticketStates.listTicketStates()).data ?? []
  const resolved = states.find((state) => state?.category === 'resolved')?.id ?? ''
  const updated = await client.tickets.update({
    ticket_id,
    ticket_state_id: resolved,
    admin_id: Number(adminId),
    assignee_id: adminId,
  })
  expect(updated).toMatchObject({
    open: false,
    ticket_state: { category: 'resolved' },
    admin_assignee_id: adminId,
    ticket_parts: { total_count: 5 },
  })
  expect(await client.tickets.get({ ticket_id })).toEqual(updated)
})

test('walks through all pages of a search', async () => {
  const { client } = await desk()
  const seen = new Set<string | undefined>()
  const found = await client.tickets.search({
    query: { operator: 'AND', value: [{ field: 'created_at', operator: '>', value: '0' }] },
    pagination: { per_page: 7 },
  })
  for await (const ticket of found) seen.add(ticket?.id)
  expect(seen.size).toBe(60)
})

test.for<[string, string, unknown]>([
  ['category', '=', 'task'],
  ['state', '=', 'resolved'],
  ['open', '=', false],
  ['title', '~', 'export'],
])('a search by %s %s %s shows some, and their opposite the rest', async ([field, operator, value]) => {
  const intercom = testIntercom()
  const count = (opposite: string): number => {
    const query = { field, operator: opposite, value }
    return Number(json(ask(intercom, 'POST', '/tickets/search', { body: { query } }))['total_count'])
  }
  const some = count(operator)
  expect(some).toBeGreaterThan(0)
  expect(some + count(operator === '~' ? '!~' : '!=')).toBe(60)
})

test('customers cannot answer a ticket of the back office', async () => {
  const { client, contactId, typeOf } = await desk()
  const ticket = await client.tickets.create({ ticket_type_id: typeOf('Back-office'), contacts: [{ id: contactId }] })
  const reply = client.tickets.reply({
    ticket_id: ticket?.id ?? '',
    body: { message_type: 'comment', type: 'user', intercom_user_id: contactId, body: 'Hello?' },
  })
  expect(await refusal(reply)).toEqual({
    status: 400,
    errors: [{ code: 'parameter_mismatch', message: 'User replies are not allowed on Backoffice tickets' }],
  })
})

test('nobody can act as the bot', async () => {
  const { intercom, client, contactId, typeOf } = await desk()
  const ticket = await client.tickets.create({ ticket_type_id: typeOf('Customer'), contacts: [{ id: contactId }] })
  const bot = ticket?.ticket_parts?.ticket_parts?.[0]?.author?.id
  const body = { message_type: 'comment', type: 'admin', admin_id: bot, body: 'It is me' }
  const reply = ask(intercom, 'POST', `/tickets/${ticket?.id}/reply`, { body })
  expect(reply.status).toBe(405)
  expect(json(reply)['errors']).toEqual([
    { code: 'action_forbidden', message: 'Action is not allowed for this type of admin' },
  ])
})

test.for<[string, string, string, unknown, number, string[]]>([
  ['nothing', 'POST', '/tickets', {}, 400, ['parameter_not_found', 'parameter_not_found']],
  ['an unknown type', 'POST', '/tickets', { ticket_type_id: '1', contacts: [{ id: 'x' }] }, 404, ['not_found']],
  ['an unknown contact', 'POST', '/tickets', { ticket_type_id: '101', contacts: [{ id: 'x' }] }, 404, ['not_found']],
  ['an unknown ticket', 'GET', '/tickets/1', undefined, 404, ['ticket_not_found']],
  ['an unknown ticket to change', 'PUT', '/tickets/1', {}, 404, ['ticket_not_found']],
  ['an unknown ticket to answer', 'POST', '/tickets/1/reply', {}, 404, ['not_found']],
])('%s is refused', ([, method, path, body, status, codes]) => {
  const reply = ask(testIntercom(), method, path, { body })
  expect(reply.status).toBe(status)
  expect(json(reply)['errors']!.map(({ code }) => code)).toEqual(codes)
})

test.for<[Record<string, unknown>, number, string]>([
  [{ ticket_state_id: '1' }, 400, 'ticket_state_id_invalid'],
  [{ assignee_id: '1', admin_id: 1 }, 404, 'assignee_not_found'],
  [{ open: 'yes' }, 422, 'parameter_invalid'],
  [{ snoozed_until: 1e300 }, 422, 'parameter_invalid'],
])('a change to %o is refused', ([body, status, code]) => {
  const intercom = testIntercom()
  const found = json(
    ask(intercom, 'POST', '/tickets/search', { body: { query: { field: 'open', operator: '=', value: true } } }),
  )
  const reply = ask(intercom, 'PUT', `/tickets/${String(found['tickets']![0]!['id'])}`, { body })
  expect(reply.status).toBe(status)
  expect(json(reply)['errors']).toMatchObject([{ code }])
})

test('what a ticket is about is known before it is served', async () => {
  const { intercom, contactId, externalId } = await desk()
  const body = { ticket_type_id: '101', contacts: [{ external_id: externalId }], ticket_attributes: attributes }
  expect(intercom.facts(requestOf(intercom, 'POST', '/tickets', { body }))).toMatchObject({
    entity: `contact:${contactId}`,
    key: '4F2K9QX',
    customer: externalId,
  })
  const reply = ask(intercom, 'POST', '/tickets', { body })
  expect(reply.effects).toMatchObject([{ change: 'ticket created', key: '4F2K9QX' }])
})
