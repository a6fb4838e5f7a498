// `node:http` and the clients that build on it, in virtual time against real sockets: the same cases, the same events and the
// same errors field by field. Method: each case yields plain data; a scripted server on the loopback interface and a service
// with a stub plan behave alike. Time-outs are longer than any latency and shorter than any patience.

import { createRequire } from 'node:module'
import { once } from 'node:events'
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import axios, { type AxiosRequestConfig } from 'axios'
import got, { type OptionsInit } from 'got'
import nodeFetch from 'node-fetch'
import * as undici from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inVirtualTime } from '#clock/in-virtual-time.ts'
import { openRig, tinyService, type Route } from '../test-rig.ts'
import { faults } from '../../../test/parity/ground.ts'

/** Longer than whatever arrives takes to arrive, on a busy machine too. */
const longMs = 1_000

type Ground = { readonly base: string; readonly dead: string }
type Case = (ground: Ground) => Promise<unknown>

const realFetch = globalThis.fetch
const json: [string, string] = ['content-type', 'application/json']

/** Both sides serve these. */
const routes: Record<string, Route> = {
  '/plain': () => ({ headers: [json, ['set-cookie', 'a=1'], ['set-cookie', 'b=2']], body: '{"a":"ä"}' }),
  '/empty': () => ({ headers: [json], body: '' }),
  '/none': () => ({ status: 204, headers: [], body: null }),
  '/error': () => ({
    status: 503,
    headers: [
      ['content-type', 'text/html'],
      ['retry-after', '3'],
    ],
    body: '<h1>no</h1>',
  }),
  '/moved': () => ({ status: 302, headers: [['location', '/plain']], body: 'there' }),
  '/echo': ({ method, body, headers }) => ({
    headers: [json],
    body: JSON.stringify([method, body, headers['authorization'] ?? null, headers['x-own'] ?? null]),
  }),
  '/drip': () => ({ headers: [json], body: '{"drips":"slowly"}' }),
  '/midreset': () => ({ headers: [json], body: '{"half":"of this"}' }),
  '/midclose': () => ({ headers: [json], body: '{"half":"of this"}' }),
  '/hangbody': () => ({ headers: [json], body: '{"half":"of this"}' }),
  '/overlong': () => ({ headers: [json], body: '{"half":"and more"}' }),
  '/large': () => ({ headers: [json], body: 'x'.repeat(300_000) }),
}

/** An error as data, its causes too: every own field that names no port and no address, holds no object of a library, and does not
 * depend on how bytes fell into packets. */
function shown(value: unknown): unknown {
  if (!(value instanceof Error)) return typeof value === 'string' ? mask(value) : value
  const names = Object.getOwnPropertyNames(value).filter(
    (name) =>
      !/^(stack|socket|port|address|config|request|response|options|timings|input|event|rawPacket|bytesParsed)$/u.test(
        name,
      ),
  )
  return {
    is: Object.prototype.toString.call(value),
    class: value.constructor.name.replace('SocketError', 'Error'),
    name: value.name,
    text: mask(String(value)),
    ...Object.fromEntries(names.map((name) => [name, shown((value as unknown as Record<string, unknown>)[name])])),
  }
}

function mask(text: string): string {
  return text.replace(/\d+\.\d+\.\d+\.\d+(:\d+)?|(one|dead)\.test/gu, 'host').replace(/in \d+ms/u, 'in some ms')
}

async function outcome(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return { resolved: await work() }
  } catch (error) {
    return { rejected: shown(error) }
  }
}

const hidden = /^(connection|keep-alive|transfer-encoding|content-length|date)$/u

const headOf = (response: IncomingMessage) => ({
  status: response.statusCode,
  message: response.statusMessage,
  version: response.httpVersion,
  headers: Object.fromEntries(Object.entries(response.headers).filter(([name]) => !hidden.test(name))),
})

/** Everything that a request of `node:http` and its response say, in order. */
async function story(request: ClientRequest, whenAnswered?: (response: IncomingMessage) => void): Promise<unknown> {
  const told: unknown[] = []
  const note =
    (what: string) =>
    (...about: unknown[]): void =>
      void told.push([what, ...about.filter((each) => each instanceof Error).map(shown)])
  for (const event of ['abort', 'timeout', 'continue', 'error']) request.on(event, note(event))
  const closed = new Promise((done) => request.once('close', done))
  request.on('response', (response) => {
    told.push(['response', headOf(response)])
    for (const event of ['aborted', 'error', 'end', 'close']) response.on(event, note(`response ${event}`))
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('close', () => told.push([Buffer.concat(chunks).toString().slice(0, 40), response.complete]))
    whenAnswered?.(response)
  })
  await closed
  await sleep(50)
  return { told, destroyed: request.destroyed, errored: request.errored !== null }
}

