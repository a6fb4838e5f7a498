import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { ask, header, json, requestOf, startSeconds, testIntercom } from './asking.ts'
import { badGatewayReply, gatewayTimeoutReply, overloadedReply } from './error-bodies.ts'
import { appFields, meFields } from './shapes.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u

test('GET /me says who the token belongs to and in which region', () => {
  const me = json(ask(testIntercom(), 'GET', '/me'))
  expect(Object.keys(me)).toEqual(meFields)
  expect(Object.keys(me['app']!)).toEqual(appFields)
  expect(me['app']).toMatchObject({ region: 'AU', name: 'ours' })
})

test.for<[string, string, string, number]>([
  ['its own regional host', 'ours', 'api.au.intercom.io', 200],
  ['the global host, which routes by token', 'ours', 'api.intercom.io', 200],
  ['the host of another region', 'ours', 'api.eu.intercom.io', 401],
  ['the regional host of Australia', 'sibling', 'api.au.intercom.io', 401],
  ['the global host', 'sibling', 'api.intercom.io', 200],
])('a token sent to %s (%s, %s) gets %i', ([, workspace, host, status]) => {
  const intercom = testIntercom()
  const headers = { authorization: `Bearer ${intercom.tokens[workspace]}` }
  expect(ask(intercom, 'GET', '/me', { host, headers }).status).toBe(status)
})

test('a token may be the name of a person without a password, as the SDK sent it before 6', () => {
  const intercom = testIntercom()
  const headers = { authorization: `Basic ${btoa(`${intercom.tokens['ours']}:`)}` }
  expect(ask(intercom, 'GET', '/me', { headers }).status).toBe(200)
  const withPassword = { authorization: `Basic ${btoa(`${intercom.tokens['ours']}:secret`)}` }
  expect(ask(intercom, 'GET', '/me', { headers: withPassword }).status).toBe(401)
})

test.for(['', 'Bearer', 'Bearer wrong', 'Basic dG9r', 'Bearer '])(
  'credentials "%s" are refused without rate headers',
  (authorization) => {
    const intercom = testIntercom()
    const reply = ask(intercom, 'GET', '/me', { headers: { authorization } })
    expect(reply.status).toBe(401)
    expect(json(reply)).toEqual({
      type: 'error.list',
      request_id: expect.stringMatching(uuid),
      errors: [{ code: 'unauthorized', message: 'Access Token Invalid' }],
    })
    expect(reply.headers.filter(([name]) => name.startsWith('x-ratelimit'))).toEqual([])
    expect(intercom.facts(requestOf(intercom, 'GET', '/me', { headers: { authorization } })).workspace).toBeNull()
  },
)

test.for<[string, string, string, number, string]>([
  ['an unknown route', 'GET', '/nothing', 404, 'not_found'],
  ['an unsupported method', 'PATCH', '/contacts', 404, 'not_found'],
  ['an unknown contact', 'GET', '/contacts/123', 404, 'not_found'],
  ['a path that cannot be decoded', 'GET', '/contacts/%E0%A4%A', 404, 'not_found'],
  ['an unknown conversation', 'GET', '/conversations/1', 404, 'not_found'],
])('%s (%s %s) is answered %i in the error shape, with the quota', ([, method, path, status, code]) => {
  const reply = ask(testIntercom(), method, path)
  expect(reply.status).toBe(status)
  expect(json(reply)).toEqual({
    type: 'error.list',
    request_id: header(reply, 'x-request-id'),
    errors: [{ code, message: expect.any(String) }],
  })
  expect(header(reply, 'x-ratelimit-limit')).toBe('1667')
  expect(reply.effects).toEqual([])
})

test.for<[string, string]>([
  ['{"email":', 'cut short'],
  ['[]', 'an array'],
  ['"text"', 'a string'],
  ['null', 'null'],
])('a body that is %s is answered 400', ([body]) => {
  expect(ask(testIntercom(), 'POST', '/contacts', { body }).status).toBe(400)
})

test('an answer nobody can read is refused with 406', () => {
  expect(ask(testIntercom(), 'GET', '/me', { headers: { accept: 'text/html' } }).status).toBe(406)
})

test('calls are counted in windows of ten seconds, and the one too many gets 429', () => {
  const intercom = testIntercom()
  const first = ask(intercom, 'GET', '/me', { at: 3_000 })
  expect(header(first, 'x-ratelimit-remaining')).toBe('1666')
  expect(header(first, 'x-ratelimit-reset')).toBe(String(startSeconds + 10))
  for (let nth = 2; nth <= 1_667; nth += 1) expect(ask(intercom, 'GET', '/me', { at: 4_000 }).status).toBe(200)
  const refused = ask(intercom, 'GET', '/me', { at: 9_999 })
  expect(refused.status).toBe(429)
  expect(json(refused)['errors']?.[0]).toEqual({
    code: 'rate_limit_exceeded',
    message: 'Exceeded rate limit of 1667 in 10_seconds',
  })
  expect(header(refused, 'retry-after')).toBeUndefined()
  expect(ask(intercom, 'GET', '/me', { at: 10_000 }).status).toBe(200)
})

test('one workspace does not use up the quota of another', () => {
  const intercom = testIntercom()
  for (let nth = 0; nth < 1_700; nth += 1) ask(intercom, 'GET', '/me')
  const headers = { authorization: `Bearer ${intercom.tokens['sibling']}` }
  expect(ask(intercom, 'GET', '/me', { headers, host: 'api.intercom.io' }).status).toBe(200)
})

