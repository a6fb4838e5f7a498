import { afterEach, expect, test } from 'vitest'
import { restoreIntrinsics, tamperingWords } from './intrinsics.ts'

const { map } = Array.prototype
const { parse } = JSON
const { then } = Promise.prototype

afterEach(() => void restoreIntrinsics())

const put = (holder: object, key: PropertyKey, value: unknown): void =>
  void Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true })

test('nothing was done when nothing was done', () => {
  expect(restoreIntrinsics()).toBeNull()
})

test.for<[what: string, tamper: () => void, told: string]>([
  ['a method of lists', () => put(Array.prototype, 'map', () => []), 'changed Array.prototype.map'],
  ['a namespace', () => put(JSON, 'parse', () => ({})), 'changed JSON.parse'],
  ['a method that is gone', () => Reflect.deleteProperty(Promise.prototype, 'then'), 'changed Promise.prototype.then'],
  [
    'a method that became a getter',
    () => Reflect.defineProperty(Map.prototype, 'get', { get: () => map }),
    'changed Map.prototype.get',
  ],
  ['a global', () => put(globalThis, 'Promise', () => {}), 'changed Promise'],
  [
    'what loops go through',
    () => put(Reflect.getPrototypeOf([].values()) ?? {}, 'next', () => ({ done: true })),
    'changed %ArrayIterator%.next',
  ],
  ['an addition that everything inherits', () => put(Object.prototype, 'value', 1), 'added Object.prototype.value'],
  ['another form in the record', () => put(Array.prototype, 'toJSON', () => 'x'), 'added Array.prototype.toJSON'],
])('%s is named and put back', ([, tamper, told]) => {
  tamper()
  const found = restoreIntrinsics()
  expect(found && tamperingWords(found)).toBe(told)
  expect([Array.prototype.map, JSON.parse, Promise.prototype.then]).toEqual([map, parse, then])
  expect(restoreIntrinsics()).toBeNull()
})

test('all at once is still found', () => {
  for (const name of Object.getOwnPropertyNames(Array.prototype))
    if (name !== 'constructor' && name !== 'length')
      put(Array.prototype, name, () => {
        throw new Error(name)
      })
  const found = restoreIntrinsics()
  expect(found?.changed).toContain('Array.prototype.push')
  expect(found && tamperingWords(found)).toMatch(/^changed Array\.prototype\.at, \S+, \S+ and \d\d more$/u)
})

test.for<[what: string, allowed: () => void]>([
  ['the length of stacks', () => put(Error, 'stackTraceLimit', 50)],
  ['what the seed replaces', () => put(Math, 'random', Math.random)],
  ['a method that no language had', () => put(BigInt.prototype, 'toJSON', () => '1')],
])('%s may be set', ([, allowed]) => {
  allowed()
  expect(restoreIntrinsics()).toBeNull()
})
