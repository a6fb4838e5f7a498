// The client's own randomness on seeded streams: `Math.random`, Web Crypto's and `node:crypto`'s sources of bytes. Each draw
// comes from the stream of whoever draws. Node's own function runs first, so that it refuses what it would refuse.
// Keys that OpenSSL generates (`generateKey`, `generateKeyPair`, primes) stay truly random.

import crypto from 'node:crypto'
import { currentOwner } from '#context/owner.ts'
import { Patches } from '#context/patches.ts'

type View = ArrayBufferView | ArrayBuffer
type Reply<T> = (error: Error | null, value: T) => void

const real = { ...crypto }
const realWeb = { getRandomValues: Crypto.prototype.getRandomValues, randomUUID: Crypto.prototype.randomUUID }

/** Replaces them all until `uninstall`; `fallback` serves whoever is nobody's client. */
export function installFakeRandom(fallback: () => number): { uninstall(): void } {
  const draw = (): number => (currentOwner()?.random ?? fallback)()
  const patches = new Patches()
  patches.replace(Math, 'random', draw)
  patchWebCrypto(patches, draw)
  patchNodeCrypto(patches, draw)
  patches.publish()
  return { uninstall: () => patches.restore() }
}

function patchWebCrypto(patches: Patches, draw: () => number): void {
  patches.replace(Crypto.prototype, 'getRandomValues', function getRandomValues<
    T extends ArrayBufferView<ArrayBuffer>,
  >(this: Crypto, view: T): T {
    fill(draw, realWeb.getRandomValues.call(this, view))
    return view
  })
  patches.replace(Crypto.prototype, 'randomUUID', function randomUUID(this: Crypto) {
    realWeb.randomUUID.call(this)
    return uuid(draw)
  })
}

function patchNodeCrypto(patches: Patches, draw: () => number): void {
  patches.replace(crypto, 'randomUUID', (options?: crypto.RandomUUIDOptions) => {
    real.randomUUID(options)
    return uuid(draw)
  })
  patches.replace(crypto, 'randomBytes', (size: number, reply?: Reply<Buffer>) => {
    refuseReply(reply)
    return answer(fill(draw, real.randomBytes(size)), reply)
  })
  patches.replace(crypto, 'randomInt', (...values: unknown[]) => {
    const reply = values.findLast((value) => typeof value === 'function') as Reply<number> | undefined
    const [first, second] = values.filter((value) => value !== reply) as [number, number?]
    const [low, high] = second === undefined ? [0, first] : [first, second]
    real.randomInt(low, high)
    return answer(low + Math.floor(draw() * (high - low)), reply)
  })
  patches.replace(crypto, 'randomFillSync', (view: View, offset?: number, size?: number) => {
    real.randomFillSync(view as NodeJS.ArrayBufferView, offset, size)
    return fill(draw, view, offset, size)
  })
  patches.replace(crypto, 'randomFill', (view: View, ...values: unknown[]) => {
    const reply = values.pop() as Reply<View>
    refuseReply(reply, true)
    const [offset, size] = values as [number?, number?]
    real.randomFillSync(view as NodeJS.ArrayBufferView, offset, size)
    answer(fill(draw, view, offset, size), reply)
  })
}

/** Answers a callback on a later turn, never through the threadpool: there two answers may overtake each other. */
function answer<T>(value: T, reply: Reply<T> | undefined): T | undefined {
  if (!reply) return value
  setImmediate(reply, null, value)
  return undefined
}

/** Node's own refusal of what is no callback. */
function refuseReply(reply: unknown, isRequired = false): void {
  if (typeof reply === 'function' || (reply === undefined && !isRequired)) return
  real.randomBytes(0, (reply ?? null) as unknown as (error: Error | null, bytes: Buffer) => void)
}

/** Offsets and sizes count elements, as in `node:crypto`. */
function fill<T extends View>(draw: () => number, view: T, offset = 0, size?: number): T {
  const elementBytes = (view as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1
  const buffer = (ArrayBuffer.isView(view) ? view.buffer : view) as ArrayBuffer
  const start = (ArrayBuffer.isView(view) ? view.byteOffset : 0) + offset * elementBytes
  const length = size === undefined ? view.byteLength - offset * elementBytes : size * elementBytes
  const bytes = new Uint8Array(buffer, start, length)
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = Math.floor(draw() * 256)
  return view
}

/** Version 4, variant 1. */
function uuid(draw: () => number): string {
  const bytes = fill(draw, new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Buffer.from(bytes).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