test('facts tell where a call is served and what it is about, without serving it', () => {
  const intercom = testIntercom()
  const contact = json(ask(intercom, 'GET', '/contacts'))['data']![0]!
  const facts = intercom.facts(requestOf(intercom, 'GET', `/contacts/${contact['id']}`, { host: 'api.intercom.io' }))
  expect(facts).toEqual({
    route: '/contacts/{id}',
    region: 'au',
    product: 'rest',
    workspace: 'ours',
    shard: 'a',
    tokenGeneration: 0,
    entity: `contact:${contact['id']}`,
    customer: contact['external_id'],
  })
  expect(intercom.facts(requestOf(intercom, 'GET', '/x/y')).route).toBe('/x/y')
})

test('the same seed gives the same world, another seed another one', () => {
  const page = (seed: string) =>
    ask(testIntercom({ random: createPrng(seed) }), 'GET', '/contacts', { headers: {} }).body
  expect(page('seed')).toBe(page('seed'))
  expect(page('other')).not.toBe(page('seed'))
})

test('a reply holds text only: nothing a reader does to it reaches the Store', () => {
  const intercom = testIntercom()
  const before = ask(intercom, 'GET', '/contacts')
  const read = JSON.parse(before.body ?? '') as { data: { name: string; custom_attributes: Record<string, unknown> }[] }
  read.data[0]!.name = 'Changed'
  read.data[0]!.custom_attributes['plan'] = 'changed'
  ;(before.contains as Record<string, number>)['contact:x'] = 1
  const after = ask(intercom, 'GET', '/contacts')
  expect(after.body).toBe(before.body)
  expect(after.contains).not.toHaveProperty('contact:x')
})

test('the gateway answers in HTML, an overloaded API in JSON without a request id', () => {
  expect(gatewayTimeoutReply()).toMatchObject({ status: 504, body: expect.stringContaining('504 Gateway Time-out') })
  expect(badGatewayReply()).toMatchObject({ status: 502, body: expect.stringContaining('<html>') })
  expect(header(gatewayTimeoutReply(), 'content-type')).toBe('text/html')
  expect(json(overloadedReply())).toEqual({
    type: 'error.list',
    errors: [{ code: 'service_unavailable', message: 'Sorry, the API service is temporarily unavailable' }],
  })
})

test('a body larger than any answer may be is refused with 413', () => {
  expect(ask(testIntercom(), 'POST', '/contacts', { body: ' '.repeat(4_000_001) }).status).toBe(413)
})

test('no body, however odd, makes a route throw or answer 5xx', () => {
  const intercom = testIntercom()
  const conversation = String(json(ask(intercom, 'GET', '/conversations'))['conversations']![0]!['id'])
  const contact = String(json(ask(intercom, 'GET', '/contacts'))['data']![0]!['id'])
  const calls = fc.constantFrom(
    ['POST', '/contacts'],
    ['PUT', `/contacts/${contact}`],
    ['POST', '/contacts/search'],
    ['POST', '/conversations'],
    ['POST', `/conversations/${conversation}/reply`],
    ['POST', `/conversations/${conversation}/parts`],
  ) as fc.Arbitrary<[string, string]>
  const odd = fc.oneof(
    fc.constantFrom(
      '',
      'AND',
      '=',
      'IN',
      'name',
      'created_at',
      'owner_id',
      'comment',
      'close',
      'admin',
      'user',
      null,
      0,
      -1,
      1e300,
    ),
    fc.constantFrom({ toString: 1, valueOf: 1 }, [{ toString: 1, valueOf: 1 }], { __proto__: null, id: 1 }),
    fc.jsonValue(),
  )
  const names =
    `query operator value field pagination per_page starting_after from id type body message_type admin_id email
    external_id name role owner_id custom_attributes assignee_id snoozed_until intercom_user_id`.split(/\s+/u)
  const bodies = fc.oneof(
    fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 6 }),
    fc.record({
      message_type: fc.constantFrom('comment', 'close', 'assignment', 'snoozed'),
      type: odd,
      admin_id: odd,
      body: odd,
    }),
    fc.record({ query: oddQuery(odd), pagination: fc.record({ per_page: odd, starting_after: odd }) }),
  )
  fc.assert(
    fc.property(calls, bodies, fc.nat(10_000), ([method, path], value, window) => {
      expect(() => intercom.facts(requestOf(intercom, method, path, { body: value }))).not.toThrow()
      const reply = ask(intercom, method, path, { body: value, at: window * 10_000 })
      expect(reply.status).toBeLessThan(500)
      expect(() => json(reply)).not.toThrow()
    }),
    { numRuns: 500 },
  )
})

function oddQuery(odd: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const operators = fc.constantFrom('=', '!=', 'IN', 'NIN', '<', '>', '~', '^', '$', 'AND', {})
  const fields = fc.constantFrom(
    'name',
    'owner_id',
    'created_at',
    'unsubscribed_from_emails',
    'custom_attributes.plan',
    {},
  )
  const values = fc.oneof(odd, fc.array(odd, { maxLength: 3 }))
  const filter = fc.record({ field: fields, operator: operators, value: values })
  const group = fc.record({ operator: fc.constantFrom('AND', 'OR'), value: fc.array(filter, { maxLength: 3 }) })
  return fc.oneof(filter, group, odd)
}

test('no path and no query makes it throw', () => {
  const intercom = testIntercom()
  fc.assert(
    fc.property(
      fc.webPath(),
      fc.webQueryParameters(),
      fc.constantFrom('GET', 'POST', 'HEAD', 'x'),
      (path, query, method) => {
        const reply = ask(intercom, method, `/contacts${path}?${query}`)
        expect(reply.status).toBeLessThan(500)
      },
    ),
  )
})
