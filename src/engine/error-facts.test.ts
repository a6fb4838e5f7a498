import { expect, test } from 'vitest'
import { limits } from '#context/limits.ts'
import { errorFacts } from './error-facts.ts'

test.for([
  [
    'a plain error',
    new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }),
    {
      name: 'TypeError',
      message: 'fetch failed',
      code: 'ECONNRESET',
      causes: [{ name: 'Error', message: '', code: 'ECONNRESET' }],
    },
  ],
  [
    'an error with a status',
    Object.assign(new Error('no'), { statusCode: 503 }),
    { name: 'Error', message: 'no', status: 503 },
  ],
  ['a thrown text', 'timeout', { name: 'string', message: 'timeout' }],
  ['nothing at all', undefined, { name: 'undefined', message: 'undefined' }],
  ['a bearer token', new Error('401 for Bearer tok_abc123'), { name: 'Error', message: '401 for Bearer [redacted]' }],
] as const)('%s becomes facts without secrets', ([, error, facts]) => {
  expect(errorFacts(error)).toEqual(facts)
})

test('a long message is cut', () => {
  expect(errorFacts(new Error('x'.repeat(10_000))).message).toHaveLength(limits.foreignText + 1)
})

test('of a text without measure only the length is told', () => {
  const [long, longer] = [limits.readCharacters, limits.readCharacters + 1]
  expect(errorFacts(new Error('x'.repeat(long))).message).toHaveLength(limits.foreignText + 1)
  expect(errorFacts(new Error('request id req-12345678 '.padEnd(longer, 'x')))).toEqual({
    name: 'Error',
    message: `a text of ${longer} characters`,
  })
  expect(errorFacts('x'.repeat(longer))).toMatchObject({ message: `a text of ${longer} characters` })
})

test('an error whose fields throw is still an error', () => {
  const hostile = {
    get name(): string {
      throw new Error('no')
    },
    message: 'said',
  }
  expect(errorFacts(hostile)).toEqual({ name: 'Error', message: 'said' })
})

test('causes are kept outermost first, with their statuses and codes', () => {
  const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  const failed = new TypeError('fetch failed', { cause: reset })
  const answered = Object.assign(new Error('answered', { cause: failed }), { status: 503 })
  expect(errorFacts(new Error('gave up', { cause: answered })).causes).toEqual([
    { name: 'Error', message: 'answered', status: 503 },
    { name: 'TypeError', message: 'fetch failed' },
    { name: 'Error', message: 'read ECONNRESET', code: 'ECONNRESET' },
  ])
})

test('a chain of causes ends at the limit, and where it bites its own tail', () => {
  const chain = Array.from({ length: 20 }).reduce<Error>(
    (cause, _, index) => new Error(`${index}`, { cause }),
    new Error('x'),
  )
  expect(errorFacts(chain).causes).toHaveLength(limits.causes)
  const circle = new Error('round')
  circle.cause = new Error('and round', { cause: circle })
  expect(errorFacts(circle).causes).toEqual([{ name: 'Error', message: 'and round' }])
})

test('a cause may be a text, and of several errors at once the first is the cause', () => {
  expect(errorFacts(new Error('a', { cause: 'b' })).causes).toEqual([{ name: 'string', message: 'b' }])
  const both = new AggregateError([new Error('one'), new Error('two')], 'both')
  expect(errorFacts(both).causes).toEqual([{ name: 'Error', message: 'one' }])
})

test('causes are shown without secrets and cut', () => {
  const [cause] =
    errorFacts(new Error('a', { cause: new Error(`Bearer tok_abc123 ${'x'.repeat(1_000)}`) })).causes ?? []
  expect(cause?.message).toMatch(/^Bearer \[redacted\] x+…$/u)
  expect(cause?.message).toHaveLength(limits.foreignText + 1)
})

const id = '2f1c6d0e-5b7a-4c1d-9e8f-0a1b2c3d4e5f'

test.for<[string, unknown]>([
  ['a field', Object.assign(new Error('no'), { requestId: id })],
  ['a field as the API spells it', Object.assign(new Error('no'), { request_id: id })],
  ['headers', Object.assign(new Error('no'), { headers: new Headers({ 'X-Request-Id': id }) })],
  ['a record of headers', Object.assign(new Error('no'), { headers: { 'x-request-id': id } })],
  [
    'the raw response',
    Object.assign(new Error('no'), { rawResponse: { headers: new Headers({ 'x-request-id': id }) } }),
  ],
  ['the body', Object.assign(new Error('no'), { body: { request_id: id } })],
  ['the message', new Error(`GET /me was answered 503 (request ${id})`)],
  ['a body printed into the message', new Error(`Status code: 503\nBody: {\n  "request_id": "${id}"\n}`)],
  ['a cause', new Error('no', { cause: Object.assign(new Error('no'), { requestId: id }) })],
])('the id of the request is found in %s', ([, error]) => {
  expect(errorFacts(error).requestId).toBe(id)
})

test.for([
  'the request timed out after 1234567 ms',
  'request rejected',
  'The API refused the request 3 times',
  'request: 12',
])('"%s" names no request', (message) => {
  expect(errorFacts(new Error(message))).toEqual({ name: 'Error', message })
})

test('fields, headers and causes that throw are passed over', () => {
  const hostile = new Error('said')
  for (const key of ['cause', 'headers', 'requestId', 'body', 'rawResponse', 'errors'])
    Object.defineProperty(hostile, key, {
      get() {
        throw new Error('no')
      },
    })
  expect(errorFacts(hostile)).toEqual({ name: 'Error', message: 'said' })
})
