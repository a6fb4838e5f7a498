import { expect, test } from 'vitest'
import type { Levers } from '../service.ts'
import { noLevers } from '../service.ts'
import { Store } from '../store.ts'
import { ask, json, testIntercom } from './asking.ts'
import type { Intercom } from './intercom.ts'
import { Workspace } from './workspace.ts'
import { createPrng } from '#random/prng.ts'

const minute = 60_000

function pulled(levers: Partial<Levers>): Intercom {
  const intercom = testIntercom({ contacts: 3, conversations: 2 })
  intercom.under(({ name }) => (name === 'ours' ? { ...noLevers, ...levers } : noLevers))
  return intercom
}

const ada = { external_id: 'ada', email: 'ada@lovelace.example', name: 'Ada' }
const find = '/contacts/find_by_external_id/ada'
const bySearch = { query: { field: 'external_id', operator: '=', value: 'ada' } }

function createAda(intercom: Intercom, at: number): string {
  return String(json(ask(intercom, 'POST', '/contacts', { body: ada, at }))['id'])
}

test('a replica that is behind does not know who was just created', () => {
  const intercom = pulled({ replicaLagMs: minute })
  const id = createAda(intercom, 1_000)
  for (const path of [`/contacts/${id}`, find]) {
    expect(ask(intercom, 'GET', path, { at: 60_999 })).toMatchObject({ status: 404, bentBy: ['replica-lag'] })
    const later = ask(intercom, 'GET', path, { at: 61_000 })
    expect(later).toMatchObject({ status: 200, contains: { [`contact:${id}`]: 1 } })
    expect(later).not.toHaveProperty('bentBy')
  }
})

test('a replica that is behind shows the old version and says which', () => {
  const intercom = pulled({ replicaLagMs: minute })
  const id = createAda(intercom, 0)
  ask(intercom, 'PUT', `/contacts/${id}`, { body: { name: 'Ada L.', external_id: 'lovelace' }, at: 100_000 })
  const reply = ask(intercom, 'GET', find, { at: 101_000 })
  expect(json(reply)).toMatchObject({ name: 'Ada', external_id: 'ada' })
  expect(reply).toMatchObject({ contains: { [`contact:${id}`]: 1 }, bentBy: ['replica-lag'] })
  expect(ask(intercom, 'GET', '/contacts/find_by_external_id/lovelace', { at: 101_000 }).status).toBe(404)
})

test('what was deleted lives on for a while where reads lag', () => {
  const intercom = pulled({ replicaLagMs: minute })
  const id = createAda(intercom, 0)
  ask(intercom, 'DELETE', `/contacts/${id}`, { at: 100_000 })
  expect(ask(intercom, 'GET', `/contacts/${id}`, { at: 101_000 }).status).toBe(200)
  expect(ask(intercom, 'GET', `/contacts/${id}`, { at: 160_000 }).status).toBe(404)
})

test('lists leave out who came since, and their totals agree', () => {
  const intercom = pulled({ replicaLagMs: minute })
  createAda(intercom, 1_000)
  const early = ask(intercom, 'GET', '/contacts', { at: 2_000 })
  expect(json(early)).toMatchObject({ total_count: 3, data: { length: 3 } })
  expect(early.bentBy).toEqual(['replica-lag'])
  expect(json(ask(intercom, 'GET', '/contacts', { at: 61_000 }))['total_count']).toBe(4)
})

test('writes see the present: who exists cannot be created again', () => {
  const intercom = pulled({ replicaLagMs: minute, indexLagMs: minute })
  const id = createAda(intercom, 0)
  expect(ask(intercom, 'POST', '/contacts', { body: ada, at: 1_000 }).status).toBe(409)
  const updated = ask(intercom, 'PUT', `/contacts/${id}`, { body: { name: 'Ada L.' }, at: 1_000 })
  expect(json(updated)['name']).toBe('Ada L.')
  expect(updated).not.toHaveProperty('bentBy')
})

