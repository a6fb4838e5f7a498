import { expect, test } from 'vitest'
import { noLevers, type Levers, type Reply } from '../service.ts'
import type { ServiceDefinition } from './definition.ts'
import { ask, headerOf, json, listed, parcels, requestOf, serviceOf, type Asking } from './sample-service.ts'

const minute = 60_000
const order = { reference: 'PCL-00000001', depot: 1, grams: 500, state: 'moving', note: 'ring' }

test('a read tells one entity with its version, and the list has it too', () => {
  const service = serviceOf()
  const [first] = listed(service, '/v1/parcels')
  const reply = ask(service, 'GET', `/v1/parcels/${first?.['id']}`)
  expect(json(reply)).toEqual(first)
  expect(reply).toMatchObject({ status: 200, contains: { [`parcel:${first?.['id']}`]: 1 }, effects: [] })
  expect(Object.keys(first ?? {})).toEqual(['id', ...Object.keys(parcels.resources.parcel.fields)])
})

test('what is there at the start follows from the seed, and each workspace has its own', () => {
  const all = (seed: string, token?: string) =>
    ask(serviceOf({}, seed), 'GET', '/v1/parcels', token === undefined ? {} : { token }).body
  expect(all('a')).toBe(all('a'))
  expect(all('a')).not.toBe(all('b'))
  expect(all('a', serviceOf({}, 'a').tokens['sibling'])).not.toBe(all('a'))
})

test('a create answers 201 with the entity and commits it under its key', () => {
  const service = serviceOf()
  const reply = ask(service, 'POST', '/v1/parcels', { body: { ...order, grace: true, made_at: 'now' }, at: 5 * minute })
  const made = json(reply)
  expect(reply.status).toBe(201)
  expect(made).toMatchObject({ ...order, made_at: '2026-03-16T10:05:00Z', changed_at: '2026-03-16T10:05:00Z' })
  expect(made).not.toHaveProperty('grace')
  const entity = `parcel:${made['id']}`
  expect(reply.effects).toEqual([{ entity, key: order.reference, version: 1, change: 'created' }])
  expect(listed(service, '/v1/parcels').at(-1)).toEqual(made)
})

test('an update changes what it names and when; one that changes nothing commits nothing', () => {
  const service = serviceOf()
  const { id } = json(ask(service, 'POST', '/v1/parcels', { body: order }))
  const path = `/v1/parcels/${id}`
  const reply = ask(service, 'PATCH', path, { body: { note: 'knock' }, at: minute })
  expect(json(reply)).toMatchObject({ note: 'knock', grams: 500, changed_at: '2026-03-16T10:01:00Z' })
  const effect = { entity: `parcel:${id}`, key: order.reference, version: 2, change: 'updated' }
  expect(reply).toMatchObject({ status: 200, contains: { [effect.entity]: 2 }, effects: [effect] })
  const again = ask(service, 'PATCH', path, { body: { note: 'knock' }, at: 2 * minute })
  expect(again).toMatchObject({ status: 200, body: reply.body, effects: [] })
})

test('what is deleted is gone, and its key is free again', () => {
  const service = serviceOf()
  const { id } = json(ask(service, 'POST', '/v1/parcels', { body: order }))
  const reply = ask(service, 'DELETE', `/v1/parcels/${id}`)
  expect(reply).toMatchObject({ status: 204, body: null, effects: [{ change: 'deleted', key: order.reference }] })
  expect(['GET', 'PATCH', 'DELETE'].map((method) => ask(service, method, `/v1/parcels/${id}`).status)).toEqual([
    404, 404, 404,
  ])
  expect(listed(service, '/v1/parcels').map((one) => one['id'])).not.toContain(id)
  expect(ask(service, 'POST', '/v1/parcels', { body: order }).status).toBe(201)
})

