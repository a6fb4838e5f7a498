import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { Truth } from '#history/event.ts'
import { ask, json, testIntercom } from '../asking.ts'
import type { Ask, InputOf } from '../../intent.ts'
import type { Intercom } from '../intercom.ts'

function intentOf(intercom: Intercom, name: string) {
  const intent = intercom.intents.get(name)
  if (!intent) throw new Error(`There is no intent ${name}.`)
  return intent
}

function draw(intercom: Intercom, name: string, rank = 0, nth = 0): Ask {
  return intentOf(intercom, name).draw('ours', rank, nth, createPrng('ask', name, nth), nth * 1_000)
}

function truth(
  intercom: Intercom,
  name: string,
  asked: Ask,
  value: unknown,
  shown?: Record<string, unknown>,
): Truth | undefined {
  return intentOf(intercom, name).truth('ours', asked, value, shown)
}

type ContactInput = { contact: { id: string; externalId: string; email: string }; name: string }
type ReplyInput = { conversation: { id: string }; adminId: string; body: string }

const names =
  `contact.read contact.search contact.create contact.upsert contact.update contact.delete contact.merge conversation.read
conversation.list conversation.open conversation.reply conversation.close me.read
company.read company.upsert company.list company.scroll tag.add note.add admin.list media.fetch
conversation.search message.send message.relay event.track ticket.create ticket.read article.read article.list
contact.list`.split(/\s+/u)

const withLeads = () => testIntercom({ workspaces: [{ name: 'ours', region: 'au', leads: 5 }] })

test('every intent is there', () => {
  expect([...testIntercom().intents.keys()].toSorted()).toEqual(names.toSorted())
})

test.for(names)('%s draws the same ask for the same stream, also after other asks', (name) => {
  const intercom = withLeads()
  const first = draw(intercom, name, 3, 7)
  for (let nth = 0; nth < 5; nth += 1) draw(intercom, name, nth, nth)
  expect(draw(intercom, name, 3, 7)).toEqual(first)
  expect(draw(withLeads(), name, 3, 7)).toEqual(first)
})

test.for(names.filter((name) => testIntercom().intents.get(name)?.effect === 'write'))(
  '%s draws a business key',
  (name) => {
    expect(draw(withLeads(), name).key).toMatch(/./u)
  },
)

test('conversations that are open are closed first, each once', () => {
  const intercom = testIntercom()
  const ids = [1, 2, 3].map((nth) => (draw(intercom, 'conversation.close', 0, nth).input as ReplyInput).conversation.id)
  const states = ids.map((id) => json(ask(intercom, 'GET', `/conversations/${id}`))['state'])
  expect(states).toEqual(['open', 'open', 'open'])
  expect(new Set(ids).size).toBe(3)
})

test.for([
  'contact.create',
  'note.add',
  'conversation.open',
  'conversation.reply',
  'conversation.close',
  'contact.delete',
  'message.send',
  'message.relay',
  'event.track',
  'ticket.create',
])('%s never draws the same key twice', (name) => {
  const intercom = testIntercom({ contacts: 200, conversations: 200 })
  expect(new Set(Array.from({ length: 200 }, (_, nth) => draw(intercom, name, nth % 3, nth).key)).size).toBe(200)
})

test('a rank beyond what the workspace has is reduced to it', () => {
  const intercom = testIntercom()
  expect(draw(intercom, 'contact.read', 30).entity).toBe(draw(intercom, 'contact.read', 0).entity)
})

test('upserts are mostly of known customers, and every one changes something', () => {
  const intercom = testIntercom()
  const asks = Array.from({ length: 200 }, (_, nth) => draw(intercom, 'contact.upsert', nth % 20, nth))
  const known = asks.filter(({ entity }) => entity !== undefined)
  expect(known.length).toBeGreaterThan(120)
  expect(known.length).toBeLessThan(180)
  expect(new Set(asks.map(({ input }) => (input as { name: string }).name)).size).toBeGreaterThan(195)
})

