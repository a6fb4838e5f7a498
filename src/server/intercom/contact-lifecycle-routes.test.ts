import { expect, test } from 'vitest'
import { ask, header, json, testIntercom } from './asking.ts'
import type { Intercom } from './intercom.ts'
import { refusal, sdkClient } from './sdk-asking.ts'

async function someone(intercom: Intercom) {
  const { contacts } = sdkClient(intercom)
  return contacts.create({ external_id: 'ada', email: 'ada@lovelace.example' })
}

test('an archived contact is listed and searched no more, but found by its id, and takes its email', async () => {
  const intercom = testIntercom()
  const { contacts } = sdkClient(intercom)
  const { id = '' } = await someone(intercom)
  expect(await contacts.archive({ contact_id: id })).toEqual({
    type: 'contact',
    id,
    external_id: 'ada',
    archived: true,
  })
  expect(json(ask(intercom, 'GET', '/contacts'))['total_count']).toBe(30)
  const query = { field: 'email', operator: '=' as const, value: 'ada@lovelace.example' }
  expect((await contacts.search({ query })).data).toEqual([])
  expect(await refusal(contacts.showContactByExternalId({ external_id: 'ada' }))).toMatchObject({ status: 404 })
  expect((await contacts.find({ contact_id: id })).email).toBe('ada@lovelace.example')
  expect(await refusal(contacts.create({ email: 'ada@lovelace.example' }))).toEqual({
    status: 409,
    errors: [{ code: 'conflict', message: `An archived contact matching those details already exists with id=${id}` }],
  })
  expect(await contacts.unarchive({ contact_id: id })).toMatchObject({ archived: false })
  expect((await contacts.search({ query })).data).toHaveLength(1)
})

test('archiving twice is one change', async () => {
  const intercom = testIntercom()
  const { id } = await someone(intercom)
  const archive = () => ask(intercom, 'POST', `/contacts/${id}/archive`)
  expect([archive(), archive()].map(({ effects }) => effects.length)).toEqual([1, 0])
  expect(ask(intercom, 'POST', '/contacts/nobody/archive').status).toBe(404)
  expect(ask(intercom, 'POST', '/contacts/nobody/unarchive').status).toBe(404)
})

test('from version 2.16 on, a merged lead is gone with a word about where to', async () => {
  const intercom = testIntercom()
  const { contacts } = sdkClient(intercom)
  const user = await someone(intercom)
  const lead = await contacts.create({ role: 'lead', phone: '+353 1' })
  await contacts.mergeLeadInUser({ from: lead.id ?? '', into: user.id ?? '' })
  const asked = (version: string) =>
    ask(intercom, 'GET', `/contacts/${lead.id}`, { headers: { 'intercom-version': version } })
  expect(asked('2.14').status).toBe(404)
  expect(asked('Unstable').status).toBe(404)
  const gone = asked('2.16')
  expect(gone.status).toBe(410)
  expect(json(gone)['errors']).toMatchObject([{ code: 'contact_merged' }])
  expect(header(gone, 'link')).toBe(`</contacts/${user.id}>; rel="canonical"`)
  const alive = ask(intercom, 'GET', `/contacts/${user.id}`, { headers: { 'intercom-version': '2.16' } })
  expect(alive.status).toBe(200)
})

test('a lead that is merged into a user is gone, and its conversations are the user’s', async () => {
  const intercom = testIntercom()
  const { contacts, conversations } = sdkClient(intercom)
  const user = await someone(intercom)
  const lead = await contacts.create({ role: 'lead', phone: '+353 1', name: 'Ada', custom_attributes: { seats: 3 } })
  const opened = await conversations.create({ from: { type: 'lead', id: lead.id ?? '' }, body: 'Hello' })
  const merged = await contacts.mergeLeadInUser({ from: lead.id ?? '', into: user.id ?? '' })
  expect(merged).toMatchObject({
    id: user.id,
    external_id: 'ada',
    role: 'user',
    email: 'ada@lovelace.example',
    name: 'Ada',
    phone: '+353 1',
    custom_attributes: { seats: 3 },
  })
  expect(await refusal(contacts.find({ contact_id: lead.id ?? '' }))).toEqual({
    status: 404,
    errors: [{ code: 'not_found', message: 'User Not Found' }],
  })
  const conversation = await conversations.find({ conversation_id: opened.conversation_id ?? '' })
  expect(conversation.contacts?.contacts).toMatchObject([{ id: user.id, external_id: 'ada' }])
})

test.for<[string, (ids: { user: string; lead: string }) => Record<string, unknown>, number]>([
  ['nobody', () => ({}), 422],
  ['an unknown lead', ({ user }) => ({ from: 'x', into: user }), 404],
  ['a user', ({ user }) => ({ from: user, into: user }), 422],
  ['into a lead', ({ lead }) => ({ from: lead, into: lead }), 422],
])('merging %s is refused', async ([, body, status]) => {
  const intercom = testIntercom()
  const user = (await someone(intercom)).id ?? ''
  const lead = (await sdkClient(intercom).contacts.create({ role: 'lead' })).id ?? ''
  const reply = ask(intercom, 'POST', '/contacts/merge', { body: body({ user, lead }) })
  expect(reply.status).toBe(status)
  expect(reply.effects).toEqual([])
})
