// Goal: where others than this machine can reach the listeners, only those are served who know the run's name for it; and nobody learns anything else.

import http from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRealRunClock } from '#clock/real-run-clock.ts'
import type { Unstamped } from '#history/event.ts'
import { createPrng } from '#random/prng.ts'
import { listen, type Listening } from './listen.ts'
import { planOf, tinyService } from './test-rig.ts'

const name = '0123456789abcdef.brownout.internal'
const clock = createRealRunClock()
const recorded: Unstamped[] = []
let listening: Listening

beforeAll(async () => {
  const routes = { '/links': () => ({ body: '"https://one.test/next"' }) }
  listening = await listen(
    {
      world: { services: [tinyService('one.test', routes)], fleets: new Map() },
      plan: planOf(() => undefined),
      recorder: { record: (event) => recorded.push(event) },
      clock,
      startMs: 0,
      random: createPrng('test'),
      entityOf: () => undefined,
      isOpen: () => true,
      dropHosts: new Set(),
    },
    0,
    { front: { address: '127.0.0.2', name } },
  )
})

afterAll(async () => {
  clock.close()
  await listening.close()
})

const port = () => new URL(listening.places[0]?.url ?? '').port

function ask(host: string): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const sent = http.get({ host: '127.0.0.2', port: port(), path: '/links', headers: { host } }, (response) => {
      let body = ''
      response.on('data', (part: Buffer) => (body += String(part)))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    sent.on('error', reject)
  })
}

test('who knows the name is served, and led on by it', async () => {
  const url = `http://${name}:${port()}`
  expect(listening.places).toEqual([{ host: 'one.test', service: expect.any(String), url }])
  expect(await ask(`${name}:${port()}`)).toEqual({ status: 200, body: `"${url}/next"` })
})

test.for(['127.0.0.2', 'one.test', 'fedcba9876543210.brownout.internal', 'brownout.internal', ''])(
  'who calls it "%s" is turned away, and nothing is recorded',
  async (host) => {
    const before = recorded.length
    expect(await ask(host)).toEqual({ status: 403, body: '' })
    expect(recorded).toHaveLength(before)
  },
)
