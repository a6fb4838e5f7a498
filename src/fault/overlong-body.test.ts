import { expect, test } from 'vitest'
import { overlongBody } from './overlong-body.ts'
import { rewritten } from './test-asking.ts'

const reply = { status: 200, headers: [], body: '{"a":1}' } as const

test('the head tells of half of it, and the rest comes all the same', () => {
  expect(rewritten(overlongBody, {}, reply)).toEqual({ ...reply, body: '{"a', surplus: '":1}' })
  const bytes = { ...reply, body: Uint8Array.of(1, 2, 3) }
  expect(rewritten(overlongBody, {}, bytes)).toEqual({ ...bytes, body: Uint8Array.of(1), surplus: Uint8Array.of(2, 3) })
})

test.for([
  { ...reply, status: 503 },
  { ...reply, status: 204, body: null },
  { ...reply, body: '' },
  { ...reply, body: '1' },
])('%j has nothing that could be too much', (other) => {
  expect(rewritten(overlongBody, {}, other)).toBe(other)
})

test('explains itself', () => {
  expect(overlongBody.explain({})).toBe(
    'The body of a success is longer than its Content-Length, so that it seems to end in its middle.',
  )
})
