import { IntercomClient, IntercomError } from 'intercom-client'
import { expect, test } from 'vitest'
import { serviceFetch, startSeconds, testIntercom } from './asking.ts'
import type { Intercom } from './intercom.ts'

function sdk(intercom: Intercom, options: Record<string, unknown> = {}, now?: () => number): IntercomClient {
  const fetch = serviceFetch([intercom], now)
  const token = intercom.tokens['ours'] ?? ''
  return new IntercomClient({ token, environment: 'https://api.au.intercom.io', fetch, maxRetries: 0, ...options })
}

async function failure(work: Promise<unknown>): Promise<IntercomError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(IntercomError)
  return error as IntercomError
}

test('creates, finds, updates and deletes a contact', async () => {
  const { contacts } = sdk(testIntercom())
  const created = await contacts.create({ external_id: 'ada', email: 'ada@lovelace.example', name: 'Ada' })
  const contact_id = created.id ?? ''
  expect(await contacts.find({ contact_id })).toMatchObject({ external_id: 'ada', created_at: startSeconds })
  expect((await contacts.update({ contact_id, name: 'Ada L.' })).name).toBe('Ada L.')
  expect(await contacts.showContactByExternalId({ external_id: 'ada' })).toMatchObject({
    id: contact_id,
    name: 'Ada L.',
  })
  expect(await contacts.delete({ contact_id })).toMatchObject({ deleted: true })
  expect((await failure(contacts.find({ contact_id }))).statusCode).toBe(404)
})

test('walks through all pages of contacts', async () => {
  const seen = new Set<string | undefined>()
  for await (const contact of await sdk(testIntercom()).contacts.list({ per_page: 7 })) seen.add(contact.id)
  expect(seen.size).toBe(30)
})

test('walks through all pages of a search', async () => {
  const found = await sdk(testIntercom()).contacts.search({
    query: { operator: 'AND', value: [{ field: 'role', operator: '=', value: 'user' }] },
    pagination: { per_page: 4 },
  })
  const seen = new Set<string | undefined>()
  for await (const contact of found) seen.add(contact.id)
  expect(seen.size).toBe(30)
})

test('walks through all pages of conversations', async () => {
  const seen = new Set<string | undefined>()
  for await (const conversation of await sdk(testIntercom()).conversations.list({ per_page: 5 }))
    seen.add(conversation.id)
  expect(seen.size).toBe(12)
})

test('opens a conversation, replies to it and closes it', async () => {
  const { contacts, conversations, admins } = sdk(testIntercom())
  const [contact] = (await contacts.list()).data
  const me = await admins.identify()
  const opened = await conversations.create({ from: { type: 'user', id: contact?.id ?? '' }, body: 'Hello' })
  const conversation_id = opened.conversation_id ?? ''
  const replied = await conversations.reply({
    conversation_id,
    body: { message_type: 'comment', type: 'admin', admin_id: me?.id ?? '', body: 'Hello you' },
  })
  expect(replied.conversation_parts?.total_count).toBe(1)
  const closed = await conversations.manage({
    conversation_id,
    body: { message_type: 'close', type: 'admin', admin_id: me?.id ?? '' },
  })
  expect(closed.state).toBe('closed')
  expect((await conversations.find({ conversation_id })).conversation_parts?.total_count).toBe(2)
})

test('a duplicate is an IntercomError 409 that names the contact', async () => {
  const { contacts } = sdk(testIntercom())
  const { id } = await contacts.create({ external_id: 'ada' })
  const error = await failure(contacts.create({ external_id: 'ada' }))
  expect(error.statusCode).toBe(409)
  expect(error.body).toMatchObject({
    errors: [{ message: `A contact matching those details already exists with id=${id}` }],
  })
})

test.for<[string, Record<string, unknown>, number]>([
  ['a wrong token', { token: 'wrong' }, 401],
  ['the host of another region', { environment: 'https://api.eu.intercom.io' }, 401],
])('%s is an IntercomError', async ([, options, status]) => {
  expect((await failure(sdk(testIntercom(), options).admins.identify())).statusCode).toBe(status)
})

test('the global host serves every workspace', async () => {
  const client = sdk(testIntercom(), { environment: 'https://api.intercom.io' })
  expect((await client.admins.identify())?.app).toMatchObject({ region: 'AU' })
})

test('a missing contact passed as undefined is a 404, not a crash of ours', async () => {
  const { contacts } = sdk(testIntercom())
  expect((await failure(contacts.find({ contact_id: String(undefined) }))).statusCode).toBe(404)
})

test('the call too many is an IntercomError 429 with the window in its headers', async () => {
  const { admins } = sdk(testIntercom())
  for (let nth = 0; nth < 1_667; nth += 1) await admins.identify()
  const error = await failure(admins.identify())
  expect(error.statusCode).toBe(429)
  expect(error.rawResponse?.headers.get('x-ratelimit-reset')).toBe(String(startSeconds + 10))
})
