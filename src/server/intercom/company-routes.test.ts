import { expect, test } from 'vitest'
import { ask, json, startSeconds, testIntercom } from './asking.ts'
import type { Intercom } from './intercom.ts'
import { companyFields } from './shapes.ts'

const acme = { company_id: 'acme', name: 'Acme', plan: 'Gold', custom_attributes: { tier: 'gold' } }

function created(intercom: Intercom, body: Record<string, unknown> = acme): string {
  return String(json(ask(intercom, 'POST', '/companies', { body }))['id'])
}

test('a new company has the shape of the API', () => {
  const reply = ask(testIntercom(), 'POST', '/companies', { body: acme })
  const company = json(reply)
  expect(Object.keys(company)).toEqual(companyFields)
  expect(company).toMatchObject({
    type: 'company',
    company_id: 'acme',
    name: 'Acme',
    created_at: startSeconds,
    remote_created_at: startSeconds,
    plan: { type: 'plan', name: 'Gold' },
    tags: { type: 'tag.list', tags: [] },
    custom_attributes: { tier: 'gold' },
  })
  const entity = `company:${String(company['id'])}`
  expect(reply.effects).toEqual([{ entity, key: 'acme', version: 1, change: 'company created' }])
  expect(reply.contains).toEqual({ [entity]: 1 })
})

test('posting the same company id again updates it', () => {
  const intercom = testIntercom()
  const id = created(intercom)
  const reply = ask(intercom, 'POST', '/companies', { body: { company_id: 'acme', name: 'Acme Ltd' }, at: 60_000 })
  expect(json(reply)).toMatchObject({ id, name: 'Acme Ltd', plan: { name: 'Gold' }, updated_at: startSeconds + 60 })
  expect(reply.effects).toMatchObject([{ key: 'acme', version: 2, change: 'company updated' }])
})

test('posting what is already so changes nothing', () => {
  const intercom = testIntercom()
  created(intercom)
  const reply = ask(intercom, 'POST', '/companies', { body: acme, at: 60_000 })
  expect(reply.effects).toEqual([])
  expect(json(reply)).toMatchObject({ updated_at: startSeconds })
})

test('a company without a plan has an empty one', () => {
  const intercom = testIntercom()
  const id = created(intercom)
  expect(json(ask(intercom, 'PUT', `/companies/${id}`, { body: { plan: null } }))['plan']).toEqual({})
})

test('the company id is given once', () => {
  const intercom = testIntercom()
  const id = created(intercom)
  const body = { company_id: 'other', name: 'Other', monthly_spend: 12 }
  expect(json(ask(intercom, 'PUT', `/companies/${id}`, { body }))).toMatchObject({
    company_id: 'acme',
    name: 'Other',
    monthly_spend: 12,
  })
})

test.for<[string, string, string]>([
  ['its id', '/companies/', 'id'],
  ['its company id', '/companies?company_id=', 'company_id'],
  ['its name', '/companies?name=', 'name'],
])('a company is found by %s', ([, path, field]) => {
  const intercom = testIntercom()
  const company = json(ask(intercom, 'POST', '/companies', { body: acme }))
  expect(json(ask(intercom, 'GET', path + String(company[field])))).toEqual(company)
})

test('a deleted company is gone, and its company id is free', () => {
  const intercom = testIntercom()
  const id = created(intercom)
  const reply = ask(intercom, 'DELETE', `/companies/${id}`, { at: 1_000 })
  expect(json(reply)).toEqual({ id, object: 'company', deleted: true })
  expect(reply.effects).toMatchObject([{ entity: `company:${id}`, version: 2, change: 'company deleted' }])
  for (const path of [`/companies/${id}`, '/companies?company_id=acme', '/companies?name=Acme'])
    expect(ask(intercom, 'GET', path).status).toBe(404)
  expect(json(ask(intercom, 'POST', '/companies', { body: acme, at: 2_000 }))['id']).not.toBe(id)
})

test.for<[string, string, string]>([
  ['GET', '/companies/nobody', 'company_not_found'],
  ['PUT', '/companies/nobody', 'company_not_found'],
  ['DELETE', '/companies/nobody', 'company_not_found'],
  ['GET', '/companies?company_id=nobody', 'company_not_found'],
  ['GET', '/companies/nobody/contacts', 'company_not_found'],
])('%s %s is a 404', ([method, path, code]) => {
  const reply = ask(testIntercom(), method, path)
  expect(reply.status).toBe(404)
  expect(json(reply)).toMatchObject({ type: 'error.list', errors: [{ code, message: 'Company Not Found' }] })
})

test.for<[string, Record<string, unknown>, number, string]>([
  ['no company id', { name: 'Acme' }, 400, 'parameter_not_found'],
  ['a field of another spelling', { companyId: 'acme', company_id: 'acme' }, 400, 'bad_request'],
  ['a name that is an object', { company_id: 'acme', name: {} }, 422, 'parameter_invalid'],
  ['a size that is no number', { company_id: 'acme', size: 'many' }, 422, 'parameter_invalid'],
  ['nested attributes', { company_id: 'acme', custom_attributes: { a: {} } }, 422, 'parameter_invalid'],
])('%s is refused', ([, body, status, code]) => {
  const reply = ask(testIntercom(), 'POST', '/companies', { body })
  expect(reply.status).toBe(status)
  expect(json(reply)).toMatchObject({ errors: [{ code }] })
  expect(reply.effects).toEqual([])
})

test('what a request is about is known without serving it', () => {
  const intercom = testIntercom()
  const id = created(intercom)
  const facts = (method: string, path: string, body?: unknown) =>
    intercom.facts({
      method,
      url: new URL(path, 'https://api.au.intercom.io'),
      headers: { authorization: `Bearer ${intercom.tokens['ours']}` },
      body: body === undefined ? '' : JSON.stringify(body),
    })
  const entity = `company:${id}`
  expect(facts('POST', '/companies', acme)).toMatchObject({ route: '/companies', entity, key: 'acme' })
  expect(facts('PUT', `/companies/${id}`, {})).toMatchObject({ route: '/companies/{id}', entity, key: 'acme' })
  expect(facts('GET', `/companies/${id}`)).not.toHaveProperty('key')
  expect(facts('GET', '/companies/scroll')).toMatchObject({ route: '/companies/scroll' })
})
