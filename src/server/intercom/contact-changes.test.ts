import { expect, test } from 'vitest'
import { ask, json, testIntercom } from './asking.ts'
import { refusal, sdkClient } from './sdk-asking.ts'

const long = 'n'.repeat(191)

test.for<[string, Record<string, unknown>, string[]]>([
  ['a bad email', { email: 'ada@' }, ['email is not a valid email address']],
  ['an email with a space', { email: 'a da@x.example' }, ['email is not a valid email address']],
  ['a name that is no text', { name: {} }, ['name must be a string']],
  ['an owner that is no number', { owner_id: 'Ciara' }, ['owner_id must be an integer']],
  ['an unknown role', { role: 'boss' }, ['role must be user or lead']],
  [
    'an attribute whose name is too long',
    { custom_attributes: { [long]: 1 } },
    [`Custom attribute '${'n'.repeat(100)}' is invalid: names have at most 190 characters`],
  ],
  ['a nested attribute', { custom_attributes: { plan: {} } }, ["Custom attribute 'plan' is invalid"]],
  [
    'several mistakes',
    { email: 'ada', unsubscribed_from_emails: 'no', signed_up_at: 'today', custom_attributes: { a: [], b: {} } },
    [
      'signed_up_at must be an integer',
      'email is not a valid email address',
      'unsubscribed_from_emails must be a boolean',
      "Custom attribute 'a' is invalid",
      "Custom attribute 'b' is invalid",
    ],
  ],
])('a contact with %s is refused, with every reason', async ([, body, messages]) => {
  const intercom = testIntercom()
  const { contacts } = sdkClient(intercom)
  const errors = messages.map((message) => ({ code: 'parameter_invalid', message }))
  expect(await refusal(contacts.create({ external_id: 'ada', ...body } as never))).toEqual({ status: 422, errors })
  const { id: contact_id = '' } = await contacts.create({ external_id: 'ada' })
  expect(await refusal(contacts.update({ contact_id, ...body } as never))).toEqual({ status: 422, errors })
})

test('an attribute name of 190 characters is taken', () => {
  const body = { external_id: 'ada', custom_attributes: { ['n'.repeat(190)]: 1 } }
  expect(ask(testIntercom(), 'POST', '/contacts', { body }).status).toBe(200)
})

test('nobody in particular is a missing parameter', () => {
  const reply = ask(testIntercom(), 'POST', '/contacts', { body: { name: 'Ada' } })
  expect(reply.status).toBe(422)
  expect(json(reply)['errors']).toMatchObject([{ code: 'parameter_not_found' }])
})

test('a body that is no JSON is a 400', () => {
  const reply = ask(testIntercom(), 'POST', '/contacts', { body: '{"email":' })
  expect(reply.status).toBe(400)
  expect(json(reply)['errors']).toMatchObject([{ code: 'parameter_invalid' }])
})

test.for(['GET', 'PUT', 'DELETE'])('%s with an external id where the id belongs is a 404', (method) => {
  const reply = ask(testIntercom(), method, '/contacts/customer-10000', { body: {} })
  expect(reply.status).toBe(404)
  expect(json(reply)['errors']).toEqual([{ code: 'not_found', message: 'User Not Found' }])
})
