import { describe, expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { ExchangeView } from './fault.ts'
import { status } from './status.ts'

function reply(input: unknown, stream = 'status') {
  const decision = status.decide?.(status.schema.parse(input), {} as ExchangeView, 'none', 1, createPrng(stream))
  if (decision?.kind !== 'respond') throw new Error('A status fault responds.')
  return { ...decision, headers: Object.fromEntries(decision.headers), json: () => JSON.parse(String(decision.body)) }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u

test.for([
  [503, 'service_unavailable', 'Sorry, the API service is temporarily unavailable'],
  [500, 'server_error', 'Server Error'],
  [401, 'unauthorized', 'Access Token Invalid'],
  [429, 'rate_limit_exceeded', 'Exceeded rate limit of 167 in 10_seconds'],
  [418, 'client_error', 'Client Error'],
  [599, 'server_error', 'Server Error'],
] as const)('%d answers with the error list of the API', ([code, name, message]) => {
  const { status: sent, headers, json } = reply({ code })
  expect(sent).toBe(code)
  expect(headers['content-type']).toBe('application/json; charset=utf-8')
  expect(json()).toEqual({
    type: 'error.list',
    request_id: expect.stringMatching(uuid),
    errors: [{ code: name, message }],
  })
})

test.for([
  [429, ['none']],
  [401, ['none']],
  [404, ['none']],
  [408, ['none', 'committed']],
  [500, ['none', 'committed']],
  [503, ['none', 'committed']],
  [200, ['none', 'committed']],
] as const)('%d may be said of a write that was done: %j', ([code, effects]) => {
  expect(status.effects?.(status.schema.parse({ code }))).toEqual(effects)
})

test('the request id is the same in header and body, and each stream has its own', () => {
  const first = reply({ code: 500 }, 'first')
  expect(first.headers['x-request-id']).toBe(first.json().request_id)
  expect(reply({ code: 500 }, 'first').body).toBe(first.body)
  expect(reply({ code: 500 }, 'second').body).not.toBe(first.body)
})

test('a gateway answers HTML without a request id', () => {
  const { headers, body } = reply({ code: 504, body: 'html' })
  expect(headers).toEqual({ server: 'awselb/2.0', 'content-type': 'text/html' })
  expect(body).toBe(
    '<html><head><title>504 Gateway Time-out</title></head><body><center><h1>504 Gateway Time-out</h1></center></body></html>',
  )
})

test('an empty answer has no body and no content type', () => {
  const { headers, body } = reply({ code: 502, body: 'empty' })
  expect(body).toBeNull()
  expect(headers).toEqual({ server: 'awselb/2.0' })
})

test('a text is sent as it is, with its type', () => {
  const { headers, body } = reply({ code: 200, body: { text: '{"type":', type: 'application/json' } })
  expect(headers).toEqual({ 'content-type': 'application/json' })
  expect(body).toBe('{"type":')
  expect(reply({ code: 200, body: { text: 'busy' } }).headers).toEqual({ 'content-type': 'text/plain' })
})

test.for(['30', 'Mon, 27 Apr 2026 11:20:00 GMT', 'soon', '-1', ''])('Retry-After is sent as "%s"', (retryAfter) => {
  expect(reply({ code: 429, retryAfter }).headers['retry-after']).toBe(retryAfter)
})

test('without Retry-After there is no such header', () => {
  expect(reply({ code: 429 }).headers).not.toHaveProperty('retry-after')
})

test('every reply can be made a Response', () => {
  for (let code = 200; code <= 599; code += 1) {
    const bodiless = [204, 205, 304].includes(code)
    const { body, headers } = reply({ code, body: bodiless ? 'empty' : 'error-list' })
    expect(new Response(body as string | null, { status: code, headers }).status).toBe(code)
  }
})

describe('refuses, at the right place and in words', () => {
  test.for([
    [{}, 'code', 'a status code is needed here, such as 503'],
    [{ code: '503' }, 'code', '"503" is not the status code of a response, 200 to 599'],
    [{ code: 100 }, 'code', '100 is not the status code of a response, 200 to 599'],
    [{ code: 600 }, 'code', '600 is not the status code of a response, 200 to 599'],
    [{ code: 503.5 }, 'code', '503.5 is not the status code of a response, 200 to 599'],
    [{ code: 503, body: 'htlm' }, 'body', 'write "error-list", "html", "empty" or { text: ..., type: text/plain }'],
    [{ code: 204 }, 'body', 'a response of this status has no body; write "empty"'],
    [
      { code: 429, retryAfter: 30 },
      'retryAfter',
      'the header Retry-After is a text; write a number of seconds in quotes',
    ],
    [{ code: 429, retryAfter: '1\r\nx: y' }, 'retryAfter', 'a header is printable ASCII'],
  ] as const)('%j', ([input, path, message]) => {
    const issues = status.schema.safeParse(input).error?.issues
    expect(issues?.map((issue) => [issue.path.join('.'), issue.message])).toEqual([[path, message]])
  })
})

test.for([
  [{ code: 503 }, "The answer is 503 Service Temporarily Unavailable with an error in the API's own shape."],
  [{ code: 504, body: 'html' }, "The answer is 504 Gateway Time-out with a gateway's HTML page."],
  [
    { code: 429, body: 'empty', retryAfter: '30' },
    'The answer is 429 Too Many Requests with no body and "Retry-After: 30".',
  ],
  [{ code: 200, body: { text: 'x' } }, 'The answer is 200 OK with a body of type text/plain.'],
] as const)('explains %j', ([input, words]) => {
  expect(status.explain(status.schema.parse(input))).toBe(words)
})
