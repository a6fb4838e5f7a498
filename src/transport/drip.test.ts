// A body that drips: when it is whole, what may end it before, and what the history says. Its shapes are in parity.test.ts.

import { afterEach, expect, test } from 'vitest'
import type { Decision } from '#fault/fault.ts'
import { openRig, tinyService, type Rig } from './test-rig.ts'

let rig: Rig
const url = 'https://api.test/contacts/c1'
const drip: Decision = { kind: 'drip', ms: 30_000 }

function open(...decisions: readonly Decision[]): Rig {
  rig = openRig({ turn: () => new Promise((done) => setImmediate(done)), decide: () => decisions })
  return rig
}

afterEach(() => rig.close())

/** The response, as soon as its head is there. */
async function headOf(pending: Promise<Response>): Promise<Response> {
  await rig.clock.run(rig.clock.now() + 1_000)
  return pending
}

test('the head comes at once, the last byte after the time of the drip', async () => {
  const { settle, fetch, find, inFlight } = open(drip)
  const response = await headOf(fetch(url))
  expect([response.status, inFlight()]).toEqual([200, 1])
  expect(await settle(response.json())).toEqual({ entity: 'contact:c1' })
  expect(inFlight()).toBe(0)
  expect(find('exchange.ended')[0]!.at - find('exchange.head')[0]!.at).toBe(30_000)
  expect(find('exchange.ended')[0]!.contains).toEqual({ 'contact:c1': 0 })
  expect(find('fault.hit')).toMatchObject([{ decision: 'drip', fault: 'fault-1' }])
})

test('drips add up, and an error drips too', async () => {
  const { settle, fetch, find } = open(
    drip,
    { kind: 'drip', ms: 10_000 },
    {
      kind: 'respond',
      effect: 'none',
      status: 503,
      headers: [],
      body: 'no capacity',
    },
  )
  const response = await headOf(fetch(url))
  expect(response.status).toBe(503)
  expect(await settle(response.text())).toBe('no capacity')
  expect(find('exchange.ended')[0]!.at - find('exchange.head')[0]!.at).toBe(40_000)
})

test('an abort in the middle ends the body and the exchange', async () => {
  const { fetch, find, clock, inFlight } = open(drip)
  const control = new AbortController()
  const response = await headOf(fetch(url, { signal: control.signal }))
  const text = response.text()
  text.catch(() => {})
  await clock.run(10_000)
  control.abort(new Error('too slow'))
  await expect(text).rejects.toThrow('too slow')
  expect(inFlight()).toBe(0)
  await clock.run()
  expect(find('exchange.aborted')).toMatchObject([{ at: 10_000 }])
  expect(find('exchange.ended')).toEqual([])
})

test('a client that cancels the body gives the exchange up', async () => {
  const { fetch, find, clock, inFlight } = open(drip)
  const response = await headOf(fetch(url))
  await response.body!.cancel('enough')
  expect(inFlight()).toBe(0)
  await clock.run()
  expect(find('exchange.aborted')).toMatchObject([{ reason: 'enough' }])
  expect(find('exchange.ended')).toEqual([])
})

test('pieces that are more than 300 s apart run into the limit of Node', async () => {
  const { settle, fetch, find } = open({ kind: 'drip', ms: 40 * 3_600_000 })
  const response = await headOf(fetch(url))
  await expect(settle(response.text())).rejects.toMatchObject({ cause: { code: 'UND_ERR_BODY_TIMEOUT' } })
  expect(find('exchange.failed')[0]!.at - find('exchange.head')[0]!.at).toBe(300_000)
})

test('a long drip of a long body stays below that limit', async () => {
  const body = 'x'.repeat(10_000)
  rig = openRig({
    turn: () => new Promise((done) => setImmediate(done)),
    service: tinyService('api.test', { '/contacts/c1': () => ({ body }) }),
    decide: () => ({ kind: 'drip', ms: 2 * 3_600_000 }),
  })
  const response = await headOf(rig.fetch(url))
  expect(await rig.settle(response.text())).toBe(body)
})

test.for<[string, RequestInit, Decision[]]>([
  ['HEAD', { method: 'HEAD' }, [drip]],
  ['an empty body', {}, [drip, { kind: 'respond', effect: 'none', status: 200, headers: [], body: '' }]],
  ['no body', {}, [drip, { kind: 'respond', effect: 'none', status: 204, headers: [], body: null }]],
])('%s has nothing to drip', async ([, init, decisions]) => {
  const { fetch, find, inFlight } = open(...decisions)
  expect(await (await headOf(fetch(url, init))).text()).toBe('')
  expect(inFlight()).toBe(0)
  expect(find('exchange.ended')).toHaveLength(1)
})

test('a redirect that drips is followed at once', async () => {
  const moved = { status: 302, headers: [['location', '/contacts/c2']] as const, body: 'moved' }
  rig = openRig({
    turn: () => new Promise((done) => setImmediate(done)),
    decide: ({ nth }) => (nth === 1 ? [drip, { kind: 'respond', effect: 'none', ...moved }] : []),
  })
  const response = await headOf(rig.fetch(url))
  expect([response.redirected, await response.json()]).toEqual([true, { entity: 'contact:c2' }])
})

test('an edit that changes nothing is no hit, and one that keeps the content still teaches it', async () => {
  const { settle, fetch, find } = open(
    { kind: 'rewrite', edit: (reply) => reply },
    { kind: 'rewrite', keepsContent: true, edit: (reply, epochMs) => ({ ...reply, body: `${reply.body} ${epochMs}` }) },
  )
  const response = await settle(fetch(url))
  expect(await response.text()).toMatch(/^\{"entity":"contact:c1"\} \d+/u)
  expect(find('fault.hit')).toMatchObject([{ fault: 'fault-2', decision: 'rewrite' }])
  expect(find('exchange.ended')[0]!.contains).toEqual({ 'contact:c1': 0 })
})
