// What the harness holds of exchanges over other stacks than `fetch`: whose they are, what is recorded, what is in flight or
// unread, and that nothing of a dead process or of an ended run is left. What clients see is in parity.test.ts.

import { AsyncLocalStorage, createHook } from 'node:async_hooks'
import { once } from 'node:events'
import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
import { setTimeout as sleep } from 'node:timers/promises'
import axios from 'axios'
import got from 'got'
import * as undici from 'undici'
import { expect, test } from 'vitest'
import { inVirtualTime } from '#clock/in-virtual-time.ts'
import { runAs, type Life, type Owner } from '#context/owner.ts'
import { couldNotRestore } from '#context/patches.ts'
import type { Decision } from '#fault/fault.ts'
import { openRig, type Decide, type Rig } from '../test-rig.ts'
import type { TransportOptions } from '../transport.ts'

const realFetch = globalThis.fetch
const RealTimeout = setTimeout(() => {}, 0).constructor
const url = 'https://api.test/contacts/c1'

function virtually<T>(
  work: (rig: Rig) => Promise<T>,
  decide: Decide = () => undefined,
  given: Partial<TransportOptions> = {},
) {
  return inVirtualTime(
    async (clock) => {
      const rig = openRig({ decide, turn: () => Promise.resolve(), options: { clock, ...given } })
      try {
        return await work(rig)
      } finally {
        rig.close()
      }
    },
    { horizon: 3_600_000 },
  )
}

const owner = (operation: number | null, life?: Life): Owner => ({
  instance: 0,
  workspace: 'ours',
  operation,
  random: () => 0.5,
  ...(life && { life }),
})

const abort = (
  code: Extract<Decision, { kind: 'abort' }>['code'],
  phase: 'connect' | 'headers' = 'connect',
): Decision => ({
  kind: 'abort',
  effect: 'none',
  phase,
  code,
})

const answerOf = async (request: ClientRequest): Promise<IncomingMessage> =>
  (await once(request, 'response'))[0] as IncomingMessage
const failureOf = async (emitter: NodeJS.EventEmitter): Promise<NodeJS.ErrnoException> =>
  (await once(emitter, 'error'))[0]

async function read(request: ClientRequest): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of (await answerOf(request)) as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Each sends one GET for a contact, and reads the answer. */
const stacks: Record<string, (address: string) => Promise<unknown>> = {
  'node:https': (address) => read(https.get(address)),
  'node:http': (address) => read(http.get(address.replace('https', 'http'))),
  'https without an agent': (address) => read(https.get(address, { agent: false })),
  'https with an agent of its own': (address) =>
    read(https.get(address, { agent: new https.Agent({ keepAlive: true }) })),
  'a connection of its own': (address) =>
    read(https.get(address, { createConnection: () => tls.connect({ host: new URL(address).host, port: 443 }) })),
  axios: (address) => axios.get(address, { adapter: 'http' }),
  'axios over fetch': (address) => axios.get(address, { adapter: 'fetch' }),
  got: (address) => got(address, { retry: { limit: 0 } }).text(),
  'a captured fetch': async (address) => (await realFetch(address)).text(),
  'undici.fetch': async (address) => (await undici.fetch(address)).text(),
  'undici.request': async (address) => (await undici.request(address)).body.text(),
}

test.for(Object.keys(stacks))('%s: an exchange is recorded like one of fetch, with its operation', async (name) => {
  const events = await virtually(async (rig) => {
    await Promise.all(
      [7, 8].map((operation) =>
        runAs(owner(operation), () => stacks[name]!(`https://api.test/contacts/c${operation}`)),
      ),
    )
    expect([rig.inFlight(), rig.unread()]).toEqual([0, 0])
    return rig.find('exchange.sent')
  })
  expect(events).toMatchObject(
    [7, 8].map((operation) => ({
      operation,
      method: 'GET',
      host: 'api.test',
      entity: `contact:c${operation}`,
      nth: 1,
    })),
  )
})