const ask =
  (path: string, options: RequestOptions = {}, body?: string): Case =>
  ({ base }) =>
    story(http.request(base + path, options).end(body))

const late =
  (path: string, act: (request: ClientRequest) => void, options: RequestOptions = {}): Case =>
  async ({ base }) => {
    const request = http.get(base + path, options)
    const told = story(request)
    await sleep(longMs)
    act(request)
    return told
  }

const node: Record<string, Case> = {
  'a plain answer': ask('/plain'),
  'an answer without a body': ask('/none'),
  'an empty body': ask('/empty'),
  'a large body': ask('/large'),
  HEAD: ask('/plain', { method: 'HEAD' }),
  'a server error': ask('/error'),
  'a redirect is not followed': ask('/moved'),
  'a posted text': ask('/echo', { method: 'POST', headers: { authorization: 'Bearer t', 'x-own': 'y' } }, 'text'),
  'a posted stream': async ({ base }) => {
    const request = http.request(`${base}/echo`, { method: 'PUT' })
    const told = story(request)
    for (const part of ['one ', 'two ', 'three']) {
      request.write(part)
      await sleep(5)
    }
    request.end()
    return told
  },
  'an expectation': ({ base }) => {
    const request = http.request(`${base}/echo`, { method: 'POST', headers: { expect: '100-continue' } })
    request.flushHeaders()
    request.once('continue', () => request.end('late'))
    return story(request)
  },
  'no agent': ask('/plain', { agent: false }),
  'an agent of its own': ask('/plain', { agent: new http.Agent({ keepAlive: true }) }),
  'an agent of a class of its own': ask('/plain', { agent: new (class Own extends http.Agent {})() }),
  refused: ({ dead }) => story(http.get(dead)),
  'reset before headers': ask('/reset'),
  'an answer that is no HTTP': ask('/garbled'),
  'a body that is longer than its length': ask('/overlong'),
  'closed before headers': ask('/close'),
  'reset in the body': ask('/midreset'),
  'closed in the body': ask('/midclose'),
  'a body that drips': ask('/drip'),
  'destroyed while it waits': late('/hang', (request) => request.destroy()),
  'destroyed with an error while it waits': late('/hang', (request) => request.destroy(new RangeError('enough'))),
  'aborted the old way': late('/hang', (request) => request.abort()),
  'destroyed in the body': late('/hangbody', (request) => request.destroy()),
  'destroyed in the body with an error': late('/hangbody', (request) => request.destroy(new RangeError('enough'))),
  'destroyed while the body drips': ({ base }) => {
    const request = http.get(`${base}/drip`)
    return story(request, (response) => response.once('data', () => request.destroy()))
  },
  'destroyed at once': ({ base }) => story(http.get(`${base}/plain`).destroy()),
  'a signal': async ({ base }) => {
    const control = new AbortController()
    const told = story(http.get(`${base}/hang`, { signal: control.signal }))
    await sleep(longMs)
    control.abort('enough')
    return told
  },
  'a time-out that only tells': async ({ base }) => {
    const request = http.get(`${base}/hang`, { timeout: longMs })
    const told = story(request)
    await sleep(2.5 * longMs)
    request.destroy()
    return told
  },
  'a time-out that ends it': ({ base }) => {
    const request = http.get(`${base}/hang`)
    request.setTimeout(longMs, () => request.destroy(new Error('too slow')))
    return story(request)
  },
  'a time-out in the body': ({ base }) => {
    const request = http.get(`${base}/hangbody`, { timeout: longMs })
    request.on('timeout', () => request.destroy())
    return story(request)
  },
  'a time-out that is longer than each pause of the body': ({ base }) => {
    const request = http.get(`${base}/drip`, { timeout: 1_500 })
    request.on('timeout', () => request.destroy())
    return story(request)
  },
  'a socket that is used again': async ({ base }) => {
    const agent = new http.Agent({ keepAlive: true })
    const stories = []
    for (const path of ['/plain', '/error', '/plain']) {
      const request = http.get(base + path, { agent })
      stories.push(await story(request), request.reusedSocket)
    }
    const idle = Object.values(agent.freeSockets).flat().length
    agent.destroy()
    await sleep(50)
    return [stories, idle, Object.keys(agent.freeSockets), Object.keys(agent.sockets)]
  },
  'requests that wait for a socket': async ({ base }) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
    const paths = ['/plain', '/reset', '/error', '/none']
    const stories = await Promise.all(paths.map((path) => story(http.get(base + path, { agent }))))
    agent.destroy()
    return stories
  },
  'a socket that has been idle for too long': async ({ base }) => {
    const agent = new http.Agent({ keepAlive: true, timeout: longMs })
    await story(http.get(`${base}/plain`, { agent }))
    await sleep(2 * longMs)
    return [Object.keys(agent.freeSockets), await story(http.get(`${base}/plain`, { agent }))]
  },
  'an answer that is paused': ({ base }) =>
    story(http.get(`${base}/large`), (response) => {
      response.pause()
      setTimeout(() => response.resume(), longMs)
    }),
}

