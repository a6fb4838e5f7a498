import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { refIn, refKey, withRef } from './ref-token.ts'

test('a key written into a text is read back, whatever stands around it', () => {
  fc.assert(
    fc.property(fc.nat(32_767), fc.string(), fc.string(), (nth, before, after) => {
      fc.pre(!before.includes('[ref'))
      const key = refKey(nth, createPrng('x', nth))
      expect(refIn(`${before}${withRef('text', key)}</p>${after}`)).toBe(key)
    }),
  )
})

test('keys of one load are all different', () => {
  const keys = Array.from({ length: 32_768 }, (_, nth) => refKey(nth, createPrng('same')))
  expect(new Set(keys).size).toBe(32_768)
})

test.for([undefined, null, 12, '', '[ref ]', '[ref abc]', '[ref TOOLONGX]'])('%o carries no key', (text) => {
  expect(refIn(text)).toBeUndefined()
})