test.for<[string, string, string, Asking, number, string]>([
  ['no token', 'GET', '/v1/parcels', { token: null }, 401, 'unauthorized'],
  ['a wrong token', 'GET', '/v1/parcels', { token: 'wrong' }, 401, 'unauthorized'],
  ['an unknown path', 'GET', '/v1/persons', {}, 404, 'not_found'],
  ['a path without its base', 'GET', '/parcels', {}, 404, 'not_found'],
  ['an id of nothing', 'GET', '/v1/parcels/none', {}, 404, 'not_found'],
  ['an id that is no text', 'GET', '/v1/parcels/%E0%A4%A', {}, 404, 'not_found'],
  ['a method that is not offered', 'POST', '/v1/depots', {}, 405, 'method_not_allowed'],
  ['a body that is no JSON', 'POST', '/v1/parcels', { body: '{' }, 400, 'bad_request'],
  ['a body that is a list', 'POST', '/v1/parcels', { body: [] }, 400, 'bad_request'],
  ['a field that is missing', 'POST', '/v1/parcels', { body: { reference: 'x' } }, 422, 'unprocessable_content'],
  ['a field of another type', 'POST', '/v1/parcels', { body: { ...order, grams: '5' } }, 422, 'unprocessable_content'],
  ['a value of no enum', 'POST', '/v1/parcels', { body: { ...order, state: 'lost' } }, 422, 'unprocessable_content'],
  ['a depot that is not there', 'POST', '/v1/parcels', { body: { ...order, depot: 99 } }, 422, 'unprocessable_content'],
  ['a depot by its text', 'POST', '/v1/parcels', { body: { ...order, depot: '1' } }, 422, 'unprocessable_content'],
  ['a size of nothing', 'GET', '/v1/parcels?limit=0', {}, 400, 'bad_request'],
  ['a size that is none', 'GET', '/v1/parcels?limit=many', {}, 400, 'bad_request'],
  ['a cursor of nobody', 'GET', '/v1/parcels?cursor=abc', {}, 400, 'bad_request'],
  ['a list below nothing', 'GET', '/v1/depots/77/labels', {}, 404, 'not_found'],
])('%s is refused', ([, method, path, asking, status, code]) => {
  const reply = ask(serviceOf(), method, path, asking)
  expect(reply).toMatchObject({ status, contains: {}, effects: [] })
  expect(json(reply)).toMatchObject({ error: { code } })
})

test('a second entity of the same key is refused, unless the definition lets it be', () => {
  const twice = (unique: boolean): number[] => {
    const parcel = { ...parcels.resources.parcel, unique }
    const service = serviceOf({ resources: { ...parcels.resources, parcel } })
    return [1, 2].map(() => ask(service, 'POST', '/v1/parcels', { body: order }).status)
  }
  expect([twice(true), twice(false)]).toEqual([
    [201, 409],
    [201, 201],
  ])
})

test('an update to the key of another is refused', () => {
  const service = serviceOf()
  const { id } = json(ask(service, 'POST', '/v1/parcels', { body: order }))
  const [other] = listed(service, '/v1/parcels')
  const change = (reference: unknown) => ask(service, 'PATCH', `/v1/parcels/${id}`, { body: { reference } }).status
  expect([change(other?.['reference']), change(order.reference), change('PCL-1')]).toEqual([409, 200, 200])
})

test('a write whose idempotency key was seen is answered as before and done once', () => {
  const parcel = { ...parcels.resources.parcel, unique: false }
  const service = serviceOf({ resources: { ...parcels.resources, parcel } })
  const send = (key: string, body: unknown = order) =>
    ask(service, 'POST', '/v1/parcels', { body, headers: { 'idempotency-key': key } })
  const first = send('k-1')
  const again = send('k-1')
  expect(again).toMatchObject({ status: 201, body: first.body, contains: first.contains, effects: [] })
  expect(send('k-1', { ...order, grams: 7 })).toMatchObject({ status: 422, effects: [] })
  expect(send('k-2').effects).toHaveLength(1)
})

test('a refused write is not remembered', () => {
  const service = serviceOf()
  const send = (body: unknown) => ask(service, 'POST', '/v1/parcels', { body, headers: { 'idempotency-key': 'k' } })
  expect([send({}).status, send(order).status]).toEqual([422, 201])
})

test('what lies below an entity is listed, made and found there only', () => {
  const service = serviceOf()
  const made = json(ask(service, 'POST', '/v1/depots/2/labels', { body: { text: 'x' } }))
  expect(made).toMatchObject({ depot: 2, text: 'x' })
  expect(ask(service, 'GET', `/v1/depots/2/labels/${made['id']}`).status).toBe(200)
  expect(ask(service, 'GET', `/v1/depots/1/labels/${made['id']}`).status).toBe(404)
  const below = (depot: number) => listed(service, `/v1/depots/${depot}/labels`)
  expect([1, 2].flatMap((depot) => below(depot).map((label) => label['depot'] === depot))).not.toContain(false)
  expect(below(1).length + below(2).length).toBe(7)
})

test('a cursor goes on where it was, whatever came or went meanwhile', () => {
  const service = serviceOf()
  const before = listed(service, '/v1/parcels').map(({ id }) => id)
  const page = json(ask(service, 'GET', '/v1/parcels'))
  ask(service, 'DELETE', `/v1/parcels/${before[3]}`)
  ask(service, 'POST', '/v1/parcels', { body: order })
  const rest = json(
    ask(service, 'GET', `/v1/parcels?limit=100&cursor=${encodeURIComponent(String(page['next_cursor']))}`),
  )
  expect((rest['data'] as { id: unknown }[]).map(({ id }) => id)).toEqual(before.slice(4, 9))
  expect(rest['meta']).toEqual({ total: 9 })
})

