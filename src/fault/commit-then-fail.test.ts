import { expect, test } from 'vitest'
import { commitThenFail } from './commit-then-fail.ts'
import { complaint, decisionOf } from './test-asking.ts'

test.for<[string, object]>([
  ['500', { kind: 'respond', status: 500, body: expect.stringContaining('server_error') }],
  ['502', { kind: 'respond', status: 502, body: expect.stringContaining('<h1>502 Bad Gateway</h1>') }],
  ['503', { kind: 'respond', status: 503, body: expect.stringContaining('service_unavailable') }],
  ['504', { kind: 'respond', status: 504, body: expect.stringContaining('<html>') }],
  ['reset', { kind: 'abort', phase: 'headers', code: 'ECONNRESET' }],
  ['silence', { kind: 'hang', phase: 'headers' }],
])('the work is done, and the answer is %s', ([answer, expected]) => {
  expect(decisionOf(commitThenFail, { answer })).toMatchObject({ ...expected, effect: 'committed' })
})

test('says which answers there are', () => {
  expect(complaint(commitThenFail, { answer: 500 })).toBe('write one of "500", "502", "503", "504", "reset", "silence"')
})

test('explains itself', () => {
  expect(commitThenFail.explain(commitThenFail.schema.parse({ answer: 'reset' }))).toBe(
    'The service does what it was asked to do, and then resets the connection.',
  )
})
