import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { Ask, Intent } from '../intent.ts'
import type { DefinedService } from './defined-service.ts'
import { ask, json, listed, serviceOf } from './sample-service.ts'

function intentOf(service: DefinedService, name: string): Intent {
  const intent = service.intents.get(name)
  if (!intent) throw new Error(`There is no ${name}.`)
  return intent
}

const draw = (service: DefinedService, name: string, rank = 0, nth = 1): Ask =>
  intentOf(service, name).draw('ours', rank, nth, createPrng('draw', name, nth), 0)

test('a resource publishes the operations that it offers, with their effects', () => {
  const told = [...serviceOf().intents.values()].map(({ name, effect }) => `${name} ${effect}`)
  expect(told.toSorted()).toEqual([
    'depot.list read',
    'depot.read read',
    'label.create write',
    'label.delete write',
    'label.list read',
    'label.read read',
    'label.update write',
    'parcel.create write',
    'parcel.delete write',
    'parcel.list read',
    'parcel.read read',
    'parcel.update write',
  ])
})

test('an ask names the entity and its business key', () => {
  const service = serviceOf()
  const [first] = listed(service, '/v1/parcels')
  const { id, reference } = first as { id: string; reference: string }
  const about = { entity: `parcel:${id}`, key: reference }
  const parcel = { id, reference }
  expect(draw(service, 'parcel.read')).toEqual({ input: { parcel }, entity: about.entity })
  expect(draw(service, 'parcel.update')).toEqual({
    input: { parcel, note: expect.stringMatching(/^note-[a-z]{8}$/u) },
    ...about,
  })
  const last = listed(service, '/v1/parcels').at(-1)
  expect(draw(service, 'parcel.delete')).toMatchObject({ entity: `parcel:${last?.['id']}`, key: last?.['reference'] })
  const label = listed(service, '/v1/depots/1/labels')[0]
  expect(draw(service, 'label.read', listedRank(service, label?.['id'])).input).toEqual({
    label: { id: label?.['id'], depot: 1 },
  })
  expect(draw(service, 'label.list').input).toEqual({ depot: expect.any(Number) })
})

/** Which rank an entity has. */
function listedRank(service: DefinedService, id: unknown): number {
  return [0, 1, 2, 3, 4, 5].findIndex((rank) => draw(service, 'label.read', rank).entity === `label:${id}`)
}

test('what a create asks for can be created as it is, and no two have one key', () => {
  const service = serviceOf()
  const asks = Array.from({ length: 200 }, (_, nth) => draw(service, 'parcel.create', 0, nth))
  expect(new Set(asks.map(({ key }) => key)).size).toBe(200)
  for (const { input, key } of asks) {
    const reply = ask(service, 'POST', '/v1/parcels', { body: input })
    expect([reply.status, reply.effects[0]?.key]).toEqual([201, key])
  }
})

test('two services of one seed ask for the same', () => {
  const all = () => {
    const service = serviceOf()
    return [...service.intents.keys()].map((name) => draw(service, name, 3, 7))
  }
  expect(all()).toEqual(all())
})

const truth = (service: DefinedService, name: string, asked: Ask, value: unknown) =>
  intentOf(service, name).truth('ours', asked, value)

test('the truth of a value: the present, an older version, another entity, an invention, an error', () => {
  const service = serviceOf()
  const asked = draw(service, 'parcel.read')
  const [own, other] = listed(service, '/v1/parcels')
  const path = `/v1/parcels/${own?.['id']}`
  ask(service, 'PATCH', path, { body: { note: 'knock' } })
  const now = json(ask(service, 'GET', path))
  const said = (value: unknown) => {
    const { matched, current, foreign, invented } = truth(service, 'parcel.read', asked, value) ?? {}
    return [matched, current, foreign, invented]
  }
  expect(said(now)).toEqual([2, 2, false, []])
  expect(said(own)).toEqual([1, 2, false, []])
  expect(said({ changedAt: now['changed_at'], note: 'knock' })).toEqual([2, 2, false, []])
  expect(said(other)).toMatchObject([null, 2, true, expect.arrayContaining(['id'])])
  expect(said({ reference: other?.['reference'] })).toEqual([null, 2, true, ['reference']])
  expect(said({ note: 'nobody wrote this' })).toEqual([null, 2, false, ['note']])
  expect(said({ error: { code: 'x' } })).toEqual([null, 2, false, ['errors']])
  expect(said({ colour: 'red' })).toEqual([undefined, undefined, undefined, undefined])
})

test('what is gone matches its last version, and what was never there is invented', () => {
  const service = serviceOf()
  const asked = draw(service, 'parcel.read')
  const [own] = listed(service, '/v1/parcels')
  ask(service, 'DELETE', `/v1/parcels/${own?.['id']}`)
  expect(truth(service, 'parcel.read', asked, own)).toMatchObject({ matched: 1, current: 2, invented: [] })
  const nobody = { input: { parcel: { id: 'none' } } }
  expect(truth(service, 'parcel.read', nobody, own)).toMatchObject({ matched: null, current: 0, invented: ['id'] })
})

test('a list lacks what it does not show; one below an entity lacks nothing of another', () => {
  const service = serviceOf()
  const all = listed(service, '/v1/parcels')
  const asked = draw(service, 'parcel.list')
  expect(truth(service, 'parcel.list', asked, all)).not.toHaveProperty('missing')
  expect(truth(service, 'parcel.list', asked, all.slice(2))).toMatchObject({ missing: 2 })
  expect(truth(service, 'parcel.list', asked, { data: all.slice(2) })).not.toHaveProperty('missing')
  const labels = listed(service, '/v1/depots/1/labels')
  const below = { input: { depot: 1 } }
  expect(truth(service, 'label.list', below, labels)).not.toHaveProperty('missing')
  expect(truth(service, 'label.list', below, labels.slice(1))).toMatchObject({ missing: 1 })
})

test('a write left behind what was asked for, or says what it lacks', () => {
  const service = serviceOf()
  const asked = draw(service, 'parcel.create')
  const [effect] = ask(service, 'POST', '/v1/parcels', { body: { ...(asked.input as object), grams: 1 } }).effects
  const { content } = intentOf(service, 'parcel.create')
  expect(content?.fields).toEqual(['depot', 'grams', 'state', 'note'])
  expect(content?.lacking('ours', asked, effect?.entity ?? '')).toEqual(['grams'])
  expect(truth(service, 'parcel.create', asked, { reference: asked.key, grams: 1 })).toMatchObject({ matched: 1 })
})

test('a load that asks for what nobody has is a mistake of the user', () => {
  const none = { path: '/parcels', seeded: 0, fields: { note: { type: 'string' } } } as const
  expect(() => draw(serviceOf({ resources: { parcel: none } }), 'parcel.read')).toThrow('has no parcel to ask about')
})