const bare: NonNullable<ServiceDefinition['pagination']> = { kind: 'offset', size: 4, items: '' }
test.for<[string, NonNullable<ServiceDefinition['pagination']>, string, unknown]>([
  ['pages', { kind: 'page', size: 4, sizeParameter: 'per_page' }, '?page=3&per_page=4', { data: [8] }],
  ['a page beyond the last', { kind: 'page', size: 4 }, '?page=9', { data: [] }],
  ['offsets', { kind: 'offset', items: 'page.items' }, '?offset=7&limit=9', { page: { items: [7, 8] } }],
  ['a list that is the answer', bare, '?offset=6', [6, 7, 8]],
])('%s', ([, pagination, query, wanted]) => {
  const service = serviceOf({ pagination })
  const all = serviceOf({ pagination: { kind: 'offset', most: 100, items: '' } })
  const ids = (json(ask(all, 'GET', '/v1/parcels?limit=100')) as unknown as { id: string }[]).map(({ id }) => id)
  const told = JSON.stringify(json(ask(service, 'GET', `/v1/parcels${query}`)), (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'id' in value ? ids.indexOf(String(value.id)) : value,
  )
  expect(JSON.parse(told)).toEqual(wanted)
})

test('without pages a list is told at once, and an envelope holds a single entity', () => {
  const { pagination: _, ...plain } = parcels
  const service = serviceOf({ ...plain, pagination: undefined as never, envelope: 'result' })
  const all = json(ask(service, 'GET', '/v1/parcels'))
  expect(all['data']).toHaveLength(9)
  const [first] = all['data'] as { id: string }[]
  expect(json(ask(service, 'GET', `/v1/parcels/${first?.id}`))).toEqual({ result: first })
})

test.for<[string, NonNullable<ServiceDefinition['auth']>, (token: string) => [string, Record<string, string>]]>([
  ['a header', { kind: 'header', name: 'X-Api-Key' }, (token) => ['', { 'x-api-key': token }]],
  ['a parameter', { kind: 'query', name: 'key' }, (token) => [`?key=${token}`, {}]],
])('a token in %s opens its workspace, and no history may hold it', ([, auth, where]) => {
  const service = serviceOf({ auth })
  const token = service.tokens['sibling'] ?? ''
  const [query, headers] = where(token)
  const request = requestOf(service, 'GET', `/v1/depots${query}`, { token: null, headers })
  expect(service.facts(request)).toMatchObject({ workspace: 'sibling', shard: 'b', credential: token, region: 'eu' })
  expect(ask(service, 'GET', '/v1/depots').status).toBe(401)
  expect(ask(service, 'GET', `/v1/depots${query}`, { token: null, headers }).status).toBe(200)
})

test('where there are no tokens everybody is the first workspace', () => {
  const service = serviceOf({ auth: { kind: 'none' } })
  expect(service.facts(requestOf(service, 'GET', '/v1/depots', { token: null })).workspace).toBe('ours')
})

test('a rotation issues another token and takes none back', () => {
  const service = serviceOf()
  const old = service.tokens['ours'] ?? ''
  service.rotateToken('ours')
  const generation = (token: string) =>
    service.facts(requestOf(service, 'GET', '/v1/depots', { token })).tokenGeneration
  expect([generation(old), generation(service.tokens['ours'] ?? '')]).toEqual([0, 1])
})

test('facts tell what a request is about', () => {
  const service = serviceOf()
  const [first] = listed(service, '/v1/parcels')
  const { id, reference } = first as { id: string; reference: string }
  const about = (method: string, path: string, body?: unknown) => {
    const { route, entity, key } = service.facts(requestOf(service, method, path, { body }))
    return [route, entity, key]
  }
  expect(about('GET', `/v1/parcels/${id}`)).toEqual(['/v1/parcels/{id}', `parcel:${id}`, undefined])
  expect(about('DELETE', `/v1/parcels/${id}`)).toEqual(['/v1/parcels/{id}', `parcel:${id}`, reference])
  expect(about('POST', '/v1/parcels', order)).toEqual(['/v1/parcels', undefined, order.reference])
  expect(about('GET', '/v1/depots/1/labels')).toEqual(['/v1/depots/{depot}/labels', undefined, undefined])
  expect(about('GET', '/nowhere')).toEqual(['/nowhere', undefined, undefined])
})

const limits: ServiceDefinition['limits'] = {
  requests: 3,
  per: '60s',
  headers: { limit: 'X-Limit', remaining: 'X-Left', reset: 'X-Reset' },
}

test('a window has so many requests; the next one opens another', () => {
  const service = serviceOf({ limits })
  const replies = [1, 2, 3, 4].map((second) => ask(service, 'GET', '/v1/depots', { at: second * 1_000 }))
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429])
  expect(replies.map((reply) => headerOf(reply, 'x-left'))).toEqual(['2', '1', '0', '0'])
  const [last] = replies.slice(-1) as [Reply]
  expect([headerOf(last, 'x-limit'), headerOf(last, 'retry-after')]).toEqual(['3', '56'])
  expect(headerOf(last, 'x-reset')).toBe(String(Date.UTC(2026, 2, 16, 10, 1) / 1_000))
  expect(json(last)).toEqual({ error: { code: 'too_many_requests', message: 'Too Many Requests' } })
  expect(ask(service, 'GET', '/v1/depots', { at: minute }).status).toBe(200)
  expect(ask(service, 'GET', '/v1/depots', { at: 5_000, token: service.tokens['sibling'] ?? '' }).status).toBe(200)
})

