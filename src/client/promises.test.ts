import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { isUserError } from '#context/user-error.ts'
import type { PromiseOf, Promises } from '#history/promises.ts'
import { resolvePromises } from './promises.ts'

describe('resolvePromises', () => {
  test('turns texts into numbers, in the order of the ladder', () => {
    const promises = {
      'contact.read': { within: '10s', fresh: '500ms', degrade: ['stale 1h30m', 'fallback', 'error'] },
      'contact.upsert': { degrade: ['queue 5m', 'drop'], key: 'external_id', order: 'external_id' },
    }
    expect(resolvePromises({ name: 'desk', promises })).toEqual({
      'contact.read': {
        withinMs: 10_000,
        freshMs: 500,
        degrade: [{ kind: 'stale', maxAgeMs: 5_400_000 }, { kind: 'fallback' }, { kind: 'error' }],
      },
      'contact.upsert': {
        degrade: [{ kind: 'queue', maxDelayMs: 300_000 }, { kind: 'drop' }],
        key: 'external_id',
        order: 'external_id',
      },
    })
  })

  test('an operation without a ladder promises to succeed', () => {
    expect(resolvePromises({ name: 'desk', promises: { 'me.read': {} } })).toEqual({ 'me.read': { degrade: [] } })
  })

  test.for([
    [{ within: 10 }, `"within" of "me.read" is 10; it must be a duration such as '10s', '30m' or '1h30m'.`],
    [{ within: '10' }, `"within" of "me.read" is '10'; it must be a duration such as '10s', '30m' or '1h30m'.`],
    [{ within: '0s' }, `"within" of "me.read" is '0s'; it must be a duration such as '10s', '30m' or '1h30m'.`],
    [{ fresh: null }, `"fresh" of "me.read" is null; it must be a duration such as '10s', '30m' or '1h30m'.`],
    [{ whithin: '10s' }, `The promise of "me.read" has an unknown field "whithin".\nDid you mean "within"?`],
    [
      { retries: 3 },
      `The promise of "me.read" has an unknown field "retries".\nIt may have: within, fresh, degrade, key, order.`,
    ],
    [{ degrade: 'error' }, `"degrade" of "me.read" is 'error'; it must be a list such as ['stale 1h', 'error'].`],
    [
      { degrade: [7] },
      `A step of "degrade" of "me.read" is 7; write 'stale 1h', 'queue 5m', 'fallback', 'drop' or 'error'.`,
    ],
    [
      { degrade: ['stael 1h'] },
      `A step of "degrade" of "me.read" is 'stael 1h'; write 'stale 1h', 'queue 5m', 'fallback', 'drop' or 'error'.\nDid you mean "stale"?`,
    ],
    [{ degrade: ['stale'] }, `A step of "degrade" of "me.read" is 'stale'; it needs a duration, such as "stale 1h".`],
    [
      { degrade: ['stale an hour'] },
      `A step of "degrade" of "me.read" is 'stale an hour'; write 'stale 1h', 'queue 5m', 'fallback', 'drop' or 'error'.`,
    ],
    [{ degrade: ['error 1h'] }, `A step of "degrade" of "me.read" is 'error 1h'; "error" takes no duration.`],
    [{ key: 4 }, `"key" of "me.read" is 4; it must name a field of the operation's input.`],
    ['10s', `The promise of "me.read" is '10s'; it must be an object.`],
    [[], 'The promise of "me.read" is a list; it must be an object.'],
  ] as const)('says what is wrong with %j', ([promise, sentence]) => {
    expect(mistakeOf({ 'me.read': promise })).toBe(sentence)
  })

  test.for([undefined, null, 'all', []])('asks for promises when they are %j', (promises) => {
    expect(mistakeOf(promises)).toContain('The client "desk" has no promises.')
  })

  test('answers whatever untyped code gives it with numbers or with a sentence', () => {
    const value = fc.oneof(fc.anything(), fc.constantFrom('10s', 'stale 1h', 'queue', '-1s', 'NaNs', '1e9h'))
    const promise = fc.oneof(
      value,
      fc.dictionary(fc.constantFrom('within', 'fresh', 'degrade', 'key', 'x'), fc.oneof(value, fc.array(value))),
    )
    const law = fc.check(
      fc.property(fc.dictionary(fc.string(), promise), (promises) => {
        const resolved = resolvedOr(promises, (error) => isUserError(error))
        return typeof resolved === 'boolean' ? resolved : Object.values(resolved).every(isSound)
      }),
    )
    expect(law).toMatchObject({ failed: false })
  })
})

function resolvedOr<T>(promises: unknown, otherwise: (error: unknown) => T): Promises | T {
  try {
    return resolvePromises({ name: 'desk', promises })
  } catch (error) {
    return otherwise(error)
  }
}

function isSound({ withinMs = 1, freshMs = 1 }: PromiseOf): boolean {
  return Number.isFinite(withinMs + freshMs) && withinMs > 0 && freshMs > 0
}

function mistakeOf(promises: unknown): string {
  const found = resolvedOr(promises, (error) => `${isUserError(error) ? '' : 'Not a UserError: '}${String(error)}`)
  return typeof found === 'string' ? found : 'nothing is wrong'
}
