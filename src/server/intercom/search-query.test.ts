import { expect, test } from 'vitest'
import { ask, json, testIntercom } from './asking.ts'
import type { Intercom } from './intercom.ts'

const day = 86_400

function people(): Intercom {
  const intercom = testIntercom({ contacts: 0, conversations: 0 })
  const add = (body: Record<string, unknown>, at: number): void => {
    expect(ask(intercom, 'POST', '/contacts', { body, at: at * 1_000 }).status).toBe(200)
  }
  add({ external_id: '1', name: 'Ada', email: 'ada@one.example', owner_id: 7, custom_attributes: { plan: 'team' } }, 0)
  add({ external_id: '2', name: 'Bela', email: 'bela@one.example', owner_id: 9 }, 10)
  add({ external_id: '3', name: 'Adan', email: 'adan@two.example', unsubscribed_from_emails: true }, 2 * day)
  return intercom
}

function found(query: unknown): string[] | number {
  const reply = ask(people(), 'POST', '/contacts/search', { body: { query } })
  if (reply.status !== 200) return reply.status
  const list = json(reply)
  return list['data']!.map((contact) => String(contact['external_id'])).toSorted()
}

const where = (field: string, operator: string, value: unknown) => ({ field, operator, value })
const and = (...value: unknown[]) => ({ operator: 'AND', value })
const or = (...value: unknown[]) => ({ operator: 'OR', value })
const today = 1_777_287_600

test.for<[unknown, string[]]>([
  [where('email', '=', 'ada@one.example'), ['1']],
  [where('email', '=', 'ADA@one.example'), ['1']],
  [where('name', '!=', 'Ada'), ['2', '3']],
  [where('name', '~', 'da'), ['1', '3']],
  [where('name', '!~', 'da'), ['2']],
  [where('name', '^', 'ad'), ['1', '3']],
  [where('name', '$', 'n'), ['3']],
  [where('external_id', 'IN', ['1', '3', '9']), ['1', '3']],
  [where('external_id', 'NIN', ['1']), ['2', '3']],
  [where('owner_id', '>', 7), ['2']],
  [where('owner_id', '>=', '7'), ['1', '2']],
  [where('owner_id', '<', 9), ['1']],
  [where('owner_id', '=', null), ['3']],
  [where('email_domain', '=', 'two.example'), ['3']],
  [where('unsubscribed_from_emails', '=', true), ['3']],
  [where('custom_attributes.plan', '=', 'team'), ['1']],
  [where('created_at', '=', today), ['1', '2']],
  [where('created_at', '<', today + 2 * day), ['1', '2']],
  [and(where('name', '^', 'ad'), where('email_domain', '=', 'one.example')), ['1']],
  [or(where('name', '=', 'Bela'), where('name', '=', 'Adan')), ['2', '3']],
  [and(or(where('name', '=', 'Ada'), where('name', '=', 'Bela')), where('owner_id', '=', 9)), ['2']],
])('%o finds %o', ([query, wanted]) => {
  expect(found(query)).toEqual(wanted)
})

test('a date after a moment means after its day, so what came later the same day is missed', () => {
  expect(found(where('updated_at', '>', String(today + 5)))).toEqual(['3'])
})

test.for<[string, unknown]>([
  ['a field that cannot be searched', where('shoe_size', '=', 1)],
  ['a name every object has', where('constructor', '=', 1)],
  ['an operator that does not exist', where('name', '==', 'x')],
  ['an operator that dates do not have', where('created_at', '>=', today)],
  ['a date that is no number', where('created_at', '>', 'yesterday')],
  ['IN without a list', where('name', 'IN', 'x')],
  ['a value that is an object', where('name', '=', {})],
  ['three levels of groups', and(or(and(where('name', '=', 'x'))))],
  ['sixteen filters', and(...Array.from({ length: 16 }, () => where('name', '=', 'x')))],
  ['an empty group', and()],
  ['a query that is text', 'name = x'],
  ['no query', undefined],
])('%s gets 400', ([, query]) => {
  expect(found(query)).toBe(400)
})

test('search pages by 50 unless asked otherwise, and its cursor goes on where the page ended', () => {
  const intercom = testIntercom({ contacts: 60 })
  const query = where('role', '=', 'user')
  const first = json(ask(intercom, 'POST', '/contacts/search', { body: { query } }))
  expect(first['pages']).toMatchObject({ per_page: 50, total_pages: 2 })
  const pagination = first['pages']!['next']
  const second = json(ask(intercom, 'POST', '/contacts/search', { body: { query, pagination } }))
  expect(second['data']).toHaveLength(10)
  expect(second['pages']).not.toHaveProperty('next')
})

// JSON can describe objects that have no text.
const textless = { toString: 1, valueOf: 1 }

test('a list with things that are no scalars finds nothing by them', () => {
  expect(found(where('name', 'IN', [textless, 'Ada']))).toEqual(['1'])
})

test.for<unknown>([textless, [], true, 'x', 0, 151, 1.5])('a page of %o gets 400', (size) => {
  const body = { query: where('name', '=', 'Ada'), pagination: { per_page: size } }
  expect(ask(people(), 'POST', '/contacts/search', { body }).status).toBe(400)
})
