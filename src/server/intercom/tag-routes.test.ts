import { expect, test } from 'vitest'
import { ask, json, startSeconds, testIntercom } from './asking.ts'
import { appliedTagFields } from './shapes.ts'
import { tagKey } from './tagging.ts'

function world() {
  const intercom = testIntercom()
  const contact = String(json(ask(intercom, 'GET', '/contacts?per_page=1'))['data']![0]!['id'])
  const company = json(ask(intercom, 'GET', '/companies?per_page=1'))['data']![0]!
  const post = (body: Record<string, unknown>, at = 1_000) => ask(intercom, 'POST', '/tags', { body, at })
  const tag = String(json(post({ name: 'vip' }))['id'])
  return { intercom, contact, company, post, tag }
}

test('a tag is created once and found by its name after that', () => {
  const { intercom, post, tag } = world()
  const again = post({ name: 'vip' })
  expect(json(again)).toEqual({ type: 'tag', id: tag, name: 'vip' })
  expect(again.effects).toEqual([])
  expect(json(ask(intercom, 'GET', `/tags/${tag}`))).toEqual({ type: 'tag', id: tag, name: 'vip' })
  expect(json(ask(intercom, 'GET', '/tags'))).toEqual({ type: 'list', data: [{ type: 'tag', id: tag, name: 'vip' }] })
})

test('a tag can be renamed', () => {
  const { intercom, post, tag } = world()
  expect(post({ id: tag, name: 'very important' }).effects).toMatchObject([{ change: 'tag renamed', version: 2 }])
  expect(json(ask(intercom, 'GET', `/tags/${tag}`))['name']).toBe('very important')
})

test('tagging a contact answers the tag as it was applied, and the contact shows it', () => {
  const { intercom, contact, tag } = world()
  const reply = ask(intercom, 'POST', `/contacts/${contact}/tags`, { body: { id: tag }, at: 5_000 })
  const me = String(json(ask(intercom, 'GET', '/me'))['id'])
  expect(Object.keys(json(reply))).toEqual(appliedTagFields)
  expect(json(reply)).toMatchObject({
    id: tag,
    name: 'vip',
    applied_at: startSeconds + 5,
    applied_by: { type: 'admin', id: me },
  })
  expect(reply.effects).toEqual([
    { entity: `contact:${contact}`, key: tagKey(contact, 'vip'), version: 2, change: 'tag added' },
  ])
  expect(reply.contains).toEqual({ [`tag:${tag}`]: 1 })
  expect(json(ask(intercom, 'GET', `/contacts/${contact}`))['tags']).toEqual({
    type: 'list',
    data: [{ type: 'tag', id: tag, url: `/tags/${tag}` }],
    url: `/contacts/${contact}/tags`,
    total_count: 1,
    has_more: false,
  })
  expect(json(ask(intercom, 'GET', `/contacts/${contact}/tags`))).toEqual({ type: 'list', data: [json(reply)] })
})

test('tagging twice is tagging once', () => {
  const { intercom, contact, tag } = world()
  const [first, second] = [5_000, 9_000].map((at) =>
    ask(intercom, 'POST', `/contacts/${contact}/tags`, { body: { id: tag }, at }),
  )
  expect(second!.effects).toEqual([])
  expect(json(second!)).toEqual(json(first!))
})

test('an untagged contact shows the tag no more', () => {
  const { intercom, contact, tag } = world()
  ask(intercom, 'POST', `/contacts/${contact}/tags`, { body: { id: tag } })
  const reply = ask(intercom, 'DELETE', `/contacts/${contact}/tags/${tag}`, { at: 2_000 })
  expect(json(reply)).toMatchObject({ id: tag, name: 'vip' })
  expect(reply.effects).toMatchObject([{ entity: `contact:${contact}`, version: 3, change: 'tag removed' }])
  expect(json(ask(intercom, 'GET', `/contacts/${contact}`))['tags']!['total_count']).toBe(0)
  expect(ask(intercom, 'DELETE', `/contacts/${contact}/tags/${tag}`).status).toBe(404)
})

test('companies and contacts can be tagged and untagged by name', () => {
  const { intercom, contact, company, post } = world()
  const tagged = post({ name: 'churn', companies: [{ company_id: company['company_id'] }] })
  expect(tagged.effects.map(({ change }) => change)).toEqual(['tag created', 'tag added'])
  const shown = () => json(ask(intercom, 'GET', `/companies/${String(company['id'])}`))['tags']
  expect(shown()).toEqual({ type: 'tag.list', tags: [json(tagged)] })
  post({ name: 'churn', users: [{ id: contact }] })
  expect(json(ask(intercom, 'GET', `/contacts/${contact}/tags`))['data']).toMatchObject([{ name: 'churn' }])
  post({ name: 'churn', companies: [{ id: company['id'], untag: true }] })
  expect(shown()).toEqual({ type: 'tag.list', tags: [] })
})

