// Goal: what was patched comes back exactly: value, accessor, flags, absence. Method: descriptors before and after.

import { expect, test } from 'vitest'
import { Patches } from './patches.ts'

test('every property comes back with its flags, inherited ones show through again, and the last patch is undone first', () => {
  const parent = { inherited: 1 }
  const target: object = Object.create(parent, {
    plain: { value: 1, writable: true, enumerable: true, configurable: true },
    hidden: { value: 2, writable: false, enumerable: false, configurable: true },
    computed: { get: () => 3, enumerable: true, configurable: true },
  })
  const before = Object.getOwnPropertyDescriptors(target)
  const patches = new Patches()
  for (const key of ['plain', 'hidden', 'computed', 'inherited', 'absent', 'plain'])
    patches.replace(target, key, 'patched')
  patches.replaceGetter(target, 'computed', () => 'patched getter')
  expect(Reflect.get(target, 'inherited')).toBe('patched')
  expect(Reflect.get(target, 'computed')).toBe('patched getter')
  expect(Object.getOwnPropertyDescriptor(target, 'hidden')?.enumerable).toBe(false)
  patches.restore()
  expect(Object.getOwnPropertyDescriptors(target)).toEqual(before)
  expect(Reflect.get(target, 'inherited')).toBe(1)
})
