import { expect, test } from 'vitest'
import { retryAfter } from './retry-after.ts'
import { complaint, rewritten } from './test-asking.ts'

const now = Date.parse('2026-04-27T11:14:00Z')
const limited = { status: 429, headers: [['content-type', 'application/json']], body: '{}' } as const

test.for<[object, string]>([
  [{ form: 'seconds' }, '30'],
  [{ form: 'seconds', wait: '1500ms' }, '2'],
  [{ form: 'date', wait: '2m' }, 'Mon, 27 Apr 2026 11:16:00 GMT'],
  [{ form: 'past-date' }, 'Sun, 26 Apr 2026 11:14:00 GMT'],
  [{ form: 'huge' }, '31536000'],
  [{ form: 'malformed' }, 'soon'],
  [{ form: 'zero' }, '0'],
  [{ form: 'negative' }, '-30'],
])('%j says %s', ([input, value]) => {
  const { headers } = rewritten(retryAfter, input, limited, {}, now)
  expect(headers).toEqual([...limited.headers, ['retry-after', value]])
})

test('takes the place of what the service said, or takes it away', () => {
  const asked = { ...limited, status: 503, headers: [['Retry-After', '5']] } as const
  expect(rewritten(retryAfter, { form: 'huge' }, asked).headers).toEqual([['retry-after', '31536000']])
  expect(rewritten(retryAfter, { form: 'missing' }, asked).headers).toEqual([])
})

test.for([200, 401, 500, 502])('a %d stays as it is', (status) => {
  const reply = { ...limited, status }
  expect(rewritten(retryAfter, { form: 'zero' }, reply)).toBe(reply)
})

test('nothing to take away is no change', () => {
  expect(rewritten(retryAfter, { form: 'missing' }, limited)).toBe(limited)
})

test('says what is wrong', () => {
  expect(complaint(retryAfter, { form: 'seconds', wait: '0s' })).toBe('write "form: zero" for no wait')
  expect(complaint(retryAfter, {})).toContain('write one of seconds, date,')
})

test.for<[object, string]>([
  [{ form: 'seconds' }, 'Replies of 429 and 503 ask for a wait of 30s, in seconds.'],
  [{ form: 'date', wait: '2m' }, 'Replies of 429 and 503 ask for a wait of 2m, as a date.'],
  [{ form: 'negative' }, 'Replies of 429 and 503 ask for a wait of less than nothing.'],
])('explains %j', ([input, words]) => {
  expect(retryAfter.explain(retryAfter.schema.parse(input))).toBe(words)
})