test.for(Object.keys(stacks))('%s: a host that is not simulated does not exist, and is reported', async (name) => {
  await virtually(async (rig) => {
    const failure = await runAs(owner(7), () => stacks[name]!('https://else.test/').catch((error: unknown) => error))
    const codes = (error: unknown): unknown[] =>
      error instanceof Error ? [(error as NodeJS.ErrnoException).code, ...codes(error.cause)] : []
    const isRaw = name === 'a connection of its own'
    expect(codes(failure)).toContain(isRaw ? 'ERR_BROWNOUT_REFUSED' : 'ENOTFOUND')
    expect(rig.escapes()).toHaveLength(1)
    expect(rig.find('exchange.refused')).toMatchObject([{ host: isRaw ? 'else.test:443' : 'else.test', operation: 7 }])
  })
})

test.for(Object.keys(stacks))(
  '%s: no timer of Node’s own is set, so that nothing depends on real time',
  async (name) => {
    const set: string[] = []
    const hook = createHook({
      init: (_id, type, _trigger, resource) => {
        if (type !== 'Timeout' || !(resource instanceof RealTimeout)) return
        const stack = String(new Error().stack)
        // The test runner has timers of its own, too.
        if (!stack.includes('/vitest/')) set.push(stack)
      },
    })
    await virtually(async () => {
      hook.enable()
      // The look-out sees what it looks for.
      new net.Socket().setTimeout(1_000).destroy()
      expect(set.splice(0)).toHaveLength(1)
      await stacks[name]!(url)
      hook.disable()
    })
    expect(set).toEqual([])
  },
)

test('a request that waited for a socket is of whoever made it', async () => {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 })
  const events = await virtually(async (rig) => {
    await Promise.all([1, 2, 3].map((operation) => runAs(owner(operation), () => read(https.get(url, { agent })))))
    return rig.find('exchange.sent')
  })
  expect(events.map(({ operation }) => operation)).toEqual([1, 2, 3])
})

test('listeners of a request run in the context in which it was made', async () => {
  const names = new AsyncLocalStorage<string>()
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 })
  const seen = await virtually(async () => {
    const told: string[] = []
    await Promise.all(
      ['one', 'two'].map((name) =>
        names.run(name, async () => {
          const request = https.get(url, { agent })
          request.on('response', (response) => {
            told.push(`${name} ${names.getStore()}`)
            response.on('data', () => told.push(`${name} data ${names.getStore()}`))
          })
          await once(request, 'close')
        }),
      ),
    )
    return told
  })
  expect(seen).toEqual(['one one', 'one data one', 'two two', 'two data two'])
})

test('the line of the client that asked is told', async () => {
  const lines = await virtually(
    async (rig) => {
      await read(https.get(url))
      await axios.get(url, { adapter: 'http' })
      return rig.find('exchange.sent').map(({ from }) => from)
    },
    undefined,
    { root: import.meta.dirname },
  )
  expect(lines).toEqual([
    expect.stringMatching(/^stacks\.test\.ts:\d+$/u),
    expect.stringMatching(/^stacks\.test\.ts:\d+$/u),
  ])
})

test('a connection that is never made fails as the system has it, after two minutes', async () => {
  const [failure, at, events] = await virtually(
    async (rig) => {
      const error = await failureOf(https.get(url))
      return [error, performance.now(), rig.find('exchange.failed')] as const
    },
    () => abort('UND_ERR_CONNECT_TIMEOUT'),
  )
  expect(failure).toMatchObject({ code: 'ETIMEDOUT', syscall: 'connect', errno: -110, port: 443 })
  expect(failure.message).toBe('connect ETIMEDOUT 203.0.113.10:443')
  expect(at - 3_600_000).toBe(127_000)
  expect(events).toMatchObject([{ phase: 'connect', code: 'ETIMEDOUT' }])
})