test('a reset may be told in seconds, and Retry-After left out', () => {
  const service = serviceOf({ limits: { ...limits, requests: 1, reset: 'seconds', retryAfter: false } })
  ask(service, 'GET', '/v1/depots')
  const reply = ask(service, 'GET', '/v1/depots', { at: 20_000 })
  expect([reply.status, headerOf(reply, 'x-reset'), headerOf(reply, 'retry-after')]).toEqual([429, '40', undefined])
})

test('it says in which headers it tells them, and of which windows', () => {
  const { headers } = limits
  expect(serviceOf({ limits }).limitHeaders).toEqual({ headers, reset: 'epoch', windowMs: minute })
  const seconds = { requests: 3, per: '1s', reset: 'seconds' } as const
  expect(serviceOf({ limits: seconds }).limitHeaders).toEqual({ headers: {}, reset: 'seconds', windowMs: 1_000 })
  expect(serviceOf().limitHeaders).toEqual({ headers: {}, reset: 'epoch' })
})

test.for<[string, Partial<Levers>, string]>([
  ['a smaller limit', { appPerMinute: 1 }, 'rate-limit'],
  ['a smaller limit for all apps', { workspacePerMinute: 1 }, 'rate-limit'],
  ['the calls of others', { otherAppsPerMinute: 6 }, 'other-apps'],
])('%s takes a part of the limit, and is to blame', ([, levers, blamed]) => {
  const service = serviceOf({ limits })
  service.under(({ name }) => (name === 'ours' ? { ...noLevers, ...levers } : noLevers))
  expect(ask(service, 'GET', '/v1/depots').status).toBe(200)
  expect(ask(service, 'GET', '/v1/depots', { at: 30_000 })).toMatchObject({ status: 429, bentBy: [blamed] })
})

test('a service without limits has one while a fault says so', () => {
  const service = serviceOf()
  service.under((_, at) => ({ ...noLevers, appPerMinute: at < minute ? 1 : null }))
  const at = [0, 1_000, minute].map((when) => ask(service, 'GET', '/v1/depots', { at: when }).status)
  expect(at).toEqual([200, 429, 200])
})

test('a replica that is behind shows what was there, and says so', () => {
  const service = serviceOf()
  const { id } = json(ask(service, 'POST', '/v1/parcels', { body: order, at: minute }))
  service.under(() => ({ ...noLevers, replicaLagMs: minute }))
  const path = `/v1/parcels/${id}`
  expect(ask(service, 'GET', path, { at: minute + 5_000 })).toMatchObject({ status: 404, bentBy: ['replica-lag'] })
  expect(ask(service, 'PATCH', path, { body: { note: 'x' }, at: minute + 6_000 }).status).toBe(200)
  const later = ask(service, 'GET', path, { at: 2 * minute + 1_000 })
  expect(later).toMatchObject({ status: 200, contains: { [`parcel:${id}`]: 1 }, bentBy: ['replica-lag'] })
  expect(ask(service, 'GET', path, { at: 3 * minute })).not.toHaveProperty('bentBy')
})

test('an error is told in the shape of the definition', () => {
  const body = { errors: [{ status: '{status}', code: 'E-{code}', text: '{message}', id: '{requestId}', more: null }] }
  const service = serviceOf({ errors: { body, codes: { '404': 'gone-fishing' } } })
  const reply = ask(service, 'GET', '/v1/parcels/none')
  const id = headerOf(reply, 'x-request-id')
  expect(json(reply)).toEqual({
    errors: [{ status: 404, code: 'E-gone-fishing', text: 'There is no parcel none', id, more: null }],
  })
})
