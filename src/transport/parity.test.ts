// The virtual fetch against Node's own over real sockets: the same cases, the same errors field by field. Method: each case
// yields plain data; a scripted server on the loopback interface and a service with a stub plan behave alike.

import { once } from 'node:events'
import net from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Decision } from '#fault/fault.ts'
import { openRig, tinyService, type Rig, type Route } from './test-rig.ts'

const realFetch = globalThis.fetch

/** What a case may use. `turn` waits until what is under way has arrived. */
type Ground = {
  readonly fetch: typeof fetch
  readonly base: string
  readonly other: string
  readonly dead: string
  readonly turn: () => Promise<void>
}

type Case = (ground: Ground) => Promise<unknown>

const json: [string, string] = ['content-type', 'application/json']
const redirectTo =
  (status: number, location: (url: URL) => string): Route =>
  ({ url }) => ({ status, headers: [['location', location(url)]], body: '', effects: [] })

/** Both sides serve these. The name of the other host is known to the routes only. */
const hosts = { base: '', other: '' }
const routes: Record<string, Route> = {
  '/plain': () => ({
    headers: [json, ['x-request-id', 'r1'], ['set-cookie', 'a=1'], ['set-cookie', 'b=2']],
    body: '{"a":"ä"}',
  }),
  '/form': () => ({ headers: [['content-type', 'application/x-www-form-urlencoded']], body: 'a=b&c=d' }),
  '/empty': () => ({ headers: [json], body: '' }),
  '/untyped': () => ({ headers: [], body: 'plain' }),
  '/none': () => ({ status: 204, headers: [], body: null }),
  '/teapot': () => ({ status: 418, headers: [json], body: '{}' }),
  '/drip': () => ({ headers: [json], body: '{"drips":"slowly"}' }),
  '/error': () => ({ status: 503, headers: [['content-type', 'text/html']], body: '<h1>no</h1>' }),
  '/echo': ({ method, body, headers }) => ({
    headers: [json],
    body: JSON.stringify([
      method,
      body,
      headers['authorization'] ?? null,
      headers['cookie'] ?? null,
      headers['content-type'] ?? null,
      headers['x-own'] ?? null,
    ]),
  }),
  '/301': redirectTo(301, () => '/echo'),
  '/302': redirectTo(302, () => '/echo'),
  '/303': redirectTo(303, () => '/echo'),
  '/307': redirectTo(307, () => '/echo'),
  '/308': redirectTo(308, () => './echo?x=1'),
  '/loop': redirectTo(302, () => '/loop'),
  '/foreign': redirectTo(307, () => `${hosts.other}/echo`),
  '/chain': redirectTo(302, () => '/302'),
  '/ftp': redirectTo(302, () => 'ftp://host/'),
  '/invalid': redirectTo(302, () => 'http://[x'),
  '/secret': redirectTo(302, () => hosts.other.replace('//', '//user:word@')),
  '/foreign-secret': redirectTo(302, () => `${hosts.other}/own-secret`),
  '/own-secret': redirectTo(302, (url) => `http://user:word@${url.host}/plain`),
  '/there-and-back': redirectTo(302, () => `${hosts.other}/back`),
  '/back': redirectTo(302, () => `${hosts.base}/echo`),
  '/nowhere': () => ({ status: 302, headers: [], body: 'stay' }),
  '/fragment': redirectTo(302, () => '/plain#there'),
}

/** What goes wrong, by path, in both worlds. */
const faults: Record<string, Decision> = {
  '/reset': { kind: 'abort', effect: 'none', phase: 'headers', code: 'ECONNRESET' },
  '/close': { kind: 'abort', effect: 'none', phase: 'headers', code: 'UND_ERR_SOCKET' },
  '/midreset': { kind: 'abort', effect: 'committed', phase: 'body', code: 'ECONNRESET' },
  '/midclose': { kind: 'abort', effect: 'committed', phase: 'body', code: 'UND_ERR_SOCKET' },
  '/hang': { kind: 'hang', effect: 'none', phase: 'headers' },
  '/hangbody': { kind: 'hang', effect: 'committed', phase: 'body' },
  '/drip': { kind: 'drip', ms: 3_000 },
}

