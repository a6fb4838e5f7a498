import { expect, test } from 'vitest'
import { cursorRepeated } from './cursor-repeated.ts'
import { decisionOf, rewritten } from './test-asking.ts'

const second = { url: new URL('https://api.test/contacts?starting_after=abc') }
const replyOf = (list: unknown) => ({ status: 200, headers: [], body: JSON.stringify(list) })

test('the first page is served as ever', () => {
  expect(decisionOf(cursorRepeated, {})).toEqual({ kind: 'pass' })
})

test.for<[string, object, object]>([
  [
    'a page in the middle',
    { type: 'pages', page: 2, next: { page: 3, starting_after: 'def' } },
    { type: 'pages', page: 2, next: { page: 3, starting_after: 'abc' } },
  ],
  ['the last page', { page: 3, per_page: 5 }, { page: 3, per_page: 5, next: { per_page: 5, starting_after: 'abc' } }],
  [
    'a last page that says so',
    { per_page: 5, next: null },
    { per_page: 5, next: { per_page: 5, starting_after: 'abc' } },
  ],
])('%s leads to itself, and what it holds is true', ([, pages, expected]) => {
  const data = [{ id: 'c1' }]
  const { body } = rewritten(cursorRepeated, {}, replyOf({ data, pages }), second)
  expect(JSON.parse(String(body))).toEqual({ data, pages: expected })
  expect(decisionOf(cursorRepeated, {}, second)).toMatchObject({ keepsContent: true })
})

test.for([
  replyOf({ data: [] }),
  replyOf({ pages: 'https://api.test/next' }),
  { ...replyOf({ pages: {} }), status: 400 },
  { status: 200, headers: [], body: '{' },
  { status: 200, headers: [], body: null },
])('leaves %j as it is', (reply) => {
  expect(rewritten(cursorRepeated, {}, reply, second)).toBe(reply)
})
