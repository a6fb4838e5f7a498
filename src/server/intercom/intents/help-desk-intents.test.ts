import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { Truth } from '#history/event.ts'
import type { Ask, InputOf, IntentName } from '../../intent.ts'
import { ask, json, startSeconds, testIntercom } from '../asking.ts'
import type { Json } from '../asking.ts'
import type { Intercom } from '../intercom.ts'

function world<N extends IntentName>(name: N, intercom: Intercom = testIntercom()) {
  const intent = intercom.intents.get(name)
  if (!intent) throw new Error(`There is no intent ${name}.`)
  const draw = (rank = 0, nth = 0, at = 0): Ask & { input: InputOf<N> } =>
    intent.draw('ours', rank, nth, createPrng('ask', name, nth), at) as Ask & { input: InputOf<N> }
  const truth = (asked: Ask, value: unknown, shown?: Record<string, unknown>): Truth | undefined =>
    intent.truth('ours', asked, value, shown)
  const post = (path: string, body: unknown, at = 0) => ask(intercom, 'POST', path, { body, at })
  const get = (path: string): Json => json(ask(intercom, 'GET', path))
  return { intercom, draw, truth, post, get }
}

test('a message that was sent carries its key, and is what it shows', () => {
  const { draw, truth, post } = world('message.send')
  const asked = draw()
  const { contact, adminId, body } = asked.input
  const request = {
    message_type: 'in_app',
    body,
    from: { type: 'admin', id: adminId },
    to: { type: 'user', id: contact.id },
  }
  const reply = post('/messages', request)
  expect(reply.effects).toMatchObject([{ key: asked.key }])
  expect(truth(asked, json(reply))).toMatchObject({ matched: 1, current: 1, foreign: false, invented: [] })
  expect(truth(draw(1), json(reply))).toMatchObject({ foreign: true })
  expect(truth(asked, { ...json(reply), body: 'else' })).toMatchObject({ matched: null, invented: ['body'] })
  expect(truth(asked, { type: 'admin_message', id: '1' })).toMatchObject({ invented: ['id'] })
})

test('a message may be sent by opening a conversation', () => {
  const { draw, truth, post } = world('message.send')
  const asked = draw()
  const { contact, body } = asked.input
  const reply = post('/conversations', { from: { type: 'user', id: contact.id }, body })
  expect(reply.effects).toMatchObject([{ key: asked.key }])
  expect(truth(asked, json(reply))).toMatchObject({ matched: 1, foreign: false, invented: [] })
  expect(truth(draw(1), json(reply))).toMatchObject({ foreign: true })
})

test('what a customer wrote elsewhere is entered in the name of the customer the conversation is with', () => {
  const { draw, truth, post, get } = world('message.relay')
  const asked = draw(3)
  const { conversation, contact, body } = asked.input
  const [customer] = get(`/conversations/${conversation.id}`)['contacts']!['contacts']!
  expect(customer).toMatchObject({ id: contact.id, external_id: contact.externalId })
  const request = { message_type: 'comment', type: 'user', intercom_user_id: contact.id, body }
  const reply = post(`/conversations/${conversation.id}/reply`, request)
  expect(reply.effects).toMatchObject([{ entity: asked.entity, key: asked.key }])
  expect(truth(asked, json(reply))).toMatchObject({ matched: 2, current: 2, invented: [] })
})

test('an event that is sent again with its time is one effect, without it two', () => {
  const { draw, truth, post } = world('event.track')
  const asked = draw(0, 4, 61_500)
  const { contact, name, at } = asked.input
  expect(at).toBe(startSeconds + 61)
  const track = (body: Record<string, unknown>, atMs: number) =>
    post('/events', { event_name: name, user_id: contact.externalId, ...body }, atMs).effects.map(({ key }) => key)
  expect([...track({ created_at: at }, 62_000), ...track({ created_at: at }, 90_000)]).toEqual([asked.key])
  expect([...track({}, 95_000), ...track({}, 99_000)]).toEqual([asked.key, asked.key])
  expect(truth(asked, undefined)).toBeUndefined()
})

test('a ticket that was created carries its key, and is what it shows', () => {
  const { draw, truth, post } = world('ticket.create')
  const asked = draw()
  const { contact, ticketTypeId, title, body } = asked.input
  const request = {
    ticket_type_id: ticketTypeId,
    contacts: [{ id: contact.id }],
    ticket_attributes: { _default_title_: title, _default_description_: body },
  }
  const reply = post('/tickets', request)
  expect(reply.effects).toMatchObject([{ key: asked.key }])
  expect(truth(asked, json(reply))).toMatchObject({ matched: 1, current: 1, foreign: false, invented: [] })
  expect(truth(draw(1), json(reply))).toMatchObject({ foreign: true })
})

test('a ticket that shows one part less is an older version', () => {
  const { draw, truth, post, get, intercom } = world('ticket.read')
  const asked = draw(2)
  const { id } = asked.input.ticket
  const before = get(`/tickets/${id}`)
  const adminId = String(get('/me')['id'])
  post(`/tickets/${id}/reply`, { message_type: 'note', type: 'admin', admin_id: adminId, body: 'noted' }, 1_000)
  expect(truth(asked, before)).toMatchObject({ matched: 1, current: 2, foreign: false })
  expect(truth(asked, get(`/tickets/${id}`))).toMatchObject({ matched: 2, current: 2 })
  expect(truth(asked, get(`/tickets/${draw(3).input.ticket.id}`))).toMatchObject({ foreign: true })
  expect(truth(asked, { ...before, ticket_state: { id: '1' } })).toMatchObject({ invented: ['state_id'] })
  const other = world('ticket.read', intercom)
  expect(other.draw(2).entity).toBe(`ticket:${id}`)
})

test('an article is compared by what it says', () => {
  const { intercom, draw, truth, get } = world('article.read')
  const asked = draw(1)
  const { id } = asked.input.article
  const before = get(`/articles/${id}`)
  ask(intercom, 'PUT', `/articles/${id}`, { body: { title: 'New title' }, at: 1_000 })
  expect(truth(asked, before)).toMatchObject({ entity: `article:${id}`, matched: 1, current: 2 })
  expect(truth(asked, 'a page', { title: 'New title', body: before['body'] })).toMatchObject({ matched: 2 })
  expect(truth(asked, get(`/articles/${draw(2).input.article.id}`))).toMatchObject({ foreign: true })
})

test('a list of articles is judged by the worst of it', () => {
  const { draw, truth, get } = world('article.list')
  const list = get('/articles')
  expect(truth(draw(), list)).toMatchObject({ matched: 1, current: 1, invented: [] })
  const spoiled = [...list['data']!, { ...list['data']![0], title: 'Invented' }]
  expect(truth(draw(), spoiled)).toMatchObject({ matched: null, invented: ['title'] })
})

test('a search for the conversations of one contact may not show another’s', () => {
  const { draw, truth, post } = world('conversation.search')
  const found = (rank: number) => {
    const query = { field: 'contact_ids', operator: '=', value: draw(rank).input.contact.id }
    return json(post('/conversations/search', { query }))
  }
  expect(found(0)['total_count']).toBe(1)
  expect(truth(draw(0), found(0))).toMatchObject({ matched: 1, foreign: false, invented: [] })
  expect(truth(draw(0), [...found(0)['conversations']!, ...found(1)['conversations']!])).toMatchObject({
    foreign: true,
  })
})
