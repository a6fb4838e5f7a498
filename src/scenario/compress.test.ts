// Goal: in less time the same things happen in the same order, and nothing that belongs to a client or the API changes.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rateLimit } from '#fault/rate-limit.ts'
import type { FaultSpec } from '#fault/spec.ts'
import { compress, shortestPhase } from './compress.ts'
import { parseScenario } from './parse.ts'
import { rich } from './sample.ts'

const scenario = parseScenario(rich, 'rich.yaml', 'harsher')
const factors = fc.integer({ min: 1, max: 100 })

/** Everything that happens at some time, in the order of the file. */
function moments({ phases, faults, statusPage, actions, problems, spanMs }: typeof scenario): readonly number[] {
  const edges = faults.flatMap(({ from, until }) => [from, until])
  const marked = [...phases, ...statusPage, ...actions].map(({ at }) => at)
  return [...marked, ...edges, ...problems.flatMap(({ from, until }) => [from, until]), spanMs]
}

test('a factor of one changes nothing', () => expect(compress(scenario, 1)).toBe(scenario))

test('every moment comes sooner by the factor, to the millisecond', () => {
  fc.assert(
    fc.property(factors, (by) => {
      const before = moments(scenario)
      const after = moments(compress(scenario, by))
      expect(after).toHaveLength(before.length)
      for (const [index, at] of after.entries()) expect(Math.abs(at - (before[index] ?? 0) / by)).toBeLessThanOrEqual(1)
    }),
  )
})

test('faults keep a window, their parameters, their share and their scope', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (by) => {
      for (const [index, fault] of compress(scenario, by).faults.entries()) {
        const { params, share, where } = scenario.faults[index] ?? {}
        expect(fault.from).toBeLessThan(fault.until)
        expect({ params: fault.params, share: fault.share, where: fault.where }).toEqual({ params, share, where })
      }
    }),
  )
})

test('a limit lets the same part of the load through', () => {
  const [given] = scenario.faults
  const limit = { ...given, kind: rateLimit, params: rateLimit.schema.parse({ app: '15/min' }) } as FaultSpec
  const [fault] = compress({ ...scenario, faults: [limit] }, 8).faults
  expect(fault?.params).toEqual(rateLimit.schema.parse({ app: '120/min' }))
})

test('as much is asked in less time, with the same patience and of the same fleets', () => {
  const { loads, activities, fleets, arming } = compress(scenario, 10)
  expect({ fleets, arming }).toEqual({ fleets: scenario.fleets, arming: scenario.arming })
  expect(loads.map(({ gapMs, impatientMs }) => [gapMs * 10, impatientMs])).toEqual(
    scenario.loads.map(({ gapMs, impatientMs }) => [gapMs, impatientMs]),
  )
  expect(activities.map(({ gapMs }) => gapMs * 10)).toEqual(scenario.activities.map(({ gapMs }) => gapMs))
})

test('the shortest phase may be the last one', () => {
  expect(shortestPhase(scenario)).toEqual({ name: 'baseline', ms: 600_000 })
  expect(shortestPhase({ ...scenario, spanMs: 31 * 60_000 })).toEqual({ name: 'recovery', ms: 60_000 })
})
