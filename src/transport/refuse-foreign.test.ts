import dgram from 'node:dgram'
import dns from 'node:dns'
import { once } from 'node:events'
import net from 'node:net'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refuseForeign } from './refuse-foreign.ts'

const told: string[] = []
let foreign: { restore(): void }

beforeEach(() => {
  told.length = 0
  foreign = refuseForeign(
    (host, via) => told.push(`${host} ${via}`),
    () => {},
  )
})
afterEach(() => foreign.restore())

test('a name of elsewhere is refused before anybody is asked', async () => {
  await expect(dns.promises.lookup('api.intercom.io')).rejects.toThrow(/refused/u)
  expect(told).toEqual(['api.intercom.io node:dns'])
})

// The port before a Redis that was restarted: servers look their address up, whatever it is.
test('an address of this machine can be listened on, and only there is nobody to ask', async () => {
  const server = net.createServer().listen(0, '0.0.0.0')
  await once(server, 'listening')
  server.close()
  expect(told).toEqual([])
})

test('what is an address already is still not connected to', async () => {
  const [error] = (await once(net.connect(443, '192.0.2.1'), 'error')) as [Error]
  expect(error.message).toMatch(/refused/u)
  expect(told).toEqual(['192.0.2.1:443 node:net'])
})

test.for<[string, () => Promise<unknown>]>([
  ['of a kind of record', () => dns.promises.resolve4('api.intercom.io')],
  ['of a resolver of its own', () => new dns.promises.Resolver().resolveAny('api.intercom.io')],
  ['by a callback', () => promisify(dns.resolveMx)('api.intercom.io')],
  ['by an address', () => dns.promises.reverse('192.0.2.1')],
  ['by an address and a port', () => dns.promises.lookupService('192.0.2.1', 443)],
])('a name that is asked for %s is refused before anybody is asked', async ([, ask]) => {
  await expect(ask()).rejects.toThrow(/refused/u)
  expect(told).toEqual([expect.stringMatching(/ node:dns$/u)])
})

test('a datagram to elsewhere is not sent, and one to this machine is', async () => {
  const socket = dgram.createSocket('udp4')
  const send = (...where: [number, string]) =>
    new Promise((resolve, reject) =>
      socket.send('x', ...where, (error, bytes) => (error ? reject(error) : resolve(bytes))),
    )
  await expect(send(53, '192.0.2.1')).rejects.toThrow(/refused/u)
  const connected = new Promise<unknown>((resolve) => socket.connect(53, '192.0.2.1', resolve as () => void))
  expect(String(await connected)).toMatch(/refused/u)
  expect(await send(9, '127.0.0.1')).toBe(1)
  expect(told).toEqual(['192.0.2.1 node:dgram', '192.0.2.1 node:dgram'])
  socket.close()
})

test.for([true, false])(
  'a name of this machine that leads elsewhere is not followed (tried in parallel: %s)',
  async (autoSelectFamily) => {
    const lookup = (_host: string, { all }: dns.LookupOptions, found: (...words: unknown[]) => void): void =>
      all ? found(null, [{ address: '192.0.2.1', family: 4 }]) : found(null, '192.0.2.1', 4)
    const socket = net.connect({ port: 443, host: 'localhost', lookup: lookup as never, autoSelectFamily })
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toMatch(/refused/u)
    expect(told).toEqual(['192.0.2.1:443 node:net'])
  },
)
