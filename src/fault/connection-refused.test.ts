import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { connectionRefused } from './connection-refused.ts'
import type { ExchangeView } from './fault.ts'

test.for([
  [{}, 'ECONNREFUSED', 'The connection is refused at once.'],
  [{ code: 'ENOTFOUND' }, 'ENOTFOUND', 'The name of the host cannot be resolved.'],
  [
    { code: 'UND_ERR_CONNECT_TIMEOUT' },
    'UND_ERR_CONNECT_TIMEOUT',
    'The attempt to connect is never answered and times out.',
  ],
] as const)('%j ends the exchange while it connects, without effect', ([input, code, words]) => {
  const params = connectionRefused.schema.parse(input)
  const decision = connectionRefused.decide?.(params, {} as ExchangeView, 'none', 1, createPrng('refused'))
  expect(decision).toEqual({ kind: 'abort', effect: 'none', phase: 'connect', code })
  expect(connectionRefused.explain(params)).toBe(words)
})