test('an index that is behind misses the new in searches only', () => {
  const intercom = pulled({ indexLagMs: minute })
  createAda(intercom, 0)
  const search = (at: number) => ask(intercom, 'POST', '/contacts/search', { body: bySearch, at })
  expect(json(search(59_999))).toMatchObject({ total_count: 0, data: [] })
  expect(search(59_999).bentBy).toEqual(['index-lag'])
  expect(json(search(60_000))['total_count']).toBe(1)
  expect(ask(intercom, 'GET', find, { at: 1_000 }).status).toBe(200)
})

test('an index that is behind finds the changed by what they were', () => {
  const intercom = pulled({ indexLagMs: minute })
  const id = createAda(intercom, 0)
  ask(intercom, 'PUT', `/contacts/${id}`, { body: { external_id: 'lovelace' }, at: 100_000 })
  const reply = ask(intercom, 'POST', '/contacts/search', { body: bySearch, at: 101_000 })
  expect(json(reply)['total_count']).toBe(1)
  expect(reply.contains).toEqual({ [`contact:${id}`]: 1 })
})

test('a search that would find the same anyway is not bent', () => {
  const intercom = pulled({ indexLagMs: minute, replicaLagMs: minute })
  createAda(intercom, 0)
  const body = { query: { field: 'external_id', operator: '=', value: 'nobody' } }
  expect(ask(intercom, 'POST', '/contacts/search', { body, at: 1_000 })).not.toHaveProperty('bentBy')
})

test.for<[Partial<Levers>, readonly string[]]>([
  [{ indexLagMs: 2_000, replicaLagMs: 1_000 }, ['index-lag']],
  [{ indexLagMs: 1_000, replicaLagMs: 2_000 }, ['replica-lag']],
  [{ indexLagMs: 2_000, replicaLagMs: 2_000 }, ['index-lag', 'replica-lag']],
])('of two delays the longer is to blame: %o', ([levers, bentBy]) => {
  const intercom = pulled(levers)
  createAda(intercom, 0)
  expect(ask(intercom, 'POST', '/contacts/search', { body: bySearch, at: 500 }).bentBy).toEqual(bentBy)
})

test('attachments show up in a conversation after their message', () => {
  const intercom = pulled({ attachmentLagMs: 3 * 86_400_000 })
  const conversation = json(ask(intercom, 'GET', '/conversations'))['conversations']![0]!['id']
  const contact = json(ask(intercom, 'GET', '/contacts'))['data']![0]!['id']
  const body = {
    message_type: 'comment',
    type: 'user',
    intercom_user_id: contact,
    body: 'See the photo.',
    attachment_urls: ['https://files.example/photo.jpg'],
  }
  const path = `/conversations/${String(conversation)}`
  const attachments = (at: number) => {
    const reply = ask(intercom, 'GET', path, { at })
    const parts = json(reply)['conversation_parts']!['conversation_parts']!
    return [parts.at(-1)?.['attachments']?.length, reply.bentBy]
  }
  const written = ask(intercom, 'POST', `${path}/reply`, { body, at: 5_000 })
  expect(written).toMatchObject({ status: 200, bentBy: ['attachment-lag'] })
  expect(attachments(6_000)).toEqual([0, ['attachment-lag']])
  expect(attachments(3 * 86_400_000 + 5_000)).toEqual([1, undefined])
  expect(attachments(7_000)).toEqual([0, ['attachment-lag']])
})

test('levers of one workspace leave the others alone', () => {
  const intercom = pulled({ replicaLagMs: minute })
  const headers = { authorization: `Bearer ${intercom.tokens['sibling']}` }
  const there = { headers, host: 'api.intercom.io' }
  ask(intercom, 'POST', '/contacts', { body: ada, at: 0, ...there })
  expect(ask(intercom, 'GET', find, { at: 1, ...there }).status).toBe(200)
})

/** Every Store within a value, wherever it is kept. */
function storesIn(value: unknown, seen = new Set<unknown>()): Store<unknown>[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  if (value instanceof Store) return [value]
  return Object.values(value).flatMap((inner) => storesIn(inner, seen))
}

test('every store of a workspace lags with it', () => {
  const workspace = new Workspace({ name: 'ours', region: 'au', createdAt: 0, random: createPrng('seed') })
  const stores = storesIn(workspace)
  expect(stores.length).toBeGreaterThanOrEqual(3)
  expect(stores.filter(({ moment }) => moment !== workspace.moment).map(({ kind }) => kind)).toEqual([])
})
