import { expect, test } from 'vitest'
import { crashLoop } from './crash-loop.ts'

const params = crashLoop.schema.parse({ coldRequests: '2/s', restart: '20s' })

test('imposes requests that kill, in proportion to intensity and share', () => {
  expect(crashLoop.impose?.(params, 1, 1)).toEqual([{ kind: 'deadly-demand', perSecond: 2, restartMs: 20_000 }])
  expect(crashLoop.impose?.(params, 0.5, 0.5)).toEqual([{ kind: 'deadly-demand', perSecond: 0.5, restartMs: 20_000 }])
})

test.for([
  [{ coldRequests: '0/s', restart: '20s' }, 'without cold requests nothing crashes'],
  [{ coldRequests: '1/s', restart: '0s' }, 'a restart takes time'],
] as const)('refuses %j', ([input, message]) => {
  expect(crashLoop.schema.safeParse(input).error?.issues.map((issue) => issue.message)).toEqual([message])
})

test('explains itself', () => {
  expect(crashLoop.explain(params)).toBe(
    'Requests of cold customers, 2 per second, each kill the worker that takes them; it is back, cold, after 20s.',
  )
})
