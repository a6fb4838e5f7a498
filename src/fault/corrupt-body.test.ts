import { expect, test } from 'vitest'
import { corruptBody } from './corrupt-body.ts'
import { decisionOf, rewritten } from './test-asking.ts'

const reply = { status: 200, headers: [['content-type', 'application/json']], body: '{"id":"c1"}' } as const

test.for<[string, object]>([
  ['truncated', { body: '{"id"' }],
  ['html', { headers: [['content-type', 'text/html']], body: expect.stringContaining('<h1>502 Bad Gateway</h1>') }],
  ['empty', { body: '' }],
  ['wrong-type', { body: '[]' }],
  ['mislabelled', { headers: [['content-type', 'text/html']], body: reply.body }],
])('%s', ([form, fields]) => {
  expect(rewritten(corruptBody, { form }, reply)).toEqual({ ...reply, ...fields })
})

test('garbage is neither text nor JSON, and the same every time', () => {
  const { body } = rewritten(corruptBody, { form: 'garbage' }, reply)
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body as Uint8Array)).toThrow('not valid')
  expect(rewritten(corruptBody, { form: 'garbage' }, reply).body).toEqual(body)
})

test('bytes are cut as text is', () => {
  const bytes = { ...reply, body: Uint8Array.of(1, 2, 3, 4) }
  expect(rewritten(corruptBody, { form: 'truncated' }, bytes).body).toEqual(Uint8Array.of(1, 2))
})

test.for([
  { ...reply, status: 500 },
  { ...reply, status: 302 },
  { ...reply, status: 204, body: null },
  { ...reply, status: 202, body: '' },
])('leaves %j as it is', (untouched) => {
  expect(rewritten(corruptBody, { form: 'garbage' }, untouched)).toBe(untouched)
})

test('only a right body that is called something else still tells the truth', () => {
  expect(decisionOf(corruptBody, { form: 'mislabelled' })).toMatchObject({ keepsContent: true })
  expect(decisionOf(corruptBody, { form: 'truncated' })).not.toHaveProperty('keepsContent')
})
