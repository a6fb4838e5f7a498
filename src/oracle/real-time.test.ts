// Goal: a client is not blamed for the machine, and the incident's times leave it its own constants.

import { expect, test } from 'vitest'
import type { Threshold } from '#history/header.ts'
import { storyOf } from '../../test/judging.ts'
import { graceMs, inRealTime, tooBusy } from './real-time.ts'

const threshold = (changes: Partial<Threshold>): Threshold => ({
  oracle: 'recovers',
  name: 'within',
  value: 120_000,
  unit: 'ms',
  bound: 'at-most',
  domain: 'incident',
  source: 'scenario',
  cite: 'expect.recovers.within',
  ...changes,
})

const real = { scale: 10, floorMs: 3_000 }

test.for([
  { what: 'the time of an incident is divided', given: {}, value: 12_000 },
  { what: 'it is not divided below what the client needs', given: { value: 20_000 }, value: 3_000 },
  { what: 'it is never longer than it was', given: { value: 2_000 }, value: 2_000 },
  { what: 'a share has no time', given: { unit: 'share', value: 0.9 }, value: 0.9 },
  { what: "the client's own gets what a machine adds", given: { domain: 'client', source: 'profile' }, value: 120_250 },
  { what: 'a promise stays as promised', given: { domain: 'client', source: 'promise' }, value: 120_000 },
  { what: 'a least pause stays', given: { domain: 'client', source: 'profile', bound: 'at-least' }, value: 120_000 },
] as const)('$what', ({ given, value }) => {
  const before = threshold(given)
  const after = inRealTime(before, real)
  expect(after.value).toBe(value)
  expect(after.cite === before.cite).toBe(value === before.value)
})

test('only what came over a socket may be seen later than it happened', () => {
  expect([graceMs({ transport: 'virtual' }), graceMs({ transport: 'loopback' })]).toEqual([0, 250])
})

test.for([
  [undefined, false],
  [250, false],
  [251, true],
] as const)('a machine that was %s ms late excuses a failure: %s', ([lagMs, excuses]) => {
  const ended = { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'done' } as const
  const history = storyOf({
    tell: (story) => void story.event('60m', { ...ended, ...(lagMs !== undefined && { lagMs }) }),
  })
  expect(tooBusy(history) !== null).toBe(excuses)
})

test('who breaks the protocol does so on any machine', () => {
  const ended = { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'crashed', lagMs: 9_000 } as const
  const died = (cause: 'protocol' | 'exit') =>
    storyOf({
      tell: (story) => {
        story.event('59m', {
          kind: 'client.crashed',
          cause,
          message: 'it answered 7 twice',
          operation: null,
        })
        story.event('60m', ended)
      },
    })
  expect([tooBusy(died('protocol')), tooBusy(died('exit')) !== null]).toEqual([null, true])
})
