import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import type { Declared } from '#history/promises.ts'
import { resolveDeclared } from './declared.ts'

const breaker = { failures: 5, rest: '10s' }

describe('resolveDeclared', () => {
  test.for([
    [undefined, {}],
    [{}, {}],
    [
      { concurrency: 4, queue: 100 },
      { concurrency: 4, queue: 100 },
    ],
    [{ breaker }, { breaker: { failures: 5, restMs: 10_000, probes: 1, per: 'workspace' } }],
    [
      {
        breaker: {
          failures: 20,
          share: '50%',
          within: '1m',
          rest: '30s',
          probes: 3,
          per: 'route',
          guards: ['me.read'],
        },
      },
      {
        breaker: {
          failures: 20,
          share: 0.5,
          windowMs: 60_000,
          restMs: 30_000,
          probes: 3,
          per: 'route',
          guards: ['me.read'],
        },
      },
    ],
    [
      { breaker: { ...breaker, guards: [] } },
      { breaker: { failures: 5, restMs: 10_000, probes: 1, per: 'workspace', guards: [] } },
    ],
  ] as const)('turns %j into numbers', ([declares, facts]) => {
    expect(resolveDeclared({ name: 'desk', declares })).toEqual(facts)
  })

  const bothNeeded = 'A breaker that opens at a share of failures needs both "share" and "within".'
  const asShare = '"share" of the breaker must be a percentage such as \'50%\'.'
  const asRest = '"rest" of the breaker must be a duration such as \'10s\'.'

  test.for([
    ['all', '"declares" of the client "desk" must be an object with some of: concurrency, queue, breaker.'],
    [null, '"declares" of the client "desk" must be an object with some of: concurrency, queue, breaker.'],
    [[], '"declares" of the client "desk" must be an object with some of: concurrency, queue, breaker.'],
    [{ queu: 4 }, '"declares" of the client "desk" has an unknown field "queu".\nDid you mean "queue"?'],
    [
      { retries: 3 },
      '"declares" of the client "desk" has an unknown field "retries".\nIt may have: concurrency, queue, breaker.',
    ],
    [{ concurrency: 0 }, '"concurrency" must be a whole number above 0.'],
    [{ queue: 1.5 }, '"queue" must be a whole number above 0.'],
    [{ queue: '10' }, '"queue" must be a whole number above 0.'],
    [{ breaker: 5 }, '"breaker" must be an object with some of: failures, share, within, rest, probes, per, guards.'],
    [{ breaker: {} }, 'The declared breaker needs "failures" and "rest", such as { failures: 5, rest: \'10s\' }.'],
    [
      { breaker: { failures: 5 } },
      'The declared breaker needs "failures" and "rest", such as { failures: 5, rest: \'10s\' }.',
    ],
    [{ breaker: { ...breaker, rests: '1s' } }, '"breaker" has an unknown field "rests".\nDid you mean "rest"?'],
    [{ breaker: { ...breaker, failures: -1 } }, '"failures" of the breaker must be a whole number above 0.'],
    [{ breaker: { ...breaker, rest: 10_000 } }, asRest],
    [{ breaker: { ...breaker, rest: '0s' } }, asRest],
    [{ breaker: { ...breaker, share: '50%' } }, bothNeeded],
    [{ breaker: { ...breaker, within: '1m' } }, bothNeeded],
    [{ breaker: { ...breaker, share: 0.5, within: '1m' } }, asShare],
    [{ breaker: { ...breaker, share: '0%', within: '1m' } }, asShare],
    [{ breaker: { ...breaker, share: '101%', within: '1m' } }, asShare],
    [{ breaker: { ...breaker, probes: 0 } }, '"probes" of the breaker must be a whole number above 0.'],
    [{ breaker: { ...breaker, per: 'region' } }, '"per" of the breaker must be one of: workspace, host, route.'],
    [{ breaker: { ...breaker, guards: 'me.read' } }, '"guards" of the breaker must be a list of operations.'],
    [{ breaker: { ...breaker, guards: [4] } }, '"guards" of the breaker must be a list of operations.'],
  ] as const)('says what is wrong with %j', ([declares, sentence]) => {
    expect(resolvedOr(declares, String)).toBe(sentence)
  })

  test('answers whatever untyped code gives it with numbers or with a sentence', () => {
    const value = fc.oneof(fc.anything(), fc.constantFrom('10s', '50%', '-1s', 'NaN%', 5, 'host', ['me.read']))
    const names = fc.constantFrom('failures', 'share', 'within', 'rest', 'probes', 'per', 'guards', 'x')
    const part = fc.oneof(value, fc.dictionary(names, value))
    const law = fc.check(
      fc.property(fc.dictionary(fc.constantFrom('concurrency', 'queue', 'breaker'), part), (declares) => {
        const resolved = resolvedOr(declares, (error) => isUserError(error))
        return typeof resolved === 'boolean' ? resolved : isSound(resolved)
      }),
    )
    expect(law).toMatchObject({ failed: false })
  })
})

function resolvedOr<T>(declares: unknown, otherwise: (error: unknown) => T): Declared | T {
  try {
    return resolveDeclared({ name: 'desk', declares })
  } catch (error) {
    return otherwise(error)
  }
}

function isSound({ concurrency = 1, queue = 1, breaker: facts }: Declared): boolean {
  const { failures = 1, restMs = 1, probes = 1, windowMs = 1, share = 1 } = facts ?? {}
  return [concurrency, queue, failures, restMs, probes, windowMs, share].every((one) => Number.isFinite(one) && one > 0)
}
