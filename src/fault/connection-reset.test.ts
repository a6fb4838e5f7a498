import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { connectionReset } from './connection-reset.ts'
import type { ExchangeView } from './fault.ts'

test.for([
  [{}, 'none', 'headers', 'ECONNRESET'],
  [{ phase: 'headers', code: 'UND_ERR_SOCKET' }, 'committed', 'headers', 'UND_ERR_SOCKET'],
  [{ phase: 'body' }, 'committed', 'body', 'ECONNRESET'],
] as const)('%j with effect %s breaks in the %s with %s', ([input, effect, phase, code]) => {
  const params = connectionReset.schema.parse(input)
  const decision = connectionReset.decide?.(params, {} as ExchangeView, effect, 1, createPrng('reset'))
  expect(decision).toEqual({ kind: 'abort', effect, phase, code })
})

test.for([
  [{}, 'The connection is reset before any answer.'],
  [{ phase: 'body', code: 'UND_ERR_SOCKET' }, 'The connection is closed by the server in the middle of the body.'],
] as const)('explains %j', ([input, words]) => {
  expect(connectionReset.explain(connectionReset.schema.parse(input))).toBe(words)
})
