import { expect, test } from 'vitest'
import { limits } from '#context/limits.ts'
import { errorFacts } from './error-facts.ts'

test.for([
  [
    'a plain error',
    new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }),
    { name: 'TypeError', message: 'fetch failed', code: 'ECONNRESET' },
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

test('an error whose fields throw is still an error', () => {
  const hostile = {
    get name(): string {
      throw new Error('no')
    },
    message: 'said',
  }
  expect(errorFacts(hostile)).toEqual({ name: 'Error', message: 'said' })
})
