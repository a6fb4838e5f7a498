import { expect, test } from 'vitest'
import { ask, json, requestOf, startSeconds, testIntercom } from './asking.ts'
import type { Intercom } from './intercom.ts'
import { sdkClient } from './sdk-asking.ts'

function search(intercom: Intercom, query: unknown, pagination?: unknown) {
  return ask(intercom, 'POST', '/conversations/search', { body: { query, pagination } })
}

const where = (field: string, operator: string, value: unknown) => ({ field, operator, value })

test('finds the conversations of one contact', async () => {
  const intercom = testIntercom()
  const { conversations } = sdkClient(intercom)
  const [one] = (await conversations.list()).data
  const contactId = one?.contacts?.contacts?.[0]?.id ?? ''
  const query = where('contact_ids', '=', contactId)
  const found = await conversations.search({ query: { field: 'contact_ids', operator: '=', value: contactId } })
  expect(found.data.map(({ id }) => id)).toEqual([one?.id])
  expect(found.data[0]).not.toHaveProperty('conversation_parts')
  const request = requestOf(intercom, 'POST', '/conversations/search', { body: { query } })
  expect(intercom.facts(request)).toMatchObject({ entity: `contact:${contactId}` })
})

test('walks through all pages, twenty by default', async () => {
  const client = sdkClient(testIntercom({ conversations: 45 }))
  const seen = new Set<string | undefined>()
  const found = await client.conversations.search({ query: { field: 'created_at', operator: '>', value: '0' } })
  expect(found.data).toHaveLength(20)
  for await (const conversation of found) seen.add(conversation.id)
  expect(seen.size).toBe(45)
})

test('times are compared to the second, not by the day', () => {
  const intercom = testIntercom()
  const [newest] = json(ask(intercom, 'GET', '/conversations'))['conversations']!
  const at = Number(newest!['updated_at'])
  const count = (operator: string, value: unknown) =>
    json(search(intercom, where('updated_at', operator, value)))['total_count']
  expect([count('>', at - 1), count('>', at), count('>=', at), count('=', at)]).toEqual([1, 0, 1, 1])
  expect([count('<=', at), count('<', at), count('IN', [at, 1])]).toEqual([12, 11, 1])
})

test.for<[unknown, number]>([
  [where('state', '=', 'closed'), 0],
  [where('open', '=', true), 0],
  [where('source.author.email', '$', '@customers.example'), 12],
  [where('source.body', '~', 'xylophone'), 0],
  [where('custom_attributes.issue', '=', 'billing'), 0],
])('%o is a search that is understood', ([query, least]) => {
  const reply = search(testIntercom(), query)
  expect(reply.status).toBe(200)
  expect(Number(json(reply)['total_count'])).toBeGreaterThanOrEqual(least)
})

const leaf = where('state', '=', 'open')
const nested = (depth: number): unknown => (depth === 0 ? leaf : { operator: 'AND', value: [nested(depth - 1)] })

test.for<[string, unknown, number]>([
  ['two levels', nested(2), 200],
  ['three levels', nested(3), 400],
  ['fifteen filters', { operator: 'OR', value: Array.from({ length: 15 }, () => leaf) }, 200],
  ['sixteen filters', { operator: 'OR', value: Array.from({ length: 16 }, () => leaf) }, 400],
  ['an unknown field', where('shoe_size', '=', 1), 400],
  ['an operator of another type', where('state', '>', 'open'), 400],
  ['a time that is none', where('updated_at', '>', 'foorbar'), 400],
  ['a list of times that are none', where('updated_at', 'IN', [1, 'x']), 400],
  ['no query', undefined, 400],
])('a search with %s is answered %i', ([, query, status]) => {
  expect(search(testIntercom(), query).status).toBe(status)
})

