import { expect, test } from 'vitest'
import { ask, header, json, requestOf, startSeconds, testIntercom } from './asking.ts'
import type { Intercom } from './intercom.ts'
import { contactFields, listFields, pagesFields } from './shapes.ts'

const ada = { external_id: 'ada', email: 'ada@lovelace.example', name: 'Ada' }

function firstContact(intercom: Intercom): { id: string; external_id: string; email: string } {
  return json(ask(intercom, 'GET', '/contacts'))['data']![0] as unknown as ReturnType<typeof firstContact>
}

test('a contact has the fields of the API, in its order', () => {
  const intercom = testIntercom()
  const reply = ask(intercom, 'GET', `/contacts/${firstContact(intercom).id}`)
  const contact = json(reply)
  expect(Object.keys(contact)).toEqual(contactFields)
  expect(contact['id']).toMatch(/^[0-9a-f]{24}$/u)
  expect(contact['tags']).toEqual({
    type: 'list',
    data: [],
    url: `/contacts/${contact['id']}/tags`,
    total_count: 0,
    has_more: false,
  })
  expect(reply.contains).toEqual({ [`contact:${contact['id']}`]: 1 })
  expect(header(reply, 'content-type')).toBe('application/json; charset=utf-8')
})

test('the list has ten to a page and a cursor to the next', () => {
  const reply = ask(testIntercom(), 'GET', '/contacts')
  const list = json(reply)
  expect(Object.keys(list)).toEqual(listFields)
  expect(list['pages']).toMatchObject({ type: 'pages', page: 1, per_page: 10, total_pages: 3 })
  expect(Object.keys(list['pages']!)).toEqual(expect.arrayContaining(pagesFields))
  expect(Object.keys(reply.contains)).toHaveLength(10)
})

test('the last page has no next', () => {
  const intercom = testIntercom()
  const seen: unknown[] = []
  let cursor = ''
  for (let page = 1; page <= 3; page += 1) {
    const list = json(ask(intercom, 'GET', `/contacts?starting_after=${encodeURIComponent(cursor)}`))
    expect(list['pages']!['page']).toBe(page)
    seen.push(...list['data']!.map((contact) => contact['id']))
    cursor = (list['pages']!['next']?.['starting_after'] as unknown as string | undefined) ?? ''
  }
  expect(cursor).toBe('')
  expect(new Set(seen).size).toBe(30)
})

test.for(['per_page=0', 'per_page=151', 'per_page=x', 'starting_after=rubbish'])(
  'a list asked with %s gets 400',
  (query) => {
    expect(ask(testIntercom(), 'GET', `/contacts?${query}`).status).toBe(400)
  },
)

test('creating commits an effect that carries the external id, and the contact is there at once', () => {
  const intercom = testIntercom()
  const reply = ask(intercom, 'POST', '/contacts', { body: ada, at: 65_000 })
  const contact = json(reply)
  const entity = `contact:${contact['id']}`
  expect(reply.effects).toEqual([{ entity, version: 1, change: 'contact created', key: 'ada' }])
  expect(contact).toMatchObject({ ...ada, role: 'user', created_at: startSeconds + 65, updated_at: startSeconds + 65 })
  expect(json(ask(intercom, 'GET', '/contacts/find_by_external_id/ada'))).toEqual(contact)
  expect(json(ask(intercom, 'GET', `/contacts/${contact['id']}`))).toEqual(contact)
})

test('the key and the customer of a creation are known before it is served', () => {
  const intercom = testIntercom()
  const request = requestOf(intercom, 'POST', '/contacts', { body: ada })
  expect(intercom.facts(request)).toMatchObject({ key: 'ada', customer: 'ada' })
  expect(intercom.facts(request)).not.toHaveProperty('entity')
  const { id } = json(ask(intercom, 'POST', '/contacts', { body: ada }))
  expect(intercom.facts(request)).toMatchObject({ entity: `contact:${String(id)}` })
})

test.for<[string, Record<string, string>, number]>([
  ['the same external id', { external_id: 'ada' }, 409],
  ['the same email', { email: 'ada@lovelace.example' }, 409],
  ['the same email in capitals', { email: 'ADA@lovelace.example' }, 409],
  ['the same email as a lead', { email: 'ada@lovelace.example', role: 'lead' }, 200],
  ['another email', { email: 'eve@lovelace.example' }, 200],
])('creating somebody with %s', ([, body, status]) => {
  const intercom = testIntercom()
  const { id } = json(ask(intercom, 'POST', '/contacts', { body: ada }))
  const reply = ask(intercom, 'POST', '/contacts', { body })
  expect(reply.status).toBe(status)
  if (status !== 409) return
  expect(reply.effects).toEqual([])
  expect(json(reply)['errors']![0]).toEqual({
    code: 'conflict',
    message: `A contact matching those details already exists with id=${String(id)}`,
  })
})

