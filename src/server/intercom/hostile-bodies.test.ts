import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ask, json, requestOf, testIntercom } from './asking.ts'
import { routes } from './routes.ts'

const names =
  `action admin_id assignee_id assignment attachment_files attachment_urls author_id body cc company_id contacts
created_at custom_attributes description email event_name event_summaries external_id from id intercom_user_id into is_shared
message_type metadata name open pagination parent_id query read role snoozed_until state subject tags ticket_attributes
ticket_state_id ticket_type_id title to type user_id users`.split(/\s+/u)

test('no body, whatever it holds, makes a route throw, and what is refused changes nothing', () => {
  const intercom = testIntercom()
  const get = (path: string) => json(ask(intercom, 'GET', path))
  const id = (list: unknown) => String((list as { id: string }[])[0]?.id)
  const ids = {
    contacts: id(get('/contacts')['data']),
    conversations: id(get('/conversations')['conversations']),
    articles: id(get('/articles')['data']),
    ticket_types: id(get('/ticket_types')['data']),
    companies: id(get('/companies')['data']),
    tickets: id(
      json(
        ask(intercom, 'POST', '/tickets/search', { body: { query: { field: 'open', operator: '=', value: true } } }),
      )['tickets'],
    ),
  }
  const admin = String(get('/me')['id'])
  const path = (template: string): string => {
    const kind = template.split('/')[1] ?? ''
    return template.replace(/\{\w+\}/u, Object.entries(ids).find(([name]) => name === kind)?.[1] ?? admin)
  }
  const odd = fc.oneof(
    fc.constantFrom<unknown>('', 'comment', 'email', 'user', 'lead', admin, 0, -1, 1e300, null, true, [], {}, [null]),
    fc.constantFrom<unknown>(...Object.values(ids), ...Object.values(ids).map((one) => ({ id: one }))),
    fc.constantFrom<unknown>([{ id: ids.contacts }], { type: 'admin', id: admin }, { type: 'user', id: ids.contacts }),
    fc.string({ unit: 'binary' }),
    fc.jsonValue(),
  )
  const bodies = fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 8, noNullPrototype: true })
  const queries = fc.constantFrom(
    '',
    '?page=2',
    '?per_page=x',
    '?type=user&user_id=customer-10000&summary=true',
    '?phrase=%F0',
  )
  fc.assert(
    fc.property(fc.constantFrom(...routes), bodies, queries, fc.nat(10_000), (route, body, query, window) => {
      const to = path(route.template) + query
      // What is deleted would be missing from then on.
      if (route.method === 'DELETE') return
      expect(() => intercom.facts(requestOf(intercom, route.method, to, { body }))).not.toThrow()
      const reply = ask(intercom, route.method, to, { body, at: window * 10_000 })
      expect(reply.status).toBeLessThan(500)
      expect(() => json(reply)).not.toThrow()
      expect(reply.status < 400 || reply.effects.length === 0).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})