test('a deleted conversation is found by nothing', async () => {
  const intercom = testIntercom()
  const { conversations } = sdkClient(intercom)
  const [one] = (await conversations.list()).data
  const id = one?.id ?? ''
  expect(await conversations.deleteConversation({ conversation_id: Number(id) })).toEqual({
    id,
    object: 'conversation',
    deleted: true,
  })
  expect(json(ask(intercom, 'GET', '/conversations'))['total_count']).toBe(11)
  expect(json(search(intercom, where('id', '=', id)))['total_count']).toBe(0)
  for (const [method, path] of [
    ['GET', ''],
    ['PUT', ''],
    ['DELETE', ''],
    ['POST', '/reply'],
    ['POST', '/parts'],
    ['POST', '/tags'],
  ] as const) {
    expect(ask(intercom, method, `/conversations/${id}${path}`, { body: {} }).status).toBe(404)
  }
})

test('title, read mark and attributes can be changed without a part', async () => {
  const { conversations } = sdkClient(testIntercom(), () => 9_000)
  const [one] = (await conversations.list()).data
  const conversation_id = one?.id ?? ''
  const change = { read: false, title: 'Billing', custom_attributes: { issue: 'billing' } }
  const changed = await conversations.update({ conversation_id, ...change })
  expect(changed).toMatchObject({ ...change, updated_at: startSeconds + 9, conversation_parts: { total_count: 1 } })
  const again = await conversations.update({ conversation_id, custom_attributes: { priority: 'high' } })
  expect(again.custom_attributes).toEqual({ issue: 'billing', priority: 'high' })
})

test('what is wrong with a change is told at once', () => {
  const intercom = testIntercom()
  const [one] = json(ask(intercom, 'GET', '/conversations'))['conversations']!
  const body = { read: 'yes', title: {}, custom_attributes: [] }
  const reply = ask(intercom, 'PUT', `/conversations/${String(one!['id'])}`, { body })
  expect(reply.status).toBe(422)
  expect(json(reply)['errors']!.map(({ message }) => message)).toEqual([
    'read must be a boolean',
    'title must be a string',
    'custom_attributes must be an object',
  ])
})

test('a tag is put on a conversation once, and taken away', async () => {
  const intercom = testIntercom()
  const { conversations, tags, admins } = sdkClient(intercom)
  const [one] = (await conversations.list()).data
  const conversation_id = one?.id ?? ''
  const admin_id = (await admins.identify())?.id ?? ''
  const tag = await tags.create({ name: 'urgent' })
  const tag_id = tag.id ?? ''
  const applied = await tags.tagConversation({ conversation_id, id: tag_id, admin_id })
  expect(applied).toMatchObject({
    type: 'tag',
    id: tag_id,
    name: 'urgent',
    applied_by: { type: 'admin', id: admin_id },
  })
  await tags.tagConversation({ conversation_id, id: tag_id, admin_id })
  expect((await conversations.find({ conversation_id })).tags?.tags).toHaveLength(1)
  await tags.untagConversation({ conversation_id, tag_id, admin_id })
  expect((await conversations.find({ conversation_id })).tags?.tags).toEqual([])
  expect(ask(intercom, 'POST', `/conversations/${conversation_id}/tags`, { body: { id: '1', admin_id } }).status).toBe(
    404,
  )
})

test('a single conversation shows its newest 500 parts and how many there are', async () => {
  const { conversations, admins } = sdkClient(testIntercom())
  const [one] = (await conversations.list()).data
  const conversation_id = one?.id ?? ''
  const admin_id = (await admins.identify())?.id ?? ''
  const body = { message_type: 'note' as const, type: 'admin' as const, admin_id, body: 'noted' }
  for (let nth = 0; nth < 510; nth += 1) await conversations.reply({ conversation_id, body })
  const parts = (await conversations.find({ conversation_id })).conversation_parts
  expect(parts?.total_count).toBe(511)
  expect(parts?.conversation_parts).toHaveLength(500)
  expect(parts?.conversation_parts?.every(({ part_type }) => part_type === 'note')).toBe(true)
})
