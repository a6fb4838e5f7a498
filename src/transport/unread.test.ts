// Which answers count as never read: in a real process each of them keeps a connection.

import { afterEach, expect, test } from 'vitest'
import { runAs, type Life } from '#context/owner.ts'
import type { Decision } from '#fault/fault.ts'
import { openRig, type Rig } from './test-rig.ts'

let rig: Rig
const url = 'https://api.test/contacts/c1'
const answer = (status: number, body: string): Decision => ({
  kind: 'respond',
  effect: 'none',
  status,
  headers: [['content-type', 'text/plain']],
  body,
})

function open(...decisions: readonly Decision[]): Rig {
  rig = openRig({ turn: () => new Promise((done) => setImmediate(done)), decide: () => decisions })
  return rig
}

afterEach(() => rig.close())

async function ask(init?: RequestInit): Promise<Response> {
  const pending = rig.fetch(url, init)
  await rig.clock.run(rig.clock.now() + 1_000)
  return pending
}

test('an answer that was only looked at is unread', async () => {
  open(answer(503, 'no capacity'))
  const response = await ask()
  expect([response.ok, response.headers.get('content-type'), response.bodyUsed]).toEqual([false, 'text/plain', false])
  expect(rig.unread()).toBe(1)
})

test.for<[string, (response: Response) => Promise<unknown>]>([
  ['text()', (response) => response.text()],
  ['bytes()', (response) => response.bytes()],
  ['a reader', async (response) => response.body?.getReader().read()],
  ['cancel()', async (response) => response.body?.cancel()],
  ['a copy', async (response) => response.clone().text()],
  ['an iterator', async (response) => Array.fromAsync(response.body as never)],
])('an answer is read by %s', async ([, read]) => {
  open(answer(503, 'no capacity'))
  await read(await ask())
  expect(rig.unread()).toBe(0)
})

test.for([204, 304])('there is nothing to read in a %i', async (status) => {
  open(answer(status, ''))
  await ask()
  expect(rig.unread()).toBe(0)
})

test('an empty body needs no reader', async () => {
  open(answer(202, ''))
  await ask()
  expect(rig.unread()).toBe(0)
})

test('an abort gives the body up', async () => {
  open(answer(503, 'no capacity'))
  const control = new AbortController()
  await ask({ signal: control.signal })
  expect(rig.unread()).toBe(1)
  control.abort()
  expect(rig.unread()).toBe(0)
})

test('a body that drips is unread until somebody reads', async () => {
  open({ kind: 'drip', ms: 10_000 })
  const response = await ask()
  expect(rig.unread()).toBe(1)
  await rig.settle(response.text())
  expect(rig.unread()).toBe(0)
})

test('a body that drips in and that nobody wants stays unread', async () => {
  open({ kind: 'drip', ms: 10_000 })
  await ask()
  await rig.clock.run(60_000)
  expect([rig.inFlight(), rig.unread()]).toEqual([0, 1])
})

test('what a dead process did not read is gone with it', async () => {
  open(answer(503, 'no capacity'))
  const life: Life = { number: 0, over: false }
  const owner = { instance: 0, life, workspace: 'ours', operation: null, random: () => 0.5 }
  await runAs(owner, () => ask())
  expect(rig.unread()).toBe(1)
  rig.drop(life)
  expect(rig.unread()).toBe(0)
})
