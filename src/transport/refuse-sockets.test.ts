// Every socket of its own is refused while the refusal is on, and is exactly as before afterwards. Method: each
// stack tries to reach a real server on the loopback interface, which must never see it.

import dgram from 'node:dgram'
import dns, { lookup } from 'node:dns'
import { lookup as lookupPromise } from 'node:dns/promises'
import { once } from 'node:events'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { RefusedConnection, refuseSockets } from './refuse-sockets.ts'

let refused: [host: string, via: string][] = []
let guard: { restore(): void }
let seenByServer = 0
let port = 0
const server = net.createServer((socket) => {
  seenByServer += 1
  socket.destroy()
})

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as net.AddressInfo).port
})
afterAll(() => server.close())
beforeEach(() => {
  refused = []
  guard = refuseSockets((host, via) => refused.push([host, via]))
})
afterEach(() => guard.restore())

const failureOf = async (emitter: NodeJS.EventEmitter): Promise<unknown> => (await once(emitter, 'error'))[0]
const at = () => `127.0.0.1:${port}`

const ways: Record<string, { via: string; host?: () => string; fails: () => Promise<unknown> }> = {
  'http.get': { via: 'node:net', fails: () => failureOf(http.get(`http://${at()}/`)) },
  'http.request without an agent': {
    via: 'node:net',
    fails: () => failureOf(http.request({ host: '127.0.0.1', port, agent: false }).end()),
  },
  'http.request with an agent of its own': {
    via: 'node:net',
    fails: () => failureOf(http.get({ host: '127.0.0.1', port, agent: new http.Agent({ keepAlive: true }) })),
  },
  'http.request with a connection of its own': {
    via: 'node:net',
    fails: () =>
      failureOf(http.get({ host: '127.0.0.1', port, createConnection: () => net.connect(port, '127.0.0.1') })),
  },
  'https.get': { via: 'node:tls', fails: () => failureOf(https.get(`https://${at()}/`)) },
  'http2.connect': { via: 'node:net', fails: () => failureOf(http2.connect(`http://${at()}`)) },
  'net.connect with a port': { via: 'node:net', fails: () => failureOf(net.connect(port, '127.0.0.1')) },
  'net.connect with options': { via: 'node:net', fails: () => failureOf(net.connect({ host: '127.0.0.1', port })) },
  'net.connect with a path': {
    via: 'node:net',
    host: () => '/tmp/none.sock',
    fails: () => failureOf(net.connect('/tmp/none.sock')),
  },
  'new net.Socket': { via: 'node:net', fails: () => failureOf(new net.Socket().connect(port, '127.0.0.1')) },
  'tls.connect': { via: 'node:tls', fails: () => failureOf(tls.connect(port, '127.0.0.1')) },
  'dns.lookup': {
    via: 'node:dns',
    host: () => 'redis',
    fails: () => new Promise((done) => dns.lookup('redis', done)),
  },
  'a named import of dns.lookup': {
    via: 'node:dns',
    host: () => 'redis',
    fails: () => new Promise((done) => lookup('redis', {}, done)),
  },
  'dns.resolve4': {
    via: 'node:dns',
    host: () => 'redis',
    fails: () => new Promise((done) => dns.resolve4('redis', done)),
  },
  'dns/promises': { via: 'node:dns', host: () => 'redis', fails: () => lookupPromise('redis').catch((error) => error) },
  'a resolver of its own': {
    via: 'node:dns',
    host: () => 'redis',
    fails: () => new dns.promises.Resolver().resolve4('redis').catch((error) => error),
  },
  'a datagram with a callback': {
    via: 'node:dgram',
    host: () => 'statsd',
    fails: () => new Promise((done) => dgram.createSocket('udp4').send('x', 8125, 'statsd', done)),
  },
  'a datagram without': {
    via: 'node:dgram',
    host: () => 'statsd',
    fails: () => {
      const socket = dgram.createSocket('udp4')
      socket.send('x', 8125, 'statsd')
      return failureOf(socket)
    },
  },
}

test.for(Object.keys(ways))('%s is refused with a sentence and reported', async (name) => {
  const { via, host = at, fails } = ways[name]!
  const error = await fails()
  expect(error).toBeInstanceOf(RefusedConnection)
  expect((error as Error).message).toBe(
    `${via} tried to reach ${host()}, which is refused: in virtual time there is only HTTP/1.1 to simulated hosts. ` +
      'Give the client under test a stand-in for what else it connects to.',
  )
  expect(refused).toEqual([[host(), via]])
  expect(seenByServer).toBe(0)
})

test('everything is as before once it is restored', async () => {
  guard.restore()
  const targets = [net.Socket.prototype, dgram.Socket.prototype, dns, dns.promises]
  const looks = () => targets.map((target) => Object.getOwnPropertyDescriptors(target))
  const before = looks()
  const during = refuseSockets(() => {})
  expect(looks()).not.toEqual(before)
  during.restore()
  const after = looks()
  expect(after).toEqual(before)
  for (const [index, look] of before.entries())
    for (const name of Reflect.ownKeys(look as object))
      expect(Reflect.get(Object(after[index]), name)).toStrictEqual(Reflect.get(Object(look), name))
})
