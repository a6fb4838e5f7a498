// Which end of an exchange means what for trying again: every status that a rule knows, and its neighbours.

import { expect, test } from 'vitest'
import { createStory, type End } from '../../test/history-builder.ts'
import { exchanges, type Exchange } from '#history/query.ts'
import {
  isIdempotent,
  isKnownUnsent,
  isOfCertificate,
  isPermanent,
  isSafe,
  isTransient,
  neverSent,
  overlaps,
  statusOf,
} from './classify.ts'

function ended(ends: End, more: { readonly retryAfter?: string; readonly method?: string } = {}): Exchange {
  const story = createStory()
  story.attempt(null, { at: 1_000, ends, ...more })
  const [exchange] = exchanges(story.history())
  if (!exchange) throw new Error('Nothing was sent.')
  return exchange
}

const transient = [408, 425, 429, 500, 502, 503, 504]
const permanent = [400, 401, 403, 404, 405, 406, 409, 410, 411, 413, 414, 415, 422, 501]

test('every status is what it is', () => {
  const statuses = Array.from({ length: 500 }, (_, index) => 100 + index)
  expect(statuses.filter((status) => isTransient(ended(status)))).toEqual(transient)
  expect(statuses.filter((status) => isPermanent(ended(status)))).toEqual(permanent)
  expect(statuses.filter((status) => statusOf(ended(status)) !== status)).toEqual([])
})

test('with Retry-After nothing is final', () => {
  expect(permanent.filter((status) => isPermanent(ended(status, { retryAfter: '5' })))).toEqual([])
})

test.for<[End, boolean, boolean]>([
  ['ECONNRESET', true, false],
  ['UND_ERR_HEADERS_TIMEOUT', true, false],
  ['ECONNREFUSED', true, true],
  ['ENOTFOUND', true, true],
  ['UND_ERR_CONNECT_TIMEOUT', true, true],
  ['HPE_INVALID_CONSTANT', true, false],
  ['CERT_HAS_EXPIRED', true, true],
  ['abort', true, false],
  ['never', false, false],
  [200, false, false],
])('%s: transient %s, never sent %s', ([ends, passes, unsent]) => {
  expect([isTransient(ended(ends)), neverSent(ended(ends))]).toEqual([passes, unsent])
  expect(isPermanent(ended(ends))).toBe(false)
})

test.for<[string, boolean, boolean]>([
  ['GET', true, true],
  ['HEAD', true, true],
  ['OPTIONS', true, true],
  ['PUT', false, true],
  ['DELETE', false, true],
  ['POST', false, false],
  ['PATCH', false, false],
])('%s: safe %s, idempotent %s', ([method, safe, idempotent]) => {
  const exchange = ended(200, { method })
  expect([isSafe(exchange), isIdempotent(exchange)]).toEqual([safe, idempotent])
})

test('a copy in flight is one that was sent before the other ended', () => {
  const story = createStory()
  story.attempt(null, { at: 0, took: 1_000, ends: 200 })
  story.attempt(null, { at: 999, took: 10, ends: 200 })
  story.attempt(null, { at: 2_000, ends: 'never' })
  story.attempt(null, { at: 3_000, ends: 200 })
  const [one, two, three, four] = exchanges(story.history()) as [Exchange, Exchange, Exchange, Exchange]
  expect([overlaps(one, two), overlaps(two, three), overlaps(three, four), overlaps(undefined, one)]).toEqual([
    true,
    false,
    true,
    false,
  ])
})

test.for(['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'] as const)(
  '%s is of a certificate, and says that nothing was sent',
  (code) => {
    expect([isOfCertificate(ended(code)), isKnownUnsent(ended(code))]).toEqual([true, true])
  },
)

test('a reset in a handshake sent nothing, which its code does not say', () => {
  const reset = ended('ECONNRESET')
  const cut: Exchange = { ...reset, outcome: { kind: 'failed', phase: 'connect', code: 'ECONNRESET' } }
  expect([neverSent(cut), isKnownUnsent(cut), isOfCertificate(cut)]).toEqual([true, false, false])
  expect([neverSent(reset), isKnownUnsent(ended('ECONNREFUSED'))]).toEqual([false, true])
})
