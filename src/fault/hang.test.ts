import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { ExchangeView } from './fault.ts'
import { hang } from './hang.ts'

test.for([
  [{}, 'none', 'headers'],
  [{ phase: 'headers' }, 'committed', 'headers'],
  [{ phase: 'body' }, 'committed', 'body'],
] as const)('%j with effect %s hangs before the end of the %s', ([input, effect, phase]) => {
  const decision = hang.decide?.(hang.schema.parse(input), {} as ExchangeView, effect, 1, createPrng('hang'))
  expect(decision).toEqual({ kind: 'hang', effect, phase })
})

test('says what may be written when it is something else', () => {
  expect(hang.schema.safeParse({ phase: 'connect' }).error?.issues[0]?.message).toBe(
    'write "headers" (nothing comes at all) or "body" (the answer stops midway)',
  )
})

test.for([
  [{}, 'The server takes the request and never answers.'],
  [{ phase: 'body' }, 'The server begins to answer and stops in the middle of the body, with the connection open.'],
] as const)('explains %j', ([input, words]) => {
  expect(hang.explain(hang.schema.parse(input))).toBe(words)
})
