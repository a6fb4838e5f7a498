import { expect, test } from 'vitest'
import { dropped, fallback, outcomeOf, queued, stale } from './outcome.ts'

test.for([
  [{ id: 7 }, { kind: 'fresh', value: { id: 7 } }],
  [undefined, { kind: 'fresh', value: undefined }],
  [null, { kind: 'fresh', value: null }],
  ['text', { kind: 'fresh', value: 'text' }],
  [stale({ id: 7 }, { age: 60_000 }), { kind: 'stale', value: { id: 7 }, ageMs: 60_000 }],
  [queued(), { kind: 'queued' }],
  [fallback('nobody'), { kind: 'fallback', value: 'nobody' }],
  [dropped(), { kind: 'dropped' }],
  [
    { id: 7, _stale: true },
    { kind: 'stale', value: { id: 7, _stale: true } },
  ],
  [
    { id: 7, _stale: false },
    { kind: 'fresh', value: { id: 7, _stale: false } },
  ],
] as const)('%o is understood', ([returned, outcome]) => {
  expect(outcomeOf(returned)).toEqual(outcome)
})

test('an outcome of another copy of this package is understood', () => {
  const foreign = { [Symbol.for('brownout.outcome')]: { kind: 'queued' } }
  expect(outcomeOf(foreign)).toEqual({ kind: 'queued' })
})

test.for([undefined, Number.NaN, -1, Number.POSITIVE_INFINITY, '5m', null])(
  'an age of %o is a mistake that is said',
  (age) => {
    expect(() => stale({ id: 7 }, { age } as never)).toThrow(TypeError)
    expect(() => stale({ id: 7 }, { age } as never)).toThrow(/stale\(\) needs the age of the copy in milliseconds/u)
  },
)

test('facts that are missing altogether are a mistake that is said', () => {
  expect(() => stale({ id: 7 }, undefined as never)).toThrow(/needs the age of the copy/u)
})
