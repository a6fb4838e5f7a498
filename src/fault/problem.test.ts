import { expect, test } from 'vitest'
import { crashLoop } from './crash-loop.ts'
import { commitThenFail } from './commit-then-fail.ts'
import { dnsFailure } from './dns-failure.ts'
import { latency } from './latency.ts'
import { specProblem } from './problem.ts'
import type { FaultSpec } from './spec.ts'
import { replicaLag } from './replica-lag.ts'
import { status } from './status.ts'
import { webhookDrop } from './webhook-drop.ts'

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
const lag: Partial<FaultSpec> = { kind: replicaLag, where: {}, params: { lag: 1 } }
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
  [{ kind: dnsFailure, params: {}, effect: 'committed' }, 'effect', 'only none'],
  [{ kind: commitThenFail, params: {} }, 'effect', 'only committed'],
  [{ kind: webhookDrop, where: {}, params: {}, effect: 'committed' }, 'effect', 'only none'],
  [{ ...lag, share: 0.5 }, 'share', 'A replica-lag acts on whole workspaces, so it has no share'],
  [{ ...lag, nth: 1 }, 'nth', 'acts on whole workspaces'],
  [{ shape: { kind: 'flap', onMs: 0, offMs: 1, seed: '' } }, 'shape', 'on for some time and off for some'],
  [{ shape: { kind: 'sawtooth', periodMs: 0 } }, 'shape', 'over nothing'],
  [{ shape: { kind: 'false-recovery', quietFromMs: 10, quietUntilMs: 1_000 } }, 'shape', 'while the fault is on'],
  [{ shape: { kind: 'relapse', firstMs: 20, againMs: 10 } }, 'shape', 'after the first end'],
])('%j is a problem', ([fields, key, what]) => {
  const problem = specProblem({ ...sound, ...fields }, ['au-rest'])
  expect(problem?.key).toBe(key)
  expect(problem?.what).toContain(what)
})

test('a sound fault has none', () => {
  expect(specProblem(sound)).toBeUndefined()
  expect(specProblem({ ...sound, effect: 'committed', nth: 2 }, ['au-rest'])).toBeUndefined()
  expect(specProblem({ ...sound, ...loop }, ['au-rest'])).toBeUndefined()
  expect(specProblem({ ...sound, ...lag })).toBeUndefined()
})
