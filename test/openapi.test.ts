// Goal: whoever builds on the simulated Intercom meets the shapes of the real one. Method: every route there is, asked for a
// success and for its errors, and each reply held against Intercom's own description of the API.

import { describe, expect, test } from 'vitest'
import { ask, requestOf, testIntercom } from '../src/server/intercom/asking.ts'
import type { Question } from '../src/server/intercom/asking.ts'
import type { Intercom } from '../src/server/intercom/intercom.ts'
import { routes } from '../src/server/intercom/routes.ts'
import { noLevers } from '../src/server/service.ts'
import type { Reply } from '../src/server/service.ts'
import { examples, furnish } from './openapi-examples.ts'
import type { Known } from './openapi-examples.ts'
import { ApiDescription, findDescription } from './openapi-description.ts'

const file = findDescription()
if (file === undefined)
  console.warn(
    'The description of the Intercom API is not here, so replies are not held against it. Set BROWNOUT_OPENAPI to the ' +
      'path of descriptions/2.14/api.intercom.io.yaml of github.com/intercom/Intercom-OpenAPI.',
  )

/** Statuses that the real API answers on any route although the description lists them for few, and why we know. */
const unlisted: Readonly<Record<number, string>> = {
  400: 'developers.intercom.com, HTTP responses: malformed JSON and parameters that cannot be read',
  401: 'developers.intercom.com, HTTP responses: every route needs a token',
  404: 'developers.intercom.com, HTTP responses: also for what is not in the workspace',
  405: 'developers.intercom.com, HTTP responses: the admin may not do this',
  406: 'developers.intercom.com, HTTP responses: an Accept header that no representation satisfies',
  409: 'integrators meet it on POST /contacts (rudder-transformer 5090, PostHog 72192)',
  422: 'developers.intercom.com, HTTP responses: data that is well-formed but not valid',
  429: 'developers.intercom.com, rate limiting: every route counts',
}

/** Where the real API is known to differ from its description, by route and what would be complained about. */
const exceptions: Readonly<Record<string, { readonly complaint: RegExp; readonly because: string }>> = {
  'POST /contacts 200': {
    complaint: /^email must be string$/u,
    because: 'a lead without an address has the email null, as its phone',
  },
  'GET /companies 200': {
    complaint: /^(?:pages\/next must be object|type must be equal)/u,
    because: 'asked for one company_id it is that company; pages are numbered, and next is a URL',
  },
  'POST /companies/list 200': {
    complaint: /^pages\/next must be object/u,
    because: 'pages are numbered, and next is a URL',
  },
  'GET /events 200': {
    complaint: /^type must be equal/u,
    because: 'described is the answer to summary=true only; without it the type is event.list',
  },
}

type Row = { readonly name: string; readonly method: string; readonly template: string }
const rows: readonly Row[] = routes.map(({ method, template }) => ({ name: `${method} ${template}`, method, template }))

test('every route has an example, and every example a route', () => {
  const known = rows.map(({ name }) => name)
  expect(known.filter((name) => !examples[name])).toEqual([])
  expect(Object.keys(examples).filter((name) => !known.includes(name))).toEqual([])
})

describe.skipIf(file === undefined)('held against the description', () => {
  const description = file === undefined ? undefined : new ApiDescription(file)

  /** What is wrong with a reply, in words. */
  function problems({ name, method, template }: Row, reply: Reply): readonly string[] {
    const { status } = reply
    const body: unknown = reply.body === null ? undefined : JSON.parse(reply.body)
    const listed = description?.statuses(method, template)
    if (!description || !listed) return ['the route is not described']
    const isListed = listed.includes(String(status))
    if (!isListed && unlisted[status] === undefined) return [`status ${status} is not described`]
    const found = isListed
      ? description.problems(method, template, status, body)
      : description.errorProblems(status, body)
    const exception = exceptions[`${name} ${status}`]
    return found.filter((problem) => !exception?.complaint.test(problem)).map((problem) => `${status}: ${problem}`)
  }

  function fresh(): { intercom: Intercom; known: Known } {
    const intercom = testIntercom({ contacts: 12, conversations: 3, companies: 4 })
    return { intercom, known: furnish(intercom) }
  }

  test.for(rows)('$name succeeds as described', (row) => {
    const wanted = examples[row.name]?.(fresh().known) ?? []
    for (const [nth] of wanted.entries()) {
      const { intercom, known } = fresh()
      const { path, body, status } = examples[row.name]?.(known)[nth] ?? { path: '' }
      const reply = ask(intercom, row.method, path, { body })
      expect([path, reply.status, reply.body?.slice(0, 300)]).toEqual([path, status ?? 200, reply.body?.slice(0, 300)])
      expect(problems(row, reply)).toEqual([])
    }
  })

  const unknown = (template: string) => template.replaceAll(/\{[^}]*\}/gu, '999')

  test.for(rows)('$name fails as described', (row) => {
    const { intercom, known } = fresh()
    const { path, body } = examples[row.name]?.(known)[0] ?? { path: '' }
    const asking = (to: string, question: Question = {}) => ask(intercom, row.method, to, question)
    const replies = [
      asking(path, { body, headers: { authorization: 'Bearer wrong' } }),
      asking(path, { body, headers: { accept: 'text/html' } }),
      asking(path, { body: '{' }),
      ...(row.template.includes('{') ? [asking(unknown(row.template), { body })] : []),
      ...(body ? [asking(path, { body: {} }), asking(path, { body: scrambled(body) })] : []),
    ]
    intercom.under(() => ({ ...noLevers, appPerMinute: 0 }))
    replies.push(asking(path, { body }))
    expect(replies.slice(0, 3).map(({ status }) => status)).toEqual([401, 406, 400])
    expect(replies.at(-1)?.status).toBe(429)
    expect(replies.flatMap((reply) => problems(row, reply))).toEqual([])
    expect(replies[3]?.status).toSatisfy((status) => status === 404 || !row.template.includes('{'))
  })

  test('an exception that nothing needs any more is taken away', () => {
    const needed = rows.flatMap((row) => {
      const { intercom, known } = fresh()
      return (examples[row.name]?.(known) ?? []).map(({ path, body }) => {
        const { status, body: text } = ask(intercom, row.method, path, { body })
        const found = description?.problems(row.method, row.template, status, JSON.parse(text ?? 'null') ?? undefined)
        return { name: `${row.name} ${status}`, found: found ?? [] }
      })
    })
    const stale = Object.entries(exceptions).filter(
      ([name, { complaint }]) =>
        !needed.some((one) => one.name === name && one.found.some((each) => complaint.test(each))),
    )
    expect(stale).toEqual([])
  })

  test('a reply that is wrong is noticed', () => {
    const { intercom, known } = fresh()
    const reply = ask(intercom, 'GET', `/contacts/${known.contact}`)
    const row = { name: 'GET /contacts/{id}', method: 'GET', template: '/contacts/{id}' }
    const wrong = (edit: Record<string, unknown>) => ({
      ...reply,
      body: JSON.stringify({ ...(JSON.parse(reply.body ?? '') as object), ...edit }),
    })
    expect(problems(row, wrong({ created_at: 'yesterday' }))).not.toEqual([])
    expect(problems(row, wrong({ tags: [] }))).not.toEqual([])
    expect(problems(row, { ...reply, status: 418 })).not.toEqual([])
    expect(intercom.facts(requestOf(intercom, 'GET', `/contacts/${known.contact}`)).route).toBe('/contacts/{id}')
  })
})

/** The same fields with values of other types. */
function scrambled(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'string' ? { not: 'text' } : 'not what it was',
    ]),
  )
}