/** An error as data: every own field that does not name a port or an address. */
function shown(value: unknown): unknown {
  if (!(value instanceof Error)) return value
  const fields = Object.getOwnPropertyNames(value).filter(
    (name) => !/^(stack|socket|port|address|base|input)$/u.test(name),
  )
  return {
    is: Object.prototype.toString.call(value),
    class: value.constructor.name,
    name: value.name,
    type: value instanceof TypeError,
    text: mask(String(value)),
    enumerable: Object.keys(value).filter((name) => !/^(base|input)$/u.test(name)),
    ...Object.fromEntries(
      fields.map((name) => {
        const field = (value as unknown as Record<string, unknown>)[name]
        return [name, typeof field === 'string' ? mask(field) : shown(field)]
      }),
    ),
  }
}

function mask(text: string): string {
  return text.replace(/\d+\.\d+\.\d+\.\d+:\d+|\w+\.test/gu, 'host:port')
}

async function outcome(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return { resolved: await work() }
  } catch (error) {
    return { rejected: shown(error) }
  }
}

const facts = (response: Response, { base, other }: Ground) => ({
  url: response.url.replace(base, 'base').replace(other, 'other'),
  status: response.status,
  statusText: response.statusText,
  ok: response.ok,
  type: response.type,
  redirected: response.redirected,
  bodyUsed: response.bodyUsed,
  hasBody: response.body !== null,
  text: Object.prototype.toString.call(response),
  class: response.constructor.name,
  isResponse: response instanceof Response,
  isHeaders: response.headers instanceof Headers && response.headers.constructor.name,
  headers: [...response.headers].filter(
    ([name]) => !/^(connection|transfer-encoding|content-length|keep-alive|location)$/u.test(name),
  ),
  cookies: response.headers.getSetCookie(),
  keys: Object.keys(response),
})

const get =
  (path: string, init?: RequestInit): Case =>
  async (ground) => {
    const response = await ground.fetch(ground.base + path, init)
    return { ...facts(response, ground), body: await response.text() }
  }

/** Aborts while the response is awaited. */
const abortedWaiting =
  (reason?: unknown): Case =>
  async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = fetch(`${base}/hang`, { signal: control.signal })
    response.catch(() => {})
    await turn()
    control.abort(reason)
    return response
  }

/** Aborts while the body is being read. */
const abortedReading =
  (reason?: unknown, path = '/hangbody'): Case =>
  async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = await fetch(base + path, { signal: control.signal })
    await turn()
    const text = response.text()
    text.catch(() => {})
    await turn()
    control.abort(reason)
    return text
  }