const withAxios =
  (config: AxiosRequestConfig): Case =>
  async ({ base }) => {
    const { status, data, headers } = await axios({ baseURL: base, ...config })
    return [status, data, headers['content-type']]
  }

const axiosCases: Record<string, Case> = Object.fromEntries(
  (['http', 'fetch'] as const).flatMap((adapter) =>
    Object.entries({
      'a plain answer': withAxios({ adapter, url: '/plain' }),
      'posted JSON': withAxios({ adapter, url: '/echo', method: 'POST', data: { a: 1 } }),
      'a redirect': withAxios({ adapter, url: '/moved' }),
      'a server error': withAxios({ adapter, url: '/error' }),
      'a reset': withAxios({ adapter, url: '/reset' }),
      'no HTTP': withAxios({ adapter, url: '/garbled' }),
      'a close': withAxios({ adapter, url: '/close' }),
      'a reset in the body': withAxios({ adapter, url: '/midreset' }),
      'a time-out': withAxios({ adapter, url: '/hang', timeout: longMs }),
      'a time-out in the body': withAxios({ adapter, url: '/hangbody', timeout: longMs }),
      'a refusal': ({ dead }) => withAxios({ adapter, url: dead })({ base: '', dead }),
      'a signal': async (ground) => {
        const control = new AbortController()
        setTimeout(() => control.abort(), longMs)
        return withAxios({ adapter, url: '/hang', signal: control.signal })(ground)
      },
    } satisfies Record<string, Case>).map(([name, play]) => [`axios over ${adapter}, ${name}`, play] as const),
  ),
)

const withGot =
  (path: string, options: OptionsInit = {}): Case =>
  async ({ base }) => {
    const wanted = got(base + path, { retry: { limit: 0 }, ...options } as OptionsInit)
    const { statusCode, body, url } = (await wanted) as { statusCode: number; body: unknown; url: string }
    return [statusCode, typeof body === 'string' ? body : String(body), url.replace(base, '')]
  }

const gotCases: Record<string, Case> = {
  'got, a plain answer': withGot('/plain'),
  'got, posted JSON': withGot('/echo', { method: 'POST', json: { a: 1 } }),
  'got, a redirect': withGot('/moved'),
  'got, a server error': withGot('/error'),
  'got, tries again': async ({ base }) => {
    let tries = 0
    const hooks = { beforeRetry: [() => void (tries += 1)] }
    const seen = await outcome(async () => got(`${base}/reset`, { retry: { limit: 2, backoffLimit: 100 }, hooks }))
    return [tries, seen]
  },
  'got, a reset': withGot('/reset'),
  'got, no HTTP': withGot('/garbled'),
  'got, too long a body': withGot('/overlong'),
  'got, a close': withGot('/close'),
  'got, a reset in the body': withGot('/midreset'),
  'got, a close in the body': withGot('/midclose'),
  'got, a time-out for the whole': withGot('/hang', { timeout: { request: longMs } }),
  'got, a time-out for the answer': withGot('/hang', { timeout: { response: longMs } }),
  'got, a time-out for silence': withGot('/hangbody', { timeout: { socket: longMs } }),
  'got, every time-out at once': withGot('/plain', {
    timeout: {
      lookup: 800,
      connect: 900,
      secureConnect: 900,
      socket: 1_500,
      send: 1_500,
      response: 1_500,
      request: 3_000,
    },
  }),
  'got, a refusal': ({ dead }) => withGot('', {})({ base: dead, dead }),
  'got, a signal': async (ground) => {
    const control = new AbortController()
    setTimeout(() => control.abort(), longMs)
    return withGot('/hang', { signal: control.signal })(ground)
  },
}

