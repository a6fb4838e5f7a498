import { expect, test } from 'vitest'
import { possibleEffects } from './problem.ts'
import { complaint, decisionOf } from './test-asking.ts'
import { tlsFailure } from './tls-failure.ts'

test.for([
  ['expired', 'CERT_HAS_EXPIRED', 'The certificate of the host has expired.'],
  ['other-name', 'ERR_TLS_CERT_ALTNAME_INVALID', 'The certificate of the host is for another name.'],
  [
    'unknown-authority',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'The certificate of the host is signed by an authority that nobody knows.',
  ],
  ['cut', 'ECONNRESET', 'The connection is closed in the middle of the TLS handshake.'],
] as const)('%s ends in %s before anything is sent', ([reason, code, words]) => {
  const params = tlsFailure.schema.parse({ reason })
  expect(decisionOf(tlsFailure, { reason })).toEqual({ kind: 'abort', effect: 'none', phase: 'connect', code })
  expect(possibleEffects(tlsFailure, params)).toEqual(['none'])
  expect(tlsFailure.handshake?.(params)).toBe(reason)
  expect(tlsFailure.explain(params)).toBe(words)
})

test('says what there is to choose from', () => {
  expect(complaint(tlsFailure, { reason: 'revoked' })).toBe('write one of expired, other-name, unknown-authority, cut')
})