const cases: Record<string, Case> = {
  'a plain answer': get('/plain'),
  'an answer without a body': get('/none'),
  HEAD: get('/plain', { method: 'HEAD' }),
  'a client error': get('/teapot'),
  'a server error': get('/error'),
  'a fragment in the address': get('/plain#here'),
  'a posted string': get('/echo', { method: 'POST', body: 'text' }),
  'posted parameters': get('/echo', { method: 'POST', body: new URLSearchParams({ a: 'b' }) }),
  'posted JSON with headers': get('/echo', {
    method: 'POST',
    body: '{}',
    headers: { authorization: 'Bearer t', 'content-type': 'application/json', 'x-own': 'y' },
  }),
  'a posted blob': get('/echo', { method: 'PUT', body: new Blob(['blob']) }),
  'a Request object': async (ground) => {
    const response = await ground.fetch(new Request(`${ground.base}/echo`, { method: 'POST', body: 'mine' }))
    return { ...facts(response, ground), body: await response.text() }
  },
  'a posted stream': async ({ fetch, base }) => {
    const init = { method: 'POST', body: new Blob(['stream']).stream(), duplex: 'half' } as RequestInit
    return (await fetch(`${base}/echo`, init)).text()
  },
  'a URL object': async ({ fetch, base }) => (await fetch(new URL(`${base}/plain`))).json(),
  'a data address': async ({ fetch }) => (await fetch('data:text/plain,hi')).text(),
  'an unknown scheme': async ({ fetch }) => fetch('ftp://host/'),
  'an invalid address': async ({ fetch }) => fetch('no address'),
  'an address with credentials': async ({ fetch, base }) => fetch(base.replace('//', '//a:b@')),
  'GET with a body': get('/plain', { body: 'x' }),
  'a method that is none': get('/plain', { method: 'a b' }),
  'a method that is forbidden': get('/plain', { method: 'CONNECT' }),
  'a signal that is none': get('/plain', { signal: {} as AbortSignal }),
  'immutable headers': async ({ fetch, base }) => {
    const { headers } = await fetch(`${base}/plain`)
    return Promise.all([
      outcome(async () => headers.set('a', 'b')),
      outcome(async () => headers.append('a', 'b')),
      outcome(async () => headers.delete('content-type')),
    ])
  },
  'reading twice': async ({ fetch, base }) => {
    const response = await fetch(`${base}/plain`)
    await response.text()
    return response.text()
  },
  clones: async (ground) => {
    const response = await ground.fetch(`${ground.base}/plain`)
    const copy = response.clone()
    return [
      await response.json(),
      facts(copy, ground),
      await outcome(async () => copy.headers.set('a', 'b')),
      await copy.text(),
    ]
  },
  bytes: async ({ fetch, base }) => [...(await (await fetch(`${base}/plain`)).bytes())],
  'a byte reader': async ({ fetch, base }) => {
    const { body } = await fetch(`${base}/plain`, { signal: new AbortController().signal })
    const reader = body!.getReader({ mode: 'byob' })
    const { value, done } = await reader.read(new Uint8Array(4))
    return [[...value!], done]
  },
  refused: async ({ fetch, dead }) => fetch(dead),
  'reset before headers': get('/reset'),
  'closed before headers': get('/close'),
  'reset in the body': get('/midreset'),
  'a body that drips': get('/drip'),
  'a body that drips, piece by piece': async ({ fetch, base }) => {
    const response = await fetch(`${base}/drip`)
    const decoder = new TextDecoder()
    let text = ''
    for await (const piece of response.body!) text += decoder.decode(piece, { stream: true })
    return text
  },
  'a body that drips into a buffer of the reader': async ({ fetch, base }) => {
    const response = await fetch(`${base}/drip`)
    const reader = response.body!.getReader({ mode: 'byob' })
    let count = 0
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(100))
      if (done) return count
      count += value.length
    }
  },
  'aborted while the body drips': abortedReading(undefined, '/drip'),
  'aborted with a reason while the body drips': abortedReading('enough', '/drip'),
  'cancelled while the body drips': async ({ fetch, base, turn }) => {
    const response = await fetch(`${base}/drip`)
    await turn()
    await response.body!.cancel('enough')
    await turn()
    return [response.bodyUsed, await outcome(() => response.text())]
  },
  'closed in the body': get('/midclose'),
  'closed in the body of a clone': async ({ fetch, base }) => {
    const response = await fetch(`${base}/midclose`)
    const copy = response.clone()
    return Promise.all([outcome(() => response.text()), outcome(() => copy.text())])
  },
  'aborted before': get('/plain', { signal: AbortSignal.abort() }),
  'aborted before with a string': get('/plain', { signal: AbortSignal.abort('timeout') }),
  'aborted before, with an invalid address': async ({ fetch }) =>
    fetch('nope', { signal: AbortSignal.abort('timeout') }),
  'aborted waiting': abortedWaiting(),
  'aborted waiting with a string': abortedWaiting('timeout'),
  'aborted waiting with an error': abortedWaiting(new RangeError('mine')),
  'aborted waiting with a falsy reason': abortedWaiting(null),
  'aborted reading': abortedReading(),
  'aborted reading with a string': abortedReading('timeout'),
  'aborted reading with an error': abortedReading(new RangeError('mine')),
  'aborted reading a clone': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = await fetch(`${base}/hangbody`, { signal: control.signal })
    const copy = response.clone()
    const both = [outcome(() => response.text()), outcome(() => copy.text())]
    await turn()
    control.abort('timeout')
    return Promise.all(both)
  },
  'aborted through a Request': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = fetch(new Request(`${base}/hang`, { signal: control.signal }))
    response.catch(() => {})
    await turn()
    control.abort('timeout')
    return response
  },
  'a null signal detaches a Request': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = fetch(new Request(`${base}/plain`, { signal: control.signal }), { signal: null })
    control.abort()
    await turn()
    return (await response).status
  },
  'aborted after the answer arrived unread': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = await fetch(`${base}/plain`, { signal: control.signal })
    await turn()
    control.abort('timeout')
    return response.text()
  },
  'aborted after the answer arrived, with a reader': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = await fetch(`${base}/plain`, { signal: control.signal })
    const reader = response.body!.getReader()
    await turn()
    control.abort('timeout')
    return reader.read()
  },
  'aborted after the answer arrived, with a clone': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = await fetch(`${base}/plain`, { signal: control.signal })
    const copy = response.clone()
    await turn()
    control.abort('timeout')
    return Promise.all([outcome(() => response.text()), outcome(() => copy.json())])
  },
  'aborted after the first part was read': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = await fetch(`${base}/hangbody`, { signal: control.signal })
    const reader = response.body!.getReader()
    const { value } = await reader.read()
    await turn()
    control.abort('timeout')
    return [value!.length > 0, await outcome(() => reader.read()), await outcome(() => reader.closed)]
  },
  'a body read in parts': async ({ fetch, base }) => {
    const { body } = await fetch(`${base}/plain`)
    const parts: string[] = []
    for await (const part of body!) parts.push(Buffer.from(part).toString())
    return parts.join('')
  },
  'a locked body': async ({ fetch, base }) => {
    const response = await fetch(`${base}/plain`)
    response.body!.getReader()
    return [
      response.bodyUsed,
      response.body!.locked,
      await outcome(() => response.text()),
      await outcome(async () => response.clone()),
    ]
  },
  'the same stream each time': async ({ fetch, base }) => {
    const response = await fetch(`${base}/plain`)
    const same = response.body === response.body
    return [
      same,
      await response.text(),
      response.bodyUsed,
      response.body!.locked,
      await outcome(async () => response.clone()),
    ]
  },
  'a response made from a response': async ({ fetch, base }) => {
    const response = await fetch(`${base}/teapot`)
    const copy = new Response(response.body, response)
    return [copy.status, copy.statusText, copy.headers.get('content-type'), await copy.text(), response.bodyUsed]
  },
  'blob and array buffer': async ({ fetch, base }) => {
    const [one, two] = [await fetch(`${base}/plain`), await fetch(`${base}/plain`)]
    const blob = await one.blob()
    return [blob.type, await blob.text(), (await two.arrayBuffer()).byteLength, one.bodyUsed]
  },
  'form data': async ({ fetch, base }) => [...(await (await fetch(`${base}/form`)).formData())],
  'an empty body': get('/empty'),
  'JSON that is none': async ({ fetch, base }) => (await fetch(`${base}/error`)).json(),
  'no content type': async (ground) => {
    const response = await ground.fetch(`${ground.base}/untyped`)
    return [facts(response, ground), (await response.blob()).type]
  },
  'aborted after the answer was read': async ({ fetch, base }) => {
    const control = new AbortController()
    const response = await fetch(`${base}/plain`, { signal: control.signal })
    const text = await response.text()
    control.abort('timeout')
    return [text, response.bodyUsed]
  },
  'a cancelled body': async ({ fetch, base }) => {
    const response = await fetch(`${base}/plain`, { signal: new AbortController().signal })
    await response.body!.cancel()
    return response.bodyUsed
  },
  ...Object.fromEntries(
    ['301', '302', '303', '307', '308'].flatMap((status) =>
      ['GET', 'POST', 'HEAD', 'PUT'].map((method) => [
        `${status} after ${method}`,
        get(`/${status}`, {
          method,
          headers: { authorization: 'Bearer t', 'x-own': 'y' },
          ...(/P/u.test(method) && { body: 'text' }),
        }),
      ]),
    ),
  ),
  'a chain of redirects': get('/chain'),
  'a redirect with a fragment': get('/fragment#here'),
  'a redirect to another origin drops credentials': get('/foreign', {
    headers: { authorization: 'Bearer t', cookie: 'a=b', 'x-own': 'y' },
  }),
  'a redirect to another origin keeps the body': get('/foreign', { method: 'POST', body: 'text' }),
  'a redirect to another origin with credentials': get('/secret'),
  'a redirect to another origin and back': get('/there-and-back'),
  'a redirect to credentials of the same origin': get('/own-secret'),
  'a redirect to another origin and its credentials': get('/foreign-secret'),
  'a redirect without end': get('/loop'),
  'a redirect to another scheme': get('/ftp'),
  'a redirect to an invalid address': get('/invalid'),
  'a redirect to nowhere': get('/nowhere'),
  'redirect: manual': get('/302', { redirect: 'manual' }),
  'redirect: error': get('/302', { redirect: 'error' }),
  'a streamed body is not sent twice': async ({ fetch, base }) => {
    const init = { method: 'POST', body: new Blob(['stream']).stream(), duplex: 'half' } as RequestInit
    return fetch(`${base}/307`, init)
  },
}

