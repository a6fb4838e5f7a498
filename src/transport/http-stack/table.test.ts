// The table of docs/stacks.md, row by row: what is said to be served is served, what is said to be refused is refused, and a
// host that is not simulated is told by the name that the table has.

import dgram from 'node:dgram'
import dns from 'node:dns'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import { join } from 'node:path'
import tls from 'node:tls'
import axios from 'axios'
import got from 'got'
import nodeFetch from 'node-fetch'
import * as undici from 'undici'
import { expect, test } from 'vitest'
import { inVirtualTime } from '#clock/in-virtual-time.ts'
import { openRig, type Rig } from '../test-rig.ts'

const realFetch = globalThis.fetch
/** Resolves with the body, or rejects. */
type Row = (host: string) => Promise<string>

async function read(request: http.ClientRequest): Promise<string> {
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  return text(response)
}

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function speak(socket: net.Socket, host: string): Promise<string> {
  socket.write(`GET /contacts/c1 HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`)
  return text(socket)
}

const path = '/contacts/c1'

class OwnAgent extends https.Agent {}

const rows: Record<string, Row> = {
  'global `fetch`': async (host) => (await fetch(`https://${host}${path}`)).text(),
  'a `fetch` captured before the run': async (host) => (await realFetch(`https://${host}${path}`)).text(),
  '`node:http`': (host) => read(http.get(`http://${host}${path}`)),
  '`node:https`': (host) => read(https.get(`https://${host}${path}`)),
  '`agent: false`': (host) => read(https.get(`https://${host}${path}`, { agent: false })),
  'an agent of a class of its own': (host) => read(https.get(`https://${host}${path}`, { agent: new OwnAgent() })),
  'axios over `node:https`': async (host) =>
    (await axios.get(`https://${host}${path}`, { adapter: 'http', responseType: 'text' })).data as string,
  'axios over `fetch`': async (host) =>
    (await axios.get(`https://${host}${path}`, { adapter: 'fetch', responseType: 'text' })).data as string,
  got: (host) => got(`https://${host}${path}`, { retry: { limit: 0 } }).text(),
  'node-fetch': async (host) => (await nodeFetch(`https://${host}${path}`)).text(),
  'the `undici` package': async (host) => (await undici.request(`https://${host}${path}`)).body.text(),
  'an `Agent`, `Pool` or `Client` of `undici`': async (host) => {
    const [pool, agent] = [new undici.Pool(`https://${host}`), new undici.Agent()]
    const one = await (await pool.request({ path, method: 'GET' })).body.text()
    const other = await (await undici.fetch(`https://${host}${path}`, { dispatcher: agent })).text()
    expect(other).toBe(one)
    return one
  },
  '`tls.connect` that speaks HTTP/1.1': (host) => speak(tls.connect({ host, port: 443 }), host),
  '`net.connect` that speaks HTTP/1.1': (host) => speak(net.connect({ host, port: 80 }), host),
  '`net.connect` that speaks anything else': (host) => text(net.connect(80, host).end('PING\r\n\r\n')),
  '`node:http2`': async (host) => String(await once(http2.connect(`https://${host}`), 'connect')),
  '`WebSocket`': async (host) => {
    const [{ type }] = (await once(new WebSocket(`wss://${host}/`) as unknown as NodeJS.EventEmitter, 'error')) as [
      Event,
    ]
    throw new Error(type)
  },
  '`node:dns`': async (host) => String(await dns.promises.lookup(host)),
  '`node:dgram`': async (host) => {
    const socket = dgram.createSocket('udp4')
    socket.send('x', 8125, host)
    return String(await once(socket, 'message'))
  },
}

const table = readFileSync(join(import.meta.dirname, '../../../docs/stacks.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, name = '', where = '', told = '']) => ({
    name,
    isServed: where.startsWith('served'),
    told: told.replaceAll('`', ''),
  }))

function virtually<T>(work: (rig: Rig) => Promise<T>): Promise<T> {
  return inVirtualTime(async (clock) => {
    const rig = openRig({ turn: () => Promise.resolve(), options: { clock } })
    try {
      return await work(rig)
    } finally {
      rig.close()
    }
  })
}

test('the table has each stack that is played here, and no other', () => {
  expect(table.map(({ name }) => name)).toEqual(Object.keys(rows))
})

test.for(table)('$name in virtual time: served $isServed, told as $told', async ({ name, isServed, told }) => {
  const play = rows[name]!
  await virtually(async (rig) => {
    const seen = await play('api.test').catch(() => null)
    expect(seen?.includes('{"entity":"contact:c1"}') ?? false).toBe(isServed)
    expect(rig.find('exchange.sent').length > 0).toBe(isServed)
    expect(rig.escapes().map(({ via }) => via)).toEqual(isServed ? [] : [told])
  })
  await virtually(async (rig) => {
    await play('else.test').catch(() => null)
    expect(rig.find('exchange.refused').map(({ via }) => via)).toContain(told)
    expect(rig.find('exchange.sent')).toEqual([])
  })
})