test('a merge is of a lead into a customer, each lead once, and the customer keeps the name', () => {
  const intercom = withLeads()
  const asks = Array.from({ length: 5 }, (_, nth) => draw(intercom, 'contact.merge', 3, nth))
  const leads = asks.map(({ input }) => (input as InputOf<'contact.merge'>).lead.id)
  expect(new Set(leads).size).toBe(5)
  const [asked] = asks as [Ask]
  const { lead, contact } = asked.input as InputOf<'contact.merge'>
  const reply = ask(intercom, 'POST', '/contacts/merge', { body: { from: lead.id, into: contact.id } })
  expect(reply.effects[1]).toMatchObject({ entity: asked.entity, key: asked.key, change: 'contact merged' })
  expect(truth(intercom, 'contact.merge', asked, json(reply))).toMatchObject({ matched: 2, current: 2, invented: [] })
  expect(ask(intercom, 'GET', `/contacts/${lead.id}`).status).toBe(404)
})

test('customers are no leads', () => {
  const intercom = testIntercom({ contacts: 3, workspaces: [{ name: 'ours', region: 'au', leads: 5 }] })
  const read = Array.from({ length: 9 }, (_, rank) => draw(intercom, 'contact.read', rank).entity)
  expect(new Set(read).size).toBe(3)
})

test('what a reply commits carries the key of its ask', () => {
  const intercom = testIntercom()
  const asked = draw(intercom, 'conversation.reply')
  const { conversation, adminId, body } = asked.input as ReplyInput
  const reply = ask(intercom, 'POST', `/conversations/${conversation.id}/reply`, {
    body: { message_type: 'comment', type: 'admin', admin_id: adminId, body },
  })
  expect(reply.effects).toMatchObject([{ entity: asked.entity, key: asked.key }])
  expect(truth(intercom, 'conversation.reply', asked, json(reply))).toMatchObject({
    matched: 2,
    current: 2,
    invented: [],
  })
})

/** A contact as it was at the start, and after one change. */
function twoVersions() {
  const intercom = testIntercom()
  const asked = draw(intercom, 'contact.read')
  const { id } = (asked.input as ContactInput).contact
  const before = json(ask(intercom, 'GET', `/contacts/${id}`)) as unknown as Record<string, unknown>
  ask(intercom, 'PUT', `/contacts/${id}`, { body: { name: 'Ada Lovelace' }, at: 60_000 })
  const after = json(ask(intercom, 'GET', `/contacts/${id}`)) as unknown as Record<string, unknown>
  const other = json(
    ask(intercom, 'GET', `/contacts/${(draw(intercom, 'contact.read', 1).input as ContactInput).contact.id}`),
  )
  return { intercom, asked, id, before, after, other: other as unknown as Record<string, unknown> }
}

test.for<[string, (world: ReturnType<typeof twoVersions>) => unknown, Partial<Truth>]>([
  ['what the API says now', ({ after }) => after, { matched: 2, foreign: false, invented: [] }],
  ['what it said before', ({ before }) => before, { matched: 1, foreign: false, invented: [] }],
  ['with fields of the client', ({ before }) => ({ ...before, _stale: true, fetchedAt: 1 }), { matched: 1 }],
  [
    'the body of an error',
    () => ({ type: 'error.list', errors: [{ code: 'not_found' }] }),
    { matched: null, foreign: false, invented: ['errors'] },
  ],
  [
    'an invented name',
    ({ after }) => ({ ...after, name: 'Nobody' }),
    { matched: null, foreign: false, invented: ['name'] },
  ],
  [
    'a mixture of two versions',
    ({ before, after }) => ({ ...after, name: before['name'] }),
    { matched: null, invented: [] },
  ],
  ['somebody else', ({ other }) => other, { matched: null, foreign: true }],
  [
    'the email of somebody else',
    ({ after, other }) => ({ ...after, email: other['email'] }),
    { foreign: true, invented: ['email'] },
  ],
])('a read that shows %s is told so', ([, value, wanted]) => {
  const world = twoVersions()
  const told = truth(world.intercom, 'contact.read', world.asked, value(world))
  expect(told).toMatchObject({ entity: `contact:${world.id}`, current: 2, ...wanted })
})

test('a view model is compared by the fields the client names, in its own spelling', () => {
  const { intercom, asked, before } = twoVersions()
  const shown = { externalId: before['external_id'], name: before['name'] }
  expect(truth(intercom, 'contact.read', asked, 'a rendered card', shown)).toMatchObject({ matched: 1, invented: [] })
})

test.for([undefined, null, 'text', 12, [], {}, { ok: false, error: {} }])(
  '%o says nothing that can be compared',
  (value) => {
    const intercom = withLeads()
    for (const name of names) expect(truth(intercom, name, draw(intercom, name), value)).toBeUndefined()
  },
)

