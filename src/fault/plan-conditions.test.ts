// What a plan says about workspaces, the client's process and webhooks; exchanges and fleets are in plan.test.ts.

import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { capacityLoss } from './capacity-loss.ts'
import { clockStep } from './clock-step.ts'
import type { FaultKind, NotificationView } from './fault.ts'
import { createPlan } from './plan.ts'
import { replicaLag } from './replica-lag.ts'
import type { FaultSpec } from './spec.ts'
import { webhookDelay } from './webhook-delay.ts'
import { webhookDrop } from './webhook-drop.ts'

const root = createPrng('plan')
const ours = { name: 'ours', region: 'au', shard: 'a' }
const sibling = { name: 'sibling', region: 'us', shard: 'b' }

function specOf(kind: FaultKind, input: unknown, fields: Partial<FaultSpec> = {}): FaultSpec {
  const params = kind.schema.parse(input)
  const shape = { kind: 'constant' } as const
  return {
    name: kind.kind,
    kind,
    where: {},
    from: 1_000,
    until: 2_000,
    shape,
    share: 1,
    effect: 'none',
    params,
    ...fields,
  }
}

function notificationOf(fields: Partial<NotificationView> = {}): NotificationView {
  const topic = 'contact.deleted'
  return { notification: 'n', topic, workspace: 'ours', region: 'au', shard: 'a', nth: 1, ...fields }
}

const lag = specOf(replicaLag, { lag: '1m' })

test('conditions apply to the workspaces in scope while the fault is on', () => {
  const plan = createPlan([{ ...lag, where: { shard: 'a' }, shape: { kind: 'ramp', overMs: 1_000 } }])
  expect(plan.workspaceConditions(ours, 1_500)).toEqual([
    { fault: 'replica-lag', condition: { kind: 'replica-lag', ms: 30_000 } },
  ])
  expect(plan.workspaceConditions(ours, 999)).toEqual([])
  expect(plan.workspaceConditions(ours, 2_000)).toEqual([])
  expect(plan.workspaceConditions(sibling, 1_500)).toEqual([])
})

test('each condition goes to what it acts on, and to nothing else', () => {
  const plan = createPlan([lag, specOf(clockStep, { ahead: '5m' }), specOf(capacityLoss, {})])
  const faults = [
    plan.workspaceConditions(ours, 1_500),
    plan.clientConditions(1_500),
    plan.conditions('au-rest', 1_500),
  ]
  expect(faults.map((imposed) => imposed.map(({ fault }) => fault))).toEqual([
    ['replica-lag'],
    ['clock-step'],
    ['capacity-loss'],
  ])
})

test('a notification is disturbed by each fault whose scope and nth fit, in the order of the file', () => {
  const plan = createPlan([
    specOf(webhookDelay, { by: '1m' }, { where: { topic: 'contact.deleted' } }),
    specOf(webhookDrop, {}, { nth: 2 }),
  ])
  const faultsOf = (fields: Partial<NotificationView>, at = 1_500) =>
    plan.disturb(notificationOf(fields), at, root).map(({ fault }) => fault)
  expect(faultsOf({})).toEqual(['webhook-delay'])
  expect(faultsOf({ nth: 2 })).toEqual(['webhook-delay', 'webhook-drop'])
  expect(faultsOf({ topic: 'ping', nth: 2 })).toEqual(['webhook-drop'])
  expect(faultsOf({ nth: 2 }, 2_000)).toEqual([])
})

test('a share hits that part of the notifications, whatever else is asked', () => {
  const plan = createPlan([specOf(webhookDrop, {}, { share: 0.25 })])
  const nths = Array.from({ length: 4_000 }, (_, index) => index + 1)
  const isHit = (nth: number, workspace = 'ours') =>
    plan.disturb(notificationOf({ nth, workspace }), 1_500, root).length > 0
  const hits = nths.map((nth) => isHit(nth))
  expect(hits.filter(Boolean).length / nths.length).toBeCloseTo(0.25, 1)
  expect(nths.toReversed().map((nth) => isHit(nth))).toEqual(hits.toReversed())
  expect(nths.map((nth) => isHit(nth, 'sibling'))).not.toEqual(hits)
})

test('a ramp hits more and more notifications, or each of them harder', () => {
  const shape = { kind: 'ramp', overMs: 1_000 } as const
  const delayed = createPlan([specOf(webhookDelay, { by: '1m' }, { shape })])
  expect(delayed.disturb(notificationOf(), 1_250, root).map(({ disturbance }) => disturbance)).toEqual([
    { kind: 'delay', ms: 15_000 },
  ])
  const dropping = createPlan([specOf(webhookDrop, {}, { shape })])
  const dropped = (at: number) =>
    Array.from({ length: 1_000 }, (_, nth) => dropping.disturb(notificationOf({ nth }), at, root)).flat().length
  expect(dropped(1_250)).toBeLessThan(dropped(1_750))
})

test('a sawtooth lets what was lost come back, until it falls again', () => {
  const plan = createPlan([specOf(capacityLoss, {}, { shape: { kind: 'sawtooth', periodMs: 400 }, share: 0.8 })])
  const shares = [1_000, 1_100, 1_300, 1_399, 1_400, 1_500].map((at) => {
    const [imposed] = plan.conditions('au-rest', at)
    return imposed?.condition.kind === 'workers-lost' ? Number(imposed.condition.share.toFixed(3)) : 0
  })
  expect(shares).toEqual([0.8, 0.6, 0.2, 0.002, 0.8, 0.6])
})
