import { expect, test } from 'vitest'
import { ask, json, requestOf, startSeconds, testIntercom } from './asking.ts'
import type { Question } from './asking.ts'
import { refusal, sdkClient } from './sdk-asking.ts'

async function outbox() {
  const intercom = testIntercom()
  const client = sdkClient(intercom)
  const [first, second] = (await client.contacts.list()).data
  const me = await client.admins.identify()
  const from = { type: 'admin', id: Number(me?.id) } as const
  return { intercom, client, from, first: first?.id ?? '', second: second?.id ?? '' }
}

function send(intercom: ReturnType<typeof testIntercom>, body: Question['body']) {
  return ask(intercom, 'POST', '/messages', { body })
}

test('an admin writes to a contact, and no conversation comes of it', async () => {
  const { intercom, client, from, first } = await outbox()
  const message = await client.messages.create({
    message_type: 'inapp',
    body: 'Hello [ref 4F2K9QX]',
    from,
    to: { type: 'user', id: first },
  })
  expect(message).toEqual({
    type: 'admin_message',
    id: expect.stringMatching(/^\d+$/u) as string,
    created_at: startSeconds,
    body: '<p>Hello [ref 4F2K9QX]</p>',
    message_type: 'inapp',
    owner: expect.objectContaining({ type: 'admin', id: String(from.id), away_mode_enabled: false }) as unknown,
  })
  expect(json(ask(intercom, 'GET', '/conversations'))['total_count']).toBe(12)
})

test('every message is a change of its own that carries the key of its text', async () => {
  const { intercom, from, first } = await outbox()
  const body = { message_type: 'inapp', body: 'Hello [ref 4F2K9QX]', from, to: { type: 'user', id: first } }
  const effects = [send(intercom, body), send(intercom, body)].flatMap((reply) => reply.effects)
  expect(effects).toMatchObject([{ key: '4F2K9QX' }, { key: '4F2K9QX' }])
  expect(effects[0]?.entity).not.toBe(effects[1]?.entity)
  expect(intercom.facts(requestOf(intercom, 'POST', '/messages', { body }))).toMatchObject({
    entity: `contact:${first}`,
    key: '4F2K9QX',
  })
})

test('an email has a subject and can go to several', async () => {
  const { intercom, from, first, second } = await outbox()
  const to = [first, second].map((id) => ({ type: 'user', id }))
  const message = send(intercom, { message_type: 'email', subject: 'News', body: 'All well', from, to })
  expect(json(message)).toMatchObject({ message_type: 'email', subject: 'News' })
})

test('a conversation is opened right away when the call asks for one', async () => {
  const { client, from, first } = await outbox()
  const message = await client.messages.create({
    message_type: 'inapp',
    body: 'Hello',
    from,
    to: { type: 'user', id: first },
    create_conversation_without_contact_reply: true,
  })
  const conversation = await client.conversations.find({ conversation_id: message.conversation_id ?? '' })
  expect(conversation).toMatchObject({
    source: { delivered_as: 'admin_initiated', author: { type: 'admin' } },
    waiting_since: null,
    first_contact_reply: null,
  })
})

test('a contact who writes opens a conversation', async () => {
  const { intercom, first } = await outbox()
  const message = json(send(intercom, { body: 'Help', from: { type: 'user', id: first } }))
  expect(message).toMatchObject({ type: 'user_message', message_type: 'inapp' })
  expect(ask(intercom, 'GET', `/conversations/${String(message['conversation_id'])}`).status).toBe(200)
})

test.for<[string, Record<string, unknown>, number, string, string]>([
  ['without a body', { body: '' }, 400, 'parameter_invalid', 'Body is required'],
  ['without a recipient', { to: undefined }, 400, 'parameter_not_found', 'to is required'],
  ['to nobody', { to: { type: 'user', id: 'nobody' } }, 404, 'not_found', 'User Not Found'],
  ['of nobody', { from: { type: 'admin', id: 1 } }, 404, 'admin_not_found', 'Admin not found'],
  ['of no admin', { from: undefined }, 400, 'parameter_invalid', 'from must be an admin'],
  [
    'by email without a subject',
    { message_type: 'email' },
    422,
    'parameter_not_found',
    'No subject supplied for email message',
  ],
  ['by pigeon', { message_type: 'pigeon' }, 400, 'parameter_invalid', 'message_type must be in_app or email'],
])('a message %s is refused', async ([, change, status, code, message]) => {
  const { intercom, from, first } = await outbox()
  const body = { message_type: 'inapp', body: 'Hello', from, to: { type: 'user', id: first }, ...change }
  const reply = send(intercom, body)
  expect(reply.status).toBe(status)
  expect(json(reply)['errors']).toEqual([{ code, message }])
  expect(reply.effects).toEqual([])
})

test('an external id where the id of a contact belongs is nobody', async () => {
  const { client, from } = await outbox()
  const work = client.messages.create({
    message_type: 'inapp',
    body: 'Hello',
    from,
    to: { type: 'user', id: 'customer-10000' },
  })
  expect(await refusal(work)).toMatchObject({ status: 404 })
})
