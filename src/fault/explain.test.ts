import { expect, test } from 'vitest'
import { capacityLoss } from './capacity-loss.ts'
import { clockStep } from './clock-step.ts'
import { crashLoop } from './crash-loop.ts'
import { explainFault } from './explain.ts'
import { replicaLag } from './replica-lag.ts'
import type { FaultSpec } from './spec.ts'
import { status } from './status.ts'
import { webhookDrop } from './webhook-drop.ts'

const startMs = Date.parse('2026-04-27T11:00:00Z')
const minuteMs = 60_000

const base = {
  from: 14 * minuteMs,
  until: 108 * minuteMs,
  shape: { kind: 'constant' },
  share: 1,
  effect: 'none',
} as const

const down = { ...base, name: 'down', kind: status, params: status.schema.parse({ code: 503 }) }
const answer = "The answer is 503 Service Temporarily Unavailable with an error in the API's own shape."

test.for<[FaultSpec, string]>([
  [
    {
      ...base,
      name: 'loop',
      kind: crashLoop,
      where: { fleet: 'au-rest' },
      shape: { kind: 'ramp', overMs: 18 * minuteMs },
      params: crashLoop.schema.parse({ coldRequests: '1/s', restart: '20s' }),
    },
    'loop: crash-loop on the fleet au-rest, from 11:14:00Z to 12:48:00Z, rising to full force over 18m. Requests of cold customers, 1 per second, each kill the worker that takes them; it is back, cold, after 20s.',
  ],
  [
    { ...base, name: 'tail', kind: capacityLoss, where: { fleet: 'au-rest' }, share: 0.25, params: {} },
    'tail: capacity-loss on 25% of the fleet au-rest, from 11:14:00Z to 12:48:00Z. Workers of the fleet are gone and take no requests.',
  ],
  [
    { ...base, name: 'tail', kind: capacityLoss, where: { region: 'au' }, params: {} },
    'tail: capacity-loss on the fleets of region au, from 11:14:00Z to 12:48:00Z. Workers of the fleet are gone and take no requests.',
  ],
  [
    { ...base, name: 'lag', kind: replicaLag, where: { shard: 'b', region: 'us' }, params: { lag: 120_000 } },
    'lag: replica-lag on the workspaces of shard b, region us, from 11:14:00Z to 12:48:00Z. Reads show the workspace as it was 2m ago; writes go through at once.',
  ],
  [
    { ...base, name: 'skew', kind: clockStep, where: {}, params: { ahead: 300_000 } },
    "skew: clock-step on the client's process, from 11:14:00Z to 12:48:00Z. The client's system clock jumps and is 5m ahead.",
  ],
  [
    { ...base, name: 'lost', kind: webhookDrop, where: { topic: 'ping' }, share: 0.5, params: {} },
    'lost: webhook-drop on 50% of webhooks of topic ping, from 11:14:00Z to 12:48:00Z. Notifications are never delivered.',
  ],
  [{ ...down, where: {} }, `down: status on all exchanges, from 11:14:00Z to 12:48:00Z. ${answer}`],
  [
    {
      ...down,
      where: { method: 'post', route: '/contacts/*', region: 'au', workspace: 'ours' },
      share: 0.5,
      shape: { kind: 'square', periodMs: 30_000, on: 0.5 },
      effect: 'committed',
    },
    `down: status on 50% of exchanges for POST /contacts/* of region au, workspace ours, from 11:14:00Z to 12:48:00Z, on for 15s of every 30s. ${answer} The server did the work before it went wrong.`,
  ],
  [
    { ...down, where: { route: '/me' }, nth: 1 },
    `down: status on all exchanges that are number 1 of their operation for /me, from 11:14:00Z to 12:48:00Z. ${answer}`,
  ],
])('%#', ([spec, words]) => {
  expect(explainFault(spec, startMs)).toBe(words)
})
