// Goal: work on the threadpool costs no virtual time. Method: each kind runs twenty times beside an interval that would
// carry the clock away at once; the virtual instant at its end must still be 0.

import { AsyncResource } from 'node:async_hooks'
import { execFileSync } from 'node:child_process'
import crypto from 'node:crypto'
import dns from 'node:dns/promises'
import fs from 'node:fs'
import fsPromises from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inVirtualTime } from './in-virtual-time.ts'

const megabyte = Buffer.alloc(1_000_000, 'outage')
let folder = ''
let file = ''

beforeAll(async () => {
  folder = await fsPromises.mkdtemp(join(os.tmpdir(), 'guard-'))
  file = join(folder, 'outbox')
  await fsPromises.writeFile(file, megabyte)
})
afterAll(() => fsPromises.rm(folder, { recursive: true }))

async function drain(chunks: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of chunks) continue
}

const kinds: Record<string, () => Promise<unknown>> = {
  'a file written and read': async () => {
    await fsPromises.writeFile(`${file}-2`, megabyte)
    await fsPromises.appendFile(`${file}-2`, 'more')
    await fsPromises.readFile(`${file}-2`, 'utf8')
  },
  'file callbacks': () => promisify(fs.readFile)(file),
  'a file handle': async () => {
    const handle = await fsPromises.open(file)
    await handle.read(Buffer.alloc(10))
    await handle.close()
  },
  'a missing file': () => fsPromises.stat(`${file}-none`).catch(() => {}),
  'a file stream': () => drain(fs.createReadStream(file)),
  'a folder': async () => drain(await fsPromises.opendir(folder)),
  'a blob of a file': async () => (await fs.openAsBlob(file)).text(),
  'a dynamic import': () => import(`data:text/javascript,export const n = ${performance.now()}`),
  'a digest': () => globalThis.crypto.subtle.digest('SHA-256', megabyte),
  'a generated key and an encryption': async () => {
    const key = await globalThis.crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt'])
    await globalThis.crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, megabyte)
  },
  pbkdf2: () => promisify(crypto.pbkdf2)('password', 'salt', 2_000, 32, 'sha256'),
  scrypt: () => new Promise((resolve) => crypto.scrypt('password', 'salt', 32, { N: 1_024 }, resolve)),
  'a key pair': () => promisify(crypto.generateKeyPair)('ec', { namedCurve: 'P-256' }),
  'random bytes': () => promisify(crypto.randomBytes)(1_000),
  gzip: async () => promisify(zlib.gunzip)(await promisify(zlib.gzip)(megabyte)),
  brotli: () => promisify(zlib.brotliCompress)(megabyte.subarray(0, 20_000)),
  'a pipeline of zlib streams': () =>
    pipeline(fs.createReadStream(file), zlib.createGzip(), zlib.createGunzip(), drain),
  'compression streams': () =>
    drain(
      new Blob([megabyte])
        .stream()
        .pipeThrough(new CompressionStream('gzip'))
        .pipeThrough(new DecompressionStream('gzip')),
    ),
  'a name look-up': () => dns.lookup('localhost'),
}

test.for(Object.keys(kinds))('%s costs no virtual time, twenty times of twenty', async (kind) => {
  const instants: number[] = []
  for (let trial = 0; trial < 20; trial += 1) {
    await inVirtualTime(async (clock) => {
      const interval = setInterval(() => {}, 1_000)
      await kinds[kind]?.()
      instants.push(clock.now())
      clearInterval(interval)
    })
  }
  expect(instants).toEqual(Array.from({ length: 20 }, () => 0))
})

test('synchronous crypto and the resources of libraries, which never report an end, hold nothing up', () =>
  inVirtualTime(async (clock) => {
    crypto.randomBytes(10)
    crypto.pbkdf2Sync('password', 'salt', 10, 32, 'sha256')
    zlib.gzipSync(megabyte)
    const resources = ['UNDICI_REQUEST', 'MYREQUEST'].map((type) => new AsyncResource(type))
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect([clock.now(), resources.length]).toEqual([1_000, 2])
  }))

test('a file that never answers ends the run, which names it', async () => {
  const pipe = join(folder, 'pipe')
  execFileSync('sh', ['-c', 'mkfifo "$0"', pipe])
  const opened = inVirtualTime(() => fsPromises.open(pipe, 'r'))
  await expect(opened).rejects.toThrow('{"end":"stuck","resource":"file access (FSREQPROMISE)"}')
  await (await fsPromises.open(pipe, 'r+')).close()
})