test.for<[string, unknown]>([
  ['nobody', {}],
  ['a field the API does not know', { externalId: 'ada' }],
  ['an email without @', { email: 'ada' }],
  ['an email that is no text', { email: { address: 'x' } }],
  ['a role that does not exist', { email: 'a@b.example', role: 'king' }],
  ['nested attributes', { email: 'a@b.example', custom_attributes: { a: { b: 1 } } }],
  ['attributes that are a list', { email: 'a@b.example', custom_attributes: [1] }],
  ['a name longer than any', { email: 'a@b.example', name: 'x'.repeat(100_001) }],
])('creating %s gets 422', ([, body]) => {
  const reply = ask(testIntercom(), 'POST', '/contacts', { body })
  expect(reply.status).toBe(422)
  expect(reply.effects).toEqual([])
})

test('updating changes what is named, merges attributes and makes a version', () => {
  const intercom = testIntercom()
  const { id } = json(
    ask(intercom, 'POST', '/contacts', { body: { ...ada, custom_attributes: { plan: 'free', seats: 1 } } }),
  )
  const reply = ask(intercom, 'PUT', `/contacts/${String(id)}`, {
    at: 9_000,
    body: { name: 'Ada L.', custom_attributes: { plan: 'team' } },
  })
  expect(json(reply)).toMatchObject({ ...ada, name: 'Ada L.', custom_attributes: { plan: 'team', seats: 1 } })
  expect(json(reply)).toMatchObject({ created_at: startSeconds, updated_at: startSeconds + 9 })
  expect(reply.effects).toEqual([
    { entity: `contact:${String(id)}`, version: 2, change: 'contact updated', key: 'ada' },
  ])
  expect(reply.contains).toEqual({ [`contact:${String(id)}`]: 2 })
})

test('an update that changes nothing is no effect, so repeating one is harmless', () => {
  const intercom = testIntercom()
  const { id } = json(ask(intercom, 'POST', '/contacts', { body: ada }))
  const again = ask(intercom, 'PUT', `/contacts/${String(id)}`, { body: ada, at: 9_000 })
  expect(again).toMatchObject({ status: 200, effects: [], contains: { [`contact:${String(id)}`]: 1 } })
})

test('an update may not take what belongs to another', () => {
  const intercom = testIntercom()
  const { id } = firstContact(intercom)
  ask(intercom, 'POST', '/contacts', { body: ada })
  expect(ask(intercom, 'PUT', `/contacts/${id}`, { body: { external_id: 'ada' } }).status).toBe(409)
})

test('a changed external id finds the contact, the former one does not', () => {
  const intercom = testIntercom()
  const { id } = json(ask(intercom, 'POST', '/contacts', { body: ada }))
  ask(intercom, 'PUT', `/contacts/${String(id)}`, { body: { external_id: 'lovelace' } })
  expect(ask(intercom, 'GET', '/contacts/find_by_external_id/lovelace').status).toBe(200)
  expect(ask(intercom, 'GET', '/contacts/find_by_external_id/ada').status).toBe(404)
})

test('a deleted contact is gone from everywhere, and its external id is free again', () => {
  const intercom = testIntercom()
  const { id } = json(ask(intercom, 'POST', '/contacts', { body: ada }))
  const reply = ask(intercom, 'DELETE', `/contacts/${String(id)}`)
  expect(json(reply)).toEqual({ type: 'contact', id, external_id: 'ada', deleted: true })
  expect(reply.effects).toEqual([
    { entity: `contact:${String(id)}`, version: 2, change: 'contact deleted', key: 'ada' },
  ])
  expect(ask(intercom, 'GET', `/contacts/${String(id)}`).status).toBe(404)
  expect(ask(intercom, 'DELETE', `/contacts/${String(id)}`)).toMatchObject({ status: 404, effects: [] })
  expect(json(ask(intercom, 'GET', '/contacts'))['total_count']).toBe(30)
  const anew = json(ask(intercom, 'POST', '/contacts', { body: ada }))
  expect(anew['id']).not.toBe(id)
})
