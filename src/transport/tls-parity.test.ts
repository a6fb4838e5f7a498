// Handshakes that fail: in virtual time, and on our own listeners, against plain servers of Node's with the same certificates. The same
// stacks ask, and the same errors come, field by field.

import { once } from 'node:events'
import https from 'node:https'
import net from 'node:net'
import { beforeAll, expect, test } from 'vitest'
import { inVirtualTime } from '#clock/in-virtual-time.ts'
import { createRealRunClock } from '#clock/real-run-clock.ts'
import type { Decision, Handshake } from '#fault/fault.ts'
import { tlsFailure } from '#fault/tls-failure.ts'
import { decisionOf } from '#fault/test-asking.ts'
import type { Unstamped } from '#history/event.ts'
import { createPrng } from '#random/prng.ts'
import { outcome } from '../../test/parity/ground.ts'
import { createAuthority } from './authority.ts'
import { loopbackTransport } from './loopback.ts'
import { openRig, planOf, tinyService } from './test-rig.ts'
import { trust } from './trust.ts'

const reasons = ['expired', 'other-name', 'unknown-authority', 'cut'] as const satisfies readonly Handshake[]

const stacks: Record<string, (url: string) => Promise<unknown>> = {
  fetch: async (url) => (await fetch(url)).text(),
  'node:https': (url) => once(https.get(url, { agent: false }), 'response'),
}

/** As text, without the names of hosts and what is in the certificate. */
async function seen(stack: string, url: string): Promise<unknown> {
  const told = await outcome(() => stacks[stack]!(url))
  const text = JSON.stringify(told, (key, value: unknown) => (key === 'cert' ? typeof value : value))
  return JSON.parse(text.replaceAll(/localhost|one\.test|host:port/gu, 'host'))
}

const cases = Object.keys(stacks).flatMap((stack) => reasons.map((reason) => [stack, reason] as const))
const really: Record<string, unknown> = {}
const listened: Record<string, unknown> = {}
const hits: Unstamped[] = []

beforeAll(async () => {
  const authority = await createAuthority()
  const stop = trust(authority.ca)
  const servers = reasons.map((reason) =>
    reason === 'cut'
      ? net.createServer((socket) => socket.once('data', () => socket.end()).on('error', () => {}))
      : https.createServer(authority.flawed[reason], (_request, response) => response.end('not to be seen')),
  )
  for (const [index, server] of servers.entries()) {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const url = `https://localhost:${(server.address() as net.AddressInfo).port}/`
    for (const stack of Object.keys(stacks)) really[`${stack} ${reasons[index]}`] = await seen(stack, url)
    server.close()
  }
  stop()
  const clock = createRealRunClock()
  let next: Handshake = 'cut'
  const opened = await loopbackTransport.open({
    world: { services: [tinyService('one.test')], fleets: new Map() },
    plan: { ...planOf(() => undefined), handshake: () => ({ fault: 'tls', handshake: next }) },
    recorder: { record: (event: Unstamped) => hits.push(event) },
    clock,
    startMs: 0,
    random: createPrng('test'),
    entityOf: () => undefined,
    isOpen: () => true,
    dropHosts: new Set(),
    authority,
  })
  const url = opened.urlOf('one.test').replace('127.0.0.1', 'localhost')
  for (const [stack, reason] of cases) {
    next = reason
    listened[`${stack} ${reason}`] = await seen(stack, url)
  }
  clock.close()
  await opened.close()
}, 60_000)

test.for(cases)('%s, %s: on our listeners as on any server', ([stack, reason]) => {
  expect(JSON.stringify(really[`${stack} ${reason}`])).toMatch(/CERT|LEAF|ECONNRESET/u)
  expect(listened[`${stack} ${reason}`]).toEqual(really[`${stack} ${reason}`])
})

test('each of these connections is a hit of the fault, and no exchange', () => {
  const hit = { kind: 'fault.hit', exchange: null, fault: 'tls', decision: 'abort', effect: 'none' }
  expect(hits).toEqual(cases.map(() => hit))
})

test.for(cases)('%s, %s: in virtual time as on any server', async ([stack, reason]) => {
  const decision = decisionOf(tlsFailure, { reason }) as Decision
  const told = await inVirtualTime(async (clock) => {
    const rig = openRig({
      services: [tinyService('one.test')],
      decide: () => decision,
      turn: () => Promise.resolve(),
      options: { clock },
    })
    try {
      return await seen(stack, 'https://one.test/')
    } finally {
      rig.close()
    }
  })
  expect(told).toEqual(really[`${stack} ${reason}`])
})
