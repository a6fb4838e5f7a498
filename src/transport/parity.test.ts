// The virtual fetch against Node's own over real sockets: the same cases, the same errors field by field. Method: each case
// yields plain data; a scripted server on the loopback interface and a service with a stub plan behave alike.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { cases } from '../../test/parity/cases.ts'
import { faults, hosts, outcome, routes } from '../../test/parity/ground.ts'
import { startScripted, stopScripted, unusedPort } from '../../test/parity/server.ts'
import { openRig, tinyService, type Rig } from './test-rig.ts'

const realFetch = globalThis.fetch

const really: Record<string, unknown> = {}

beforeAll(async () => {
  const [base, other] = [await startScripted(), await startScripted()]
  const dead = `http://127.0.0.1:${await unusedPort()}/`
  const turn = () => new Promise<void>((done) => setTimeout(done, 30))
  Object.assign(hosts, { base, other })
  await Promise.all(
    Object.entries(cases).map(async ([name, play]) => {
      really[name] = await outcome(() => play({ fetch: realFetch, base, other, dead, turn }))
    }),
  )
})

afterAll(stopScripted)

function virtually(): Rig {
  const hostNames = ['one.test', 'two.test', 'dead.test']
  Object.assign(hosts, { base: 'http://one.test', other: 'http://two.test' })
  return openRig({
    services: hostNames.map((host) => tinyService(host, routes)),
    decide: ({ route, host }) =>
      host === 'dead.test' ? { kind: 'abort', effect: 'none', phase: 'connect', code: 'ECONNREFUSED' } : faults[route],
    turn: () => new Promise((done) => setImmediate(done)),
  })
}

test.for(Object.keys(cases))('%s: the virtual fetch does what real sockets do', async (name) => {
  const rig = virtually()
  try {
    const play = cases[name]!
    const turn = () => rig.clock.run(rig.clock.now() + 200)
    const ground = {
      fetch: rig.fetch,
      base: 'http://one.test',
      other: 'http://two.test',
      dead: 'http://dead.test/',
      turn,
    }
    const seen = outcome(() => play(ground))
    const progress = { settled: false }
    void seen.then(() => (progress.settled = true))
    for (let steps = 0; !progress.settled && steps < 100; steps += 1) await turn()
    expect(await seen).toEqual(really[name])
  } finally {
    rig.close()
  }
})