test('tagging one contact by name is the same business as by its route', () => {
  const { intercom, contact, post } = world()
  const key = tagKey(contact, 'churn')
  expect(post({ name: 'churn', users: [{ id: contact }] }).effects).toContainEqual(
    expect.objectContaining({ key, entity: `contact:${contact}` }),
  )
  const facts = intercom.facts({
    method: 'POST',
    url: new URL('https://api.au.intercom.io/tags'),
    headers: { authorization: `Bearer ${intercom.tokens['ours']}` },
    body: JSON.stringify({ name: 'churn', users: [{ id: contact }] }),
  })
  expect(facts).toMatchObject({ entity: `contact:${contact}`, key })
})

test('a company tagged anew is shown with the name that the tag has now', () => {
  const { intercom, company, post, tag } = world()
  post({ name: 'vip', companies: [{ id: company['id'] }] })
  const name = () => json(ask(intercom, 'GET', `/companies/${String(company['id'])}`))['tags']!['tags']![0]!['name']
  expect(name()).toBe('vip')
  post({ id: tag, name: 'gold' })
  expect(name()).toBe('gold')
})

test('a deleted tag is gone from whoever had it', () => {
  const { intercom, contact, company, post, tag } = world()
  post({ name: 'vip', companies: [{ id: company['id'] }], users: [{ id: contact }] })
  const conversation = String(json(ask(intercom, 'GET', '/conversations'))['conversations']![0]!['id'])
  const admin_id = json(ask(intercom, 'GET', '/me'))['id']
  ask(intercom, 'POST', `/conversations/${conversation}/tags`, { body: { id: tag, admin_id } })
  const reply = ask(intercom, 'DELETE', `/tags/${tag}`, { at: 2_000 })
  expect(reply).toMatchObject({ status: 200, body: null })
  expect(reply.effects.map(({ change }) => change)).toEqual([
    'tag deleted',
    'tag removed',
    'tag removed',
    'tag removed',
  ])
  expect(new Set(reply.effects.map(({ entity }) => entity)).size).toBe(4)
  expect(ask(intercom, 'GET', `/tags/${tag}`).status).toBe(404)
  expect(json(ask(intercom, 'GET', `/contacts/${contact}/tags`))['data']).toEqual([])
  expect(json(post({ name: 'vip' }))['id']).not.toBe(tag)
})

test('a call that names somebody unknown changes nothing', () => {
  const { intercom, contact, post } = world()
  const reply = post({ name: 'new', users: [{ id: contact }, { id: 'nobody' }] })
  expect(reply.status).toBe(404)
  expect(json(reply)).toMatchObject({ errors: [{ code: 'not_found', message: 'User Not Found' }] })
  expect(json(ask(intercom, 'GET', '/tags'))['data']).toHaveLength(1)
})

test.for<[string, string, string, unknown, number, string, string]>([
  ['no name', 'POST', '/tags', {}, 400, 'parameter_invalid', 'invalid tag parameters'],
  ['an unknown id', 'POST', '/tags', { id: '1', name: 'x' }, 404, 'not_found', 'Resource Not Found'],
  [
    'an unknown company',
    'POST',
    '/tags',
    { name: 'x', companies: [{ id: '1' }] },
    404,
    'company_not_found',
    'Company Not Found',
  ],
  ['an unknown tag', 'GET', '/tags/1', undefined, 404, 'not_found', 'Resource Not Found'],
  ['deleting an unknown tag', 'DELETE', '/tags/1', undefined, 404, 'not_found', 'Resource Not Found'],
  ['tags of nobody', 'GET', '/contacts/nobody/tags', undefined, 404, 'not_found', 'User Not Found'],
  ['tagging nobody', 'POST', '/contacts/nobody/tags', { id: '1' }, 404, 'not_found', 'User Not Found'],
  ['untagging nobody', 'DELETE', '/contacts/nobody/tags/1', undefined, 404, 'not_found', 'User Not Found'],
])('%s is refused', ([, method, path, body, status, code, message]) => {
  const reply = ask(testIntercom(), method, path, { body })
  expect(reply.status).toBe(status)
  expect(json(reply)).toMatchObject({ errors: [{ code, message }] })
})

test('tagging with an unknown tag is refused', () => {
  const { intercom, contact } = world()
  const reply = ask(intercom, 'POST', `/contacts/${contact}/tags`, { body: { id: '1' } })
  expect(json(reply)).toMatchObject({ errors: [{ code: 'not_found', message: 'Resource Not Found' }] })
})
