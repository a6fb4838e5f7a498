import { expect, test } from 'vitest'
import { ask, json, requestOf, startSeconds, testIntercom } from './asking.ts'
import type { Intercom } from './intercom.ts'
import { conversationFields, messageFields, partFields, sourceFields } from './shapes.ts'

type Someone = { readonly id: string; readonly external_id: string; readonly email: string }

function fixture(): { intercom: Intercom; id: string; path: string; adminId: string; contact: Someone } {
  const intercom = testIntercom()
  const first = json(ask(intercom, 'GET', '/conversations'))['conversations']![0]!
  const id = String(first['id'])
  const contactId = String(first['contacts']!['contacts']![0]!['id'])
  const contact = json(ask(intercom, 'GET', `/contacts/${contactId}`)) as unknown as Someone
  const adminId = String(json(ask(intercom, 'GET', '/me'))['id'])
  return { intercom, id, path: `/conversations/${id}`, adminId, contact }
}

test('the list shows conversations without their parts, the last touched first', () => {
  const reply = ask(testIntercom(), 'GET', '/conversations?per_page=5')
  const list = json(reply)
  expect(Object.keys(list)).toEqual(['type', 'conversations', 'total_count', 'pages'])
  expect(list).toMatchObject({ type: 'conversation.list', total_count: 12 })
  expect(list['pages']).toMatchObject({ per_page: 5, total_pages: 3, next: { per_page: 5 } })
  for (const item of list['conversations']!) expect(Object.keys(item)).toEqual(conversationFields)
  const times = list['conversations']!.map((item) => Number(item['updated_at']))
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  expect(Object.keys(reply.contains)).toHaveLength(5)
})

test('one conversation comes with its parts', () => {
  const { intercom, path, id, contact } = fixture()
  const reply = ask(intercom, 'GET', path)
  const conversation = json(reply)
  expect(Object.keys(conversation)).toEqual([...conversationFields, 'conversation_parts'])
  expect(Object.keys(conversation['source']!)).toEqual(sourceFields)
  expect(Object.keys(conversation['conversation_parts']!['conversation_parts']![0]!)).toEqual(partFields)
  expect(conversation['id']).toMatch(/^\d+$/u)
  expect(reply.contains).toEqual({ [`conversation:${id}`]: 1 })
  const facts = intercom.facts(requestOf(intercom, 'GET', path))
  expect(facts).toMatchObject({ entity: `conversation:${id}`, customer: contact.external_id })
})

test('opening one returns a message that names it, and it can be read at once', () => {
  const { intercom, contact } = fixture()
  const body = { from: { type: 'user', id: contact.id }, body: 'Help! [ref ABCDEF0]' }
  const reply = ask(intercom, 'POST', '/conversations', { body, at: 5_000 })
  const message = json(reply)
  expect(Object.keys(message)).toEqual(messageFields)
  expect(message).toMatchObject({ type: 'user_message', created_at: startSeconds + 5, body: 'Help! [ref ABCDEF0]' })
  const entity = `conversation:${String(message['conversation_id'])}`
  expect(reply.effects).toEqual([{ entity, version: 1, change: 'conversation opened', key: 'ABCDEF0' }])
  expect(intercom.facts(requestOf(intercom, 'POST', '/conversations', { body }))).toMatchObject({
    entity: `contact:${contact.id}`,
    key: 'ABCDEF0',
    customer: contact.external_id,
  })
  const opened = json(ask(intercom, 'GET', `/conversations/${String(message['conversation_id'])}`))
  expect(opened).toMatchObject({
    state: 'open',
    waiting_since: startSeconds + 5,
    source: { delivered_as: 'customer_initiated' },
  })
})

test.for<[string, Record<string, unknown>, number]>([
  ['for nobody', { from: { type: 'user', id: 'nobody' }, body: 'Hi' }, 404],
  ['without from', { body: 'Hi' }, 404],
  ['without a body', { from: { type: 'user', id: 'nobody' } }, 422],
])('opening %s is refused', ([, body, status]) => {
  expect(ask(testIntercom(), 'POST', '/conversations', { body })).toMatchObject({ status, effects: [] })
})

test.for<[string, string]>([
  ['plain', 'Done. [ref 0000001]'],
  ['wrapped in HTML', '<div><p>Done. [ref 0000001]</p></div>'],
  ['with text around it', 'Hi!\n\nDone. [ref 0000001]\n-- \nThe team'],
  ['with a quotation below', 'Done. [ref 0000001]\n> earlier [ref 0000002]'],
])('a reply carries its key into the effect: %s', ([, text]) => {
  const { intercom, path, id, adminId } = fixture()
  const body = { message_type: 'comment', type: 'admin', admin_id: adminId, body: text }
  expect(intercom.facts(requestOf(intercom, 'POST', `${path}/reply`, { body })).key).toBe('0000001')
  const reply = ask(intercom, 'POST', `${path}/reply`, { body, at: 7_000 })
  expect(reply.effects).toEqual([{ entity: `conversation:${id}`, version: 2, change: 'reply added', key: '0000001' }])
  expect(reply.contains).toEqual({ [`conversation:${id}`]: 2 })
  const parts = json(reply)['conversation_parts']!
  expect(parts['total_count']).toBe(2)
  expect(parts['conversation_parts']![1]).toMatchObject({
    part_type: 'comment',
    author: { type: 'admin', id: adminId },
  })
  expect(json(reply)['updated_at']).toBe(startSeconds + 7)
})