test('a refusal shows on a connection that is kept, too', async () => {
  const agent = new https.Agent({ keepAlive: true })
  await virtually(
    async () => {
      await read(https.get(url, { agent }))
      const request = https.get('https://api.test/refused', { agent })
      expect(await failureOf(request)).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect' })
      expect(request.reusedSocket).toBe(true)
    },
    ({ route }) => (route === '/refused' ? abort('ECONNREFUSED') : undefined),
  )
})

test('a name that is not known', async () => {
  const failure = await virtually(
    () => failureOf(https.get(url)),
    () => abort('ENOTFOUND'),
  )
  expect(failure).toMatchObject({ code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'api.test', errno: -3008 })
})

test('a bare request waits longer than fetch would, and is then the client’s to end', async () => {
  await virtually(
    async (rig) => {
      const request = https.get(url)
      const failure = failureOf(request)
      await sleep(2_000_000)
      expect([rig.inFlight(), rig.find('exchange.failed')]).toEqual([1, []])
      request.destroy(new Error('enough'))
      expect((await failure).message).toBe('enough')
      expect(rig.find('exchange.aborted')).toMatchObject([{ reason: 'Error: enough' }])
      expect(rig.inFlight()).toBe(0)
    },
    () => ({ kind: 'hang', effect: 'none', phase: 'headers' }),
  )
})

test('a body that drips slower than any patience of fetch still comes in', async () => {
  const text = await virtually(
    () => read(https.get(url)),
    () => ({ kind: 'drip', ms: 1_000_000 }),
  )
  expect(text).toBe('{"entity":"contact:c1"}')
})

test('a socket has the face of TLS', async () => {
  await virtually(async () => {
    const request = https.get(url)
    const [socket] = (await once(request, 'socket')) as [tls.TLSSocket]
    expect([socket.connecting, socket.authorized, socket.encrypted, socket.remoteAddress]).toEqual([
      true,
      false,
      true,
      undefined,
    ])
    await once(socket, 'secureConnect')
    expect([socket.connecting, socket.authorized, socket.authorizationError]).toEqual([false, true, null])
    expect([socket.remoteAddress, socket.remotePort, socket.getProtocol()]).toEqual(['203.0.113.10', 443, 'TLSv1.3'])
    expect(tls.checkServerIdentity('api.test', socket.getPeerCertificate())).toBeUndefined()
    await read(request)
    expect(socket.bytesWritten).toBeGreaterThan(0)
    expect(socket.bytesRead).toBeGreaterThan(0)
  })
})

test.for<[string, (response: IncomingMessage) => void, number]>([
  ['only looked at', () => {}, 1],
  ['resumed', (response) => void response.resume(), 0],
  ['read', (response) => void response.on('data', () => {}), 0],
  ['destroyed', (response) => void response.destroy(), 0],
])('an answer that was %s', async ([, act, unread]) => {
  await virtually(async (rig) => {
    act(await answerOf(https.get(url)))
    await sleep(100)
    expect([rig.inFlight(), rig.unread()]).toEqual([0, unread])
  })
})

test('a process that has died sends nothing, hears nothing, and leaves nothing unread', async () => {
  const life: Life = { number: 0, over: false }
  const agent = new https.Agent({ keepAlive: true, maxSockets: 2 })
  await virtually(
    async (rig) => {
      const heard: string[] = []
      runAs(owner(7, life), () => {
        for (const path of ['plain', 'plain', 'waits']) {
          const request = https.get(`https://api.test/${path}`, { agent })
          for (const event of ['response', 'error', 'close', 'timeout']) request.on(event, () => heard.push(event))
        }
      })
      await sleep(1)
      expect(rig.inFlight()).toBe(2)
      life.over = true
      rig.drop(life)
      runAs(owner(8, life), () => https.get(url))
      await sleep(10_000)
      expect(heard).toEqual([])
      expect([rig.inFlight(), rig.unread()]).toEqual([0, 0])
      expect(rig.find('exchange.sent')).toHaveLength(2)
      expect(rig.find('exchange.aborted')).toMatchObject([
        { reason: 'the process died' },
        { reason: 'the process died' },
      ])
      expect(await read(https.get(url, { agent }))).toContain('contact:c1')
    },
    ({ route }) => (route === '/plain' ? { kind: 'delay', ms: 500 } : undefined),
  )
})

