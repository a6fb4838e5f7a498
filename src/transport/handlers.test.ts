// The same handlers in a user's own MSW set-up.

import { getResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toHandlers } from './handlers.ts'
import { tinyService } from './test-rig.ts'

const times: number[] = []
const service = tinyService('api.test', {
  '/time': (_request, at) => {
    times.push(at)
    return {}
  },
  '/echo': ({ method, body, headers }) => ({ body: JSON.stringify([method, body, headers['x-own']]) }),
  '/gone': () => ({ status: 204, headers: [], body: null }),
})
const server = setupServer(...toHandlers([service]))

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterAll(() => server.close())

test('a user mounts the services in setupServer', async () => {
  const response = await fetch('https://api.test/contacts/c1')
  expect([response.status, await response.json()]).toEqual([200, { entity: 'contact:c1' }])
})

test('methods, bodies and headers reach the service', async () => {
  const response = await fetch('https://api.test/echo', { method: 'PUT', body: 'text', headers: { 'x-own': 'y' } })
  expect(await response.json()).toEqual(['PUT', 'text', 'y'])
  expect((await fetch('https://api.test/gone')).status).toBe(204)
  expect(await (await fetch('https://api.test/contacts/c1', { method: 'HEAD' })).text()).toBe('')
})

test('time moves with each request, or as the user says', async () => {
  times.length = 0
  await fetch('https://api.test/time')
  await fetch('https://api.test/time')
  expect(times[1]! - times[0]!).toBe(10)
  await getResponse(toHandlers([service], { now: () => 42 }), new Request('https://api.test/time'))
  expect(times.at(-1)).toBe(42)
})

test('requests to other hosts are left to other handlers', async () => {
  expect(await getResponse(toHandlers([service]), new Request('https://other.test/'))).toBeUndefined()
})
