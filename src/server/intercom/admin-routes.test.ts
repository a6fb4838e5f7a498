import { expect, test } from 'vitest'
import { ask, json, testIntercom } from './asking.ts'
import { adminFields } from './shapes.ts'

test('all admins are listed, the owner of the app among them', () => {
  const intercom = testIntercom()
  const reply = ask(intercom, 'GET', '/admins')
  const list = json(reply)
  expect(list).toMatchObject({ type: 'admin.list' })
  const ids = [...list['admins']!].map((admin) => String(admin['id']))
  expect(ids).toHaveLength(3)
  expect(ids).toContain(String(json(ask(intercom, 'GET', '/me'))['id']))
  expect(reply.contains).toEqual(Object.fromEntries(ids.map((id) => [`admin:${id}`, 1])))
})

test('one admin has the shape of the API', () => {
  const intercom = testIntercom()
  const { id, name } = json(ask(intercom, 'GET', '/admins'))['admins']![2]!
  const admin = json(ask(intercom, 'GET', `/admins/${String(id)}`))
  expect(Object.keys(admin)).toEqual(adminFields)
  expect(admin).toMatchObject({ type: 'admin', id, name, has_inbox_seat: true, team_ids: [] })
})

test('an unknown admin is a 404', () => {
  const reply = ask(testIntercom(), 'GET', '/admins/1')
  expect(reply.status).toBe(404)
  expect(json(reply)).toMatchObject({ errors: [{ code: 'admin_not_found', message: 'Admin not found' }] })
})