type AnyFetch = (
  url: string,
  init?: { signal?: AbortSignal; method?: string; body?: string },
) => Promise<{
  readonly status: number
  text(): Promise<string>
}>

const fetchCases = (name: string, fetch: AnyFetch): Record<string, Case> =>
  Object.fromEntries(
    Object.entries({
      'a plain answer': '/plain',
      'a server error': '/error',
      'a redirect': '/moved',
      'a body that drips': '/drip',
      'a reset': '/reset',
      'a close': '/close',
      'a reset in the body': '/midreset',
      'a close in the body': '/midclose',
      'no HTTP': '/garbled',
      'too long a body': '/overlong',
    })
      .map(([what, path]): [string, Case] => [
        what,
        async ({ base }) => {
          const response = await fetch(base + path)
          return [response.status, await response.text()]
        },
      ])
      .concat([
        ['a refusal', ({ dead }) => fetch(dead)],
        ['posted text', async ({ base }) => (await fetch(`${base}/echo`, { method: 'POST', body: 'text' })).text()],
        [
          'a signal',
          async ({ base }) => {
            const control = new AbortController()
            setTimeout(() => control.abort(), longMs)
            return fetch(`${base}/hang`, { signal: control.signal })
          },
        ],
        [
          'a signal in the body',
          async ({ base }) => {
            const control = new AbortController()
            setTimeout(() => control.abort(), longMs)
            return (await fetch(`${base}/hangbody`, { signal: control.signal })).text()
          },
        ],
      ])
      .map(([what, play]) => [`${name}, ${what}`, play]),
  )

const withUndici =
  (path: string, options: Parameters<typeof undici.request>[1] = {}): Case =>
  async ({ base }) => {
    const { statusCode, headers, body } = await undici.request(base + path, options)
    return [statusCode, headers['content-type'] ?? null, await body.text()]
  }

const undiciCases = (name: string, dispatcher?: () => undici.Dispatcher): Record<string, Case> => {
  const options = (given: Parameters<typeof undici.request>[1] = {}) =>
    dispatcher ? { ...given, dispatcher: dispatcher() } : given
  return {
    [`${name}, a plain answer`]: (ground) => withUndici('/plain', options())(ground),
    [`${name}, posted text`]: (ground) => withUndici('/echo', options({ method: 'POST', body: 'text' }))(ground),
    [`${name}, a query`]: (ground) => withUndici('/plain', options({ query: { a: 1 } }))(ground),
    [`${name}, a server error`]: (ground) => withUndici('/error', options())(ground),
    [`${name}, a large body`]: (ground) => withUndici('/large', options())(ground),
    [`${name}, a reset`]: (ground) => withUndici('/reset', options())(ground),
    [`${name}, no HTTP`]: (ground) => withUndici('/garbled', options())(ground),
    [`${name}, too long a body`]: (ground) => withUndici('/overlong', options())(ground),
    [`${name}, a close`]: (ground) => withUndici('/close', options())(ground),
    [`${name}, a reset in the body`]: (ground) => withUndici('/midreset', options())(ground),
    [`${name}, a refusal`]: ({ dead }) => withUndici('', options())({ base: dead, dead }),
    [`${name}, a limit for headers`]: (ground) => withUndici('/hang', options({ headersTimeout: longMs }))(ground),
    [`${name}, a limit for the body`]: (ground) => withUndici('/hangbody', options({ bodyTimeout: longMs }))(ground),
    [`${name}, a signal`]: async (ground) => {
      const control = new AbortController()
      setTimeout(() => control.abort(), longMs)
      return withUndici('/hang', options({ signal: control.signal }))(ground)
    },
  }
}

