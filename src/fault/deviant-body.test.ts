import { expect, test } from 'vitest'
import { deviantBody } from './deviant-body.ts'
import type { FaultReply } from './fault.ts'
import { complaint, decisionOf, rewritten } from './test-asking.ts'

const contact = { type: 'contact', id: 'c1', name: 'Ada', email: 'ada@example.com', tags: { type: 'list', data: [] } }
const list = { type: 'list', data: [contact], total_count: 1 }
const headers = [['content-type', 'application/json']] as const

function changed(form: string, body: object): Record<string, unknown> {
  const reply = { status: 200, headers, body: JSON.stringify(body) }
  return JSON.parse(String(rewritten(deviantBody, { form }, reply).body)) as Record<string, unknown>
}

test('unknown fields stand beside the known ones, which stay as they are', () => {
  const body = changed('unknown-fields', contact)
  expect(body).toMatchObject(contact)
  expect(Object.keys(body).filter((name) => name.startsWith('x_'))).toHaveLength(6)
  expect(body['tags']).toHaveProperty('x_nothing', null)
})

test('what a customer is said to be stays as it was', () => {
  const body = changed('unknown-fields', { ...contact, custom_attributes: { plan: 'pro' } })
  expect(body['custom_attributes']).toEqual({ plan: 'pro' })
})

test('a missing field is one that an answer can do without', () => {
  const body = changed('missing-field', contact)
  expect(Object.keys(body)).toHaveLength(Object.keys(contact).length - 1)
  expect(body).toMatchObject({ type: 'contact', id: 'c1' })
  expect(changed('missing-field', { type: 'list', data: [] })).toEqual({ type: 'list', data: [] })
})

test('a huge and a deep answer still hold what they should', () => {
  expect(changed('huge', contact)).toMatchObject(contact)
  expect(JSON.stringify(changed('huge', contact)).length).toBeGreaterThan(1_000_000)
  expect(changed('deep', contact)).toMatchObject(contact)
  expect(JSON.stringify(changed('deep', contact)).split('{').length).toBeGreaterThan(500)
})

test('a list that is null is nowhere else than where a list was', () => {
  expect(changed('null-list', list)).toEqual({ ...list, data: null })
  expect(changed('null-list', contact)).toEqual(contact)
})

test.for([
  { status: 500, headers, body: '{"type":"error.list"}' },
  { status: 200, headers, body: '[1]' },
  { status: 200, headers, body: '{"cut":' },
  { status: 204, headers, body: null },
  { status: 200, headers, body: Uint8Array.of(1) },
])('leaves %j as it is', (untouched) => {
  expect(rewritten(deviantBody, { form: 'huge' }, untouched)).toBe(untouched)
})

test('only a list that is gone says nothing of entities any more', () => {
  expect(decisionOf(deviantBody, { form: 'unknown-fields' })).toMatchObject({ keepsContent: true })
  const { keepsContent } = decisionOf(deviantBody, { form: 'null-list' }) as {
    keepsContent: (reply: FaultReply) => boolean
  }
  const keeps = (body: object) => keepsContent({ status: 200, headers: [], body: JSON.stringify(body) })
  expect([keeps({ id: '1', parent_ids: [] }), keeps({ id: '1', tags: ['a'] })]).toEqual([true, true])
  expect(keeps({ type: 'list', data: [{ id: '1' }] })).toBe(false)
})

test('says which forms there are', () => {
  expect(complaint(deviantBody, {})).toBe('write one of unknown-fields, missing-field, huge, deep, null-list')
})
