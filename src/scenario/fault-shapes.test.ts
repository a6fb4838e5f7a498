// Faults as a scenario writes them: their shapes, scopes of shards and webhooks, effects that go without saying, hosts.

import { expect, test } from 'vitest'
import { parseScenario } from './parse.ts'
import { edited, told } from './sample.ts'

const slow = 'slow: { kind: latency, where: { region: au }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }'
const minute = 60_000

/** The sample with another fault in place of the first. */
function withFault(text: string): string {
  return edited([slow, `slow: { from: 11:10Z, until: 11:20Z, ${text} }`])
}

function faultOf(text: string) {
  return parseScenario(withFault(text), 'x').faults[0]
}

test.for<[string, object]>([
  ['', { kind: 'constant' }],
  ['ramp: 2m', { kind: 'ramp', overMs: 2 * minute }],
  ['square: { period: 1m, on: 25% }', { kind: 'square', periodMs: minute, on: 0.25 }],
  ['flap: { on: 40s, off: 4m }', { kind: 'flap', onMs: 40_000, offMs: 4 * minute, seed: 'slow' }],
  ['sawtooth: 5m', { kind: 'sawtooth', periodMs: 5 * minute }],
  [
    'falseRecovery: { from: 11:13Z, until: 11:14Z }',
    { kind: 'false-recovery', quietFromMs: 3 * minute, quietUntilMs: 4 * minute },
  ],
  [
    'relapse: { ends: 11:12Z, again: 2026-04-27 11:15:30Z }',
    { kind: 'relapse', firstMs: 2 * minute, againMs: 5.5 * minute },
  ],
])('the shape %s', ([shape, expected]) => {
  expect(faultOf(`kind: latency, with: { delay: 2s }, ${shape}`)?.shape).toEqual(expected)
})

test('a fault that grows rises over its whole window, unless it says otherwise', () => {
  const skew = 'kind: clock-skew, with: { ahead: 5m }'
  expect(faultOf(skew)?.shape).toEqual({ kind: 'ramp', overMs: 10 * minute })
  expect(faultOf(`${skew}, ramp: 1m`)?.shape).toEqual({ kind: 'ramp', overMs: minute })
})

test('a fault has the effect that its kind cannot do without', () => {
  expect(faultOf('kind: commit-then-fail')?.effect).toBe('committed')
  expect(faultOf('kind: status, with: { code: 503 }')?.effect).toBe('none')
})

test.for<[string, object]>([
  ['kind: replica-lag, with: { lag: 2m }, where: { region: au, shard: a }', { region: 'au', shard: 'a' }],
  ['kind: webhook-drop, where: { topic: contact.deleted }', { topic: 'contact.deleted' }],
  ["kind: method-rejection, where: { product: graph, route: '/{media}' }", { product: 'graph', route: '/{media}' }],
])('a scope of %s', ([fault, where]) => {
  expect(faultOf(fault)?.where).toEqual(where)
})

const latency = 'kind: latency, with: { delay: 2s }'

test.for<[name: string, fault: string, complaint: string]>([
  ['two of the new shapes', `${latency}, flap: { on: 1s, off: 1s }, sawtooth: 1m`, 'has `flap` and `sawtooth`'],
  [
    'a false recovery after the end',
    `${latency}, falseRecovery: { from: 11:13Z, until: 11:20Z }`,
    'while the fault is on',
  ],
  [
    'a false recovery that ends first',
    `${latency}, falseRecovery: { from: 11:13Z, until: 11:12Z }`,
    'while the fault is on',
  ],
  ['a relapse that comes too early', `${latency}, relapse: { ends: 11:14Z, again: 11:13Z }`, 'after the first end'],
  ['a relapse past the run', `${latency}, relapse: { ends: 11:14Z, again: 13:13Z }`, 'after the run ends'],
  ['a flap without a pause', `${latency}, flap: { on: 40s, off: 0s }`, 'on for some time and off for some'],
  ['a shard without a workspace', `${latency}, where: { shard: b }`, 'no workspace is on the shard `b`'],
  ['a workspace that lives elsewhere', `${latency}, where: { workspace: ours, region: us }`, 'no workspace is of'],
  ['an unknown topic', 'kind: webhook-drop, where: { topic: contact.delete }', 'Did you mean `contact.deleted`?'],
  ['an exchange of a topic', `${latency}, where: { topic: ping }`, 'cannot be scoped by "topic"'],
  ['a clock of a region', 'kind: clock-step, with: { ahead: 5m }, where: { region: au }', 'leave the scope out'],
  [
    'a route of another product',
    `${latency}, where: { product: graph, route: /me }`,
    'product `graph` does not serve `/me`',
  ],
  [
    'a route of another fleet',
    `${latency}, where: { fleet: au-rest, route: /api/v2/status.json }`,
    'fleet `au-rest` does not',
  ],
  [
    'a share of a workspace',
    'kind: index-lag, with: { lag: 2m }, share: 50%',
    'acts on whole workspaces, so it has no share',
  ],
  ['an answer without an effect', 'kind: commit-then-fail, effect: none', 'only committed'],
  ['a redirect out of the simulation', 'kind: redirect, with: { host: api.intercom.com }', 'which is not simulated'],
])('%s is a mistake', ([, fault, complaint]) => {
  expect(told(withFault(fault))).toContain(complaint)
})
