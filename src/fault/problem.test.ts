import { expect, test } from 'vitest'
import { crashLoop } from './crash-loop.ts'
import { connectionRefused } from './connection-refused.ts'
import { latency } from './latency.ts'
import { specProblem } from './problem.ts'
import type { FaultSpec } from './spec.ts'
import { status } from './status.ts'

const sound: FaultSpec = {
  name: 'down',
  kind: status,
  where: { fleet: 'au-rest' },
  from: 1_000,
  until: 2_000,
  shape: { kind: 'constant' },
  share: 1,
  effect: 'none',
  params: status.schema.parse({ code: 503 }),
}
const loop: Partial<FaultSpec> = {
  kind: crashLoop,
  params: crashLoop.schema.parse({ coldRequests: '1/s', restart: '20s' }),
}

test.for<[Partial<FaultSpec>, string, string]>([
  [{ where: { fleet: 'au-rest', region: 'us' } }, 'where', 'is not in the region'],
  [{ until: 1_000 }, 'until', 'must end after it starts'],
  [{ share: 0 }, 'share', 'can match nothing'],
  [{ nth: 0 }, 'nth', 'counts from 1'],
  [{ nth: 1.5 }, 'nth', 'counts from 1'],
  [{ shape: { kind: 'square', periodMs: 0, on: 0.5 } }, 'shape', 'never on'],
  [{ shape: { kind: 'square', periodMs: 10, on: 0 } }, 'shape', 'never on'],
  [{ ...loop, nth: 1 }, 'nth', 'A crash-loop acts on whole fleets'],
  [{ ...loop, where: { region: 'eu' } }, 'where', 'matches none'],
  [{ ...loop, effect: 'committed' }, 'effect', 'cannot have "effect: committed", only none'],
  [{ kind: latency, params: { delay: 1 }, effect: 'committed' }, 'effect', 'A latency of this form'],
  [{ kind: connectionRefused, params: { code: 'ENOTFOUND' }, effect: 'committed' }, 'effect', 'only none'],
])('%j is a problem', ([fields, key, what]) => {
  const problem = specProblem({ ...sound, ...fields }, ['au-rest'])
  expect(problem?.key).toBe(key)
  expect(problem?.what).toContain(what)
})

test('a sound fault has none', () => {
  expect(specProblem(sound)).toBeUndefined()
  expect(specProblem({ ...sound, effect: 'committed', nth: 2 }, ['au-rest'])).toBeUndefined()
  expect(specProblem({ ...sound, ...loop }, ['au-rest'])).toBeUndefined()
})
