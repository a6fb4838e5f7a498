import { expect, test } from 'vitest'
import { ask, json, startSeconds, testIntercom } from './asking.ts'
import { contactFields } from './shapes.ts'

function world() {
  const intercom = testIntercom()
  const contact = String(json(ask(intercom, 'GET', '/contacts?per_page=1'))['data']![0]!['id'])
  const company = String(json(ask(intercom, 'GET', '/companies?per_page=1'))['data']![0]!['id'])
  const attach = (id: unknown = company, at = 1_000) =>
    ask(intercom, 'POST', `/contacts/${contact}/companies`, { body: { id }, at })
  return { intercom, contact, company, attach }
}

test('attaching a company changes the contact and counts for the company', () => {
  const { intercom, contact, company, attach } = world()
  const reply = attach()
  expect(json(reply)).toMatchObject({ type: 'company', id: company, user_count: 1 })
  expect(reply.effects).toEqual([
    { entity: `contact:${contact}`, key: `attach-${contact}-${company}`, version: 2, change: 'company attached' },
  ])
  expect(json(ask(intercom, 'GET', `/companies/${company}`))['user_count']).toBe(1)
  expect(json(ask(intercom, 'GET', `/contacts/${contact}`))).toMatchObject({
    updated_at: startSeconds + 1,
    companies: {
      type: 'list',
      data: [{ type: 'company', id: company, url: `/companies/${company}` }],
      url: `/contacts/${contact}/companies`,
      total_count: 1,
      has_more: false,
    },
  })
})

test('attaching twice is attaching once', () => {
  const { attach } = world()
  attach()
  const again = attach()
  expect(again.status).toBe(200)
  expect(again.effects).toEqual([])
})

test('a company knows its contacts and a contact its companies', () => {
  const { intercom, contact, company, attach } = world()
  attach()
  const contacts = json(ask(intercom, 'GET', `/companies/${company}/contacts`))
  expect(contacts).toMatchObject({ type: 'list', total_count: 1, pages: { page: 1, per_page: 50, total_pages: 1 } })
  expect(Object.keys(contacts['data']![0]!)).toEqual(contactFields)
  expect(contacts['data']![0]!['id']).toBe(contact)
  const companies = json(ask(intercom, 'GET', `/contacts/${contact}/companies`))
  expect(companies).toMatchObject({
    type: 'list',
    data: [{ id: company }],
    total_count: 1,
    pages: { type: 'pages', next: null, page: 1, per_page: 50, total_pages: 1 },
  })
})

test('a detached company is gone from the contact', () => {
  const { intercom, contact, company, attach } = world()
  attach()
  const reply = ask(intercom, 'DELETE', `/contacts/${contact}/companies/${company}`, { at: 2_000 })
  expect(json(reply)).toMatchObject({ id: company, user_count: 0 })
  expect(reply.effects).toMatchObject([{ entity: `contact:${contact}`, version: 3, change: 'company detached' }])
  expect(json(ask(intercom, 'GET', `/contacts/${contact}`))['companies']!['total_count']).toBe(0)
  expect(ask(intercom, 'DELETE', `/contacts/${contact}/companies/${company}`).status).toBe(404)
})

test('a deleted company is detached from its contacts', () => {
  const { intercom, contact, company, attach } = world()
  attach()
  const { effects } = ask(intercom, 'DELETE', `/companies/${company}`, { at: 2_000 })
  expect(effects.map(({ change }) => change)).toEqual(['company deleted', 'company detached'])
  expect(json(ask(intercom, 'GET', `/contacts/${contact}/companies`))['data']).toEqual([])
})

test('a deleted contact no longer counts for its company', () => {
  const { intercom, contact, company, attach } = world()
  attach()
  ask(intercom, 'DELETE', `/contacts/${contact}`, { at: 2_000 })
  expect(json(ask(intercom, 'GET', `/companies/${company}`))['user_count']).toBe(0)
})

test('an archived contact does not count for its company until it is brought back', () => {
  const { intercom, contact, company, attach } = world()
  attach()
  const count = () => json(ask(intercom, 'GET', `/companies/${company}`))['user_count']
  ask(intercom, 'POST', `/contacts/${contact}/archive`, { at: 2_000 })
  expect(count()).toBe(0)
  ask(intercom, 'POST', `/contacts/${contact}/unarchive`, { at: 3_000 })
  expect(count()).toBe(1)
})

test('a contact shows its first ten companies', () => {
  const { intercom, contact, attach } = world()
  const listed = json(ask(intercom, 'GET', '/companies?per_page=12'))['data']!
  for (const { id } of listed) attach(id)
  const { companies } = json(ask(intercom, 'GET', `/contacts/${contact}`)) as unknown as {
    companies: { data: unknown[]; total_count: number; has_more: boolean }
  }
  expect(companies.data).toHaveLength(10)
  expect(companies).toMatchObject({ total_count: 12, has_more: true })
})

test('nobody is in more than a thousand companies', () => {
  const intercom = testIntercom({ companies: 1_001 })
  const { id: contact } = json(ask(intercom, 'GET', '/contacts?per_page=1'))['data']![0]!
  const companies = [1, 2, 3, 4, 5, 6, 7].flatMap((page) => [
    ...json(ask(intercom, 'GET', `/companies?per_page=150&page=${page}`))['data']!,
  ])
  const replies = companies.map(({ id }) =>
    ask(intercom, 'POST', `/contacts/${String(contact)}/companies`, { body: { id } }),
  )
  expect(replies.map(({ status }) => status)).toEqual([...Array<number>(1_000).fill(200), 400])
  expect(json(replies.at(-1)!)).toMatchObject({ errors: [{ code: 'contact_company_limit_exceeded' }] })
})

test.for<[string, (ids: { contact: string; company: string }) => [string, string, unknown], number, string]>([
  ['attaching no company', ({ contact }) => ['POST', `/contacts/${contact}/companies`, {}], 400, 'parameter_not_found'],
  [
    'attaching an unknown company',
    ({ contact }) => ['POST', `/contacts/${contact}/companies`, { id: 'nobody' }],
    404,
    'company_not_found',
  ],
  [
    'attaching to an unknown contact',
    ({ company }) => ['POST', '/contacts/nobody/companies', { id: company }],
    404,
    'not_found',
  ],
  [
    'detaching from an unknown contact',
    ({ company }) => ['DELETE', `/contacts/nobody/companies/${company}`, undefined],
    404,
    'not_found',
  ],
  [
    'detaching what is not attached',
    ({ contact, company }) => ['DELETE', `/contacts/${contact}/companies/${company}`, undefined],
    404,
    'company_not_found',
  ],
  ['the companies of nobody', () => ['GET', '/contacts/nobody/companies', undefined], 404, 'not_found'],
])('%s is refused', ([, request, status, code]) => {
  const { intercom, contact, company } = world()
  const [method, path, body] = request({ contact, company })
  const reply = ask(intercom, method, path, { body })
  expect(reply.status).toBe(status)
  expect(json(reply)).toMatchObject({ type: 'error.list', errors: [{ code }] })
})