test('the same reply sent twice is there twice: nothing is deduplicated', () => {
  const { intercom, path, adminId } = fixture()
  const body = { message_type: 'comment', type: 'admin', admin_id: adminId, body: 'Done. [ref 0000001]' }
  const first = ask(intercom, 'POST', `${path}/reply`, { body })
  const second = ask(intercom, 'POST', `${path}/reply`, { body })
  expect([first, second].map(({ effects }) => effects[0]!.version)).toEqual([2, 3])
  expect(second.effects[0]!.key).toBe(first.effects[0]!.key)
})

test.for<[string, (contact: Someone) => Record<string, string>]>([
  ['intercom_user_id', ({ id }) => ({ intercom_user_id: id })],
  ['user_id', ({ external_id }) => ({ user_id: external_id })],
  ['email', ({ email }) => ({ email })],
])('a customer, named by %s, reopens a closed conversation by replying', ([, who]) => {
  const { intercom, path, contact, adminId } = fixture()
  ask(intercom, 'POST', `${path}/parts`, { body: { message_type: 'close', type: 'admin', admin_id: adminId } })
  const body = { message_type: 'comment', type: 'user', body: 'Still broken', ...who(contact) }
  const reply = json(ask(intercom, 'POST', `${path}/reply`, { body }))
  expect(reply).toMatchObject({ state: 'open', open: true, waiting_since: startSeconds })
  expect(reply['conversation_parts']!['conversation_parts']!.at(-1)).toMatchObject({
    part_type: 'open',
    body: '<p>Still broken</p>',
    author: { type: 'user', id: contact.id },
  })
})

test.for<[string, Record<string, unknown>, number]>([
  ['no message type', { type: 'admin', body: 'x' }, 422],
  ['an unknown message type', { message_type: 'shout', type: 'admin', body: 'x' }, 422],
  ['an unknown admin', { message_type: 'comment', type: 'admin', admin_id: '1', body: 'x' }, 404],
  ['an unknown customer', { message_type: 'comment', type: 'user', email: 'no@one.example', body: 'x' }, 404],
  ['an author of no kind', { message_type: 'comment', body: 'x' }, 422],
  ['no text', { message_type: 'comment', type: 'admin' }, 422],
  ['a text that is none', { message_type: 'comment', type: 'admin', body: {} }, 422],
])('a reply with %s is refused and changes nothing', ([, body, status]) => {
  const { intercom, path, adminId } = fixture()
  const reply = ask(intercom, 'POST', `${path}/reply`, { body: { admin_id: adminId, ...body } })
  expect(reply).toMatchObject({ status, effects: [] })
  expect(ask(intercom, 'GET', path).contains).toEqual({ [`conversation:${path.split('/')[2]}`]: 1 })
})

test.for<[string, Record<string, unknown>, Record<string, unknown>, string]>([
  ['close', {}, { state: 'closed', open: false }, 'close'],
  ['open', {}, { state: 'open', open: true, read: true }, 'open'],
  [
    'snoozed',
    { snoozed_until: 1_800_000_000 },
    { state: 'snoozed', open: true, snoozed_until: 1_800_000_000 },
    'snoozed',
  ],
  ['assignment', { type: 'team', assignee_id: '77' }, { state: 'open', team_assignee_id: 77 }, 'assignment'],
])('%s', ([messageType, more, wanted, partType]) => {
  const { intercom, path, adminId } = fixture()
  ask(intercom, 'POST', `${path}/parts`, { body: { message_type: 'open', admin_id: adminId } })
  const body = { message_type: messageType, type: 'admin', admin_id: adminId, ...more }
  const conversation = json(ask(intercom, 'POST', `${path}/parts`, { body }))
  expect(conversation).toMatchObject(wanted)
  expect(conversation['conversation_parts']!['conversation_parts']!.at(-1)).toMatchObject({ part_type: partType })
})

test('closing carries a key of its own, known before it is served', () => {
  const { intercom, path, id, adminId } = fixture()
  const body = { message_type: 'close', type: 'admin', admin_id: adminId, body: 'Goodbye' }
  const key = `close-${id}`
  expect(intercom.facts(requestOf(intercom, 'POST', `${path}/parts`, { body }))).toMatchObject({ key })
  expect(ask(intercom, 'POST', `${path}/parts`, { body }).effects).toMatchObject([
    { change: 'conversation closed', key },
  ])
})

test.for<[string, Record<string, unknown>, number]>([
  ['by an unknown admin', { message_type: 'close', admin_id: '1' }, 404],
  ['of no kind', {}, 422],
  ['that snoozes for ever', { message_type: 'snoozed' }, 422],
  ['that assigns to no one', { message_type: 'assignment' }, 422],
  ['that assigns to a name', { message_type: 'assignment', assignee_id: 'Ciara' }, 422],
])('a part %s is refused', ([, body, status]) => {
  const { intercom, path, adminId } = fixture()
  const reply = ask(intercom, 'POST', `${path}/parts`, { body: { admin_id: adminId, ...body } })
  expect(reply).toMatchObject({ status, effects: [] })
})

test('no more than the 500 newest parts are shown', () => {
  const { intercom, path, adminId } = fixture()
  const body = { message_type: 'note', type: 'admin', admin_id: adminId, body: 'noted' }
  for (let nth = 0; nth < 520; nth += 1) ask(intercom, 'POST', `${path}/reply`, { body, at: nth * 1_000 })
  const parts = json(ask(intercom, 'GET', path, { at: 600_000 }))['conversation_parts']!
  expect(parts['total_count']).toBe(521)
  expect(parts['conversation_parts']).toHaveLength(500)
})
