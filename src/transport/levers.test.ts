import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Imposed } from '#fault/plan.ts'
import type { WorkspaceCondition } from '#fault/fault.ts'
import { createPrng } from '#random/prng.ts'
import { createIntercom } from '#server/intercom/intercom.ts'
import { noLevers } from '#server/service.ts'
import { sumLevers } from './levers.ts'
import { openRig } from './test-rig.ts'

const imposed = (...conditions: WorkspaceCondition[]): Imposed[] =>
  conditions.map((condition, index) => ({ fault: `fault-${index + 1}`, condition }))

test('no conditions are no levers', () => {
  expect(sumLevers([])).toBe(noLevers)
})

test('delays do not add up, other apps do, and of two limits the tighter counts', () => {
  const levers = sumLevers(
    imposed(
      { kind: 'replica-lag', ms: 5_000 },
      { kind: 'replica-lag', ms: 3_000 },
      { kind: 'index-lag', ms: 1_000 },
      { kind: 'attachment-lag', ms: 9_000 },
      { kind: 'other-apps', perMinute: 100 },
      { kind: 'other-apps', perMinute: 50 },
      { kind: 'rate-limit', appPerMinute: 60 },
      { kind: 'rate-limit', appPerMinute: 120, workspacePerMinute: 600 },
    ),
  )
  expect(levers).toEqual({
    replicaLagMs: 5_000,
    indexLagMs: 1_000,
    attachmentLagMs: 9_000,
    otherAppsPerMinute: 150,
    appPerMinute: 60,
    workspacePerMinute: 600,
  })
})

test('conditions on fleets are no levers of a workspace', () => {
  const onFleet: Imposed = { fault: 'loss', condition: { kind: 'workers-lost', share: 0.5 } }
  expect(sumLevers([onFleet])).toEqual(noLevers)
})

const condition = fc.oneof(
  fc.record({ kind: fc.constantFrom('replica-lag', 'index-lag', 'attachment-lag'), ms: fc.nat(1e6) }),
  fc.record({ kind: fc.constant('other-apps'), perMinute: fc.nat(1e5) }),
  fc.record({ kind: fc.constant('rate-limit'), appPerMinute: fc.nat(1e5) }),
) as fc.Arbitrary<WorkspaceCondition>

test('the order of the faults does not matter', () => {
  fc.assert(
    fc.property(fc.array(condition), (conditions) => {
      expect(sumLevers(imposed(...conditions.toReversed()))).toEqual(sumLevers(imposed(...conditions)))
    }),
  )
})

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

async function asked(lever: WorkspaceCondition, path: string) {
  const workspaces = [{ name: 'ours', region: 'au' }]
  const intercom = createIntercom({ workspaces, random: createPrng('seed'), startMs: 0, contacts: 3, conversations: 1 })
  const world = { services: [intercom], fleets: new Map(), tunable: intercom }
  const workspaceConditions = imposed({ kind: 'attachment-lag', ms: 1_000 }, lever)
  const rig = openRig({ turn, workspaceConditions, options: { world } })
  const headers = { authorization: `Bearer ${intercom.tokens['ours']}` }
  const url = `https://api.au.intercom.io${path}`
  const body = JSON.stringify({ external_id: 'ada' })
  await rig.settle(rig.fetch('https://api.au.intercom.io/contacts', { method: 'POST', headers, body }))
  const response = await rig.settle(rig.fetch(url, { headers }))
  rig.close()
  return { status: response.status, hits: rig.find('fault.hit') }
}

test.for<[string, WorkspaceCondition, string, number]>([
  ['a replica that is behind', { kind: 'replica-lag', ms: 60_000 }, '/contacts/find_by_external_id/ada', 404],
  ['a limit that leaves nothing', { kind: 'rate-limit', appPerMinute: 6 }, '/me', 429],
])('%s hits the exchange whose reply it changed, by its own fault alone', async ([, lever, path, status]) => {
  const { status: got, hits } = await asked(lever, path)
  expect(got).toBe(status)
  expect(hits).toEqual([
    expect.objectContaining({ exchange: 2, fault: 'fault-2', decision: 'condition', effect: 'none' }),
  ])
})

test('a lever that changes no reply hits nothing', async () => {
  expect(await asked({ kind: 'replica-lag', ms: 1 }, '/me')).toEqual({ status: 200, hits: [] })
  expect(await asked({ kind: 'index-lag', ms: 60_000 }, '/contacts')).toEqual({ status: 200, hits: [] })
})
