// What one exchange costs: the real SDK reading a contact over a bare in-process stub, over this harness (virtual time, fleet,
// attribution, recorder, one armed fault plan) and over MSW's setupServer. All three in one process, in one run, because
// machines differ and ratios do not. Each figure is the median of `rounds` rounds of `exchanges` sequential reads.

import { IntercomClient } from 'intercom-client'
import { setupServer } from 'msw/node'
import { runAs } from '#context/owner.ts'
import { createVirtualClock } from '#clock/virtual-clock.ts'
import { createPlan } from '#fault/plan.ts'
import { createRecorder } from '#history/recorder.ts'
import { encodeEvent } from '#history/codec.ts'
import { createPrng } from '#random/prng.ts'
import { createIntercom } from '#server/intercom/intercom.ts'
import type { ContactRef } from '#server/intent.ts'
import { createFleet } from '#server/worker-fleet.ts'
import { toHandlers } from '#transport/handlers.ts'
import { virtualTransport } from '#transport/virtual.ts'

const rounds = 9
const exchanges = 500
const startMs = Date.UTC(2026, 3, 27, 11)
const realNow = performance.now.bind(performance)
const random = createPrng('bench')
const intercom = createIntercom({ workspaces: [{ name: 'ours', region: 'au' }], random, startMs })
const token = intercom.tokens['ours'] ?? ''
const { contact } = drawRead() as { contact: ContactRef }
const environment = 'https://api.au.intercom.io'

type Fetch = typeof fetch

function drawRead(): unknown {
  return intercom.intents.get('contact.read')?.draw('ours', 0, 1, random, 0).input
}

const clientOver = (over: Fetch) => new IntercomClient({ token, environment, fetch: over, maxRetries: 0 })

async function readMany(client: IntercomClient): Promise<void> {
  for (let index = 0; index < exchanges; index += 1) await client.contacts.find({ contact_id: contact.id })
}

async function median(work: () => Promise<void>): Promise<number> {
  await work()
  const costs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = realNow()
    await work()
    costs.push(((realNow() - startedAt) / exchanges) * 1_000)
  }
  return costs.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN
}

async function overStub(): Promise<number> {
  const body = JSON.stringify({
    type: 'contact',
    id: contact.id,
    external_id: contact.externalId,
    email: contact.email,
  })
  const client = clientOver(async () => new Response(body, { headers: { 'content-type': 'application/json' } }))
  return await median(() => readMany(client))
}

async function overHarness(): Promise<number> {
  const clock = createVirtualClock()
  clock.install(startMs)
  const recorder = createRecorder(clock, (event) => void encodeEvent(event))
  const opened = virtualTransport.open({
    world: {
      services: [intercom],
      fleets: new Map([['au-rest', createFleet('au-rest', fleetConfig, random.fork('fleet'))]]),
    },
    plan: createPlan([]),
    recorder,
    clock,
    startMs,
    random,
    entityOf: () => `contact:${contact.id}`,
    isOpen: () => true,
    dropHosts: new Set(),
  })
  const client = clientOver(opened.fetch)
  const owner = { instance: 0, workspace: 'ours', operation: null, random: random.next }
  const cost = await median(async () => {
    let done = false
    void runAs(owner, () => readMany(client)).then(() => (done = true))
    await clock.run({ until: () => done, horizon: Number.MAX_SAFE_INTEGER, onClientError: fail })
  })
  opened.close()
  clock.uninstall()
  return cost
}

const fleetConfig = {
  workers: 16,
  serviceTimeMs: 60,
  queue: 200,
  otherTenantsPerSecond: 0,
  abandoned: 'served',
  overflow: 'reject',
  gatewayTimeoutMs: 60_000,
} as const

function fail(error: unknown): never {
  throw error
}

async function overSetupServer(): Promise<number> {
  // Rate-limit windows only move forward: one later window per request, as if a minute passed.
  let at = 100 * 3_600_000
  const server = setupServer(...toHandlers([intercom], { now: () => (at += 60_000) }))
  server.listen({ onUnhandledFrame: 'error' })
  const cost = await median(() => readMany(clientOver(globalThis.fetch)))
  server.close()
  return cost
}

const stub = await overStub()
const harness = await overHarness()
const mocked = await overSetupServer()
const row = (name: string, cost: number) => `${name.padEnd(34)}${cost.toFixed(0).padStart(8)} us`
console.log(
  `One read of a contact with intercom-client 7.0.3, median of ${rounds} x ${exchanges}, Node ${process.version}`,
)
console.log(row('over a bare stub fetch', stub))
console.log(row('over this harness', harness))
console.log(row('over MSW setupServer', mocked))
console.log(`harness / stub        ${(harness / stub).toFixed(2)}   (aim: at most 2.5)`)
console.log(`setupServer / harness ${(mocked / harness).toFixed(2)}   (aim: at least 5)`)
