import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { Reply, ServiceRequest } from '../service.ts'
import { createGraphMedia } from './graph-media.ts'
import type { GraphMedia } from './graph-media.ts'

const startMs = Date.UTC(2026, 1, 6, 10)
const minute = 60_000
const day = 86_400_000
const media = { id: '1234567890123456', mimeType: 'audio/ogg' }
const path = `/v23.0/${media.id}`

function fixture(honoursMethodGet?: number): GraphMedia {
  const share = honoursMethodGet === undefined ? {} : { honoursMethodGet }
  const graph = createGraphMedia({ startMs, random: createPrng('graph'), token: 'EAAJtest', ...share })
  graph.sent('ours', media, 0)
  return graph
}

type Question = {
  readonly method?: string
  readonly token?: string | null
  readonly body?: string
  readonly nth?: number
}

function requestOf(target: string, { method = 'GET', token = 'EAAJtest', body = '' }: Question = {}): ServiceRequest {
  const url = new URL(target, 'https://graph.facebook.com')
  return { method, url, headers: token === null ? {} : { authorization: `Bearer ${token}` }, body }
}

function ask(graph: GraphMedia, target: string, at = 0, question: Question = {}): Reply {
  return graph.handle(requestOf(target, question), at, createPrng('exchange', question.nth ?? 0))
}

function json(reply: Reply): Record<string, unknown> {
  return JSON.parse(reply.body ?? '') as Record<string, unknown>
}

function urlOf(graph: GraphMedia, at = 0): string {
  return String(json(ask(graph, path, at))['url'])
}

test('an id leads to an address, and the address to the file', () => {
  const graph = fixture()
  const reply = ask(graph, path, minute)
  expect(reply).toMatchObject({ status: 200, contains: { [`media:${media.id}`]: 1 }, effects: [] })
  const told = json(reply)
  expect(Object.keys(told)).toEqual(['messaging_product', 'url', 'mime_type', 'sha256', 'file_size', 'id'])
  expect(told).toMatchObject({ messaging_product: 'whatsapp', mime_type: 'audio/ogg', id: media.id })
  const ext = (startMs + minute) / 1_000 + 300
  const address = String(told['url'])
  expect(address).toMatch(
    new RegExp(
      `^https://lookaside\\.fbsbx\\.com/whatsapp_business/attachments/\\?mid=${media.id}&ext=${ext}&hash=[A-Za-z]{32}$`,
      'u',
    ),
  )
  const file = ask(graph, address, 2 * minute)
  expect(file.status).toBe(200)
  expect(file.headers).toContainEqual(['content-type', 'audio/ogg'])
  expect(file.body).toHaveLength(Number(told['file_size']))
  expect(
    createHash('sha256')
      .update(file.body ?? '')
      .digest('hex'),
  ).toBe(told['sha256'])
})

test('the bytes of a file follow from its id alone', () => {
  const bytes = (random: string) => {
    const graph = createGraphMedia({ startMs, random: createPrng(random), token: 'EAAJtest' })
    graph.sent('ours', media, 0)
    return ask(graph, urlOf(graph)).body
  }
  expect(bytes('one')).toBe(bytes('other'))
})

test('the address lives for five minutes, and another one can be had', () => {
  const graph = fixture()
  const address = urlOf(graph)
  expect(ask(graph, address, 5 * minute).status).toBe(200)
  expect(ask(graph, address, 5 * minute + 1_000)).toMatchObject({ status: 404, body: 'URL signature expired' })
  expect(ask(graph, urlOf(graph, 6 * minute), 6 * minute).status).toBe(200)
})

test('an id is forgotten after seven days, and then looks as if it had never been', () => {
  const graph = fixture()
  expect(ask(graph, path, 7 * day - 1).status).toBe(200)
  const late = ask(graph, path, 7 * day)
  const unknown = ask(graph, '/v23.0/1999999999999999', 7 * day)
  expect(late.status).toBe(400)
  expect(json(late)).toEqual({
    error: {
      message: expect.stringMatching(/^Unsupported get request\. Object with ID '1234567890123456' does not exist/u),
      type: 'GraphMethodException',
      code: 100,
      error_subcode: 33,
      fbtrace_id: expect.stringMatching(/^A[\w-]{10}$/u),
    },
  })
  expect(late.body?.replace(media.id, '')).toBe(unknown.body?.replace('1999999999999999', ''))
})

test.for<[string, string | null, number]>([
  ['no token', null, 401],
  ['another token', 'EAAJother', 401],
  ['the token', 'EAAJtest', 200],
])('with %s', ([, token, status]) => {
  const graph = fixture()
  const address = urlOf(graph)
  expect([ask(graph, path, 0, { token }).status, ask(graph, address, 0, { token }).status]).toEqual([status, status])
})