test('somebody who never existed is invented', () => {
  const intercom = withLeads()
  const value = { type: 'contact', id: 'made-up', external_id: 'made-up' }
  const asked = draw(intercom, 'contact.create')
  expect(truth(intercom, 'contact.create', asked, value)).toMatchObject({ current: 0, matched: null, invented: ['id'] })
})

test.for(['contact.search', 'conversation.list'])('%s is judged by the worst of its list', (name) => {
  const intercom = testIntercom()
  const asked = draw(intercom, name)
  const path = name === 'contact.search' ? '/contacts/search' : '/conversations'
  const body = { query: { field: 'email', operator: '=', value: (asked.input as { email?: string }).email } }
  const list = json(
    ask(intercom, name === 'contact.search' ? 'POST' : 'GET', path, {
      body: name === 'contact.search' ? body : undefined,
    }),
  )
  const items = (list['data'] ?? list['conversations'])!
  const good = truth(intercom, name, asked, list)
  expect(good).toMatchObject({ matched: 1, current: 1, foreign: false, invented: [] })
  expect(truth(intercom, name, asked, items)).toEqual(good)
  const spoiled = [...items, { ...items[0]!, created_at: 12 }]
  expect(truth(intercom, name, asked, spoiled)).toMatchObject({ matched: null, invented: ['created_at'] })
})

test('an opened conversation is known by the message about it', () => {
  const intercom = testIntercom()
  const asked = draw(intercom, 'conversation.open')
  const { contact, body } = asked.input as ContactInput & ReplyInput
  const message = json(
    ask(intercom, 'POST', '/conversations', { body: { from: { type: 'user', id: contact.id }, body } }),
  )
  expect(truth(intercom, 'conversation.open', asked, message)).toMatchObject({ matched: 1, current: 1, foreign: false })
  const other = draw(intercom, 'conversation.open', 1)
  expect(truth(intercom, 'conversation.open', other, message)).toMatchObject({ matched: null, foreign: true })
})

test('a conversation that shows one part less is an older version', () => {
  const intercom = testIntercom()
  const asked = draw(intercom, 'conversation.read')
  const { id } = (asked.input as ReplyInput).conversation
  const before = json(ask(intercom, 'GET', `/conversations/${id}`))
  const adminId = String(json(ask(intercom, 'GET', '/me'))['id'])
  const body = { message_type: 'note', type: 'admin', admin_id: adminId, body: 'noted' }
  const after = json(ask(intercom, 'POST', `/conversations/${id}/reply`, { body, at: 1_000 }))
  expect(truth(intercom, 'conversation.read', asked, before)).toMatchObject({ matched: 1, current: 2 })
  expect(truth(intercom, 'conversation.read', asked, after)).toMatchObject({ matched: 2, current: 2 })
  const another = json(
    ask(
      intercom,
      'GET',
      `/conversations/${(draw(intercom, 'conversation.read', 1).input as ReplyInput).conversation.id}`,
    ),
  )
  expect(truth(intercom, 'conversation.read', asked, another)).toMatchObject({ foreign: true, matched: null })
})

test('who the app is can be compared too', () => {
  const intercom = testIntercom()
  const me = json(ask(intercom, 'GET', '/me'))
  expect(truth(intercom, 'me.read', draw(intercom, 'me.read'), me)).toMatchObject({ matched: 1, invented: [] })
})

test('a workspace that does not exist is a mistake of ours', () => {
  const intent = intentOf(withLeads(), 'contact.read')
  expect(() => intent.draw('nowhere', 0, 0, createPrng('x'), 0)).toThrow('There is no workspace nowhere.')
})

test('a value that throws when it is read says nothing', () => {
  const intercom = withLeads()
  const trap = new Proxy({}, { get: () => fail(), has: () => fail(), ownKeys: () => fail() })
  function fail(): never {
    throw new Error('do not look')
  }
  for (const name of names) expect(truth(intercom, name, draw(intercom, name), trap)).toBeUndefined()
})

test('a list of contacts is judged by the worst of it', () => {
  const intercom = withLeads()
  const asked = draw(intercom, 'contact.list')
  const list = json(ask(intercom, 'GET', '/contacts')) as unknown as { data: Record<string, unknown>[] }
  expect(truth(intercom, 'contact.list', asked, list)).toMatchObject({ matched: 1, current: 1, invented: [] })
  const spoiled = [...list.data, { ...list.data[0], name: 'Nobody' }]
  expect(truth(intercom, 'contact.list', asked, spoiled)).toMatchObject({ matched: null, invented: ['name'] })
})
