import { expect, test } from 'vitest'
import { ask, json, startSeconds, testIntercom } from './asking.ts'
import { withRef } from './ref-token.ts'
import { listFields, noteFields } from './shapes.ts'

function world() {
  const intercom = testIntercom()
  const contact = String(json(ask(intercom, 'GET', '/contacts?per_page=1'))['data']![0]!['id'])
  const path = `/contacts/${contact}/notes`
  const add = (body: string, at = 1_000, more = {}) => ask(intercom, 'POST', path, { body: { body, ...more }, at })
  return { intercom, contact, path, add }
}

test('a note has the shape of the API and carries the key in its text', () => {
  const { intercom, contact, add } = world()
  const reply = add(withRef('Called back.', 'ABCD000'))
  const note = json(reply)
  const me = json(ask(intercom, 'GET', '/me'))
  expect(Object.keys(note)).toEqual(noteFields)
  expect(note).toMatchObject({
    type: 'note',
    created_at: startSeconds + 1,
    contact: { type: 'contact', id: contact },
    author: { type: 'admin', id: me['id'], name: me['name'], email: me['email'], away_mode_enabled: false },
    body: '<p>Called back. [ref ABCD000]</p>',
  })
  const entity = `note:${String(note['id'])}`
  expect(reply.effects).toEqual([{ entity, key: 'ABCD000', version: 1, change: 'note added' }])
  expect(json(ask(intercom, 'GET', `/notes/${String(note['id'])}`))).toEqual(note)
})

test('the same text twice is two notes', () => {
  const { intercom, contact, path, add } = world()
  for (const at of [1_000, 2_000]) add('Called back.', at)
  const list = json(ask(intercom, 'GET', path))
  expect(Object.keys(list)).toEqual(listFields)
  expect(list).toMatchObject({
    total_count: 2,
    data: [{ created_at: startSeconds + 2 }, { created_at: startSeconds + 1 }],
    pages: { type: 'pages', next: null, page: 1, per_page: 50, total_pages: 1 },
  })
  expect(json(ask(intercom, 'GET', `/contacts/${contact}`))['notes']).toMatchObject({ total_count: 2, has_more: false })
})

test('a contact shows a note that came after it was last shown', () => {
  const { intercom, contact, add } = world()
  const notes = () => json(ask(intercom, 'GET', `/contacts/${contact}`))['notes']!
  expect(notes()['data']).toEqual([])
  const id = json(add('Called back.'))['id']
  expect(notes()['data']).toEqual([{ type: 'note', id, url: `/notes/${String(id)}` }])
})

test('notes come page by page', () => {
  const { intercom, contact, path, add } = world()
  for (const text of ['one', 'two', 'three']) add(text)
  const first = json(ask(intercom, 'GET', `${path}?per_page=2`))
  expect(first['pages']).toMatchObject({
    next: `https://api.intercom.io/contacts/${contact}/notes?per_page=2&page=2`,
    total_pages: 2,
  })
  expect(json(ask(intercom, 'GET', `${path}?per_page=2&page=2`))['data']).toMatchObject([{ body: '<p>one</p>' }])
})

test('a note is by the admin it names', () => {
  const { intercom, add } = world()
  const admin = json(ask(intercom, 'GET', '/admins'))['admins']![1]!
  expect(json(add('Called back.', 0, { admin_id: admin['id'] }))['author']).toMatchObject({
    id: admin['id'],
    name: admin['name'],
  })
})

test.for<[string, string, unknown, number, string, string]>([
  ['an unknown admin', 'POST', { body: 'x', admin_id: '1' }, 404, 'not_found', 'Resource Not Found'],
  ['no text', 'POST', {}, 422, 'parameter_not_found', 'body is required'],
])('%s is refused', ([, method, body, status, code, message]) => {
  const { intercom, path } = world()
  const reply = ask(intercom, method, path, { body })
  expect(reply.status).toBe(status)
  expect(json(reply)).toMatchObject({ errors: [{ code, message }] })
  expect(reply.effects).toEqual([])
})

test.for([
  ['GET', '/contacts/nobody/notes', 'User Not Found'],
  ['POST', '/contacts/nobody/notes', 'User Not Found'],
  ['GET', '/notes/1', 'Resource Not Found'],
] as const)('%s %s is a 404', ([method, path, message]) => {
  const reply = ask(testIntercom(), method, path, { body: method === 'POST' ? { body: 'x' } : undefined })
  expect(reply.status).toBe(404)
  expect(json(reply)).toMatchObject({ errors: [{ code: 'not_found', message }] })
})
