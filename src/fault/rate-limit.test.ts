import { expect, test } from 'vitest'
import { rateLimit } from './rate-limit.ts'
import { complaint, conditionOf } from './test-asking.ts'

test('names only the limits that change, per minute', () => {
  expect(conditionOf(rateLimit, { app: '1000/min' })).toEqual({ kind: 'rate-limit', appPerMinute: 1_000 })
  expect(conditionOf(rateLimit, { app: '10/s', workspace: '25/s' })).toEqual({
    kind: 'rate-limit',
    appPerMinute: 600,
    workspacePerMinute: 1_500,
  })
})

test('a ramp comes down to the limit', () => {
  expect(conditionOf(rateLimit, { app: '1000/min' }, 0.1)).toMatchObject({ appPerMinute: 10_000 })
})

test('grows with a load that becomes denser, each limit that it names', () => {
  const denser = (given: object) => rateLimit.denser?.(rateLimit.schema.parse(given), 10)
  expect(denser({ app: '12/min' })).toEqual({ app: 2 })
  expect(denser({ app: '1/s', workspace: '3/s' })).toEqual({ app: 10, workspace: 30 })
})

test('refuses a limit of nothing, and none at all', () => {
  expect(complaint(rateLimit, { app: '0/s' })).toBe('a limit of nothing is no limit')
  expect(complaint(rateLimit, {})).toBe('write the limit of the app, of the workspace, or both')
})

test('explains itself', () => {
  expect(rateLimit.explain(rateLimit.schema.parse({ app: '12/min', workspace: '25/s' }))).toBe(
    'Fewer calls than usual are allowed: each app may make 12 per minute, all apps together 25 per second.',
  )
})
