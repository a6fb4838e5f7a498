// Goal: whatever way a client asks for randomness, the answer depends on the owner's stream alone, is of the same shape as
// Node's, and Node's own comes back. Method: each source twice from equal streams; refusals beside the real function.

import crypto, { randomBytes, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { runAs, type Owner } from '#context/owner.ts'
import { installFakeRandom } from './fake-random.ts'
import { createPrng } from './prng.ts'

const owner = (operation: number): Owner => {
  const prng = createPrng('seed', operation)
  return { instance: 0, workspace: 'ours', operation, random: () => prng.next() }
}
const noFallback = (): number => {
  throw new Error('drawn on behalf of nobody')
}
const real = { ...crypto }
let installed: { uninstall(): void } | undefined

const install = (fallback = noFallback) => (installed = installFakeRandom(fallback))
afterEach(() => {
  installed?.uninstall()
  installed = undefined
})

const sources: Record<string, () => unknown> = {
  'Math.random': () => Math.random(),
  'crypto.randomUUID': () => globalThis.crypto.randomUUID(),
  'crypto.getRandomValues': () => globalThis.crypto.getRandomValues(new Uint32Array(4)),
  'node:crypto randomUUID': () => randomUUID(),
  'node:crypto randomBytes': () => randomBytes(8).toString('hex'),
  'node:crypto randomBytes with a callback': () => promisify(crypto.randomBytes)(8),
  'node:crypto randomInt': () => [crypto.randomInt(1_000_000), crypto.randomInt(5, 2 ** 40)],
  'node:crypto randomInt with a callback': () => promisify<number, number>(crypto.randomInt)(1_000_000),
  'node:crypto randomFillSync': () => crypto.randomFillSync(new Uint16Array(6), 2, 3),
  'node:crypto randomFill': () => promisify(crypto.randomFill)(Buffer.alloc(8)),
  'node:crypto getRandomValues': () => crypto.getRandomValues(new Uint8Array(8)),
  'node:crypto webcrypto': () => crypto.webcrypto.randomUUID(),
}

test.for(Object.keys(sources))('%s draws from the stream of its owner', async (name) => {
  install()
  const draw = async (operation: number) => runAs(owner(operation), () => sources[name]?.())
  const first = await draw(1)
  expect(await draw(1)).toEqual(first)
  expect(await draw(2)).not.toEqual(first)
})

test('one owner draws on; another does not shift it; nobody draws from the fallback', () => {
  install(() => 0.25)
  const one = owner(1)
  const alone = runAs(owner(1), () => [Math.random(), Math.random()])
  const first = runAs(one, () => Math.random())
  runAs(owner(2), () => Math.random())
  expect([first, runAs(one, () => Math.random())]).toEqual(alone)
  expect(Math.random()).toBe(0.25)
})

test('the shapes are those of Node: a version 4 UUID, buffers, ranges, only the asked part filled', () => {
  install(Math.random.bind(Math))
  expect(randomUUID()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u)
  expect(Buffer.isBuffer(randomBytes(3))).toBe(true)
  for (let trial = 0; trial < 200; trial += 1) expect([3, 4]).toContain(crypto.randomInt(3, 5))
  const view = crypto.randomFillSync(new Uint16Array(6), 2, 3)
  expect([view[0], view[1], view[5]]).toEqual([0, 0, 0])
  const array = new Uint8Array(4)
  expect(globalThis.crypto.getRandomValues(array)).toBe(array)
  expect(crypto.randomFillSync(new ArrayBuffer(4) as never)).toBeInstanceOf(ArrayBuffer)
})

const refused: Record<string, (source: typeof crypto) => unknown> = {
  'a negative size': (source) => source.randomBytes(-1),
  'a callback that is none': (source) => source.randomBytes(1, 'no' as never),
  'an empty range': (source) => source.randomInt(5, 5),
  'a fractional bound': (source) => source.randomInt(1.5),
  'an offset past the end': (source) => source.randomFillSync(Buffer.alloc(4), 5),
  'no view': (source) => source.randomFillSync('no' as never),
  'options that are none': (source) => source.randomUUID(3 as never),
}

test.for(Object.keys(refused))('%s is refused with the words of Node', (name) => {
  const refusal = (source: typeof crypto): string => {
    try {
      refused[name]?.(source)
      return 'no refusal'
    } catch (error) {
      return String(error)
    }
  }
  const expected = refusal(real as typeof crypto)
  install(() => 0.5)
  expect(refusal(crypto)).toBe(expected)
  expect(expected).not.toBe('no refusal')
})

test('uninstall puts every function and every named import back', () => {
  const objects = [Math, crypto, Crypto.prototype, globalThis.crypto]
  const before = objects.map((each) => Object.getOwnPropertyDescriptors(each))
  const named = { randomBytes, randomUUID }
  install(() => 0.5)
  expect(randomBytes).not.toBe(named.randomBytes)
  installed?.uninstall()
  for (const [index, each] of objects.entries()) expect(Object.getOwnPropertyDescriptors(each)).toEqual(before[index])
  expect([randomBytes, randomUUID]).toEqual([named.randomBytes, named.randomUUID])
  expect(crypto.randomBytes).toBe(real.randomBytes)
})
