// Goal: over HTTPS the listeners are to a client what they are over HTTP, for every stack of Node and without a word from the client.
// Method: one world behind both; every stack asks the secure one, without any setting of its own.

import https from 'node:https'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { X509Certificate } from 'node:crypto'
import tls from 'node:tls'
import axios from 'axios'
import got from 'got'
import * as undici from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRealRunClock } from '#clock/real-run-clock.ts'
import { createPrng } from '#random/prng.ts'
import { createAuthority, type Authority } from './authority.ts'
import { loopbackTransport } from './loopback.ts'
import { planOf, tinyService } from './test-rig.ts'
import { trust } from './trust.ts'
import type { Opened } from './transport.ts'

/** As text the same certificate may be told in several ways. */
const fingerprints = () =>
  new Set(tls.getCACertificates('default').map((text) => new X509Certificate(text).fingerprint256))
const portOf = (url: string) => Number(new URL(url).port)
const clock = createRealRunClock()
let authority: Authority
let opened: Opened
const ended: string[] = []

beforeAll(async () => {
  authority = await createAuthority()
  opened = await loopbackTransport.open({
    world: {
      services: [
        tinyService('one.test', { '/links': () => ({ body: '"https://one.test/next https://elsewhere.test/"' }) }),
      ],
      fleets: new Map(),
    },
    plan: planOf(({ route }) => (route === '/refused' ? refused : undefined)),
    recorder: {
      record: (event) => {
        if (event.kind === 'handshake.failed') ended.push(event.how)
        return 0
      },
    },
    clock,
    startMs: 0,
    random: createPrng('test'),
    entityOf: () => undefined,
    isOpen: () => true,
    dropHosts: new Set(),
    authority,
  })
})

afterAll(async () => {
  clock.close()
  await opened.close()
})

const refused = { kind: 'abort', effect: 'none', phase: 'connect', code: 'ECONNREFUSED' } as const

const stacks: Record<string, (url: string) => Promise<unknown>> = {
  fetch: async (url) => (await fetch(url)).json(),
  'node:https': async (url) => {
    const [response] = (await once(https.get(url), 'response')) as [AsyncIterable<Buffer>]
    return JSON.parse(Buffer.concat(await Array.fromAsync(response)).toString())
  },
  axios: async (url) => (await axios.get(url)).data,
  got: (url) => got(url).json(),
  undici: async (url) => (await undici.request(url)).body.json(),
  'an agent of undici': async (url) => (await undici.fetch(url, { dispatcher: new undici.Agent() })).json(),
}

test.for(Object.entries(stacks))('%s trusts them', async ([, ask]) => {
  const url = opened.urlOf('one.test')
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/u)
  expect(await ask(`${url}/contacts/c1`)).toEqual({ entity: 'contact:c1' })
  expect(await ask(`${url.replace('127.0.0.1', 'localhost')}/contacts/c1`)).toEqual({ entity: 'contact:c1' })
})

/** Some wrap it, and some wrap it twice. */
function codesOf(error: unknown): readonly unknown[] {
  return error instanceof Error ? [(error as NodeJS.ErrnoException).code, ...codesOf(error.cause)] : []
}

test.for(Object.entries(stacks))('a connection that is refused is one to %s in this process', async ([, ask]) => {
  const url = `${opened.urlOf('one.test')}/refused`
  const error: unknown = await ask(url).catch((thrown: unknown) => thrown)
  expect(codesOf(error)).toContain('ECONNREFUSED')
})

test('links lead to where they can be followed', async () => {
  const url = opened.urlOf('one.test')
  expect(await (await fetch(`${url}/links`)).json()).toBe(`${url}/next https://elsewhere.test/`)
})

test('who speaks plain HTTP to them is not answered', async () => {
  const url = opened.urlOf('one.test').replace('https', 'http')
  await expect(fetch(url)).rejects.toMatchObject({
    cause: { code: expect.stringMatching(/UND_ERR_SOCKET|ECONNRESET/u) },
  })
})

const distrusting: Record<string, readonly [way: (url: string) => Promise<unknown>, told: string]> = {
  // Node looks at a certificate when the handshake is over.
  'a client of Node': [(url) => once(tls.connect({ port: portOf(url), host: '127.0.0.1', ca: [] }), 'error'), 'left'],
  curl: [(url) => once(spawn('curl', ['--silent', url]), 'close'), 'distrusted'],
  'a client without TLS': [(url) => fetch(url.replace('https', 'http')).catch(() => {}), 'not-tls'],
}
const hasCurl = spawnSync('curl', ['--version']).status === 0

test.for(Object.entries(distrusting))(
  '%s that does not believe them is told of',
  async ([name, [way, told]], { skip }) => {
    skip(name === 'curl' && !hasCurl, 'there is no curl on this machine')
    ended.length = 0
    await way(opened.urlOf('one.test'))
    await expect.poll(() => ended).toEqual([told])
  },
)

test('who asks, or asks on a connection again, is not', async () => {
  ended.length = 0
  await Promise.all(Object.values(stacks).map((ask) => ask(`${opened.urlOf('one.test')}/contacts/c1`)))
  expect(ended).toEqual([])
})

test('nobody is trusted any longer than a run lasts', () => {
  const before = fingerprints()
  const stop = trust(authority.ca)
  const meanwhile = fingerprints()
  stop()
  expect([meanwhile.size, fingerprints()]).toEqual([1, before])
})

test('certificates say whose they are and whose word that is, as strict verifiers want it', () => {
  const own = new X509Certificate(authority.ca)
  const { sound, flawed } = authority
  const shown = [sound, ...Object.values(flawed)].map(({ cert }) => new X509Certificate(cert))
  expect([own.ca, ...shown.map(({ ca }) => ca)]).toEqual([true, false, false, false, false])
  expect(shown.map((one) => one.verify(own.publicKey))).toEqual([true, true, true, false])
  expect(shown.map((one) => one.checkIP('127.0.0.1'))).toEqual(['127.0.0.1', '127.0.0.1', undefined, '127.0.0.1'])
  expect(new Date(shown[1]!.validTo).getTime()).toBeLessThan(Date.now())
  // Python refuses an authority without the identifier of its key, and what it signed without that of the signer, since 3.13.
  const [authorityKey, subjectKey] = ['551d23', '551d0e']
  const hex = (certificate: X509Certificate) => certificate.raw.toString('hex')
  expect([hex(own).includes(subjectKey), ...shown.map((one) => hex(one).includes(authorityKey))]).not.toContain(false)
})