test('an idle connection of a process that has died is not handed to the next', async () => {
  const life: Life = { number: 0, over: false }
  await virtually(async (rig) => {
    await runAs(owner(7, life), () => read(https.get(url)))
    life.over = true
    rig.drop(life)
    const request = https.get(url)
    await read(request)
    expect(request.reusedSocket).toBe(false)
  })
  expect(Object.keys(https.globalAgent.sockets)).toEqual([])
})

test('nothing is left in the agents of Node when a run has ended', async () => {
  await virtually(
    async () => {
      for (const address of [url, 'http://api.test/hangs'])
        (address === url ? https : http).get(address).on('error', () => {})
      await sleep(1_000)
    },
    ({ route }) => (route === '/hangs' ? { kind: 'hang', effect: 'none', phase: 'headers' } : undefined),
  )
  await new Promise((done) => setImmediate(done))
  for (const { sockets, freeSockets, requests } of [http.globalAgent, https.globalAgent])
    expect([sockets, freeSockets, requests].map((each) => Object.keys(each))).toEqual([[], [], []])
})

test('an agent of undici is served until a process dies, and its process does not play again', async () => {
  expect(couldNotRestore()).toBe(false)
  const life: Life = { number: 0, over: false }
  const ask = async () => (await undici.request(url, { dispatcher: new undici.Agent() })).body.text()
  await virtually(async (rig) => {
    expect(await runAs(owner(7, life), ask)).toContain('contact:c1')
    expect(rig.find('exchange.sent')).toMatchObject([{ operation: 7 }])
    rig.drop(life)
    await expect(runAs(owner(8), ask)).rejects.toThrow('undici.Agent tried to reach api.test, which is refused')
    expect(rig.escapes()).toEqual([{ host: 'api.test', via: 'undici.Agent', near: true }])
  })
  expect(couldNotRestore()).toBe(true)
})

test.for<[string, string, () => NodeJS.EventEmitter]>([
  ['HTTP/2 over TLS', 'node:tls', () => http2.connect('https://api.test')],
  ['HTTP/2', 'node:net', () => http2.connect('http://api.test')],
  ['what is no HTTP', 'node:net', () => net.connect(80, 'api.test').end('PING\r\n\r\n')],
  ['a host that is not simulated', 'node:net', () => net.connect(6379, 'redis')],
])('%s is refused and reported', async ([, via, open]) => {
  await virtually(async (rig) => {
    const error = await failureOf(open())
    expect(error.code).toBe('ERR_BROWNOUT_REFUSED')
    expect(rig.escapes()).toMatchObject([{ via }])
  })
})

test('a WebSocket is refused and reported', async () => {
  await virtually(async (rig) => {
    const socket = new WebSocket('wss://api.test/')
    const [event] = (await once(socket as unknown as NodeJS.EventEmitter, 'error')) as [Event]
    expect(event.type).toBe('error')
    expect([rig.escapes(), rig.find('exchange.sent')]).toEqual([
      [{ host: 'api.test', via: 'WebSocket', near: true }],
      [],
    ])
  })
})

test('everything is as before once a run has ended', async () => {
  const dispatchers = ['1', '2'].map((version) => Symbol.for(`undici.globalDispatcher.${version}`))
  const targets = [http.Agent.prototype, https.Agent.prototype, net, tls, net.Socket.prototype]
  const looks = () => [
    ...targets.map((target) => Object.getOwnPropertyDescriptors(target)),
    ...dispatchers.map((symbol) => Object.getOwnPropertyDescriptor(globalThis, symbol)),
  ]
  const before = looks()
  await virtually(async () => expect(looks()).not.toEqual(before))
  const after = looks()
  for (const [index, look] of before.entries())
    for (const name of Reflect.ownKeys(Object(look)))
      expect(Reflect.get(Object(after[index]), name)).toStrictEqual(Reflect.get(Object(look), name))
})
