// The listeners of the loopback transport against a scripted server: the same cases, the same errors field by field.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRealRunClock } from '#clock/real-run-clock.ts'
import type { HistoryEvent, Unstamped } from '#history/event.ts'
import { createPrng } from '#random/prng.ts'
import { loopbackTransport } from './loopback.ts'
import { cases } from '../../test/parity/cases.ts'
import { faults, hosts, outcome, routes, type Ground } from '../../test/parity/ground.ts'
import { startScripted, stopScripted, unusedPort } from '../../test/parity/server.ts'
import { planOf, tinyService } from './test-rig.ts'
import type { Opened } from './transport.ts'

const realFetch = globalThis.fetch
const turn = () => new Promise<void>((done) => setTimeout(done, 60))

const clock = createRealRunClock()
const events: HistoryEvent[] = []
let opened: Opened
const scripted: Record<string, unknown> = {}
const listened: Record<string, unknown> = {}

beforeAll(async () => {
  const [base, other] = [await startScripted(), await startScripted()]
  const dead = `http://127.0.0.1:${await unusedPort()}/`
  Object.assign(hosts, { base, other })
  await playAll({ fetch: realFetch, base, other, dead, turn }, scripted)
  const names = ['one.test', 'two.test', 'dead.test']
  opened = await loopbackTransport.open({
    world: { services: names.map((host) => tinyService(host, routes)), fleets: new Map() },
    plan: planOf(({ route, host }) =>
      host === 'dead.test' ? { kind: 'abort', effect: 'none', phase: 'connect', code: 'ECONNREFUSED' } : faults[route],
    ),
    recorder: { record: (event: Unstamped) => events.push({ seq: events.length, at: clock.now(), ...event }) - 1 },
    clock,
    startMs: 0,
    random: createPrng('test'),
    entityOf: () => undefined,
    isOpen: () => true,
    dropHosts: new Set(),
  })
  const [one, two] = [opened.urlOf('one.test'), opened.urlOf('two.test')]
  Object.assign(hosts, { base: one, other: two })
  await playAll({ fetch: realFetch, base: one, other: two, dead: `${opened.urlOf('dead.test')}/`, turn }, listened)
}, 60_000)

afterAll(async () => {
  clock.close()
  await opened.close()
  stopScripted()
})

async function playAll(ground: Ground, into: Record<string, unknown>): Promise<void> {
  await Promise.all(
    Object.entries(cases).map(async ([name, play]) => {
      into[name] = await outcome(() => play(ground))
    }),
  )
}

test.for(Object.keys(cases))('%s: the listeners do what a real server does', (name) => {
  expect(listened[name]).toEqual(scripted[name])
})
