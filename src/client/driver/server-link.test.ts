// Goal: a driver that is a server is a client like any other, and one that is gone, or talks nonsense, is told of.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import type { Client, Operation, WebhookCall } from '../client.ts'
import type { DriverLocation } from '../resolve-client.ts'
import { loadDriver } from './load-driver.ts'
import { endDrivers } from './roster.ts'
import { callOf, worldOf } from './test-driver.ts'

afterEach(async () => {
  await endDrivers()
})

type Question = { readonly do: string; readonly id: number; readonly input?: unknown }
type Answers = Readonly<Record<string, (question: Question) => unknown>>

const sound: Answers = {
  hello: () => ({ value: { protocol: 1, name: 'desk', promises: { 'contact.read': {} } } }),
  create: () => ({ value: { operations: ['contact.read'], offers: ['webhook'] } }),
  invoke: ({ input }) => ({ value: input }),
  webhook: () => ({ value: null }),
}

/** `undefined` is an answer that never comes; a text is the body as it is. */
async function serverOf(more: Answers = {}) {
  const heard: Question[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const question = JSON.parse(Buffer.concat(parts).toString()) as Question
      heard.push(question)
      const answer = { ...sound, ...more }[question.do]
      const said = answer ? answer(question) : null
      if (said === undefined) return
      response.writeHead(said === null ? 404 : 200)
      response.end(typeof said === 'string' ? said : JSON.stringify(said))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  onTestFinished(close)
  const driver = `http://127.0.0.1:${(server.address() as AddressInfo).port}/driver`
  const location: DriverLocation = { name: 'desk.client.yaml', url: import.meta.url, driver }
  return { location, heard, close }
}

async function started(more: Answers = {}) {
  const server = await serverOf(more)
  let raise: (why: Error) => void = () => {}
  const raised = new Promise<Error>((resolve) => (raise = resolve))
  const definition = await loadDriver(server.location, (why) => raise(why))
  const client = (await definition.create(worldOf())) as Client
  const read = client.operations['contact.read'] as Operation
  return {
    ...server,
    client,
    raised,
    ask: (input: unknown, call = callOf()) => read(input as never, call) as Promise<unknown>,
  }
}

test('questions are posted, and answers are theirs without an id', async () => {
  const { ask } = await started()
  expect(await Promise.all([ask('Zoë'), ask(2)])).toEqual(['Zoë', 2])
})

test('an id that is null is one that is left out, and a mark of the byte order is no matter', async () => {
  const { ask } = await started({ invoke: () => `\ufeff${JSON.stringify({ id: null, value: 7 })}` })
  expect(await ask(1)).toBe(7)
})

test('a cancel is posted, and its own answer is of no matter', async () => {
  const { ask, heard } = await started({ invoke: () => undefined, cancel: () => 'anything' })
  const controller = new AbortController()
  void ask(1, callOf(controller.signal))
  controller.abort()
  await vi.waitFor(() => expect(heard.find((question) => question.do === 'cancel')).toMatchObject({ id: 3 }))
})

test('it is asked for notes, and what they tell is heard', async () => {
  const notes = [{ note: 'acted', notification: 'notif_1' }]
  const { client } = await started({ notes: () => ({ notes: notes.splice(0) }) })
  const acted = vi.fn<(id: string) => void>()
  const call: WebhookCall = { signal: new AbortController().signal, acted, resume: (work) => work() }
  await client.webhook?.({ method: 'POST', headers: {}, body: '', workspace: 'ours' }, call)
  await vi.waitFor(() => expect(acted.mock.calls).toEqual([['notif_1']]))
})

test.for<[string, Answers, RegExp]>([
  [
    'answers with a text',
    { invoke: () => 'fine' },
    /answered "invoke" with status 200 and a body that is no JSON object/u,
  ],
  ['does not know the question', { invoke: () => null }, /answered "invoke" with status 404/u],
  [
    'has a text for an id',
    { invoke: () => ({ id: 'x', level: 1 }) },
    /answered "invoke" with the id "x", which must be a/u,
  ],
  ['answers another question', { invoke: () => ({ id: 77 }) }, /it answered 77, which was not asked/u],
  ['answers with 12 MB', { invoke: () => 'x'.repeat(12_000_000) }, /its answer has more than 10000000 bytes/u],
])('a server that %s is accused of it', async ([, answers, says]) => {
  const { ask, raised } = await started(answers)
  void ask(1)
  expect((await raised).message).toMatch(says)
})

test('a server that goes away is accused of it', async () => {
  const { ask, raised, close } = await started({ invoke: () => undefined })
  void ask(1)
  close()
  expect((await raised).message).toMatch(/the server of the driver cannot be reached \(ECON/u)
})

test('a server that is not there is refused in a sentence', async () => {
  const { location, close } = await serverOf()
  close()
  const error: unknown = await loadDriver(location).catch((thrown: unknown) => thrown)
  expect(isUserError(error)).toBe(true)
  expect(String(error)).toMatch(/cannot be reached \(ECONNREFUSED\)[\s\S]*Nothing starts a server here/u)
})
