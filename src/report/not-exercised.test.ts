// Goal: nobody takes a minute in real time for a proof of what takes an hour.

import { expect, test } from 'vitest'
import { notExercised } from './not-exercised.ts'

const told = {
  transport: 'loopback',
  spanMs: 60_000,
  promises: {
    'contact.read': { withinMs: 1_000, freshMs: 300_000, degrade: [{ kind: 'stale', maxAgeMs: 3_600_000 }] },
    'note.add': { withinMs: 1_000, degrade: [{ kind: 'queue', maxDelayMs: 30_000 }, { kind: 'error' }] },
    'conversation.read': { withinMs: 1_000, freshMs: 300_000, degrade: [{ kind: 'error' }] },
  },
  declares: { breaker: { failures: 5, restMs: 61_000, probes: 1, per: 'host' } },
} as const

test('what is longer than the replay is listed once, what fits into it is not', () => {
  expect(notExercised(told)).toEqual(['fresh 5m', 'stale 1h', 'rest of the breaker 1m1s'])
})

test('in virtual time everything is exercised', () => {
  expect(notExercised({ ...told, transport: 'virtual' })).toEqual([])
})