const cases: Record<string, Case> = {
  ...node,
  ...axiosCases,
  ...gotCases,
  ...fetchCases('node-fetch', nodeFetch as unknown as AnyFetch),
  ...fetchCases('a captured fetch', realFetch as AnyFetch),
  ...fetchCases('the fetch of undici', undici.fetch as unknown as AnyFetch),
  ...undiciCases('undici'),
}

/** Its timers are of the world in which its first request was sent, so each world has its own copy. */
const undiciOf = { real: undici, virtual: secondCopy() }
let world: keyof typeof undiciOf = 'real'
const agentCases = undiciCases('an agent of undici', () => new undiciOf[world].Agent({ connections: 2 }))

function secondCopy(): typeof undici {
  const require = createRequire(import.meta.url)
  for (const file of Object.keys(require.cache)) if (file.includes('/undici/')) delete require.cache[file]
  return require('undici') as typeof undici
}

/** A server that does on real sockets what routes and faults say. */
function startServer(): http.Server {
  return http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(request, response, Buffer.concat(chunks).toString()))
  })
}

function answer(request: IncomingMessage, response: http.ServerResponse, body: string): void {
  const url = new URL(request.url ?? '/', 'http://host')
  const { method = 'GET', socket } = request
  const fault = faults[url.pathname]
  if (fault?.kind === 'hang' && fault.phase === 'headers') return
  if (fault?.kind === 'abort' && fault.code === 'HPE_INVALID_CONSTANT')
    return void socket.end('SSH-2.0-OpenSSH_9.6\r\n')
  if (fault?.kind === 'abort' && fault.phase === 'headers')
    return void (fault.code === 'ECONNRESET' ? socket.resetAndDestroy() : socket.end())
  const headers = request.headers as Record<string, string>
  const reply = {
    status: 200,
    headers: [json],
    body: '{"entity":1}',
    ...routes[url.pathname]?.({ method, url, headers, body }, 0),
  }
  for (const [name, value] of reply.headers) response.appendHeader(name, value)
  if (fault?.kind === 'rewrite') response.setHeader('content-length', 8)
  response.writeHead(reply.status)
  const text = reply.body ?? ''
  if (!fault || fault.kind === 'rewrite') return void response.end(text)
  response.flushHeaders()
  if (fault.kind === 'drip') {
    for (const part of [1, 2, 3])
      setTimeout(() => response.write(text.slice(((part - 1) * text.length) / 3, (part * text.length) / 3)), part * 300)
    setTimeout(() => response.end(), 910)
    return
  }
  response.write(text.slice(0, text.length / 2))
  if (fault.kind === 'abort')
    setTimeout(() => void (fault.code === 'ECONNRESET' ? socket.resetAndDestroy() : socket.destroy()), 50)
}

async function unusedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

const really: Record<string, unknown> = {}
const server = startServer()

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`
  const dead = `http://127.0.0.1:${await unusedPort()}`
  // A few at a time: in real time a busy machine would end by a time-out what ends by itself.
  const waiting = Object.entries({ ...cases, ...agentCases })
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, play] = next
      really[name] = await outcome(() => play({ base, dead }))
    }
  }
  await Promise.all(Array.from({ length: 12 }, work))
  world = 'virtual'
}, 60_000)

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function virtually<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  return inVirtualTime(
    async (clock) => {
      const rig = openRig({
        services: ['one.test', 'dead.test'].map((host) => tinyService(host, routes)),
        decide: ({ route, host }) =>
          host === 'dead.test'
            ? { kind: 'abort', effect: 'none', phase: 'connect', code: 'ECONNREFUSED' }
            : faults[route],
        turn: () => Promise.resolve(),
        options: { clock },
      })
      try {
        return await work({ base: 'http://one.test', dead: 'http://dead.test' })
      } finally {
        rig.close()
      }
    },
    { horizon: 600_000 },
  )
}

test.for(Object.keys(cases))('%s: in virtual time as on real sockets', async (name) => {
  const seen = await virtually((ground) => outcome(() => cases[name]!(ground)))
  expect(seen).toEqual(really[name])
})

test('an agent of undici in virtual time does in each case what it does on real sockets', async () => {
  const seen: Record<string, unknown> = {}
  await virtually(async (ground) => {
    for (const [name, play] of Object.entries(agentCases)) seen[name] = await outcome(() => play(ground))
  })
  expect(seen).toEqual(Object.fromEntries(Object.keys(agentCases).map((name) => [name, really[name]])))
})
