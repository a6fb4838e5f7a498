import dns from 'node:dns'
import { once } from 'node:events'
import net from 'node:net'
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