test('a wrong token is told in the words of Graph', () => {
  const reply = ask(fixture(), path, 0, { token: 'x' })
  expect(json(reply)).toMatchObject({ error: { type: 'OAuthException', code: 190 } })
  expect(reply.headers.map(([name]) => name)).toContain('www-authenticate')
})

test('the token may come as a parameter of the query', () => {
  expect(ask(fixture(), `${path}?access_token=EAAJtest`, 0, { token: null }).status).toBe(200)
})

const post = (nth: number, body = 'method=get&access_token=EAAJtest'): Question => ({
  method: 'POST',
  token: null,
  body,
  nth,
})
const times = Array.from({ length: 400 }, (_, nth) => nth)

test('a POST with method=get is honoured by some of the servers, and otherwise not allowed', () => {
  const graph = fixture()
  const replies = times.map((nth) => ask(graph, path, 0, post(nth)))
  const honoured = replies.filter(({ status }) => status === 200).length
  expect(honoured).toBeGreaterThan(400 * 0.3)
  expect(honoured).toBeLessThan(400 * 0.46)
  const refused = replies.filter(({ status }) => status !== 200)
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([405]))
  expect(refused[0]?.headers).toContainEqual(['allow', 'GET'])
  expect(json(refused[0]!)).toMatchObject({ error: { type: 'GraphMethodException', code: 100 } })
})

test.for<[number, number]>([
  [0, 405],
  [1, 200],
])('when the share of servers that honour it is %d, it is always answered %d', ([share, status]) => {
  const graph = fixture(share)
  expect(new Set(times.map((nth) => ask(graph, path, 0, post(nth)).status))).toEqual(new Set([status]))
})

test('a GET works on every server', () => {
  const graph = fixture(0)
  expect(new Set(times.map((nth) => ask(graph, path, 0, { nth }).status))).toEqual(new Set([200]))
})

test('the same exchange meets the same server', () => {
  const graph = fixture()
  const statuses = () => times.map((nth) => ask(graph, path, 0, post(nth)).status)
  expect(statuses()).toEqual(statuses())
})

test.for<[string, Question]>([
  ['a POST without a form', { method: 'POST' }],
  ['a POST of JSON', { method: 'POST', body: '{"method":"get"}' }],
  ['a POST that asks for something else', { method: 'POST', body: 'method=delete' }],
  ['a DELETE', { method: 'DELETE' }],
])('%s is not allowed', ([, question]) => {
  expect(ask(fixture(1), path, 0, question).status).toBe(405)
})

test.for<[string, number]>([
  ['/v23.0/1234567890123456/messages', 400],
  ['/v23.0/', 400],
  ['/v23.0/not-an-id', 400],
  ['/1234567890123456', 200],
  ['/v19.0/1234567890123456/', 200],
  ['https://lookaside.fbsbx.com/', 404],
  ['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1234567890123456&ext=9999999999&hash=x', 404],
  ['https://lookaside.fbsbx.com/whatsapp_business/attachments/', 404],
])('GET %s is answered %d', ([target, status]) => {
  expect(ask(fixture(), target).status).toBe(status)
})

test('no part of an address can be changed', () => {
  const graph = fixture()
  graph.sent('ours', { id: '1234567890123457', mimeType: 'image/jpeg' }, 0)
  const address = urlOf(graph)
  expect(ask(graph, address.replace('123456&', '123457&')).status).toBe(404)
  expect(ask(graph, address.replace(/ext=\d+/u, 'ext=9999999999')).status).toBe(404)
})

test('HEAD has no body', () => {
  const graph = fixture()
  expect(ask(graph, path, 0, { method: 'HEAD' })).toMatchObject({ status: 200, body: null })
  expect(ask(graph, urlOf(graph), 0, { method: 'HEAD' })).toMatchObject({ status: 200, body: null })
})

test('what a request is about is known without serving it', () => {
  const graph = fixture()
  const entity = `media:${media.id}`
  const where = { region: 'global', workspace: 'ours', entity }
  expect(graph.facts(requestOf(path))).toEqual({ ...where, route: '/{media}', product: 'graph' })
  expect(graph.facts(requestOf(urlOf(graph)))).toEqual({
    ...where,
    route: '/whatsapp_business/attachments/',
    product: 'media',
  })
  expect(graph.facts(requestOf(path, { token: 'x' })).workspace).toBeNull()
  expect(graph.facts(requestOf('/v23.0/me'))).toMatchObject({ route: '/v23.0/me', workspace: null })
})

test('without a given token it has one of its own', () => {
  const tokens = ['one', 'other'].map((seed) => createGraphMedia({ startMs, random: createPrng(seed) }).token)
  expect(tokens[0]).toMatch(/^EAAJ\w{60}$/u)
  expect(tokens[0]).not.toBe(tokens[1])
})
