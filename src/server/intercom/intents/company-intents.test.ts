import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { InputOf } from '../../intent.ts'
import { ask, json, testIntercom } from '../asking.ts'

function world(name: string, rank = 0, nth = 0) {
  const intercom = testIntercom()
  const intent = intercom.intents.get(name)!
  const asked = intent.draw('ours', rank, nth, createPrng('ask', name, nth), 0)
  const truth = (value: unknown, shown?: Record<string, unknown>) => intent.truth('ours', asked, value, shown)
  return { intercom, intent, asked, truth }
}

function read() {
  const { intercom, intent, asked, truth } = world('company.read')
  const { company } = asked.input as InputOf<'company.read'>
  const get = (id = company.id) => json(ask(intercom, 'GET', `/companies/${id}`)) as unknown as Record<string, unknown>
  const before = get()
  ask(intercom, 'PUT', `/companies/${company.id}`, { body: { name: 'Acme' }, at: 60_000 })
  const { input } = intent.draw('ours', 1, 1, createPrng('other'), 0)
  const other = get((input as InputOf<'company.read'>).company.id)
  return { entity: `company:${company.id}`, before, after: get(), other, truth }
}

test.for<[string, (world: ReturnType<typeof read>) => unknown, Record<string, unknown>]>([
  ['what the API says now', ({ after }) => after, { matched: 2, foreign: false, invented: [] }],
  ['what it said before', ({ before }) => before, { matched: 1, foreign: false, invented: [] }],
  ['an invented size', ({ after }) => ({ ...after, size: -1 }), { matched: null, invented: ['size'] }],
  ['another company', ({ other }) => other, { matched: null, foreign: true }],
  [
    'the company id of another',
    ({ after, other }) => ({ ...after, company_id: other['company_id'] }),
    { matched: null, foreign: true },
  ],
  ['an error', () => ({ type: 'error.list', errors: [] }), { matched: null, invented: ['errors'] }],
])('a company read that shows %s is told so', ([, value, wanted]) => {
  const shown = read()
  expect(shown.truth(value(shown))).toMatchObject({ entity: shown.entity, current: 2, ...wanted })
})

test('a view model of a company is compared by the fields the client names', () => {
  const { before, truth } = read()
  const shown = { companyId: before['company_id'], name: before['name'] }
  expect(truth('a card', shown)).toMatchObject({ matched: 1, invented: [] })
})

test.for([0, 1, 2, 3, 4, 5, 6, 7])('what upsert %i commits carries the key of its ask', (nth) => {
  const { intercom, asked, truth } = world('company.upsert', nth, nth)
  const { companyId, name } = asked.input as InputOf<'company.upsert'>
  const reply = ask(intercom, 'POST', '/companies', { body: { company_id: companyId, name } })
  expect(reply.effects).toMatchObject([{ key: asked.key, version: asked.entity === undefined ? 1 : 2 }])
  expect(reply.effects[0]?.entity).toBe(asked.entity ?? reply.effects[0]?.entity)
  expect(truth(json(reply))).toMatchObject({ entity: reply.effects[0]?.entity, foreign: false, invented: [] })
})

test('upserts are mostly of known companies, and every one changes something', () => {
  const intent = testIntercom().intents.get('company.upsert')!
  const asks = Array.from({ length: 200 }, (_, nth) => intent.draw('ours', nth % 20, nth, createPrng('ask', nth), 0))
  const known = asks.filter(({ entity }) => entity !== undefined).length
  expect(known).toBeGreaterThan(120)
  expect(known).toBeLessThan(180)
  expect(new Set(asks.map(({ input }) => (input as InputOf<'company.upsert'>).name)).size).toBe(200)
})

test.for(['company.list', 'company.scroll'])('%s is judged by the worst of its list', (name) => {
  const { intercom, truth } = world(name)
  const list = json(ask(intercom, 'GET', name === 'company.list' ? '/companies' : '/companies/scroll'))
  const items = [...list['data']!] as unknown as Record<string, unknown>[]
  expect(truth(list)).toMatchObject({ matched: 1, current: 1, foreign: false, invented: [] })
  // The first page says that there are more; its items, handed over as the list, do not.
  expect(truth(list)).not.toHaveProperty('missing')
  expect(truth(items)).toEqual({ ...truth(list), missing: expect.any(Number) as number })
  expect(truth([...items, { ...items[0], size: -1 }])).toMatchObject({ matched: null, invented: ['size'] })
  expect(truth([...items, { type: 'company', id: 'made-up' }])).toMatchObject({ current: 0, invented: ['id'] })
})
