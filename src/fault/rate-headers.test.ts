import { expect, test } from 'vitest'
import type { LimitHeaders } from '#history/limit-headers.ts'
import { rateHeaders } from './rate-headers.ts'
import { complaint, rewritten } from './test-asking.ts'

const id = ['x-request-id', 'r1'] as const
const [limitIs167, remainingIs100] = [
  ['X-RateLimit-Limit', '167'],
  ['X-RateLimit-Remaining', '100'],
] as const
const reply = {
  status: 200,
  headers: [['X-RateLimit-Limit', '167'], ['X-RateLimit-Remaining', '100'], id, ['X-RateLimit-Reset', '100000']],
  body: '{}',
} as const

test.for<[string, readonly (readonly [string, string])[]]>([
  ['missing', [id]],
  ['past', [['X-RateLimit-Limit', '167'], ['X-RateLimit-Remaining', '100'], id, ['x-ratelimit-reset', '96400']]],
  ['milliseconds', [limitIs167, remainingIs100, id, ['x-ratelimit-reset', '100000000']]],
  ['delta', [limitIs167, remainingIs100, id, ['x-ratelimit-reset', expect.stringMatching(/^\d+$/u)]]],
  [
    'negative',
    [['X-RateLimit-Limit', '-167'], ['X-RateLimit-Remaining', '-100'], id, ['X-RateLimit-Reset', '-100000']],
  ],
  ['far-future', [['X-RateLimit-Limit', '167'], ['X-RateLimit-Remaining', '100'], id, ['x-ratelimit-reset', '186400']]],
  [
    'malformed',
    [['X-RateLimit-Limit', 'unknown'], ['X-RateLimit-Remaining', 'unknown'], id, ['X-RateLimit-Reset', 'unknown']],
  ],
  [
    'zero-remaining',
    [['X-RateLimit-Limit', '167'], id, ['X-RateLimit-Reset', '100000'], ['x-ratelimit-remaining', '0']],
  ],
])('%s', ([form, headers]) => {
  expect(rewritten(rateHeaders, { form }, reply)).toEqual({ ...reply, headers })
})

test('a reply without the headers stays as it is', () => {
  const refused = { status: 401, headers: [id], body: '{}' }
  expect(rewritten(rateHeaders, { form: 'malformed' }, refused)).toBe(refused)
})

/** As the IETF draft has it: seconds from now. */
const draft: LimitHeaders = {
  headers: { limit: 'RateLimit-Limit', remaining: 'RateLimit-Remaining', reset: 'RateLimit-Reset' },
  reset: 'seconds',
}
/** 50 seconds before the minute, and a bit. */
const epochMs = Date.UTC(2026, 2, 16, 10, 0, 10, 300)
const minute = Date.UTC(2026, 2, 16, 10, 1) / 1_000

test.for<[string, readonly [limit?: string, remaining?: string, reset?: string], string]>([
  ['missing', [], 'The rate limit headers are missing.'],
  ['past', ['60', '7', '-3550'], 'The header RateLimit-Reset names a time that has long passed.'],
  ['milliseconds', ['60', '7', '50000'], 'The header RateLimit-Reset counts in milliseconds.'],
  ['delta', ['60', '7', String(minute)], 'The header RateLimit-Reset says when, not in how many seconds.'],
  ['negative', ['-60', '-7', '-50'], 'The rate limit headers hold negative numbers.'],
  ['far-future', ['60', '7', '86450'], 'The header RateLimit-Reset names a time that is a day away.'],
  ['malformed', ['unknown', 'unknown', 'unknown'], 'The rate limit headers hold no numbers.'],
  ['zero-remaining', ['60', '0', '50'], 'The header RateLimit-Remaining says 0 although there is room.'],
])('%s of an API that says in how many seconds', ([form, [limit, remaining, reset], sentence]) => {
  const before = {
    status: 200,
    headers: [id, ['ratelimit-limit', '60'], ['ratelimit-remaining', '7'], ['ratelimit-reset', '50']],
    body: '{}',
  } as const
  const { headers } = rewritten(rateHeaders, { form }, before, {}, epochMs, draft)
  expect(Object.fromEntries(headers)).toEqual({
    'x-request-id': 'r1',
    ...(limit !== undefined && { 'ratelimit-limit': limit }),
    ...(remaining !== undefined && { 'ratelimit-remaining': remaining }),
    ...(reset !== undefined && { 'ratelimit-reset': reset }),
  })
  expect(rateHeaders.explain({ form }, [draft])).toBe(sentence)
})

test('the other form of an instant is how far away it is', () => {
  const before = { ...reply, headers: [['x-ratelimit-reset', String(minute)] as const] }
  expect(rewritten(rateHeaders, { form: 'delta' }, before, {}, epochMs).headers).toEqual([['x-ratelimit-reset', '50']])
})

test('of an API that tells only some of them those are changed, and of another nothing', () => {
  const left: LimitHeaders = { headers: { remaining: 'X-Left' }, reset: 'epoch' }
  const before = { status: 200, headers: [['X-Left', '7'], limitIs167] as const, body: '{}' }
  const of = (form: string, told: LimitHeaders) => rewritten(rateHeaders, { form }, before, {}, epochMs, told)
  expect(of('missing', left).headers).toEqual([limitIs167])
  expect(of('negative', left).headers).toEqual([['X-Left', '-7'], limitIs167])
  expect(of('zero-remaining', left).headers).toEqual([limitIs167, ['x-left', '0']])
  for (const form of ['past', 'milliseconds', 'delta', 'far-future']) expect(of(form, left)).toBe(before)
  expect(of('missing', { headers: {}, reset: 'epoch' })).toBe(before)
  expect(of('missing', draft)).toBe(before)
})

test('names the headers of every API that it is about', () => {
  const explain = (form: string, ...told: LimitHeaders[]) => rateHeaders.explain({ form }, told)
  const usual: LimitHeaders = { headers: { reset: 'X-RateLimit-Reset' }, reset: 'epoch' }
  expect(rateHeaders.explain({ form: 'past' })).toBe(
    'The header that tells the reset names a time that has long passed.',
  )
  expect(explain('delta', usual, draft, { headers: {}, reset: 'epoch' })).toBe(
    'The header X-RateLimit-Reset says in how many seconds, not when. The header RateLimit-Reset says when, not in how many seconds.',
  )
  expect(explain('missing', usual, draft)).toBe('The rate limit headers are missing.')
  expect(explain('zero-remaining', usual)).toBe('No header tells what it would change, so nothing changes.')
})

test('says which forms there are', () => {
  expect(complaint(rateHeaders, {})).toBe(
    'write one of missing, past, milliseconds, delta, negative, far-future, malformed, zero-remaining',
  )
})
