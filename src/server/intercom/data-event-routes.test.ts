import { expect, test } from 'vitest'
import { ask, json, requestOf, startSeconds, testIntercom } from './asking.ts'
import { refusal, sdkClient } from './sdk-asking.ts'

const user_id = 'customer-10000'
const name = 'placed-order [ref 4F2K9QX]'
const event = { event_name: name, created_at: startSeconds - 60, user_id, metadata: { price: '10' } }

test('an event is taken without an answer', async () => {
  const intercom = testIntercom()
  expect(await sdkClient(intercom).events.create(event)).toBeUndefined()
  expect(ask(intercom, 'POST', '/events', { body: { ...event, created_at: 1 } })).toMatchObject({
    status: 202,
    body: null,
    effects: [{ change: 'event tracked', key: '4F2K9QX', version: 1 }],
  })
})

test('the same contact, name and time are one event, whoever the contact is named by', () => {
  const intercom = testIntercom()
  const track = (body: Record<string, unknown>) => ask(intercom, 'POST', '/events', { body })
  expect(track(event).effects).toHaveLength(1)
  const contact = json(ask(intercom, 'GET', `/contacts/find_by_external_id/${user_id}`))
  for (const named of [{ user_id }, { id: contact['id'] }, { email: contact['email'] }]) {
    const again = track({ event_name: name, created_at: event.created_at, ...named })
    expect(again).toMatchObject({ status: 202, body: null, effects: [] })
    expect(again.contains).toEqual(track(event).contains)
  }
})

test.for<[string, Record<string, unknown>]>([
  ['time', { created_at: event.created_at + 1 }],
  ['name', { event_name: 'placed-order' }],
  ['contact', { user_id: 'customer-10001' }],
])('another %s makes another event', ([, change]) => {
  const intercom = testIntercom()
  ask(intercom, 'POST', '/events', { body: event })
  expect(ask(intercom, 'POST', '/events', { body: { ...event, ...change } }).effects).toHaveLength(1)
})

test('without its time an event that is sent again is a duplicate with the same key', () => {
  const intercom = testIntercom()
  const body = { event_name: name, user_id }
  const keys = [0, 5_000].flatMap((at) => ask(intercom, 'POST', '/events', { body, at }).effects.map(({ key }) => key))
  expect(keys).toEqual(['4F2K9QX', '4F2K9QX'])
})

test('tells the events of a contact, newest first, or a summary of them', async () => {
  const intercom = testIntercom()
  const { events } = sdkClient(intercom)
  for (const created_at of [10, 30, 20]) await events.create({ event_name: 'placed-order', created_at, user_id })
  await events.create({ event_name: 'placed-order', created_at: 10, user_id: 'customer-10001' })
  const list = json(ask(intercom, 'GET', `/events?type=user&user_id=${user_id}`))
  expect(list['events']!.map((one) => one['created_at'])).toEqual([30, 20, 10])
  expect(list['events']![0]).toMatchObject({ type: 'event', event_name: 'placed-order', user_id })
  expect(await events.list({ type: 'user', user_id, summary: true })).toMatchObject({
    type: 'event.summary',
    user_id,
    events: [{ name: 'placed-order', first: '1970-01-01T00:00:10.000Z', last: '1970-01-01T00:00:30.000Z', count: 3 }],
  })
})

test('only the first ten pieces of metadata are kept', () => {
  const intercom = testIntercom()
  const metadata = Object.fromEntries(Array.from({ length: 12 }, (_, nth) => [`m${nth}`, nth]))
  ask(intercom, 'POST', '/events', { body: { ...event, metadata } })
  const [only] = json(ask(intercom, 'GET', `/events?type=user&user_id=${user_id}`))['events']!
  expect(Object.keys(only!['metadata']!)).toEqual(Object.keys(metadata).slice(0, 10))
})

test('takes a summary of the past', async () => {
  const { events } = sdkClient(testIntercom())
  expect(await events.summaries({ user_id, event_summaries: { event_name: 'placed-order', count: 3 } })).toBeUndefined()
  expect(await refusal(events.summaries({ user_id: 'nobody' }))).toMatchObject({ status: 404 })
})

test.for<[string, Record<string, unknown>, number, string[]]>([
  ['of nobody', { user_id: 'nobody' }, 404, ['not_found']],
  ['without a name', { event_name: undefined }, 422, ['parameter_not_found']],
  ['at no time', { created_at: 'yesterday' }, 422, ['parameter_invalid']],
  ['past the end of time', { created_at: 1e15 }, 422, ['parameter_invalid']],
  ['with nested metadata', { metadata: { order: { id: 1 } } }, 422, ['parameter_invalid']],
  [
    'wrong in every way',
    { event_name: '', created_at: [], metadata: [] },
    422,
    ['parameter_not_found', 'parameter_invalid', 'parameter_invalid'],
  ],
])('an event %s is refused', ([, change, status, codes]) => {
  const reply = ask(testIntercom(), 'POST', '/events', { body: { ...event, ...change } })
  expect(reply.status).toBe(status)
  expect(json(reply)['errors']!.map(({ code }) => code)).toEqual(codes)
})

test.for([
  ['/events?user_id=customer-10000', 422],
  ['/events?type=user&user_id=nobody', 404],
] as const)('GET %s is refused', ([path, status]) => {
  expect(ask(testIntercom(), 'GET', path).status).toBe(status)
})

test('what an event is about is known before it is served', () => {
  const intercom = testIntercom()
  const contact = json(ask(intercom, 'GET', `/contacts/find_by_external_id/${user_id}`))
  expect(intercom.facts(requestOf(intercom, 'POST', '/events', { body: event }))).toMatchObject({
    entity: `contact:${String(contact['id'])}`,
    key: '4F2K9QX',
    customer: user_id,
  })
})