/** A server that does on real sockets what routes and faults say. */
function startServer(): net.Server {
  return net.createServer((socket) => {
    socket.on('error', () => {})
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk.toString()
      const [head, ...rest] = received.split('\r\n\r\n')
      const lines = (head ?? '').split('\r\n')
      const headers = Object.fromEntries(
        lines.slice(1).map((line) => [line.split(': ')[0]!.toLowerCase(), line.split(': ').slice(1).join(': ')]),
      )
      const raw = rest.join('\r\n\r\n')
      const chunked = headers['transfer-encoding'] === 'chunked'
      if (
        rest.length === 0 ||
        (chunked ? !raw.endsWith('0\r\n\r\n') : raw.length < Number(headers['content-length'] ?? 0))
      )
        return
      received = ''
      const body = chunked
        ? raw
            .split('\r\n')
            .filter((_line, index) => index % 2 === 1)
            .join('')
        : raw
      const [method = '', path = ''] = (lines[0] ?? '').split(' ')
      answer(socket, method, path, headers, body)
    })
  })
}

function answer(socket: net.Socket, method: string, path: string, headers: Record<string, string>, body: string): void {
  const url = new URL(path, `http://${headers['host']}`)
  const fault = faults[url.pathname]
  if (fault?.kind === 'hang' && fault.phase === 'headers') return
  if (fault?.kind === 'abort' && fault.phase === 'headers') {
    if (fault.code === 'ECONNRESET') socket.resetAndDestroy()
    else socket.end()
    return
  }
  const reply = {
    status: 200,
    headers: [json],
    body: '{"entity":1}',
    ...routes[url.pathname]?.({ method, url, headers, body }, 0),
  }
  const length = Buffer.byteLength(reply.body ?? '')
  const lines = [
    `HTTP/1.1 ${reply.status} ${statusTexts[reply.status]}`,
    ...reply.headers.map((pair) => pair.join(': ')),
    ...(reply.body === null ? [] : [`content-length: ${length}`]),
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  if (!fault) {
    socket.write(method === 'HEAD' ? '' : (reply.body ?? ''))
    return
  }
  if (fault.kind === 'drip') {
    for (const part of [1, 2, 3])
      setTimeout(
        () => socket.write((reply.body ?? '').slice(((part - 1) * length) / 3, (part * length) / 3)),
        part * 100,
      )
    return
  }
  socket.write((reply.body ?? '').slice(0, length / 2))
  if (fault.kind !== 'abort') return
  setTimeout(() => (fault.code === 'ECONNRESET' ? socket.resetAndDestroy() : socket.destroy()), 20)
}

const statusTexts: Record<number, string> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  418: "I'm a Teapot",
  503: 'Service Unavailable',
}

let servers: net.Server[] = []

async function listen(): Promise<string> {
  const server = startServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(server)
  return `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`
}

async function unusedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

const really: Record<string, unknown> = {}

beforeAll(async () => {
  const [base, other] = [await listen(), await listen()]
  const dead = `http://127.0.0.1:${await unusedPort()}/`
  const turn = () => new Promise<void>((done) => setTimeout(done, 30))
  Object.assign(hosts, { base, other })
  await Promise.all(
    Object.entries(cases).map(async ([name, play]) => {
      really[name] = await outcome(() => play({ fetch: realFetch, base, other, dead, turn }))
    }),
  )
})

afterAll(() => {
  for (const server of servers) server.close()
})

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
