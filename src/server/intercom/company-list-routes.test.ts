import { expect, test } from 'vitest'
import { ask, json, testIntercom } from './asking.ts'
import type { Json } from './asking.ts'
import type { Intercom } from './intercom.ts'
import { scrollFields } from './shapes.ts'

const minute = 60_000

function ids(list: Json): string[] {
  return [...list['data']!].map((company) => String(company['id']))
}

function scroll(intercom: Intercom, param = '', at = 0) {
  return ask(intercom, 'GET', `/companies/scroll${param && `?scroll_param=${param}`}`, { at })
}

test.for([
  ['POST', '/companies/list'],
  ['GET', '/companies'],
] as const)('%s %s gives pages by number, the next as an address', ([method, path]) => {
  const intercom = testIntercom({ companies: 40 })
  const first = json(ask(intercom, method, path))
  expect(first).toMatchObject({ type: 'list', total_count: 40 })
  expect(first['pages']).toEqual({
    type: 'pages',
    next: `https://api.intercom.io${path}?per_page=15&page=2`,
    page: 1,
    per_page: 15,
    total_pages: 3,
  })
  const all = [1, 2, 3].flatMap((page) => ids(json(ask(intercom, method, `${path}?page=${page}`))))
  expect(new Set(all).size).toBe(40)
  const last = json(ask(intercom, method, `${path}?page=3`))
  expect(last['pages']!['next']).toBeNull()
  expect(ids(json(ask(intercom, method, `${path}?page=4`)))).toEqual([])
})

test('the list is sorted by the last request, newest first or oldest first', () => {
  const intercom = testIntercom({ companies: 30 })
  const down = json(ask(intercom, 'POST', '/companies/list?per_page=50'))
  const times = [...down['data']!].map((company) => Number(company['last_request_at']))
  expect(times).toEqual(times.toSorted((one, other) => other - one))
  expect(ids(json(ask(intercom, 'POST', '/companies/list?per_page=50&order=asc')))).toEqual(ids(down).toReversed())
})

test('the list ends at 10,000 companies', () => {
  const reply = ask(testIntercom(), 'POST', '/companies/list?per_page=100&page=101')
  expect(reply.status).toBe(400)
  expect(json(reply)).toMatchObject({
    errors: [{ code: 'bad_request', message: 'page limit reached, please use scroll API' }],
  })
  expect(ask(testIntercom(), 'POST', '/companies/list?per_page=100&page=100').status).toBe(200)
})

test.for(['page=0', 'page=x', 'page=1.5', 'page=', 'per_page=0', 'per_page=151'])('%s is refused', (query) => {
  expect(ask(testIntercom(), 'POST', `/companies/list?${query}`).status).toBe(400)
})

test('a list contains every company it shows', () => {
  const reply = ask(testIntercom(), 'POST', '/companies/list?per_page=2')
  expect(Object.keys(reply.contains)).toEqual(ids(json(reply)).map((id) => `company:${id}`))
})

test('companies can be listed by tag', () => {
  const intercom = testIntercom()
  const [id] = ids(json(ask(intercom, 'GET', '/companies')))
  const tag = json(ask(intercom, 'POST', '/tags', { body: { name: 'vip', companies: [{ id }] } }))
  expect(ids(json(ask(intercom, 'GET', `/companies?tag_id=${String(tag['id'])}`)))).toEqual([id])
})

test('a scroll shows every company once under one parameter and ends with an empty page', () => {
  const intercom = testIntercom({ companies: 230 })
  const first = json(scroll(intercom))
  expect(Object.keys(first)).toEqual(scrollFields)
  expect(first).toMatchObject({ type: 'list', pages: null, total_count: null })
  const param = String(first['scroll_param'])
  const pages = [first, ...[1, 2, 3].map(() => json(scroll(intercom, param)))]
  expect(pages.map((page) => page['data']!.length)).toEqual([100, 100, 30, 0])
  expect(pages.map((page) => page['scroll_param'])).toEqual(Array(4).fill(param))
  expect(new Set(pages.flatMap(ids)).size).toBe(230)
})

test('only one scroll can be open', () => {
  const intercom = testIntercom()
  scroll(intercom)
  const reply = scroll(intercom, '', minute)
  expect(reply.status).toBe(400)
  expect(json(reply)).toMatchObject({
    errors: [{ code: 'scroll_exists', message: 'scroll already exists for this workspace' }],
  })
})

test('a scroll lives for a minute after each call', () => {
  const intercom = testIntercom({ companies: 230 })
  const param = String(json(scroll(intercom))['scroll_param'])
  expect(scroll(intercom, param, minute).status).toBe(200)
  expect(scroll(intercom, param, 2 * minute).status).toBe(200)
  const reply = scroll(intercom, param, 3 * minute + 1_000)
  expect(reply.status).toBe(404)
  expect(json(reply)).toMatchObject({ errors: [{ code: 'not_found', message: 'scroll parameter not found' }] })
})

test.for<[string, (intercom: Intercom) => number]>([
  ['expired', () => minute + 1_000],
  [
    'reached its end',
    (intercom) => {
      const param = String(json(scroll(intercom))['scroll_param'])
      for (const _ of [1, 2]) scroll(intercom, param)
      expect(scroll(intercom, param).status).toBe(404)
      return 0
    },
  ],
])('another scroll can be opened once the first has %s', ([, end]) => {
  const intercom = testIntercom({ companies: 120 })
  const at = end(intercom)
  if (at > 0) scroll(intercom)
  const first = scroll(intercom, '', at)
  expect(first.status).toBe(200)
  expect(json(first)['data']).toHaveLength(100)
})

test('two scrolls have parameters of their own, the same in every run', () => {
  const open = () => {
    const intercom = testIntercom()
    return [0, 2 * minute].map((at) => String(json(scroll(intercom, '', at))['scroll_param']))
  }
  const [first, second] = open()
  expect(first).not.toBe(second)
  expect(first).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u)
  expect(open()).toEqual([first, second])
})

test('a scroll leaves out what was deleted meanwhile and does not show what came', () => {
  const intercom = testIntercom({ companies: 150 })
  const everyone = ids(json(ask(intercom, 'GET', '/companies?per_page=150')))
  const first = json(scroll(intercom))
  const gone = everyone.find((id) => !ids(first).includes(id))
  ask(intercom, 'DELETE', `/companies/${gone}`)
  ask(intercom, 'POST', '/companies', { body: { company_id: 'new' } })
  const rest = ids(json(scroll(intercom, String(first['scroll_param']))))
  expect(rest).toHaveLength(49)
  expect(rest).not.toContain(gone)
})
